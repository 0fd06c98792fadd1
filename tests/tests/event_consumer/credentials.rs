//! Keys that are rotated while a consumer runs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use vod_api::Credential;
use vod_api::credential::{CredentialError, CredentialProvider, ProvideCredential};
use vod_api::events::ReceivedEvent;
use vod_emulator::{EmulatedService, Fault, Faults, Options};

use crate::SECOND;
use crate::service::{InProcess, collect, is_over, next, number, publish, service};

/// Where keys are kept, and changed by whoever rotates them.
struct Vault {
    current: Mutex<Option<(String, String)>>,
    asked: AtomicU64,
}

impl Vault {
    fn of(service: &EmulatedService) -> Arc<Self> {
        let keys = (service.secret_id().to_owned(), service.secret_key().to_owned());
        Arc::new(Self { current: Mutex::new(Some(keys)), asked: AtomicU64::new(0) })
    }

    fn store(&self, secret_id: &str, secret_key: &str) {
        *self.current.lock().unwrap() = Some((secret_id.to_owned(), secret_key.to_owned()));
    }

    fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl CredentialProvider for Vault {
    fn name(&self) -> &'static str {
        "vault"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let keys = self.current.lock().unwrap().clone();
        let credential = keys
            .map(|(secret_id, secret_key)| Credential::new(secret_id, secret_key))
            .ok_or_else(|| CredentialError::not_configured("the vault is closed"));
        Box::pin(std::future::ready(credential))
    }
}

fn client(service: &EmulatedService, vault: &Arc<Vault>) -> vod_api::Client {
    vod_api::Client::builder()
        .credential_provider(Arc::clone(vault))
        .endpoint(vod_api::Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .build()
        .unwrap()
}

/// The keys after a rotation: all new, or a new key of the same id.
fn rotations(service: &EmulatedService) -> [(String, &'static str, &'static str); 2] {
    [
        ("AKID-new".to_owned(), "new-key", "AuthFailure.SecretIdNotFound"),
        (service.secret_id().to_owned(), "new-key", "AuthFailure.SignatureFailure"),
    ]
}

#[tokio::test(start_paused = true)]
async fn pulls_and_confirmations_go_on_with_the_new_key() {
    for which in [0, 1] {
        let service = service(Options::default());
        let (id, key, _) = &rotations(&service)[which];
        let vault = Vault::of(&service);
        publish(&service, 0..3);
        let mut stream = client(&service, &vault).events().stream().unwrap();
        let in_hand = collect(&mut stream, 3).await;
        assert_eq!(vault.asked(), 1);

        vault.store(id, key);
        service.rotate_key(id, *key);
        let start = Instant::now();
        for delivery in in_hand {
            delivery.confirm_and_wait().await.unwrap();
        }
        assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
        publish(&service, 3..6);
        for delivery in timeout(10 * SECOND, collect(&mut stream, 3)).await.unwrap() {
            delivery.confirm_and_wait().await.unwrap();
        }
        assert!(is_over(&service), "{:?}", service.state());
        assert_eq!(vault.asked(), 2, "once more for the rotation, and not for each call");
        let totals = stream.stats().totals;
        assert_eq!((totals.pulled, totals.confirmed), (6, 6));
    }
}

#[tokio::test(start_paused = true)]
async fn keys_that_are_rotated_again_and_again_under_load_lose_nothing() {
    let service = service(Options::default());
    let vault = Vault::of(&service);
    let stream = client(&service, &vault).events().stream().unwrap();
    let shutdown = stream.shutdown();
    let handled = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&handled);
    let consumer = tokio::spawn(stream.run(move |event: ReceivedEvent| {
        seen.lock().unwrap().push(number(&event));
        async {
            sleep(Duration::from_millis(20)).await;
            Ok::<(), std::io::Error>(())
        }
    }));
    for rotation in 0..20_u64 {
        publish(&service, rotation * 100..(rotation + 1) * 100);
        sleep(Duration::from_millis(150)).await;
        let (id, key) = (format!("AKID-{rotation}"), format!("key-{rotation}"));
        // Sometimes the old keys end before the new ones can be had.
        if rotation % 2 == 0 {
            vault.store(&id, &key);
            service.rotate_key(id, key);
        } else {
            service.rotate_key(&id, &key);
            *vault.current.lock().unwrap() = None;
            sleep(Duration::from_millis(700)).await;
            vault.store(&id, &key);
        }
    }
    sleep(120 * SECOND).await;
    assert!(is_over(&service), "{:?}", service.state());
    let report = shutdown.finish_within(SECOND).await;
    assert_eq!(report.confirmed, 2000, "{report:?}");
    assert_eq!(report.pulled, report.confirmed + report.released + report.expired + report.failed);
    consumer.await.unwrap().unwrap();
    let mut handled = std::mem::take(&mut *handled.lock().unwrap());
    handled.sort_unstable();
    handled.dedup();
    assert!(handled.into_iter().eq(0..2000));
}

#[tokio::test(start_paused = true)]
async fn a_key_that_stays_refused_ends_the_consumer_with_the_services_code() {
    for which in [0, 1] {
        let service = service(Options::default());
        let (id, key, code) = &rotations(&service)[which];
        let vault = Vault::of(&service);
        publish(&service, 0..1);
        let mut stream = client(&service, &vault).events().stream().unwrap();
        next(&mut stream).await.confirm_and_wait().await.unwrap();

        service.rotate_key(id, *key);
        let start = Instant::now();
        let error = timeout(20 * SECOND, stream.next()).await.unwrap().unwrap().unwrap_err();
        assert_eq!(error.code_str(), Some(*code));
        assert!(error.is_authentication(), "{error}");
        // A pull that waited when the key was rotated is answered first.
        assert!(start.elapsed() <= 6 * SECOND, "{:?}", start.elapsed());
        assert_eq!(vault.asked(), 2, "the provider was asked once more");
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_after_a_rotation_is_waited_for() {
    let service = service(Options::default());
    let vault = Vault::of(&service);
    publish(&service, 0..1);
    let mut stream = client(&service, &vault).events().stream().unwrap();
    next(&mut stream).await.confirm_and_wait().await.unwrap();

    *vault.current.lock().unwrap() = None;
    service.rotate_key("AKID-new", "new-key");
    publish(&service, 1..2);
    assert!(timeout(60 * SECOND, stream.next()).await.is_err(), "it goes on trying");
    vault.store("AKID-new", "new-key");
    timeout(20 * SECOND, next(&mut stream)).await.unwrap().confirm_and_wait().await.unwrap();
    assert!(is_over(&service));
}

/// The provider is not asked for every refusal, and what it said to the last one may no longer hold.
#[tokio::test(start_paused = true)]
async fn a_rotation_right_after_another_refusal_does_not_end_the_consumer() {
    let service = service(Options::default());
    let vault = Vault::of(&service);
    publish(&service, 0..1);
    let mut stream = client(&service, &vault).events().stream().unwrap();
    next(&mut stream).await.confirm_and_wait().await.unwrap();

    service.set_faults(Faults::none().script("PullEvents", [Fault::TokenExpired])).unwrap();
    let rotating = async {
        while vault.asked() < 2 {
            sleep(Duration::from_millis(1)).await;
        }
        vault.store("AKID-new", "new-key");
        service.rotate_key("AKID-new", "new-key");
        publish(&service, 1..2);
    };
    let (delivery, ()) = tokio::join!(timeout(20 * SECOND, next(&mut stream)), rotating);
    delivery.unwrap().confirm_and_wait().await.unwrap();
    assert!(is_over(&service));
    assert_eq!(vault.asked(), 3);
}
