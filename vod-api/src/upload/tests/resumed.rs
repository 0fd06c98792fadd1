//! Uploads that another call goes on with.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::fake::{Effect, Fake};
use super::{Folder, MIB, content};
use crate::error::ErrorKind;
use crate::upload::{UnusableState, Upload};

/// What makes a state unusable.
type Change = fn(&Case);

struct Case {
    fake: Fake,
    folder: Folder,
    path: PathBuf,
    state: PathBuf,
}

impl Case {
    fn new() -> Self {
        let folder = Folder::new();
        let path = folder.file("a.mp4", &content(6 * MIB + 9));
        let state = folder.0.join("a.state");
        Self { fake: Fake::new(), folder, path, state }
    }

    fn upload(&self) -> Upload {
        self.fake.client().upload(&self.path).part_size(MIB).concurrency(2).resume_file(&self.state)
    }

    /// Begins an upload and cuts it off while an operation hangs, as a kill does.
    async fn cut(&self, operation: &str, effect: Effect) {
        self.fake.fail(operation, 0, 2, effect);
        let cut = tokio::time::timeout(Duration::from_secs(20), self.upload().into_future()).await;
        assert!(cut.is_err(), "{operation}: {cut:?}");
        // What would have been used up by another attempt.
        self.fake.clear_faults();
    }

    fn modify(&self) {
        let file = std::fs::File::options().write(true).open(&self.path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    }

    async fn succeeds(&self, upload: Upload) -> crate::upload::Uploaded {
        let uploaded = upload.await.unwrap();
        assert!(self.fake.object("f0.mp4") == content(6 * MIB + 9));
        assert!(!self.state.exists());
        self.fake.assert_one_file();
        uploaded
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test(start_paused = true)]
async fn parts_that_are_there_are_not_sent_again() {
    let case = Case::new();
    case.cut("UploadPart#5;", Effect::Hang).await;
    assert_eq!(mode(&case.state), 0o600);
    let before = case.fake.world().bytes_received;
    assert!(before >= 4 * MIB);
    let uploaded = case.succeeds(case.upload()).await;
    assert_eq!((uploaded.bytes, uploaded.is_verified), (6 * MIB + 9, true));
    assert_eq!(uploaded.resumed_bytes, before);
    assert_eq!(case.fake.world().bytes_received, 6 * MIB + 9, "each byte once");
    assert_eq!(case.fake.count("ApplyUpload"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_upload_goes_on_from_every_step() {
    let hang = || Effect::Hang;
    for (operation, effect, applied) in [
        ("InitiateMultipartUpload", hang(), 1),
        ("UploadPart#1;", hang(), 1),
        ("UploadPart#7;", hang(), 1),
        ("CompleteMultipartUpload", hang(), 1),
        ("CommitUpload", hang(), 1),
    ] {
        let case = Case::new();
        case.cut(operation, effect).await;
        let uploaded = case.succeeds(case.upload()).await;
        assert_eq!(case.fake.count("ApplyUpload"), applied, "{operation}");
        assert_eq!(uploaded.commit_repeated, operation == "CommitUpload", "{operation}");
        assert_eq!(case.fake.world().bytes_received, 6 * MIB + 9, "{operation}");
    }
}

/// The state is that of before; what was done since is found in storage.
#[tokio::test(start_paused = true)]
async fn what_was_done_after_the_state_was_saved_is_found() {
    for (operation, sent_again) in [
        ("InitiateMultipartUpload", 0),
        ("UploadPart", 0),
        ("CompleteMultipartUpload", 0),
        ("CommitUpload", 0),
    ] {
        let case = Case::new();
        // The request is carried out, and the process ends before it knows.
        let (state, kept) = (case.state.clone(), case.folder.0.join("kept"));
        let keep = move || {
            if !kept.exists() {
                std::fs::copy(&state, &kept).unwrap();
            }
        };
        case.fake.fail(operation, 0, 1, Effect::Run(std::sync::Arc::new(keep)));
        let next = match operation {
            "InitiateMultipartUpload" => "UploadPart#1;",
            "UploadPart" => "CompleteMultipartUpload",
            "CompleteMultipartUpload" => "CommitUpload",
            _ => "none",
        };
        if next == "none" {
            case.upload().await.unwrap();
        } else {
            case.cut(next, Effect::Hang).await;
        }
        std::fs::copy(case.folder.0.join("kept"), &case.state).unwrap();
        case.succeeds(case.upload()).await;
        let received = case.fake.world().bytes_received;
        assert_eq!(received, 6 * MIB + 9 + sent_again, "{operation}");
        assert_eq!(case.fake.count("ApplyUpload"), 1, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn parts_are_listed_page_by_page_and_missing_ones_are_sent() {
    let case = Case::new();
    case.cut("UploadPart#7;", Effect::Hang).await;
    {
        let mut world = case.fake.world();
        world.page = 2;
        let (_, parts) = world.uploads.values_mut().next().unwrap();
        parts.remove(&3);
        // Another size and other bytes than those of the file.
        parts.insert(4, content(10).into());
        parts.insert(5, vec![0; MIB as usize].into());
    }
    case.succeeds(case.upload()).await;
    assert_eq!(case.fake.world().bytes_received, 9 * MIB + 9, "three parts again");
}

#[tokio::test(start_paused = true)]
async fn an_upload_whose_parts_are_gone_begins_again_in_its_session() {
    let case = Case::new();
    case.cut("UploadPart#5;", Effect::Hang).await;
    case.fake.world().uploads.clear();
    case.succeeds(case.upload()).await;
    assert_eq!(case.fake.count("ApplyUpload"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_does_not_fit_is_refused_or_begun_again_as_told() {
    let begun = || async {
        let case = Case::new();
        case.cut("UploadPart#5;", Effect::Hang).await;
        case
    };
    let changes: [(&str, Change); 6] = [
        ("modified since", Case::modify),
        ("had 6291465 bytes and has 7", |case| std::fs::write(&case.path, b"changed").unwrap()),
        ("no state of an upload", |case| std::fs::write(&case.state, b"{\"a\":1}").unwrap()),
        ("certificate ended", |case| {
            let text = std::fs::read_to_string(&case.state).unwrap();
            std::fs::write(&case.state, text.replace("4000000000", "1000000000")).unwrap();
        }),
        ("other settings", |case| {
            let text = std::fs::read_to_string(&case.state).unwrap();
            let at = text.find("\"Settings\":\"").unwrap() + 12;
            std::fs::write(&case.state, format!("{}0000{}", &text[..at], &text[at + 4..])).unwrap();
        }),
        ("other files", |case| {
            let text = std::fs::read_to_string(&case.state).unwrap();
            std::fs::write(&case.state, text.replace("\"media\"", "\"/a.ts\"")).unwrap();
        }),
    ];
    for (told, change) in changes {
        let case = begun().await;
        change(&case);
        let before = std::fs::read(&case.state).unwrap();
        let calls = case.fake.world().log.len();
        let error = case.upload().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResumeState);
        assert!(error.message().contains(told) && error.message().contains("StartOver"), "{told}: {error}");
        assert!(std::fs::read(&case.state).unwrap() == before, "a refused state is left as it is");
        assert_eq!(case.fake.world().log.len(), calls, "nothing is sent");
        let media = std::fs::read(&case.path).unwrap();
        case.upload().unusable_state(UnusableState::StartOver).await.unwrap();
        assert!(case.fake.object("2/f0.mp4") == media && !case.state.exists());
        let world = case.fake.world();
        assert_eq!((world.files.len(), world.sessions()), (1, 2));
        // Where the certificate is known and valid, the parts are thrown away.
        let is_left = told == "no state of an upload" || told == "certificate ended";
        assert_eq!(world.uploads.len(), usize::from(is_left), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_ended_certificate_does_not_matter_for_the_commit() {
    let case = Case::new();
    case.cut("CommitUpload", Effect::Hang).await;
    let text = std::fs::read_to_string(&case.state).unwrap();
    std::fs::write(&case.state, text.replace("4000000000", "1000000000")).unwrap();
    case.succeeds(case.upload()).await;
}

#[tokio::test(start_paused = true)]
async fn a_failed_upload_keeps_its_parts_for_the_next_call() {
    let case = Case::new();
    case.fake.fail("UploadPart#6;", 0, 1000, Effect::Refuse(403, "AccessDenied", "no"));
    case.upload().await.unwrap_err();
    assert_eq!(case.fake.world().uploads.len(), 1);
    case.fake.clear_faults();
    let uploaded = case.succeeds(case.upload()).await;
    assert!(uploaded.resumed_bytes >= 4 * MIB);
}

#[tokio::test(start_paused = true)]
async fn the_state_file_holds_no_secret_of_the_caller_and_others_are_kept_out() {
    let case = Case::new();
    case.cut("UploadPart#5;", Effect::Hang).await;
    let text = std::fs::read_to_string(&case.state).unwrap();
    assert!(!text.contains("key-of-the-caller") && !text.contains("AKID-fake"));
    let names: Vec<_> =
        std::fs::read_dir(&case.folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    std::fs::set_permissions(&case.state, std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = case.upload().await.unwrap_err();
    assert!(error.kind() == ErrorKind::ResumeState && error.message().contains("mode 0644"), "{error}");
}
