//! Metadata that lives as long as the process: the runtime knows actions and types by such references.
//!
//! Only what specs say is kept, once for each action that a process uses, so that it is bounded by the specs.

use vod_api::__private::Limit;
use vod_api::__private::{PageBy, Paging, RecordMeta, UnionMeta, Waiting, Window};
use vod_api::{ActionMeta, ErrorClass, ServiceMeta};
use vod_spec::model::{
    self, Action, AnswerFormat, BodyFormat, Bounds, Element, Field, Limits, Number, PagePosition, Service,
    Union,
};

pub(super) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn leak_list<T>(values: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(values.collect::<Vec<_>>().into_boxed_slice())
}

/// What the runtime knows of a service.
pub(crate) fn leak_service(service: &Service) -> &'static ServiceMeta {
    let endpoints = service.endpoints.iter().map(|host| (leak_text(&host.name), leak_text(&host.host)));
    let errors = service.errors.iter().filter_map(|error| {
        let class = error.class.or_else(|| service.error_class(&error.code))?;
        Some((leak_text(&error.code), error_class(class)))
    });
    leak(ServiceMeta::new(
        leak_text(&service.name),
        leak_text(&service.version),
        leak_list(endpoints),
        leak_list(errors),
        leak_list(service.parameters.iter().map(|parameter| leak_text(&parameter.name))),
    ))
}

fn error_class(class: model::ErrorClass) -> ErrorClass {
    match class {
        model::ErrorClass::Caller => ErrorClass::Caller,
        model::ErrorClass::Authentication => ErrorClass::Authentication,
        model::ErrorClass::TokenExpired => ErrorClass::TokenExpired,
        model::ErrorClass::CredentialRefused => ErrorClass::CredentialRefused,
        model::ErrorClass::ClockSkew => ErrorClass::ClockSkew,
        model::ErrorClass::Throttling => ErrorClass::Throttling,
        model::ErrorClass::Service => ErrorClass::Service,
        model::ErrorClass::Retryable => ErrorClass::Retryable,
        model::ErrorClass::None => ErrorClass::None,
    }
}

/// What the runtime knows of an action.
pub(super) fn leak_action(
    action: &Action,
    head: &Service,
    service: &'static ServiceMeta,
) -> &'static ActionMeta {
    let own = action.errors.iter().filter(|own| head.errors.iter().all(|shared| shared.code != own.code));
    let mut meta = ActionMeta::new(
        leak_text(&action.name),
        service,
        action.doc_page.and_then(|page| u32::try_from(page).ok()).unwrap_or(0),
        action.rate_limit.unwrap_or(0),
        action.idempotent,
        action.unsigned,
        leak_list(own.map(|error| leak_text(&error.code))),
    );
    if action.body == BodyFormat::OctetStream {
        meta = meta.with_binary_body();
    }
    if action.body == BodyFormat::Multipart {
        meta = meta.with_multipart_body();
    }
    if action.answer == AnswerFormat::EventStream {
        meta = meta.with_event_stream();
    }
    leak(meta)
}

/// What the walks know of a type. An answer has a `RequestId` that no spec declares.
pub(super) fn leak_record(name: &str, fields: &[Field], is_answer: bool) -> &'static RecordMeta {
    let id = |text: &'static str| is_answer.then_some(text);
    let indexes = |wanted: fn(&Field) -> bool| {
        fields.iter().enumerate().filter(move |(_, field)| wanted(field)).map(|(index, _)| index)
    };
    let names = fields.iter().map(|field| leak_text(&field.name)).chain(id("RequestId"));
    let rust_names = fields.iter().map(|field| leak_text(field.rust_name.trim_start_matches("r#")));
    let limits = fields.iter().enumerate().flat_map(|(index, field)| {
        let time = (!is_answer).then(|| time(&field.ty.element)).flatten();
        limits(&field.limits, &field.ty.element).into_iter().chain(time).map(move |limit| (index, limit))
    });
    leak(RecordMeta {
        name: leak_text(name),
        fields: leak_list(names),
        rust_names: leak_list(rust_names.chain(id("request_id"))),
        required: leak_list(indexes(|field| field.required).chain(is_answer.then_some(fields.len()))),
        sensitive: leak_list(indexes(|field| field.sensitive)),
        limits: leak_list(limits),
    })
}

/// Which members an object carries one of.
pub(super) fn leak_union(fields: &[Field], union: &Union) -> Option<&'static UnionMeta> {
    let tagged = |(index, field): (usize, &Field)| Some((index, leak_text(field.tag.as_deref()?)));
    let members = leak_list(fields.iter().enumerate().filter_map(tagged));
    Some(leak(UnionMeta { tag: index(fields, &union.tag)?, members }))
}

fn time(element: &Element) -> Option<Limit> {
    match element {
        Element::Timestamp => Some(Limit::Timestamp),
        Element::Date => Some(Limit::Date),
        _ => None,
    }
}

fn limits(limits: &Limits, element: &Element) -> Vec<Limit> {
    let mut out = Vec::new();
    if let Some(Bounds { min, max }) = limits.items {
        out.push(Limit::Items(min.unwrap_or(0), max.unwrap_or(u64::MAX)));
    }
    if let Some(Bounds { min, max }) = limits.length {
        out.push(Limit::Length(min.unwrap_or(0), max.unwrap_or(u64::MAX)));
    }
    if let Some(Bounds { min, max }) = limits.range {
        out.push(if matches!(element, Element::Float) {
            Limit::Float(min.map_or(f64::MIN, Number::to_f64), max.map_or(f64::MAX, Number::to_f64))
        } else {
            Limit::Int(min.map_or(i128::MIN, whole), max.map_or(i128::MAX, whole))
        });
    }
    if let Some(pattern) = &limits.pattern {
        out.push(Limit::Pattern(leak_text(pattern)));
    }
    out
}

fn whole(number: Number) -> i128 {
    match number {
        Number::Int(number) => number.into(),
        #[allow(clippy::cast_possible_truncation)] // the checker lets no fraction stand at a whole number
        Number::Float(number) => number as i128,
    }
}

/// How the action's list is read page by page.
pub(super) fn leak_paging(action: &Action) -> Option<&'static Paging> {
    let spec = action.pagination.as_ref()?;
    let by = match &spec.position {
        PagePosition::Offset(name) => PageBy::Offset(index(&action.request, name)?),
        PagePosition::Page(name) => PageBy::Page(index(&action.request, name)?),
        PagePosition::Token { request, response } => PageBy::Token {
            request: index(&action.request, request)?,
            response: index(&action.response, response)?,
        },
    };
    let of_answer = |name: &Option<String>| name.as_ref().and_then(|name| index(&action.response, name));
    Some(leak(Paging {
        by,
        limit: spec.limit.as_ref().and_then(|name| index(&action.request, name)),
        page_size: spec.page_size.unwrap_or(0),
        items: index(&action.response, &spec.items)?,
        total: of_answer(&spec.total),
        more: of_answer(&spec.more),
    }))
}

/// How the action's list is divided, if it has a ceiling.
pub(super) fn leak_window(action: &Action) -> Option<&'static Window> {
    let spec = action.pagination.as_ref()?.window.as_ref()?;
    Some(leak(Window {
        ceiling: spec.ceiling,
        range: index(&action.request, &spec.range)?,
        start: leak_text(&spec.start),
        end: leak_text(&spec.end),
        id: leak_text(&spec.id),
        set: leak_text(&spec.set.to_string()),
    }))
}

/// What ends the waiting for what the action describes.
pub(super) fn leak_waiting(action: &Action) -> Option<&'static Waiting> {
    let spec = action.wait.as_ref()?;
    Some(leak(Waiting {
        id: index(&action.request, &spec.id)?,
        status: index(&action.response, &spec.status)?,
        until: leak_list(spec.until.iter().map(|value| leak_text(value))),
    }))
}

fn index(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}
