//! The service STS: temporary credentials for roles, which the emulator accepts until they expire.

use serde_json::json;
use vod_spec::model::Action;

use crate::model::account::{Account, Issued};
use crate::model::arguments::Arguments;
use crate::model::instant::rfc3339;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// The product.
pub(crate) const PRODUCT: &str = "sts";
/// Its actions.
pub(crate) const ACTIONS: &[&str] = &["AssumeRole", "AssumeRoleWithWebIdentity"];
/// Seconds that a credential is good for if the call does not say, and the spec neither.
const LIFETIME: i64 = 7200;

/// Carries a call out. Its parameters have been checked against the spec.
pub(crate) fn answer(
    account: &mut Account,
    action: &Action,
    parameters: &Members,
    unix: i64,
) -> Result<Answer, ApiError> {
    let arguments = Arguments(parameters);
    let arn = arguments.text_or_empty("RoleArn");
    let Some(role) = role_of(arn) else {
        let message = "`RoleArn` is not of the form `qcs::cam::uin/10001:roleName/NAME`.";
        return Err(ApiError::new("InvalidParameter.ParamError", message));
    };
    for name in ["RoleSessionName", "ProviderId", "WebIdentityToken"] {
        let is_empty = arguments.text(name).is_some_and(str::is_empty);
        if is_empty {
            let message = format!("`{name}` is empty.");
            return Err(ApiError::new(codes::INVALID_PARAMETER, message));
        }
    }
    let default = action.request.iter().find(|field| field.name == "DurationSeconds");
    let default = default.and_then(|field| field.default.as_ref()?.as_i64()).unwrap_or(LIFETIME);
    let lifetime = arguments.number("DurationSeconds").unwrap_or(default).max(0);
    let (secret_id, issued) = account.issue(role, unix, lifetime);
    Ok(Answer::of(json!({
        "Credentials": {
            "Token": &*issued.token,
            "TmpSecretId": secret_id,
            "TmpSecretKey": &*issued.secret_key,
        },
        "ExpiredTime": issued.expires,
        "Expiration": rfc3339(issued.expires),
    })))
}

/// The role that a resource name ends in: its name or its number.
fn role_of(arn: &str) -> Option<&str> {
    let (account, role) = arn.strip_prefix("qcs::cam::uin/")?.split_once(':')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = role.strip_prefix("roleName/").filter(|name| !name.is_empty());
    let name = name.or_else(|| role.strip_prefix("role/").filter(|number| is_number(number)));
    name.filter(|_| is_number(account))
}

/// What the metadata service of a machine tells of a credential.
pub(crate) fn metadata(secret_id: &str, issued: &Issued) -> serde_json::Value {
    json!({
        "TmpSecretId": secret_id,
        "TmpSecretKey": &*issued.secret_key,
        "ExpiredTime": issued.expires,
        "Expiration": rfc3339(issued.expires),
        "Token": &*issued.token,
        "Code": "Success",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_name_ends_in_a_role() {
        assert_eq!(role_of("qcs::cam::uin/10001:roleName/reader"), Some("reader"));
        assert_eq!(role_of("qcs::cam::uin/10001:role/4611686018427397919"), Some("4611686018427397919"));
        for wrong in [
            "",
            "reader",
            "qcs::cam::uin/10001",
            "qcs::cam::uin/10001:roleName/",
            "qcs::cam::uin/:roleName/reader",
            "qcs::cam::uin/10001:role/reader",
            "qcs::cam::uin/10001:user/reader",
        ] {
            assert_eq!(role_of(wrong), None, "{wrong}");
        }
    }
}
