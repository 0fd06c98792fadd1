//! Lists that are longer than the service takes or gives out.

#![cfg(feature = "all-categories")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::json;
use vod_api::testing::MockTransport;
use vod_api::vod::{
    ConfirmEventsRequest, DescribeMediaInfos, DescribeMediaInfosRequest, DescribeMediaInfosResponse,
    SearchMedia, SearchMediaRequest, SearchMediaResponse, TimeRange,
};
use vod_api::{AllItems, Client, ErrorKind, Timestamp};

/// A service that finds the ids that are even numbers.
fn infos() -> MockTransport {
    let mock = MockTransport::new();
    mock.on::<DescribeMediaInfos>().respond_with(|request| {
        assert!(request.file_ids.len() <= 20);
        let (found, missing): (Vec<_>, Vec<_>) =
            request.file_ids.iter().partition(|id| id.parse::<u32>().unwrap().is_multiple_of(2));
        let found: Vec<_> = found.iter().map(|id| json!({ "FileId": id })).collect();
        let answer = json!({ "MediaInfoSet": found, "NotExistFileIdSet": missing, "RequestId": "r" });
        Ok(serde_json::from_value::<DescribeMediaInfosResponse>(answer).unwrap())
    });
    mock
}

#[tokio::test]
async fn long_lists_of_ids_are_split_and_joined_in_order() {
    for (count, calls) in [(1, 1), (20, 1), (21, 2), (100, 5), (101, 6)] {
        let mock = infos();
        let client = mock.builder().build().unwrap();
        let ids: Vec<String> = (0..count).map(|n| n.to_string()).collect();
        let request = DescribeMediaInfosRequest::new(ids.clone());
        let all = client.describe_media_infos(request).describe_all().await.unwrap();
        let found: Vec<_> = all.media_info_set.iter().map(|media| media.file_id.clone()).collect();
        let even = |is_even: usize| ids.iter().skip(is_even).step_by(2).cloned().collect::<Vec<_>>();
        assert_eq!((found, all.not_exist_file_id_set), (even(0), even(1)));
        assert_eq!(mock.recorded().len(), calls, "{count}");
    }
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not_split() {
    let mock = MockTransport::new();
    let client = mock.builder().build().unwrap();
    let handles: Vec<String> = (0..40).map(|n| format!("handle-{n}")).collect();
    let call = client.confirm_events(ConfirmEventsRequest::new(handles));
    match call.describe_all().await {
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}"),
        Ok(_) => panic!("nothing answers"),
    }
    assert!(mock.recorded().iter().all(|sent| sent.action() == "ConfirmEvents"));
}

/// A service whose files have a time of creation each, and whose search has a ceiling.
struct World {
    /// When files were created, in seconds since 1970, by their ids.
    files: BTreeMap<usize, u64>,
    /// The same, in the order in which they are given: by time, and within a second by a number of its own.
    order: BTreeMap<(u64, usize), usize>,
    /// The time, which goes on with each call.
    now: u64,
    is_end_included: bool,
    /// How many files are added with each call.
    added: usize,
    /// How many calls take a second.
    calls_a_second: usize,
    calls: usize,
    /// Tells the whole length, or none above the ceiling.
    tells_all: bool,
    /// How many files an answer has at most.
    page: usize,
    /// Files of one second are given in the order of their ids, or backwards, so that a new one comes before the
    /// others.
    newest_first: bool,
}

const NOW: u64 = 1_800_000_000;
const CEILING: usize = 5000;

impl Default for World {
    fn default() -> Self {
        Self {
            files: BTreeMap::new(),
            order: BTreeMap::new(),
            now: NOW,
            is_end_included: false,
            added: 0,
            calls_a_second: 1,
            calls: 0,
            tells_all: false,
            page: 100,
            newest_first: false,
        }
    }
}

impl World {
    fn of(times: impl IntoIterator<Item = u64>) -> Self {
        Self { files: times.into_iter().enumerate().collect(), ..Self::default() }
    }

    fn add(&mut self, id: usize, time: u64) {
        self.files.insert(id, time);
        self.order.insert((time, if self.newest_first { usize::MAX - id } else { id }), id);
    }

    fn remove(&mut self, id: usize) {
        self.files.remove(&id);
        self.order.retain(|_, listed| *listed != id);
    }

    fn search(&mut self, request: &SearchMediaRequest) -> serde_json::Value {
        self.calls += 1;
        if self.calls.is_multiple_of(self.calls_a_second) {
            self.now += 1;
        }
        // What is added later is no part of a walk in any case.
        let added = if self.now <= NOW + 40 { self.added } else { 0 };
        for _ in 0..added {
            self.add(self.files.len() + 1_000_000, self.now);
        }
        let range = request.create_time.as_ref().unwrap();
        let of =
            |time: &Option<Timestamp>| u64::try_from(time.as_ref().unwrap().unix_seconds().unwrap()).unwrap();
        let (after, before) = (of(&range.after), of(&range.before));
        let end = if self.is_end_included { before + 1 } else { before };
        let found = self.order.range((after, 0)..(end.max(after), 0));
        let sort = request.sort.as_ref().unwrap();
        assert_eq!((sort.field.as_str(), sort.order.as_str()), ("CreateTime", "Asc"));
        let [offset, limit] = [request.offset.unwrap_or(0), request.limit.unwrap_or(10)];
        let [offset, limit] = [offset, limit].map(|number| usize::try_from(number).unwrap());
        assert!(offset + limit <= CEILING && limit > 0, "the service refuses {offset} + {limit}");
        let page = found.clone().skip(offset).take(limit.min(self.page));
        let page: Vec<_> = page.map(|(_, id)| json!({ "FileId": id.to_string() })).collect();
        let found = found.count();
        let total = if self.tells_all { found } else { found.min(CEILING) };
        json!({ "TotalCount": total, "MediaInfoSet": page, "RequestId": "r" })
    }
}

fn service(mut world: World) -> (Client, MockTransport, Arc<Mutex<World>>) {
    for (id, time) in world.files.clone() {
        world.add(id, time);
    }
    let world = Arc::new(Mutex::new(world));
    let mock = MockTransport::new();
    let (of_mock, of_clock) = (Arc::clone(&world), Arc::clone(&world));
    mock.on::<SearchMedia>().respond_with(move |request: SearchMediaRequest| {
        let answer = of_mock.lock().unwrap().search(&request);
        Ok(serde_json::from_value::<SearchMediaResponse>(answer).unwrap())
    });
    let clock = move || UNIX_EPOCH + Duration::from_secs(of_clock.lock().unwrap().now);
    let client = mock.builder().without_rate_limit().clock(clock).build().unwrap();
    (client, mock, world)
}

async fn all(mut walk: AllItems<SearchMedia>) -> Vec<usize> {
    let mut ids = Vec::new();
    while let Some(media) = walk.next().await {
        ids.push(media.unwrap().file_id.parse().unwrap());
    }
    ids
}

/// The ids of the files that there were before the walk; what was added since may be among the ids, none twice.
fn assert_whole(ids: &[usize], count: usize, shown: &str) {
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "twice: {shown}");
    let missing = (0..count).filter(|id| !distinct.contains(id)).count();
    assert_eq!(missing, 0, "missing: {shown}");
}

#[tokio::test]
async fn all_media_are_found_past_the_ceiling_each_once() {
    for (number, files) in [
        Vec::new(),
        vec![0, NOW],
        vec![1_700_000_000; 4999],
        // Seven thousand within an hour, three a second.
        (0..7000_u64).map(|n| 1_700_000_000 + n / 3).collect(),
        // Four thousand in one second, beside many others.
        (0..6000_u64).map(|n| 1_700_000_000 + n.saturating_sub(4000) * 1000).collect(),
        // Two seconds in a row, which no window can tell apart where its end is part of it.
        (0..8000_u64).map(|n| 1_700_000_000 + n % 2).collect(),
        // Many seconds with several pages each.
        (0..11_000_u64).map(|n| 1_700_000_000 + n / 450).collect(),
    ]
    .into_iter()
    .enumerate()
    {
        for case in 0..4 {
            let is = |bit: usize| case & bit != 0;
            let count = files.len();
            let (is_end_included, tells_all, newest_first) = (is(1), is(2), is(1) != is(2));
            let page = if is(2) { 37 } else { 100 };
            let world = World { is_end_included, tells_all, page, newest_first, ..World::of(files.clone()) };
            let (client, _, world) = service(world);
            let ids = all(client.all_media()).await;
            assert_whole(&ids, count, &format!("{number} {case}"));
            assert_eq!(ids.len(), count);
            let calls = world.lock().unwrap().calls;
            let most = 2 * count / page + 2 * count / CEILING + 120;
            assert!(calls <= most, "{calls} calls for {count} files, {number} {case}");
        }
    }
}

#[tokio::test]
async fn files_that_are_added_meanwhile_push_none_out() {
    // Up to a thousand files a call, and ten calls a second: more in a second than the service gives out.
    for added in [1, 60, 450] {
        for case in 0..8 {
            if added == 450 && case != 7 {
                continue; // one of so many files is enough
            }
            let (is_end_included, newest_first) = (case & 1 != 0, case & 2 != 0);
            let count: usize = if case & 4 != 0 { 7000 } else { 700 };
            let files = (0..count as u64).map(|n| NOW - n % 600);
            let world =
                World { is_end_included, newest_first, added, calls_a_second: 10, ..World::of(files) };
            let (client, _, world) = service(world);
            let ids = all(client.all_media()).await;
            let shown = format!("{added} {case}");
            assert_whole(&ids, count, &shown);
            let world = world.lock().unwrap();
            // The walk ends where it began, with half a minute for clocks that differ.
            let late = ids.iter().filter(|id| world.files[id] > NOW + 31).count();
            assert_eq!(late, 0, "{shown}");
            let most = 2 * (count + 320 * added) / 100 + 160;
            assert!(world.calls <= most, "{} calls, {shown}", world.calls);
        }
    }
}

#[tokio::test]
async fn files_that_are_removed_meanwhile_hide_no_others() {
    // A program that deletes what it is given moves the others to pages that it has read.
    let (client, _, world) = service(World::of((0..3000_u64).map(|n| 1_700_000_000 + n)));
    let mut walk = client.all_media();
    let mut ids = Vec::new();
    while let Some(media) = walk.next().await {
        let id = media.unwrap().file_id.parse().unwrap();
        world.lock().unwrap().remove(id);
        ids.push(id);
    }
    assert_whole(&ids, 3000, "removed");
    assert!(world.lock().unwrap().files.is_empty());
    let calls = world.lock().unwrap().calls;
    assert!(calls <= 60, "{calls}");
}

#[tokio::test]
async fn a_length_that_is_not_exact_ends_a_walk() {
    let mock = MockTransport::new();
    mock.on::<SearchMedia>().respond_with(|request: SearchMediaRequest| {
        let offset = request.offset.unwrap_or(0);
        let ids: Vec<_> =
            (offset..(offset + 100).min(150)).map(|id| json!({ "FileId": id.to_string() })).collect();
        let answer = json!({ "TotalCount": 160, "MediaInfoSet": ids, "RequestId": "r" });
        Ok(serde_json::from_value::<SearchMediaResponse>(answer).unwrap())
    });
    let client = mock.builder().without_rate_limit().build().unwrap();
    assert_whole(&all(client.all_media()).await, 150, "160");
    assert!(mock.recorded().len() <= 6);
}

#[tokio::test]
async fn a_walk_keeps_to_the_range_and_the_conditions_of_its_request() {
    let (client, mock, _) = service(World::of((0..100_u64).map(|n| 1_700_000_000 + n)));
    let range = json!({ "After": "2023-11-14T22:13:30Z", "Before": "2023-11-14T22:13:40Z" });
    let request = json!({ "CreateTime": range, "Tags": ["t"], "Limit": 7, "Offset": 3 });
    let request: SearchMediaRequest = serde_json::from_value(request).unwrap();
    assert_eq!(all(client.search_media(request).all()).await, (10..20).collect::<Vec<_>>());
    assert!(mock.requests::<SearchMedia>().iter().all(|request| request.tags == ["t"]));
    let range = TimeRange::new().after("yesterday");
    let error = client.search_media(SearchMediaRequest::new().create_time(range)).all().next().await;
    let error = error.unwrap().unwrap_err();
    assert!(error.kind() == ErrorKind::InvalidRequest && error.message().contains("`yesterday`"), "{error}");
}

#[tokio::test]
async fn too_many_files_in_one_second_are_an_error_that_ends_the_walk() {
    for is_end_included in [true, false] {
        for count in [5000, 5001, 12_000] {
            let world = World { is_end_included, ..World::of(vec![1_700_000_000; count]) };
            let (client, _, world) = service(world);
            let mut walk = client.all_media();
            let error = loop {
                match walk.next().await {
                    Some(Ok(_)) => {}
                    Some(Err(error)) => break error,
                    None => panic!("{count} files were lost"),
                }
            };
            let told = "the second 2023-11-14T22:13:20Z has 5000 items or more";
            assert!(error.kind() == ErrorKind::Decode && error.message().contains(told), "{error}");
            assert!(walk.next().await.is_none());
            assert!(world.lock().unwrap().calls <= 80);
        }
    }
}

#[tokio::test]
async fn a_walk_is_a_stream_whose_calls_are_made_when_they_are_needed() {
    let (client, mock, _) = service(World::of((0..250_u64).map(|n| 1_700_000_000 + n)));
    let mut walk = client.all_media();
    assert_eq!(mock.recorded().len(), 0);
    let first: Vec<_> = walk.by_ref().take(100).try_collect().await.unwrap();
    assert_eq!((first.len(), mock.recorded().len()), (100, 1));
    let rest: Vec<_> = walk.map_ok(|media| media.file_id).try_collect().await.unwrap();
    assert_eq!((rest.len(), mock.recorded().len()), (150, 3));
}

#[tokio::test]
async fn a_clock_that_is_late_hides_no_files() {
    // The service's time comes with its first answer.
    let has_answered = Arc::new(AtomicBool::new(false));
    let by_mock = Arc::clone(&has_answered);
    let mock = MockTransport::new();
    mock.on::<SearchMedia>().respond_with(move |request: SearchMediaRequest| {
        by_mock.store(true, Ordering::Relaxed);
        let before = request.create_time.unwrap().before.unwrap().unix_seconds().unwrap();
        let found = u64::try_from(before).unwrap() > NOW;
        let media = if found { json!([{ "FileId": "0" }]) } else { json!([]) };
        let answer = json!({ "TotalCount": u8::from(found), "MediaInfoSet": media, "RequestId": "r" });
        Ok(serde_json::from_value::<SearchMediaResponse>(answer).unwrap())
    });
    // Ten minutes late until it was corrected.
    let clock = move || {
        let late = if has_answered.load(Ordering::Relaxed) { 0 } else { 600 };
        UNIX_EPOCH + Duration::from_secs(NOW - late)
    };
    let client = mock.builder().without_rate_limit().clock(clock).build().unwrap();
    assert_whole(&all(client.all_media()).await, 1, "late");
}
