//! A program in Go, by the vendor's SDK.

use serde_json::Value;

use super::Call;

/// The program.
pub(super) fn text(call: Call<'_>) -> String {
    let Call { action, body, scheme, host, region, .. } = call;
    let service = action.service();
    // A text that has no backquote stands as it is.
    let body = if body.contains('`') { Value::from(body).to_string() } else { format!("`{body}`") };
    format!(
        r#"// Calls {name}. Get the SDK first: go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common
package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

func main() {{
	keys := common.NewTokenCredential(
		os.Getenv("TENCENTCLOUD_SECRET_ID"),
		os.Getenv("TENCENTCLOUD_SECRET_KEY"),
		os.Getenv("TENCENTCLOUD_TOKEN"),
	)
	settings := profile.NewClientProfile()
	settings.HttpProfile.Scheme = "{scheme}"
	settings.HttpProfile.Endpoint = {host}
	client := common.NewCommonClient(keys, {region}, settings)

	request := tchttp.NewCommonRequest("{service_name}", "{version}", "{name}")
	if err := request.SetActionParameters({body}); err != nil {{
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}}
	response := tchttp.NewCommonResponse()
	if err := client.Send(request, response); err != nil {{
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}}
	fmt.Println(string(response.GetBody()))
}}
"#,
        name = action.name(),
        service_name = service.name,
        version = service.version,
        scheme = scheme.to_uppercase(),
        host = Value::from(host),
        region = Value::from(region),
    )
}
