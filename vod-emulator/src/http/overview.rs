//! The content of the emulator's page for one application, as JSON.

use serde_json::{Map, Value, json};

use crate::faults::fault::FaultKind;
use crate::http::admin::queue_figures;
use crate::lock::lock;
use crate::model::application::DEFAULT;
use crate::model::queue::QueuedEvent;
use crate::model::tasks::Task;
use crate::service::EmulatedService;

/// Entries of each list at most: the newest.
const SHOWN: usize = 200;

impl EmulatedService {
    /// The clock, the applications, and queue, tasks, media and injected faults of one of them.
    pub(crate) fn overview(&self, sub_app_id: u64) -> Value {
        let world = &*self.world;
        let mut applications: Vec<u64> = world.applications.all().iter().map(|one| one.number()).collect();
        if !applications.contains(&DEFAULT) {
            applications.insert(0, DEFAULT);
        }
        let (mut events, mut tasks, mut media) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(application) = world.applications.made(sub_app_id) {
            let mut queued = application.queued_events(&world.clock);
            // Those in flight first, then the newest.
            queued.sort_by_key(|event| (event.handle.is_none(), std::cmp::Reverse(event.number)));
            events = queued.iter().take(SHOWN).map(event).collect();
            application.read(|state| {
                tasks = state.tasks.all().iter().rev().take(SHOWN).map(Task::summary).collect();
                let mut files: Vec<_> = state.media.all().collect();
                files.sort_by_key(|file| std::cmp::Reverse(file.created));
                media = files
                    .into_iter()
                    .take(SHOWN)
                    .map(|file| {
                        json!({
                            "file_id": file.file_id,
                            "name": file.name,
                            "type": file.kind,
                            "size": file.meta.get("Size"),
                            "status": file.status(),
                            "created": file.created,
                        })
                    })
                    .collect();
            });
        }
        json!({
            "unix_seconds": self.unix_seconds(),
            "applications": applications,
            "state": queue_figures(self.state_of(sub_app_id)),
            "events": events,
            "tasks": tasks,
            "media": media,
            "injected": self.injected_by_name(),
        })
    }

    /// How many faults of each kind were injected, by the names of the kinds.
    pub(crate) fn injected_by_name(&self) -> Map<String, Value> {
        let counts = self.injected_faults();
        let injected = FaultKind::ALL.iter().map(|kind| {
            let count = counts.get(kind).copied().unwrap_or_default();
            (kind.name().to_owned(), count.into())
        });
        injected.collect()
    }

    /// How many calls there were, how many failed, and what is remembered of those after the first `after`.
    pub(crate) fn calls_after(&self, after: u64) -> Value {
        let calls = lock(&self.world.calls).snapshot_after(after);
        let recent = calls.recent.iter().map(|call| {
            let checks = call
                .checks
                .iter()
                .map(|check| json!({ "name": check.name, "passed": check.passed, "detail": check.detail }));
            json!({
                "action": call.action,
                "code": call.code,
                "answer": call.kind.name(),
                "fault": call.fault.map(FaultKind::name),
                "request_id": call.request_id,
                "unix_seconds": call.unix_seconds,
                "milliseconds": call.milliseconds,
                "message": call.message,
                "checks": checks.collect::<Vec<_>>(),
                "request": call.request,
                "response": call.response,
            })
        });
        json!({ "total": calls.total, "failed": calls.failed, "recent": recent.collect::<Vec<_>>() })
    }
}

/// An event of a queue: its handle and the seconds until that expires, or the seconds that it has waited.
fn event(queued: &QueuedEvent) -> Value {
    let event_type = queued.event["EventType"].as_str().unwrap_or("(raw)");
    let seconds = queued.valid_for.or(queued.waited_for).unwrap_or_default().as_secs();
    json!({ "event_type": event_type, "handle": queued.handle, "seconds": seconds })
}
