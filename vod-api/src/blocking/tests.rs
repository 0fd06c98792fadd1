mod blocked;
#[cfg(feature = "events")]
mod dropped;

use std::sync::Weak;
use std::thread;
use std::time::Duration;

use super::*;
use crate::testing::MockTransport;
use crate::vod::{ConfirmEvents, ConfirmEventsRequest, ConfirmEventsResponse};

impl Client {
    /// A client of a mock with further settings.
    fn build(mock: &MockTransport, settings: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        settings(mock.builder()).build_blocking().unwrap()
    }
}

fn mock() -> MockTransport {
    let mock = MockTransport::new();
    mock.on::<ConfirmEvents>().respond(ConfirmEventsResponse::default()).repeat();
    mock
}

fn request() -> ConfirmEventsRequest {
    ConfirmEventsRequest::new(["handle-1"])
}

fn assert_works(client: &Client) {
    assert!(client.call(request()).unwrap().request_id.starts_with("mock-"));
    let answer = client.block_on(|client| client.confirm_events(request()).timeout(Duration::from_secs(9)));
    assert!(answer.is_ok());
}

#[test]
fn it_works_outside_and_inside_of_any_runtime() {
    let client = mock().builder().build_blocking().unwrap();
    assert_works(&client);
    let single = tokio::runtime::Builder::new_current_thread().build().unwrap();
    single.block_on(async { assert_works(&client) });
    let multi = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let inside = client.clone();
    multi.block_on(async { tokio::spawn(async move { assert_works(&inside) }).await.unwrap() });
    // Made and dropped inside, too.
    single.block_on(async { assert_works(&mock().builder().build_blocking().unwrap()) });
}

#[test]
fn threads_share_it() {
    let mock = mock();
    let client = mock.builder().without_rate_limit().build_blocking().unwrap();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..20).for_each(|_| drop(client.call(request()).unwrap())));
        }
    });
    assert_eq!(mock.recorded().len(), 320);
}

#[test]
fn a_panic_of_a_hook_is_an_error() {
    let hooked = mock().builder().on_attempt(|_| panic!("the hook of a test"));
    let error = hooked.build_blocking().unwrap().call(request()).unwrap_err();
    assert_eq!(error.to_string(), "ConfirmEvents failed: the call panicked");
    assert!(error.may_have_taken_effect());
}

/// Its drop tells that the thread has let go of everything.
struct Witness(#[expect(dead_code, reason = "held for its count")] Arc<()>);

impl crate::Transport for Witness {
    fn send(&self, _: http::Request<bytes::Bytes>, _: usize) -> crate::TransportFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn the_thread_ends_with_the_last_clone() {
    let witness = Arc::new(());
    let alive: Weak<()> = Arc::downgrade(&witness);
    let client = mock().builder().transport(Witness(witness)).build_blocking().unwrap();
    let error = client.block_on(|client| client.confirm_events(request()).timeout(Duration::from_millis(5)));
    assert!(error.unwrap_err().is_timeout());
    drop(client.clone());
    assert!(alive.upgrade().is_some());
    drop(client);
    assert!(alive.upgrade().is_none());
}

#[test]
fn each_action_is_a_method() {
    let client = mock().builder().build_blocking().unwrap();
    assert!(client.confirm_events(request()).unwrap().request_id.starts_with("mock-"));
    let error = client.confirm_events(ConfirmEventsRequest::new([""; 17])).unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::InvalidRequest, Some("ConfirmEvents")));
}

#[test]
fn an_async_block_can_be_sent() {
    let mock = mock();
    let client = mock.builder().build_blocking().unwrap();
    let both = client.block_on(|client| {
        let client = client.clone();
        async move {
            let first = client.confirm_events(request()).await?;
            let second = client.confirm_events(request()).await?;
            Ok((first.request_id, second.request_id))
        }
    });
    assert_eq!(both.unwrap(), ("mock-1".to_owned(), "mock-2".to_owned()));
}

/// Three pages of two items.
#[cfg(feature = "media")]
fn list() -> MockTransport {
    use crate::vod::{MediaInfo, SearchMedia, SearchMediaResponse};

    let mock = MockTransport::new();
    mock.on::<SearchMedia>().respond_with(|request| {
        let offset = request.offset.unwrap_or(0);
        let media = |n| MediaInfo { file_id: format!("file-{n}"), ..MediaInfo::default() };
        let page = (offset..6.min(offset + 2)).map(media).collect();
        Ok(SearchMediaResponse { media_info_set: page, total_count: 6, ..SearchMediaResponse::default() })
    });
    mock
}

#[cfg(feature = "media")]
#[test]
fn long_lists_are_iterators() {
    use crate::vod::SearchMediaRequest;

    let mock = list();
    let client = mock.builder().build_blocking().unwrap();
    let request = || SearchMediaRequest::new().limit(2);
    let items: Result<Vec<_>, _> = client.iterate(|client| client.search_media(request()).items()).collect();
    let items: Vec<String> = items.unwrap().into_iter().map(|media| media.file_id).collect();
    assert_eq!(items, (0..6).map(|n| format!("file-{n}")).collect::<Vec<_>>());

    let mut pages = client.iterate(|client| client.search_media(request()).pages());
    assert_eq!(mock.recorded().len(), 3, "nothing is fetched before it is asked for");
    assert_eq!(pages.by_ref().map(|page| page.unwrap().media_info_set.len()).collect::<Vec<_>>(), [2, 2, 2]);
    assert!(pages.next().is_none());
}

#[cfg(feature = "media")]
#[test]
fn an_iterator_ends_with_its_error() {
    use crate::vod::SearchMediaRequest;

    for (builder, text) in [
        (MockTransport::new().builder(), "the mock has no response left"),
        (list().builder().on_attempt(|_| panic!("the hook of a test")), "the call panicked"),
    ] {
        let client = builder.build_blocking().unwrap();
        let mut items = client.iterate(|client| client.search_media(SearchMediaRequest::new()).items());
        let error = items.next().unwrap().unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
        assert!(items.next().is_none());
    }
}

#[cfg(feature = "tasks")]
#[test]
fn the_end_of_a_task_is_waited_for() {
    use crate::vod::{DescribeTaskDetail, DescribeTaskDetailResponse};

    let mock = MockTransport::new();
    for status in ["PROCESSING", "FINISH", "FINISH"] {
        let answer = DescribeTaskDetailResponse { status: status.into(), ..Default::default() };
        mock.on::<DescribeTaskDetail>().respond(answer);
    }
    let client = mock.builder().build_blocking().unwrap();
    let waited =
        client.block_on(|client| client.wait_for_task("task-1").first_delay(Duration::from_millis(1)));
    assert_eq!(waited.unwrap().status.as_str(), "FINISH");
    assert_eq!(client.wait_for_task("task-1").unwrap().status.as_str(), "FINISH");
    mock.assert_all_used();
}

#[cfg(feature = "events")]
#[test]
fn events_are_consumed_on_a_thread_without_a_runtime() {
    use crate::vod::{EventContent, PullEvents, PullEventsResponse};

    let mock = mock();
    let event = EventContent { event_handle: "handle-7".to_owned(), ..EventContent::default() };
    mock.on::<PullEvents>()
        .respond(PullEventsResponse { event_set: vec![event], ..PullEventsResponse::default() })
        .hang()
        .repeat();
    let client = mock.builder().build_blocking().unwrap();
    let stream = client.block_on(|client| {
        let events = client.events();
        async move { events.stream() }
    });
    let mut deliveries = client.iterate(|_| stream.unwrap());
    let delivery = deliveries.next().unwrap().unwrap();
    assert_eq!(delivery.event().event_handle, "handle-7");
    client.block_on(|_| async move { Ok(delivery.confirm_and_wait().await) }).unwrap().unwrap();
    assert_eq!(mock.requests::<ConfirmEvents>()[0].event_handles, ["handle-7"]);
}
