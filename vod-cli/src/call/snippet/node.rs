//! A program for Node.js, by the vendor's SDK.

use super::Call;

/// The program.
pub(super) fn text(call: Call<'_>) -> String {
    let Call { action, parameters, scheme, host, region, .. } = call;
    // JSON is JavaScript, but for two signs that end a line in it.
    let parameters = serde_json::to_string_pretty(parameters).unwrap_or_default();
    let parameters = parameters.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!(
        r#"// Calls {name}. Install the SDK first: npm install tencentcloud-sdk-nodejs-common
const {{ CommonClient }} = require("tencentcloud-sdk-nodejs-common");

const client = new CommonClient("{host}", "{version}", {{
  credential: {{
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
    token: process.env.TENCENTCLOUD_TOKEN,
  }},
  region: "{region}",
  profile: {{ httpProfile: {{ endpoint: "{host}", protocol: "{scheme}://" }} }},
}});

const parameters = {parameters};

client.request("{name}", parameters).then(
  (answer) => console.log(JSON.stringify(answer, null, 2)),
  (error) => {{
    console.error(error);
    process.exitCode = 1;
  }},
);
"#,
        name = action.name(),
        version = action.service().version,
    )
}
