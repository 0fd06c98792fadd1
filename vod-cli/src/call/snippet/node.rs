//! A program for Node.js, by the vendor's SDK.

use serde_json::Value;

use super::Call;

/// The program.
pub(super) fn text(call: Call<'_>) -> String {
    let Call { action, parameters, scheme, host, region, .. } = call;
    let service = action.service();
    let at = Endpoint::new(&service.name, scheme, host);
    format!(
        r#"// Calls {name}. Install the SDK first: npm install tencentcloud-sdk-nodejs-common
const {{ CommonClient }} = require("tencentcloud-sdk-nodejs-common");
{before}
const client = new CommonClient({host}, {version}, {{
  credential: {{
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
    token: process.env.TENCENTCLOUD_TOKEN,
  }},
  region: {region},
  profile: {{ httpProfile: {{ endpoint: {host}, protocol: "{scheme}://"{agent} }} }},
}});

const parameters = {parameters};

client.request({quoted_name}, parameters).then(
  (answer) => console.log(JSON.stringify(answer, null, 2)),
  (error) => {{
    console.error(error);
    process.exitCode = 1;
  }},
);
"#,
        name = action.name(),
        quoted_name = literal(&action.name().into()),
        version = literal(&service.version.as_str().into()),
        region = literal(&region.into()),
        host = literal(&at.host.into()),
        before = at.before,
        agent = at.agent,
        parameters = literal(parameters),
    )
}

/// Where the program calls. The vendor's SDK signs for the service that the first label of the host names.
struct Endpoint {
    host: String,
    before: String,
    agent: &'static str,
}

impl Endpoint {
    fn new(service: &str, scheme: &str, host: &str) -> Self {
        let (name, port) =
            host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).unwrap_or((host, ""));
        let is_this_machine = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
        if is_this_machine {
            let address = if name == "[::1]" { r#""::1", family: 6"# } else { r#""127.0.0.1", family: 4"# };
            let colon = if port.is_empty() { "" } else { ":" };
            let before = format!(
                r#"
// The SDK signs for the service that the first label of the host names, so that this machine is called {service}.localhost.
const lookup = (_host, options, done) => {{
  const found = {{ address: {address} }};
  return options.all ? done(null, [found]) : done(null, found.address, found.family);
}};
const agent = new (require("{scheme}").Agent)({{ lookup }});
"#
            );
            return Self { host: format!("{service}.localhost{colon}{port}"), before, agent: ", agent" };
        }
        let is_named = name.split('.').next() == Some(service);
        let before = if is_named {
            String::new()
        } else {
            "\n// The SDK signs for the service that the first label of the host names, which the host must accept.\n"
                .to_owned()
        };
        Self { host: host.to_owned(), before, agent: "" }
    }
}

/// JSON is JavaScript, but for two signs that end a line in older versions of it.
fn literal(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
