//! Several consumers in one process.

use std::sync::{Arc, Mutex};

use tokio::time::sleep;
use vod_api::events::{ConfirmError, ReceivedEvent};
use vod_emulator::Options;

use crate::SECOND;
use crate::service::{calm_client, event, next, number, service};

#[tokio::test(start_paused = true)]
async fn each_application_has_a_consumer_of_its_own() {
    let service = service(Options::default());
    let client = calm_client(&service);
    let mut consumers = Vec::new();
    for id in [1_500_000_001, 1_500_000_002] {
        service.publish_to(id, event(id)).unwrap();
        let mut stream = client.events().sub_app_id(id).rate_share(0.5).stream().unwrap();
        let delivery = next(&mut stream).await;
        assert_eq!(number(delivery.event()), id);
        consumers.push((id, stream, delivery));
    }
    for (id, stream, delivery) in consumers {
        delivery.confirm_and_wait().await.unwrap();
        assert_eq!(service.state_of(id).confirmed, 1);
        drop(stream);
    }
}

#[tokio::test(start_paused = true)]
async fn consumers_of_one_process_share_the_rate_and_nothing_else() {
    const EVENTS: u64 = 2000;
    const IDS: [u64; 3] = [1_500_000_001, 1_500_000_002, 1_500_000_003];
    let service = service(Options::default());
    let client = calm_client(&service);
    let mut consumers = Vec::new();
    for id in IDS {
        (0..EVENTS).for_each(|number| service.publish_to(id, event(id * EVENTS + number)).unwrap());
        let stream = client.events().sub_app_id(id).rate_share(1.0 / 3.0).concurrency(128).stream().unwrap();
        let (shutdown, seen) = (stream.shutdown(), Arc::new(Mutex::new(Vec::new())));
        let handler = {
            let seen = Arc::clone(&seen);
            move |event: ReceivedEvent| {
                seen.lock().unwrap().push(number(&event));
                async { Ok::<(), ConfirmError>(()) }
            }
        };
        consumers.push((id, shutdown, seen, tokio::spawn(stream.run(handler))));
    }
    sleep(10 * SECOND).await;
    for (id, shutdown, seen, consumer) in consumers {
        let report = shutdown.finish_within(SECOND).await;
        assert_eq!((report.pulled, report.confirmed), (EVENTS, EVENTS));
        assert_eq!(service.state_of(id).confirmed, EVENTS);
        seen.lock().unwrap().sort_unstable();
        assert!(seen.lock().unwrap().iter().copied().eq(id * EVENTS..(id + 1) * EVENTS), "others' events");
        consumer.await.unwrap().unwrap();
    }
    assert_eq!(service.calls().failed, 0, "a call was refused");
}
