//! A shell script that signs by `openssl` and calls by `curl`.

use super::Call;
use super::shell::quoted;

/// The script. The keys come from the environment.
pub(super) fn text(call: Call<'_>) -> String {
    let Call { action, body, scheme, host, region, .. } = call;
    let (service, name) = (action.service(), action.name());
    let region = if region.is_empty() {
        String::new()
    } else {
        format!(" \\\n    -H {}", quoted(&format!("X-TC-Region: {region}")))
    };
    format!(
        r#"#!/bin/sh
# Calls {name} of {service_name}. Needs curl and openssl, and the keys in TENCENTCLOUD_SECRET_ID and
# TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_TOKEN if they are temporary).
set -eu
host={quoted_host}
body={body}

now=$(date -u '+%s %Y-%m-%d')
timestamp=${{now% *}}
day=${{now#* }}
sha256() {{ printf %s "$1" | openssl dgst -sha256 | sed 's/^.* //'; }}
hmac() {{ printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "$1" | sed 's/^.* //'; }}
canonical=$(printf 'POST\n/\n\ncontent-type:application/json\nhost:%s\n\ncontent-type;host\n%s' "$host" "$(sha256 "$body")")
scope=$day/{service_name}/tc3_request
to_sign=$(printf 'TC3-HMAC-SHA256\n%s\n%s\n%s' "$timestamp" "$scope" "$(sha256 "$canonical")")
key=$(hmac "key:TC3$TENCENTCLOUD_SECRET_KEY" "$day")
key=$(hmac "hexkey:$key" {service_name})
key=$(hmac "hexkey:$key" tc3_request)
signature=$(hmac "hexkey:$key" "$to_sign")

curl -sS "{scheme}://$host/" \
    -H "Authorization: TC3-HMAC-SHA256 Credential=$TENCENTCLOUD_SECRET_ID/$scope, SignedHeaders=content-type;host, Signature=$signature" \
    -H 'Content-Type: application/json' \
    -H "Host: $host" \
    -H 'X-TC-Action: {name}' \
    -H 'X-TC-Version: {version}' \
    -H "X-TC-Timestamp: $timestamp"{region} \
    ${{TENCENTCLOUD_TOKEN:+-H "X-TC-Token: $TENCENTCLOUD_TOKEN"}} \
    --data-binary "$body"
"#,
        service_name = service.name,
        version = service.version,
        quoted_host = quoted(host),
        body = quoted(body),
    )
}
