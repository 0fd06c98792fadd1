//! Lists of a sample service, by way of the mock transport; and walks without any calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{StreamExt, TryStreamExt};
use serde_json::json;

use super::walk::Walk;
use super::{PageBy, Paginated, Paging};
use crate::record::mismatch::Mismatch;
use crate::testing::MockTransport;
use crate::{Action, Client, ErrorKind, TransportFailure};

#[allow(missing_docs)]
mod sample {
    vod_macros::service! { crate = crate; "sample-specs", only = [ListThings, ListBoxes] }
}

use sample::{
    Box as SampleBox, ListBoxes, ListBoxesRequest, ListBoxesResponse, ListThings, ListThingsRequest,
    ListThingsResponse, Thing,
};

fn mocked() -> (MockTransport, Client) {
    let mock = MockTransport::new();
    let client = mock.builder().build().unwrap();
    (mock, client)
}

fn things(from: u64, to: u64, total: u64) -> ListThingsResponse {
    let thing = |n| Thing { self_: format!("thing {n}"), ..Thing::default() };
    ListThingsResponse {
        thing_set: (from..to).map(thing).collect(),
        total_count: total,
        ..ListThingsResponse::default()
    }
}

/// A service with so many things, which gives out `most` at a time.
fn shelf(mock: &MockTransport, length: u64, most: u64, tells_total: bool) {
    mock.on::<ListThings>().respond_with(move |request| {
        let from = request.offset.unwrap_or(0).min(length);
        let limit = request.limit.map_or(10, |limit| u64::try_from(limit).unwrap()).min(most);
        Ok(things(from, (from + limit).min(length), if tells_total { length } else { 0 }))
    });
}

/// What was asked for: offset and limit of each call.
fn asked(mock: &MockTransport) -> Vec<(Option<u64>, Option<i64>)> {
    mock.requests::<ListThings>().iter().map(|request| (request.offset, request.limit)).collect()
}

async fn names(client: &Client, request: ListThingsRequest) -> Vec<String> {
    client.call(request).items().map_ok(|thing| thing.self_).try_collect().await.unwrap()
}

fn expected(from: u64, to: u64) -> Vec<String> {
    (from..to).map(|n| format!("thing {n}")).collect()
}

#[tokio::test(start_paused = true)]
async fn items_come_from_all_pages_and_the_spec_says_their_size() {
    let (mock, client) = mocked();
    shelf(&mock, 120, 50, true);
    assert_eq!(names(&client, ListThingsRequest::new().prefix("thing")).await, expected(0, 120));
    assert_eq!(asked(&mock), [(None, Some(50)), (Some(50), Some(50)), (Some(100), Some(50))]);
    assert!(mock.requests::<ListThings>().iter().all(|request| request.prefix.as_deref() == Some("thing")));
}

#[tokio::test(start_paused = true)]
async fn a_list_whose_last_page_is_full_ends_at_its_total() {
    let (mock, client) = mocked();
    shelf(&mock, 100, 50, true);
    assert_eq!(names(&client, ListThingsRequest::new()).await.len(), 100);
    assert_eq!(asked(&mock).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn without_a_total_it_ends_at_a_page_that_is_not_full_or_is_empty() {
    for (length, calls) in [(0, 1), (70, 2), (100, 3)] {
        let (mock, client) = mocked();
        shelf(&mock, length, 50, false);
        assert_eq!(names(&client, ListThingsRequest::new()).await, expected(0, length));
        assert_eq!(asked(&mock).len(), calls, "{length}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_gives_fewer_than_asked_for_is_read_to_its_total() {
    let (mock, client) = mocked();
    shelf(&mock, 70, 20, true);
    assert_eq!(names(&client, ListThingsRequest::new().limit(40)).await, expected(0, 70));
    let offsets: Vec<_> = asked(&mock).iter().map(|(offset, _)| offset.unwrap_or(0)).collect();
    assert_eq!(offsets, [0, 20, 40, 60]);
}

#[tokio::test(start_paused = true)]
async fn the_caller_says_where_to_begin_and_how_large_pages_are() {
    let (mock, client) = mocked();
    shelf(&mock, 30, 50, true);
    assert_eq!(names(&client, ListThingsRequest::new().offset(12).limit(9)).await, expected(12, 30));
    assert_eq!(asked(&mock), [(Some(12), Some(9)), (Some(21), Some(9))]);
}

#[tokio::test(start_paused = true)]
async fn pages_are_answers_and_are_fetched_when_asked_for() {
    let (mock, client) = mocked();
    shelf(&mock, 60, 50, true);
    let mut pages = client.call(ListThingsRequest::new()).pages();
    assert_eq!(mock.recorded().len(), 0);
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.thing_set.len(), first.total_count), (50, 60));
    assert!(!first.request_id.is_empty());
    assert_eq!(mock.recorded().len(), 1);
    assert_eq!(ListThings::into_items(pages.next().await.unwrap().unwrap()).len(), 10);
    assert!(pages.next().await.is_none() && pages.next().await.is_none());
    assert_eq!(mock.recorded().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_error_is_given_once_and_ends_the_list() {
    let (mock, client) = mocked();
    mock.on::<ListThings>().respond(things(0, 50, 90)).respond_error("InvalidParameter", "no");
    let mut items = client.call(ListThingsRequest::new()).items();
    for _ in 0..50 {
        items.next().await.unwrap().unwrap();
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.code_str(), Some("InvalidParameter"));
    assert!(items.next().await.is_none() && items.next().await.is_none());
    mock.assert_all_used();
}

#[tokio::test(start_paused = true)]
async fn a_service_that_ignores_the_offset_is_noticed() {
    let (mock, client) = mocked();
    mock.on::<ListThings>().respond(things(0, 50, 1000)).repeat();
    let outcomes: Vec<_> = client.call(ListThingsRequest::new()).pages().collect().await;
    assert_eq!(outcomes.len(), 2);
    let error = outcomes[1].as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "ListThings failed: the list makes no progress: the service returns the same page repeatedly"
    );
}

/// A page of so many things, with a total as JSON and perhaps something odd besides.
fn odd_page(things: u64, total: &str, odd: &str) -> http::Response<String> {
    let things: Vec<String> = (0..things).map(|n| format!(r#"{{"Self":"thing {n}"}}"#)).collect();
    let things = things.join(",");
    http::Response::new(format!(
        r#"{{"Response":{{"ThingSet":[{things}{odd}],"TotalCount":{total},"RequestId":"r"}}}}"#
    ))
}

#[tokio::test(start_paused = true)]
async fn a_strange_total_is_an_error_and_no_end() {
    for total in ["{}", "[]", "\"many\"", "-1", "1.5", "1e400", "true", "99999999999999999999"] {
        let (mock, client) = mocked();
        mock.on::<ListThings>().respond_http(odd_page(3, total, ""));
        let outcomes: Vec<_> = client.call(ListThingsRequest::new()).items().collect().await;
        let [Err(error)] = outcomes.as_slice() else { panic!("{total}: {outcomes:?}") };
        assert_eq!((error.kind(), error.action()), (ErrorKind::Decode, Some("ListThings")));
        let path = "response does not fit the action: TotalCount: expected a whole number";
        assert!(error.message().starts_with(path), "{error}");
    }
    for list in [r#""ThingSet":"","#, r#""ThingSet":{},"#] {
        let (mock, client) = mocked();
        let page = format!(r#"{{"Response":{{{list}"TotalCount":70,"RequestId":"r"}}}}"#);
        mock.on::<ListThings>().respond_http(http::Response::new(page));
        let error = client.call(ListThingsRequest::new()).pages().next().await.unwrap().unwrap_err();
        assert!(error.message().contains("ThingSet: expected a list"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_odd_item_does_not_end_a_list() {
    for odd in [",\"\"", ",7", ",[]", r#",{"Self":{}}"#, r#",{"Self":"a\ud83d"}"#] {
        let (mock, client) = mocked();
        mock.on::<ListThings>().respond_http(odd_page(49, "53", odd)).respond_http(odd_page(3, "53", ""));
        assert_eq!(names(&client, ListThingsRequest::new()).await.len(), 53);
        mock.assert_all_used();
    }
}

#[tokio::test(start_paused = true)]
async fn a_strange_marker_is_an_error_and_no_end() {
    let (mock, client) = mocked();
    let page = r#"{"Response":{"BoxSet":[{"Side":1}],"NextMarker":{"Key":1},"RequestId":"r"}}"#;
    mock.on::<ListBoxes>().respond_http(http::Response::new(page));
    let outcomes: Vec<_> = client.call(ListBoxesRequest::new()).items().collect().await;
    let [Err(error)] = outcomes.as_slice() else { panic!("{outcomes:?}") };
    assert!(error.message().contains("NextMarker: expected a string, found an object"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_page_that_nobody_waits_for_any_more_is_not_fetched_twice() {
    let (mock, client) = mocked();
    let second = std::time::Duration::from_secs(1);
    mock.on::<ListThings>().delay(second).respond(things(0, 3, 3));
    let mut items = client.call(ListThingsRequest::new()).items();
    assert!(tokio::time::timeout(second / 2, items.next()).await.is_err());
    assert_eq!(items.next().await.unwrap().unwrap().self_, "thing 0");
    assert_eq!(mock.recorded().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_settings_of_the_call_hold_for_each_page() {
    let (mock, client) = mocked();
    shelf(&mock, 60, 50, true);
    let pages = client.call(ListThingsRequest::new()).region("ap-tokyo").pages();
    assert_eq!(pages.count().await, 2);
    assert!(mock.recorded().iter().all(|sent| sent.header("x-tc-region") == Some("ap-tokyo")));
}

#[tokio::test(start_paused = true)]
async fn a_network_that_fails_ends_the_list_too() {
    let (mock, client) = mocked();
    mock.on::<ListThings>().fail(TransportFailure::InvalidRequest);
    let outcomes: Vec<_> = client.call(ListThingsRequest::new()).items().collect().await;
    assert!(matches!(outcomes.as_slice(), [Err(_)]));
}

fn boxes(sides: std::ops::Range<i64>, next: Option<&str>) -> ListBoxesResponse {
    ListBoxesResponse {
        box_set: sides.map(SampleBox::of_side).collect(),
        next_marker: next.map(Into::into),
        ..ListBoxesResponse::default()
    }
}

impl SampleBox {
    fn of_side(side: i64) -> Self {
        Self { side, ..Self::default() }
    }
}

async fn sides(client: &Client, request: ListBoxesRequest) -> Vec<i64> {
    client.call(request).items().map_ok(|item| item.side).try_collect().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn markers_are_followed_through_empty_pages_to_an_answer_without_one() {
    for last in [None, Some("")] {
        let (mock, client) = mocked();
        mock.on::<ListBoxes>()
            .respond(boxes(0..2, Some("b")))
            .respond(boxes(0..0, Some("c")))
            .respond(boxes(2..3, last));
        assert_eq!(sides(&client, ListBoxesRequest::new()).await, [0, 1, 2]);
        let requests = mock.requests::<ListBoxes>();
        let markers: Vec<_> = requests.iter().map(|request| request.marker.as_deref()).collect();
        assert_eq!(markers, [None, Some("b"), Some("c")]);
        // No spec says how large a page is, and neither did the caller.
        assert!(requests.iter().all(|request| request.page_size.is_none()));
        mock.assert_all_used();
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_says_that_it_is_whole_is_not_asked_again() {
    let (mock, client) = mocked();
    let page = |sides: std::ops::Range<i64>, is_cut| ListBoxesResponse {
        is_cut: Some(is_cut),
        ..boxes(sides, Some("last"))
    };
    mock.on::<ListBoxes>().respond(page(0..2, true)).respond(page(2..3, false));
    assert_eq!(sides(&client, ListBoxesRequest::new()).await, [0, 1, 2]);
    mock.assert_all_used();
}

#[tokio::test(start_paused = true)]
async fn markers_that_go_in_a_circle_are_noticed() {
    for length in [1, 2, 3, 7] {
        let (mock, client) = mocked();
        let calls = AtomicU64::new(0);
        mock.on::<ListBoxes>().respond_with(move |_| {
            let marker = format!("marker {}", calls.fetch_add(1, Ordering::Relaxed) % length);
            Ok(boxes(0..1, Some(&marker)))
        });
        let outcomes: Vec<_> = client.call(ListBoxesRequest::new()).pages().collect().await;
        let (last, before) = outcomes.split_last().unwrap();
        assert!(before.iter().all(Result::is_ok));
        assert!(last.as_ref().unwrap_err().message().contains("the same token"));
        assert!(u64::try_from(outcomes.len()).unwrap() <= 4 * length, "{length}");
    }
}

#[tokio::test(start_paused = true)]
async fn markers_beside_nothing_are_not_followed_forever() {
    let (mock, client) = mocked();
    let calls = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&calls);
    mock.on::<ListBoxes>()
        .respond_with(move |_| Ok(boxes(0..0, Some(&counted.fetch_add(1, Ordering::Relaxed).to_string()))));
    let outcomes: Vec<_> = client.call(ListBoxesRequest::new()).items().collect().await;
    assert!(matches!(outcomes.as_slice(), [Err(error)] if error.kind() == ErrorKind::Decode));
    assert_eq!(calls.load(Ordering::Relaxed), 100);
}

/// `ListBoxes` by the number of the page, which no spec file of the sample declares.
static BY_NUMBER: Paging =
    Paging { by: PageBy::Page(1), limit: Some(2), page_size: 2, items: 0, total: Some(2), more: None };
/// `ListBoxes` by marker, with a total.
static BY_MARKER: Paging = Paging {
    by: PageBy::Token { request: 0, response: 1 },
    limit: Some(2),
    page_size: 0,
    items: 0,
    total: Some(2),
    more: None,
};

/// The requests that a walk makes of these answers.
fn walked(
    paging: &'static Paging,
    mut request: ListBoxesRequest,
    answers: &[ListBoxesResponse],
) -> Vec<serde_json::Value> {
    let mut walk = Walk::new(ListBoxes::META, paging);
    let mut made = Vec::new();
    for answer in answers {
        assert!(walk.name_page(&mut request), "an answer is left: {answer:?}");
        made.push(serde_json::to_value(&request).unwrap());
        walk.arrived(answer, &[]).unwrap();
    }
    assert!(!walk.name_page(&mut request), "another page is wanted");
    made
}

fn counted(sides: std::ops::Range<i64>, total: Option<i64>) -> ListBoxesResponse {
    ListBoxesResponse { box_count: total, ..boxes(sides, None) }
}

#[test]
fn pages_with_numbers_are_counted() {
    let made = walked(
        &BY_NUMBER,
        ListBoxesRequest::new(),
        &[counted(0..2, None), counted(2..4, None), counted(4..5, None)],
    );
    let second = json!({ "PageNumber": 2, "PageSize": 2 });
    assert_eq!(made, [json!({ "PageSize": 2 }), second, json!({ "PageNumber": 3, "PageSize": 2 })]);
}

#[test]
fn pages_with_numbers_end_at_the_total_wherever_they_began() {
    let from_third = ListBoxesRequest::new().page_number(3);
    assert_eq!(walked(&BY_NUMBER, from_third, &[counted(4..6, Some(8)), counted(6..8, Some(8))]).len(), 2);
    // A page that is smaller than was asked for is no end.
    let large = ListBoxesRequest::new().page_size(5);
    assert_eq!(walked(&BY_NUMBER, large, &[counted(0..3, Some(6)), counted(3..6, Some(6))]).len(), 2);
}

#[test]
fn a_total_that_is_never_reached_ends_at_an_empty_page() {
    let answers = [counted(0..2, Some(9)), counted(2..3, Some(9)), counted(0..0, Some(9))];
    assert_eq!(walked(&BY_NUMBER, ListBoxesRequest::new(), &answers).len(), 3);
}

/// `ListBoxes` by marker, with a mark of the end in place of one that the service has.
static WITH_MARK: Paging = Paging {
    by: PageBy::Token { request: 0, response: 1 },
    limit: None,
    page_size: 0,
    items: 0,
    total: None,
    more: Some(3),
};

#[test]
fn a_mark_of_the_end_counts_for_more_than_a_token() {
    let page = |more: Option<bool>, next| ListBoxesResponse { is_cut: more, ..boxes(0..2, next) };
    let answers = [page(Some(true), Some("a")), page(Some(true), Some("b")), page(Some(false), Some("c"))];
    assert_eq!(walked(&WITH_MARK, ListBoxesRequest::new(), &answers).len(), 3);
    let untold = [page(None, Some("a")), page(None, None)];
    assert_eq!(walked(&WITH_MARK, ListBoxesRequest::new(), &untold).len(), 2);

    let mut walk = Walk::new(ListBoxes::META, &WITH_MARK);
    assert!(walk.name_page(&mut ListBoxesRequest::new()));
    let error = walk.arrived(&page(Some(true), None), &[]).unwrap_err();
    assert_eq!(error.to_string(), "ListBoxes failed: the service says that the list goes on, and not where");
    let odd = Mismatch::new("IsCut".to_owned(), "true or false", "{}".to_owned());
    let error = walk.arrived(&page(None, Some("a")), &[odd]).unwrap_err();
    assert!(error.message().contains("IsCut: expected true or false, found {}"), "{error}");
}

#[test]
fn a_total_ends_markers_only_where_the_list_was_read_from_its_beginning() {
    let page = |next| ListBoxesResponse { box_count: Some(2), ..boxes(0..2, next) };
    assert_eq!(walked(&BY_MARKER, ListBoxesRequest::new(), &[page(Some("more"))]).len(), 1);
    let from_marker = ListBoxesRequest::new().marker("a");
    assert_eq!(walked(&BY_MARKER, from_marker, &[page(Some("b")), page(None)]).len(), 2);
}
