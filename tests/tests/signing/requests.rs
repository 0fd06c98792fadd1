//! Requests with all that a request can have: texts of any characters, numbers, lists, objects in lists.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::Value;
use vod_api::vod::{MediaKeyFrameDescItem, ModifyMediaInfoRequest, SearchMediaRequest, SortBy, TimeRange};
use vod_api::{Client, Endpoint, Error, Timestamp};

/// What a client may be told beside the request.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) endpoint: Endpoint,
    pub(crate) region: Option<String>,
}

pub(crate) fn settings() -> impl Strategy<Value = Settings> {
    let endpoint = prop_oneof![
        Just(Endpoint::mainland()),
        Just(Endpoint::international()),
        "[a-z]{1,8}\\.example\\.com".prop_map(|host| Endpoint::custom(format!("https://{host}"))),
        (1_u16..).prop_map(|port| Endpoint::custom(format!("http://127.0.0.1:{port}"))),
    ];
    (endpoint, option::of("[a-z]{2}-[a-z]{1,9}")).prop_map(|(endpoint, region)| Settings { endpoint, region })
}

/// A text of at most so many characters, of those that encoders trip over more often than others.
fn text(longest: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        prop::sample::select(" +&=%~*'()!/?#.\"\\\n\0é未😀".chars().collect::<Vec<_>>())
    ];
    vec(character, 0..=longest).prop_map(String::from_iter)
}

/// A time with characters that have to be escaped.
fn time() -> impl Strategy<Value = String> {
    (1..29_u8, 0..60_u8).prop_map(|(day, minute)| format!("2026-01-{day:02}T08:{minute:02}:00+08:00"))
}

/// A search; `SearchMedia` takes nearly any text.
pub(crate) fn search() -> impl Strategy<Value = SearchMediaRequest> {
    let lists = (vec(text(40), 0..3), vec(text(100), 0..3), vec(text(32), 0..13));
    let numbers = (vec(any::<i64>(), 0..3), vec(any::<u64>(), 0..3), option::of(any::<u64>()));
    let objects = (option::of((text(9), text(9))), option::of((time(), time())), option::of(text(64)));
    (lists, numbers, objects).prop_map(
        |((ids, names, tags), (classes, apps, offset), (sort, created, words))| {
            let mut request = SearchMediaRequest::new();
            request.file_ids = ids;
            request.names = names;
            request.tags = tags;
            request.class_ids = classes;
            request.trtc_sdk_app_ids = apps;
            request.offset = offset;
            request.sort = sort.map(|(field, order)| Box::new(SortBy::new(field, order)));
            request.create_time = created.map(|(after, before)| {
                Box::new(TimeRange::new().after(Timestamp::from(after)).before(Timestamp::from(before)))
            });
            request.stream_ids = words.into_iter().collect();
            request
        },
    )
}

/// A change of a file, which has objects in a list and numbers with a fraction.
fn modification() -> impl Strategy<Value = ModifyMediaInfoRequest> {
    let seconds = (-1_000_000..1_000_000_i32).prop_map(|n| f64::from(n) / 64.0);
    // A mark has at least one character.
    let frames = vec((seconds.clone(), text(20).prop_map(|text| format!("x{text}"))), 0..3);
    (text(30), option::of(text(64)), option::of(any::<i64>()), frames, vec(seconds, 0..3)).prop_map(
        |(id, name, class, frames, deleted)| {
            let mut request = ModifyMediaInfoRequest::new(id);
            request.name = name;
            request.class_id = class;
            request.add_key_frame_descs = frames
                .into_iter()
                .map(|(offset, content)| MediaKeyFrameDescItem::new(offset, content))
                .collect();
            request.delete_key_frame_descs = deleted;
            request
        },
    )
}

/// One of the requests here.
#[derive(Debug, Clone)]
pub(crate) enum Anything {
    Search(Box<SearchMediaRequest>),
    Modification(Box<ModifyMediaInfoRequest>),
}

pub(crate) fn anything() -> impl Strategy<Value = Anything> {
    prop_oneof![
        search().prop_map(|request| Anything::Search(Box::new(request))),
        modification().prop_map(|request| Anything::Modification(Box::new(request))),
    ]
}

impl Anything {
    pub(crate) fn action(&self) -> &'static str {
        match self {
            Self::Search(_) => "SearchMedia",
            Self::Modification(_) => "ModifyMediaInfo",
        }
    }

    pub(crate) async fn send(self, client: &Client) -> Result<(), Error> {
        match self {
            Self::Search(request) => client.search_media(*request).await.map(drop),
            Self::Modification(request) => client.modify_media_info(*request).await.map(drop),
        }
    }
}

/// The vendor's dotted names, made from plain JSON.
pub(crate) fn flatten(out: &mut Vec<(String, String)>, name: String, value: &Value) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(part, value)| flatten(out, below(part), value)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(i, value)| flatten(out, below(&i.to_string()), value));
        }
        Value::String(text) => out.push((name, text.clone())),
        other => out.push((name, other.to_string())),
    }
}
