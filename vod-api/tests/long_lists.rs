//! Lists that are longer than the service takes or gives out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;
use vod_api::testing::MockTransport;
use vod_api::vod::{
    ConfirmEventsRequest, DescribeMediaInfos, DescribeMediaInfosRequest, DescribeMediaInfosResponse,
    SearchMedia, SearchMediaRequest, SearchMediaResponse,
};
use vod_api::{Client, ErrorKind, Timestamp};

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

/// When the files of a service were created, in seconds since 1970, and how the service reads the end of a range.
struct World {
    files: Vec<u64>,
    is_end_included: bool,
    /// How many files are added with each call.
    added: u64,
    calls: usize,
}

const NOW: u64 = 1_800_000_000;

fn service(world: World) -> (Client, MockTransport, Arc<Mutex<World>>) {
    let world = Arc::new(Mutex::new(world));
    let mock = MockTransport::new();
    let of_mock = Arc::clone(&world);
    mock.on::<SearchMedia>().respond_with(move |request: SearchMediaRequest| {
        let mut world = of_mock.lock().unwrap();
        world.calls += 1;
        for _ in 0..world.added {
            world.files.push(NOW + 10);
        }
        let range = request.create_time.unwrap();
        let of =
            |time: &Option<Timestamp>| u64::try_from(time.as_ref().unwrap().unix_seconds().unwrap()).unwrap();
        let (after, before) = (of(&range.after), of(&range.before));
        let is_in = |time: u64| time >= after && (time < before || world.is_end_included && time == before);
        let mut found: Vec<(u64, usize)> = world
            .files
            .iter()
            .enumerate()
            .filter(|(_, time)| is_in(**time))
            .map(|(id, time)| (*time, id))
            .collect();
        found.sort_unstable();
        let (offset, limit) = (request.offset.unwrap_or(0), request.limit.unwrap_or(10));
        assert!(offset + limit <= 5000, "behind the ceiling");
        let page = found.iter().skip(usize::try_from(offset).unwrap()).take(usize::try_from(limit).unwrap());
        let page: Vec<_> = page.map(|(_, id)| json!({ "FileId": id.to_string() })).collect();
        let answer = json!({ "TotalCount": found.len().min(5000), "MediaInfoSet": page, "RequestId": "r" });
        Ok(serde_json::from_value::<SearchMediaResponse>(answer).unwrap())
    });
    let client =
        mock.builder().without_rate_limit().clock(|| UNIX_EPOCH + Duration::from_secs(NOW)).build().unwrap();
    (client, mock, world)
}

async fn all(client: &Client) -> Vec<usize> {
    let mut all = client.all_media();
    let mut ids = Vec::new();
    while let Some(media) = all.next().await {
        ids.push(media.unwrap().file_id.parse().unwrap());
    }
    ids
}

#[tokio::test]
async fn all_media_are_found_past_the_ceiling_each_once() {
    for is_end_included in [true, false] {
        for files in [
            Vec::new(),
            vec![0, NOW],
            // Twelve thousand within a day, some at the same second.
            (0..12_000_u64).map(|n| 1_700_000_000 + n / 3).collect(),
            // Four thousand in one second, beside many others.
            (0..9000_u64).map(|n| 1_700_000_000 + n.saturating_sub(4000) * 1000).collect(),
        ] {
            let count = files.len();
            let (client, _, world) = service(World { files, is_end_included, added: 3, calls: 0 });
            let ids = all(&client).await;
            assert_eq!(ids.len(), count, "none twice");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), count, "none missing");
            assert!(ids.iter().all(|id| *id < count), "what is added is not part of the walk");
            let calls = world.lock().unwrap().calls;
            assert!(calls <= count / 100 + 120, "{calls} calls for {count} files");
        }
    }
}

#[tokio::test]
async fn a_walk_keeps_to_the_range_and_the_conditions_of_its_request() {
    let files = (0..100_u64).map(|n| 1_700_000_000 + n).collect();
    let (client, mock, _) = service(World { files, is_end_included: false, added: 0, calls: 0 });
    let range = json!({ "After": "2023-11-14T22:13:30Z", "Before": "2023-11-14T22:13:40Z" });
    let request = json!({ "CreateTime": range, "Tags": ["t"], "Limit": 7 });
    let mut walk = client.all_media_of(serde_json::from_value(request).unwrap());
    let mut count = 0;
    while let Some(media) = walk.next().await {
        media.unwrap();
        count += 1;
    }
    assert_eq!(count, 10);
    assert!(mock.requests::<SearchMedia>().iter().all(|request| request.tags == ["t"]));
}

#[tokio::test]
async fn too_many_files_in_one_second_are_an_error_that_ends_the_walk() {
    let files = vec![1_700_000_000; 5000];
    let (client, ..) = service(World { files, is_end_included: true, added: 0, calls: 0 });
    let mut walk = client.all_media();
    let error = walk.next().await.unwrap().unwrap_err();
    assert!(error.kind() == ErrorKind::Decode && error.message().contains("2023-11-14T22:13"), "{error}");
    assert!(walk.next().await.is_none());
}
