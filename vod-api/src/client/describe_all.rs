//! Splits a list of ids that is longer than an action accepts into several calls, and joins the responses.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::call::Call;
use crate::action::Action;
use crate::error::{Error, ErrorKind};
use crate::record::{FieldMut, FieldRef, Limit, Record, to_json};

impl<A: Action<Request: Clone, Response: DeserializeOwned>> Call<A> {
    /// Splits a list that is longer than the action accepts, makes the calls one after the other, and joins their
    /// responses: lists are concatenated in the order of the ids, other values come from the first response.
    ///
    /// The list is the one in the request whose maximum length the spec states, such as the 20 ids of
    /// `DescribeMediaInfos`. The action must be idempotent. The first call that fails ends the sequence. If an id is
    /// given twice, it is sent in each call that it falls into.
    ///
    /// ```
    /// # #[cfg(feature = "media")]
    /// # async fn example(client: vod_api::Client, ids: Vec<String>) -> Result<(), vod_api::Error> {
    /// use vod_api::vod::DescribeMediaInfosRequest;
    ///
    /// let found = client.describe_media_infos(DescribeMediaInfosRequest::new(ids)).describe_all().await?;
    /// println!("{} found, {} not", found.media_info_set.len(), found.not_exist_file_id_set.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn describe_all(self) -> DescribeAll<A> {
        DescribeAll(self)
    }
}

/// A call whose list is split; from [`Call::describe_all`].
#[must_use = "nothing is sent until it is awaited"]
pub struct DescribeAll<A: Action>(Call<A>);

impl<A: Action> fmt::Debug for DescribeAll<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DescribeAll").field(&self.0).finish()
    }
}

impl<A: Action<Request: Clone, Response: DeserializeOwned>> IntoFuture for DescribeAll<A> {
    type Output = Result<A::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let (client, mut request, settings) = self.0.into_parts();
        let parts = split::<A>(&mut request);
        Box::pin(async move {
            let Some((index, parts)) = parts? else {
                return Call::<A>::with(client, request, settings).await;
            };
            let mut joined = Map::new();
            for part in parts {
                let mut request = request.clone();
                part.put(request.get_mut(index));
                let answer = Call::<A>::with(client.clone(), request, settings.clone()).await?;
                join(&mut joined, &answer);
            }
            serde_json::from_value(Value::Object(joined)).map_err(|error| {
                let message = format!("the responses can't be joined: {error}");
                Error::new(ErrorKind::Decode, message).with_action(A::META)
            })
        })
    }
}

/// A part of a list.
enum Part {
    Strings(Vec<String>),
    Int64s(Vec<i64>),
    Uint64s(Vec<u64>),
}

impl Part {
    fn put(self, field: FieldMut<'_>) {
        match (self, field) {
            (Self::Strings(part), FieldMut::Strings(list)) => *list = part,
            (Self::Int64s(part), FieldMut::Int64s(list)) => *list = part,
            (Self::Uint64s(part), FieldMut::Uint64s(list)) => *list = part,
            // It is the field that the part was taken from.
            _ => {}
        }
    }
}

/// Takes the list that is too long out of a request, in parts. `None` if there is none.
fn split<A: Action>(request: &mut A::Request) -> Result<Option<(usize, Vec<Part>)>, Error> {
    let refuse = |what: &str| {
        let message = format!("describe_all: {what}");
        Err(Error::new(ErrorKind::InvalidRequest, message).with_action(A::META))
    };
    let limits = request.meta().limits.iter();
    let lists = limits.filter_map(|(index, limit)| match limit {
        Limit::Items(_, most) if *most > 0 => Some((*index, usize::try_from(*most).unwrap_or(usize::MAX))),
        _ => None,
    });
    let mut long = lists.filter_map(|(index, most)| Some((index, parts(request.get(index), most)?)));
    let found = long.next();
    if long.next().is_some() {
        return refuse("several lists of the request are too long");
    }
    drop(long);
    match found {
        Some(_) if !A::META.idempotent => {
            refuse("the action may not be repeated, so a failure would leave an unknown part done")
        }
        found => Ok(found),
    }
}

/// The parts of a list, if it is too long.
fn parts(field: FieldRef<'_>, most: usize) -> Option<Vec<Part>> {
    match field {
        FieldRef::Strings(list) if list.len() > most => {
            Some(list.chunks(most).map(|part| Part::Strings(part.to_vec())).collect())
        }
        FieldRef::Int64s(list) if list.len() > most => {
            Some(list.chunks(most).map(|part| Part::Int64s(part.to_vec())).collect())
        }
        FieldRef::Uint64s(list) if list.len() > most => {
            Some(list.chunks(most).map(|part| Part::Uint64s(part.to_vec())).collect())
        }
        _ => None,
    }
}

/// Appends the lists of an answer to those before.
fn join(joined: &mut Map<String, Value>, answer: &dyn Record) {
    let Ok(Value::Object(members)) = serde_json::from_slice(&to_json(answer)) else { return };
    for (name, value) in members {
        match (joined.get_mut(&name), value) {
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
            (Some(_), _) => {}
            (None, value) => {
                joined.insert(name, value);
            }
        }
    }
}
