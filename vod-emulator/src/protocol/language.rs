//! The language of error messages.

use bytes::Bytes;
use http::Request;

use crate::options::Language;
use crate::protocol::call::{header_text, language_name};
use crate::protocol::envelope::ApiError;

/// The language that a request asks for, by `X-TC-Language` or the parameter `Language`.
pub(crate) fn asked_for(request: &Request<Bytes>) -> Option<Language> {
    let name = header_text(request, "x-tc-language").map(str::to_owned).or_else(|| language_name(request))?;
    name.parse().ok()
}

/// The error in this language. In Chinese the English text stays behind, as the details are there.
pub(crate) fn translated(error: ApiError, language: Language) -> ApiError {
    match language {
        Language::English => error,
        Language::Chinese => {
            let message = format!("{}（{}）", chinese(&error.code), error.message);
            ApiError { message, ..error }
        }
    }
}

/// What a code says, by the part before its first dot.
fn chinese(code: &str) -> &'static str {
    match code.split('.').next().unwrap_or_default() {
        "AuthFailure" => "鉴权失败。",
        "FailedOperation" => "操作失败。",
        "InternalError" => "内部错误。",
        "InvalidAction" => "接口不存在。",
        "InvalidParameter" => "参数错误。",
        "InvalidParameterValue" => "参数取值错误。",
        "LimitExceeded" => "超过配额限制。",
        "MissingParameter" => "缺少参数。",
        "NoSuchProduct" => "产品不存在。",
        "NoSuchVersion" => "接口版本不存在。",
        "RequestLimitExceeded" => "请求的次数超过了频率限制。",
        "RequestSizeLimitExceeded" => "请求包超过限制大小。",
        "ResourceNotFound" => "资源不存在。",
        "UnknownParameter" => "未知参数。",
        "UnsupportedOperation" => "操作不支持。",
        "UnsupportedProtocol" => "请求协议不支持。",
        _ => "请求失败。",
    }
}
