//! Handlers that stand still, fail and panic, behind a server that goes on.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::*;

struct Served {
    address: String,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<io::Result<Handled>>,
}

fn settings() -> ServeSettings {
    ServeSettings { max_body: 1024, handler_time: 30, drain_time: 1 }
}

/// Starts a server that believes everything.
async fn start<E: Display + 'static>(
    settings: ServeSettings,
    handle: impl AsyncFnMut(CallbackEvent) -> Result<(), E> + Send + 'static,
) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel();
    let stopped = async move { drop(stopped.await) };
    let (waiting, handling) = Handling::start(handle, Duration::from_secs(settings.handler_time)).unwrap();
    let door = Door { callbacks: Arc::new(Callbacks::unsigned()), waiting, max_body: settings.max_body };
    let ended = tokio::spawn(async move {
        accept(listener, door, stopped).await?;
        Ok(handling.finish_within(Duration::from_secs(settings.drain_time)).await)
    });
    Served { address, stop, ended }
}

impl Served {
    async fn post(&self, file: &str) -> String {
        let body = format!("\u{feff}{{\"EventType\": \"{file}\"}}");
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        let head = "POST /callback HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length";
        stream.write_all(format!("{head}: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    }

    async fn finish(self) -> Handled {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap().unwrap()
    }
}

/// The test's own time limit.
async fn within_time_limit<T>(test: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(20), test).await.expect("nothing stands still")
}

#[tokio::test]
async fn a_handler_that_blocks_its_thread_holds_up_neither_callbacks_nor_the_end() {
    within_time_limit(async {
        let (release, released) = channel::<()>();
        let handle = async move |_: CallbackEvent| {
            let _ = released.recv();
            Ok::<_, String>(())
        };
        let served = start(settings(), handle).await;
        for _ in 0..50 {
            assert_eq!(served.post("FileDeleted").await, "200");
        }
        let handled = served.finish().await;
        assert_eq!(handled, Handled { handled: 0, failed: 0, unhandled: 50 });
        drop(release);
    })
    .await;
}

#[tokio::test]
async fn a_handler_that_hangs_is_given_up_for_the_next_event() {
    within_time_limit(async {
        let handle = async |event: CallbackEvent| {
            match event.event_type.as_str() {
                "Hangs" => pending::<()>().await,
                "Panics" => panic!("the handler of a test"),
                "Fails" => return Err("it failed"),
                _ => {}
            }
            Ok(())
        };
        let served = start(ServeSettings { handler_time: 1, drain_time: 15, ..settings() }, handle).await;
        for event in ["Hangs", "Panics", "Fails", "Works"] {
            assert_eq!(served.post(event).await, "200");
        }
        assert_eq!(served.finish().await, Handled { handled: 1, failed: 3, unhandled: 0 });
    })
    .await;
}

#[tokio::test]
async fn events_are_handled_in_their_order_before_the_end() {
    within_time_limit(async {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&seen);
        let handle = async move |event: CallbackEvent| {
            noted.lock().unwrap().push(event.event_type.as_str().to_owned());
            Ok::<_, String>(())
        };
        let served = start(settings(), handle).await;
        let events: Vec<String> = (0..20).map(|n| format!("Event{n}")).collect();
        for event in &events {
            assert_eq!(served.post(event).await, "200");
        }
        assert_eq!(served.finish().await, Handled { handled: 20, failed: 0, unhandled: 0 });
        assert_eq!(*seen.lock().unwrap(), events);
    })
    .await;
}

#[tokio::test]
async fn the_limit_of_a_body_is_a_setting() {
    within_time_limit(async {
        let served =
            start(ServeSettings { max_body: 100, ..settings() }, async |_| Ok::<_, String>(())).await;
        assert_eq!(served.post(&"x".repeat(200)).await, "413");
        assert_eq!(served.post(&"x".repeat(50)).await, "200");
        assert_eq!(served.finish().await, Handled { handled: 1, failed: 0, unhandled: 0 });
    })
    .await;
}
