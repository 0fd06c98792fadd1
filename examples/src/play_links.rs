//! A web page with the files of an application, and for each a player whose link is signed when it is asked for.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use vod_api::sign::HotlinkUrl;
use vod_api::vod::{DescribeMediaInfosRequest, MediaInfo, SearchMediaRequest};
use vod_api::{Client, Error};

/// Files on a page.
const PAGE: u64 = 20;
/// A search gives out no file behind this one.
const LAST: u64 = 5000;

/// What links are made of.
#[derive(Clone)]
pub struct Links {
    client: Client,
    key: Arc<str>,
    valid_for: Duration,
}

impl Links {
    /// Links to the files of the client's application, signed with the hotlink key of the domain that they are played
    /// from. Let them be valid for longer than the longest film: its segments are checked one by one.
    pub fn new(client: Client, hotlink_key: impl Into<Arc<str>>, valid_for: Duration) -> Self {
        Self { client, key: hotlink_key.into(), valid_for }
    }

    /// The routes `/` with the list of files, `/play/{file id}` with a player, and `/link/{file id}` with the signed
    /// link alone.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(list))
            .route("/play/{id}", get(play))
            .route("/link/{id}", get(link))
            .with_state(self)
    }

    async fn files(&self, offset: u64) -> Result<(Vec<MediaInfo>, u64), Error> {
        let request = SearchMediaRequest::new().offset(offset).limit(PAGE).filters(["basicInfo"]);
        let found = self.client.search_media(request).await?;
        Ok((found.media_info_set, found.total_count))
    }

    /// The file and its signed link.
    async fn signed(&self, id: &str) -> Result<(MediaInfo, String), Problem> {
        let request = DescribeMediaInfosRequest::new([id]).filters(["basicInfo"]);
        let found = self.client.describe_media_infos(request).await?;
        let media = found.media_info_set.into_iter().next().ok_or(Problem::NoFile)?;
        let url =
            media.basic_info.as_ref().map(|basic| basic.media_url.as_str()).filter(|url| !url.is_empty());
        #[allow(
            clippy::disallowed_methods,
            reason = "a link ends at a time of the clock that the CDN has, too"
        )]
        let until = SystemTime::now() + self.valid_for;
        let signed = HotlinkUrl::new(&*self.key, until).sign(url.ok_or(Problem::NoFile)?)?;
        Ok((media, signed))
    }
}

async fn list(State(links): State<Links>, uri: Uri) -> Result<Response, Problem> {
    let asked = uri.query().and_then(|query| query.strip_prefix("offset="));
    let offset = asked.and_then(|offset| offset.parse().ok()).unwrap_or(0).min(LAST - PAGE);
    let (files, total) = links.files(offset).await?;
    let mut items = String::new();
    for media in &files {
        let _ = write!(
            items,
            "<li><a href=\"/play/{}\">{}</a></li>",
            escaped(&media.file_id),
            escaped(name(media))
        );
    }
    let next = offset + PAGE;
    let more =
        if next < total.min(LAST) { format!("<a href=\"/?offset={next}\">more</a>") } else { String::new() };
    Ok(page("Files", &format!("<ul>{items}</ul>{more}")))
}

async fn play(State(links): State<Links>, Path(id): Path<String>) -> Result<Response, Problem> {
    let (media, url) = links.signed(&id).await?;
    let player =
        format!("<h1>{}</h1><video controls src=\"{}\"></video>", escaped(name(&media)), escaped(&url));
    Ok(page(name(&media), &player))
}

/// For a page of another server, which has looked at who asks.
async fn link(State(links): State<Links>, Path(id): Path<String>) -> Result<Response, Problem> {
    let (_, url) = links.signed(&id).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], url).into_response())
}

fn name(media: &MediaInfo) -> &str {
    let name = media.basic_info.as_ref().map_or("", |basic| basic.name.as_str());
    if name.is_empty() { &media.file_id } else { name }
}

/// A link is for the one who asked for it: no cache may keep it, and no other site is told of it.
fn page(title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{}</title>{body}</html>",
        escaped(title)
    );
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; media-src http: https:; base-uri 'none'"),
        ),
    ];
    (headers, Html(html)).into_response()
}

/// Names come from those who uploaded files, and may hold anything.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Why there is no page.
enum Problem {
    NoFile,
    Service(Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

/// What went wrong is for the log and not for the visitor.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::NoFile => (StatusCode::NOT_FOUND, "There is no such file.").into_response(),
            // An id that no file can have.
            Self::Service(error) if error.is_caller_fault() => {
                tracing::info!(%error, "a request was refused");
                (StatusCode::NOT_FOUND, "There is no such file.").into_response()
            }
            Self::Service(error) => {
                tracing::error!(%error, "the service did not answer");
                (StatusCode::BAD_GATEWAY, "The files can't be reached now.").into_response()
            }
        }
    }
}
