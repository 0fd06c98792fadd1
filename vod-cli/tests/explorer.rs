//! The rules that keep the explorer's page safe, each proved on the running program.

#![allow(clippy::unwrap_used, clippy::panic)] // a helper that fails has failed the test

#[path = "explorer/running.rs"]
mod running;

use std::net::{Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use serde_json::{Value, json};
use vod_emulator::{Emulator, Options};

use running::{Explorer, ID, KEY, home, vod};

const CHECK: &str = "/api/check";

fn pull_events(target: &str) -> Value {
    json!({ "action": "PullEvents", "parameters": {}, "target": target })
}

// 1. Only this machine is listened at.

#[test]
fn only_loopback_addresses_are_listened_at() {
    let explorer = Explorer::start(&[]);
    let port = explorer.port();
    let connects = |address: SocketAddr| TcpStream::connect_timeout(&address, Duration::from_secs(2)).is_ok();
    assert!(connects(([127, 0, 0, 1], port).into()));
    // All of 127/8 leads here, so that this fails for a server that listens at 0.0.0.0.
    assert!(!connects(([127, 0, 0, 2], port).into()));
    // The address that packets to elsewhere would come from; nothing is sent to learn it.
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    if socket.connect("192.0.2.1:9").is_ok() {
        let own = SocketAddr::new(socket.local_addr().unwrap().ip(), port);
        assert!(!connects(own), "{own}");
    }
    if std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        assert!(connects((Ipv6Addr::LOCALHOST, port).into()));
    }
}

#[test]
fn other_addresses_need_a_word_of_consent() {
    for address in ["0.0.0.0", "::", "192.168.1.1", "127.0.0.2"] {
        let output = vod(&["explorer", "--port", "0", "--listen", address]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{address}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("add --i-know"), "{address}");
    }
}

#[cfg(target_os = "linux")] // elsewhere 127.0.0.2 is no address
#[test]
fn with_consent_another_address_is_a_host_of_its_own() {
    let explorer = Explorer::start(&["--listen", "127.0.0.2", "--i-know"]);
    let own = format!("127.0.0.2:{}", explorer.port());
    assert_eq!(explorer.get("/", &[("Host", &own)]).status, 200);
    assert_eq!(explorer.get("/", &[("Host", "evil.example")]).status, 421);
}

// 2. Only the server's own names are answered, whatever the path.

#[test]
fn foreign_hosts_are_refused_before_anything_else() {
    let explorer = Explorer::start(&[]);
    let port = explorer.port();
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(explorer.get("/", &[("Host", &host)]).status, 200, "{host}");
    }
    let foreign = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        format!("localhost:{}", port ^ 1),
        format!("localhost.evil.example:{port}"),
        format!("127.0.0.1:{port}.evil.example"),
        format!("[::1]:{port}:1"),
    ];
    for host in foreign {
        for path in ["/", "/app.js", "/nowhere", CHECK] {
            let token = explorer.token().to_owned();
            // Origin and Host agree, as in DNS rebinding: that proves nothing.
            let origin = format!("http://{host}");
            let headers = [("Host", host.as_str()), ("Origin", &origin), ("X-Vod-Token", &token)];
            let answer = explorer.get(path, &headers);
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.body.contains("<html"), "{host} {path}");
        }
    }
    let twice = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n");
    assert!([400, 421].contains(&explorer.raw(twice.as_bytes()).status));
    assert_eq!(explorer.raw(b"GET / HTTP/1.1\r\n\r\n").status, 421);
}

// 3. Each call carries the token of this run, which only the start address tells.

#[test]
fn calls_need_the_token_and_nothing_else_stands_for_it() {
    let explorer = Explorer::start(&[]);
    let other = Explorer::start(&[]);
    assert_eq!(explorer.token().len(), 64);
    assert_ne!(explorer.token(), other.token());
    let body = "{}";
    let json = ("Content-Type", "application/json");
    let token = explorer.token();
    let cookie = format!("X-Vod-Token={token}; token={token}");
    let bearer = format!("Bearer {token}");
    let short = &token[..63];
    for headers in [
        vec![json],
        vec![json, ("X-Vod-Token", "")],
        vec![json, ("X-Vod-Token", short)],
        vec![json, ("X-Vod-Token", other.token())],
        vec![json, ("X-Vod-Token", token), ("X-Vod-Token", token)],
        vec![json, ("Cookie", &cookie)],
        vec![json, ("Authorization", &bearer)],
    ] {
        let answer = explorer.post("/api/start", &headers, body);
        assert_eq!(answer.status, 401, "{headers:?}");
    }
    let in_query = format!("/api/start?token={token}&x-vod-token={token}");
    assert_eq!(explorer.post(&in_query, &[json], body).status, 401);
    let right = explorer.post("/api/start", &[json, ("X-Vod-Token", token)], body);
    assert_eq!(right.status, 200);
    assert!(!right.body.contains(token));
    for path in ["/", "/style.css", "/app.js", "/server.js"] {
        let answer = explorer.get(path, &[]);
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains(token) && answer.header("set-cookie").is_none(), "{path}");
    }
}

// 4. Other pages' requests are refused, and no answer opens anything to them.

#[test]
fn requests_of_other_pages_are_refused() {
    let explorer = Explorer::start(&[]);
    let own = format!("http://127.0.0.1:{}", explorer.port());
    let token = ("X-Vod-Token", explorer.token());
    let json = ("Content-Type", "application/json");
    let call = |more: &[(&str, &str)]| explorer.post("/api/start", &[&[token], more].concat(), "{}");
    for headers in [&[json][..], &[json, ("Origin", &own), ("Sec-Fetch-Site", "same-origin")]] {
        assert_eq!(call(headers).status, 200, "{headers:?}");
    }
    let https = own.replace("http", "https");
    let longer = format!("{own}.evil.example");
    for (headers, status) in [
        (vec![json, ("Origin", "http://evil.example")], 403),
        (vec![json, ("Origin", "null")], 403),
        (vec![json, ("Origin", &https)], 403),
        (vec![json, ("Origin", &longer)], 403),
        (vec![json, ("Origin", "http://127.0.0.1:1")], 403),
        (vec![json, ("Sec-Fetch-Site", "cross-site")], 403),
        (vec![json, ("Sec-Fetch-Site", "same-site")], 403),
        (vec![], 415),
        (vec![("Content-Type", "text/plain")], 415),
        (vec![("Content-Type", "application/x-www-form-urlencoded")], 415),
        (vec![("Content-Type", "multipart/form-data; boundary=x")], 415),
    ] {
        let answer = call(&headers);
        assert_eq!(answer.status, status, "{headers:?}");
        assert!(!answer.head.to_ascii_lowercase().contains("access-control-"), "{headers:?}");
    }
    for method in ["OPTIONS", "PUT", "DELETE", "HEAD", "PATCH"] {
        let head = format!(
            "{method} /api/start HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {own}\r\nX-Vod-Token: {}\r\n\
             Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n",
            explorer.port(),
            explorer.token()
        );
        let answer = explorer.raw(head.as_bytes());
        assert_eq!(answer.status, 405, "{method}");
        assert!(!answer.head.to_ascii_lowercase().contains("access-control-"), "{method}");
    }
    let get = explorer.get("/api/start", &[token]);
    assert_eq!(get.status, 405);
}

// 5. Each answer forbids what the page does not need.

#[test]
fn every_answer_carries_the_headers_that_forbid() {
    let explorer = Explorer::start(&[]);
    let token = ("X-Vod-Token", explorer.token());
    let json = ("Content-Type", "application/json");
    let answers = [
        explorer.get("/", &[]),
        explorer.get("/app.js", &[]),
        explorer.get("/style.css", &[]),
        explorer.get("/nowhere", &[]),
        explorer.get("/", &[("Host", "evil.example")]),
        explorer.post("/api/start", &[json], "{}"),
        explorer.post("/api/start", &[json, token], "{}"),
        explorer.post("/api/start", &[json, token], "{"),
    ];
    assert_eq!(answers.each_ref().map(|answer| answer.status), [200, 200, 200, 404, 421, 401, 200, 400]);
    for answer in &answers {
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name).as_deref(), Some(value), "{} {name}", answer.status);
        }
    }
}

// 6. Keys, tokens and sensitive values do not reach the page.

#[tokio::test(flavor = "multi_thread")]
async fn secrets_do_not_reach_the_page() {
    let options = Options { long_poll: Duration::ZERO, ..Options::default() };
    let service = Emulator::builder().options(options).secret_id(ID).secret_key(KEY).start().await.unwrap();
    let explorer =
        Explorer::start_in(&home("secrets"), &["--profile", "own", "--endpoint", &service.endpoint()]);
    let mut seen = Vec::new();
    let mut call = |path: &str, body: Value| {
        let answer = explorer.call(path, &body);
        seen.push((format!("{path} {body}"), answer.body.clone()));
        answer
    };
    let start = call("start", json!({}));
    assert!(start.body.contains("AKID...9f2a"), "{}", start.body);
    let checked = call("check", pull_events("profile:own")).json();
    let request = checked["request"]["text"].as_str().unwrap();
    assert!(request.contains("Credential=AKID...9f2a/") && request.contains("(masked)"), "{request}");
    let signed = call("sign", pull_events("profile:own")).json();
    assert_eq!(signed["steps"][1]["lines"][0]["text"], "TC3-HMAC-SHA256");
    assert!(signed["signature"].as_str().unwrap().ends_with("... (masked)"), "{signed:#}");
    call("code", pull_events("profile:own"));
    let mut against = pull_events("profile:own");
    against["against"] = format!("AuthFailure.SignatureFailure {KEY}").into();
    call("sign", against);
    let mut confirmed = pull_events("profile:own");
    confirmed["confirm"] = "PullEvents".into();
    let sent = call("send", confirmed).json();
    assert_eq!(sent["ok"], true, "{sent:#}");
    let refused = json!({ "action": "DescribeMediaInfos", "parameters": { "FileIds": [KEY] }, "target": "profile:own" });
    call("check", refused.clone());
    for (asked, answer) in &seen {
        assert!(!answer.contains(ID), "{asked}: {answer}");
        // What was typed into the form comes back, and nothing else.
        if !asked.contains(KEY) {
            assert!(!answer.contains(KEY), "{asked}: {answer}");
        }
        assert!(!answer.contains("Signature=0") || answer.contains("(masked)"), "{asked}");
    }
    assert!(!seen.iter().any(|(asked, answer)| asked.contains("AuthFailure") && answer.contains(KEY)));
    service.shutdown().await;
}

#[test]
fn sensitive_fields_are_masked_in_requests_and_answers() {
    let explorer = Explorer::start(&[]);
    let specs = vod_cli::specs::Specs::builtin("vod").unwrap();
    let mut checked = 0;
    for action in specs.actions() {
        for example in &action.examples {
            let service = specs.select(&action.name).unwrap();
            let secrets = running::sensitive_texts(&service, &action.request, &example.request);
            if secrets.is_empty() {
                continue;
            }
            let body = json!({ "action": action.name, "parameters": example.request, "target": "emulator" });
            let answer = explorer.call("check", &body);
            let text = answer.json()["request"]["text"].as_str().map(str::to_owned).unwrap_or_default();
            assert!(text.contains("********"), "{}: {text}", action.name);
            for secret in secrets {
                assert!(!text.contains(&secret), "{}: {secret}", action.name);
            }
            checked += 1;
        }
    }
    assert!(checked > 0, "no example has a sensitive field");
}

// 7. The page cannot send signatures elsewhere, and nothing to a real account without consent.

#[tokio::test(flavor = "multi_thread")]
async fn the_page_chooses_among_named_targets_only() {
    let service = Emulator::builder().secret_id(ID).secret_key(KEY).start().await.unwrap();
    let directory = home("targets");
    let explorer = Explorer::start_in(&directory, &["--profile", "own", "--endpoint", &service.endpoint()]);
    for target in ["profile:other", "profile:", "http://evil.example", "evil.example", ""] {
        for path in ["check", "send", "sign"] {
            assert_eq!(explorer.call(path, &pull_events(target)).status, 403, "{path} {target}");
        }
    }
    for member in ["endpoint", "host", "Host", "region", "secret_id"] {
        let mut body = pull_events("profile:own");
        body[member] = "evil.example".into();
        for path in ["check", "send", "sign"] {
            let answer = explorer.call(path, &body);
            assert_eq!(answer.status, 400, "{path} {member}");
            assert!(answer.body.contains("unknown"), "{}", answer.body);
        }
    }
    for endpoint in
        ["evil.example", "https://vod.tencentcloudapi.com.evil.example", "http://vod.tencentcloudapi.com"]
    {
        let mut command = vod(&["explorer", "--port", "0", "--profile", "own", "--endpoint", endpoint]);
        let output = command.env("HOME", &directory).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{endpoint}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("neither a host of the service"),
            "{endpoint}"
        );
    }
    let before = service.calls().total;
    for confirm in [None, Some("pullevents"), Some(""), Some("yes")] {
        let mut body = pull_events("profile:own");
        if let Some(confirm) = confirm {
            body["confirm"] = confirm.into();
        }
        let answer = explorer.call("send", &body);
        assert_eq!(
            (answer.status, answer.json()["confirm"].as_str()),
            (409, Some("PullEvents")),
            "{confirm:?}"
        );
    }
    assert_eq!(service.calls().total, before, "nothing was sent without consent");
    let reads = json!({ "action": "DescribeEventsState", "parameters": {}, "target": "profile:own" });
    assert_eq!(explorer.call("send", &reads).json()["ok"], true);
    service.shutdown().await;
}

// 8. It ends by itself, once, and cleanly.

#[test]
fn it_ends_when_nobody_asks_and_when_it_is_told_to() {
    let mut idle = Explorer::start(&["--idle-timeout", "1"]);
    assert_eq!(idle.wait(Duration::from_secs(20)), Some(0));
    // What the page asks by itself keeps nothing alive.
    let mut polled = Explorer::start(&["--idle-timeout", "2"]);
    let ended = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(200)); // the page's own interval, in real time
        polled.try_call("emulator", &json!({})).is_none()
    });
    assert!(ended);
    assert_eq!(polled.wait(Duration::from_secs(20)), Some(0));

    let explorer = Explorer::start(&[]);
    let port = explorer.port().to_string();
    let second = vod(&["explorer", "--port", &port]).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains(&format!("port {port} is taken")));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    let mut explorer = Explorer::start(&[]);
    let kill =
        std::process::Command::new("kill").args(["-INT", &explorer.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert_eq!(explorer.wait(Duration::from_secs(20)), Some(0));
}

// What the page is for.

#[test]
fn a_call_is_found_checked_sent_and_explained() {
    let explorer = Explorer::start(&["--events", "2"]);
    let start = explorer.call("start", &json!({})).json();
    assert!(start["actions"].as_array().unwrap().len() > 240);
    assert!(start.to_string().len() < 400_000, "{}", start.to_string().len());
    let model = explorer.call("action", &json!({ "action": "ConfirmEvents" })).json();
    assert_eq!(model["request"][0]["items"], "1 to 16");
    assert_eq!(model["examples"][0]["request"]["EventHandles"][0], "111");

    let many: Vec<String> = (0..17).map(|n| n.to_string()).collect();
    let body = |parameters: Value| json!({ "action": "ConfirmEvents", "parameters": parameters, "target": "emulator" });
    let wrong = explorer.call("check", &body(json!({ "EventHandles": many, "Tpyo": 1 }))).json();
    let paths: Vec<&str> =
        wrong["problems"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["EventHandles", "Tpyo"], "{wrong:#}");
    assert_eq!(wrong["request"], Value::Null);
    let refused = explorer.call("send", &body(json!({ "EventHandles": many })));
    assert_eq!(refused.status, 422);

    let pulled = explorer.call("send", &pull_events("emulator")).json();
    let response = pulled["response"].as_str().unwrap();
    assert!(response.starts_with("{\"EventSet\":[") && response.contains("\"RequestId\":"), "{response}");
    let response: Value = serde_json::from_str(response).unwrap();
    let handle = &response["EventSet"][0]["EventHandle"];
    assert_eq!(pulled["attempts"][0]["status"], 200, "{pulled:#}");
    assert_eq!(pulled["attempts"][0]["request_id"], pulled["request_id"]);
    let right = explorer.call("check", &body(json!({ "EventHandles": [handle] }))).json();
    let text = right["request"]["text"].as_str().unwrap();
    assert!(
        text.starts_with("POST / HTTP/1.1\n") && text.contains("\nx-tc-action: ConfirmEvents\n"),
        "{text}"
    );
    assert!(text.ends_with(&format!("{{\"EventHandles\":[{handle}]}}")), "{text}");
    let confirmed = explorer.call("send", &body(json!({ "EventHandles": [handle] }))).json();
    assert_eq!(confirmed["ok"], true, "{confirmed:#}");

    let failed = explorer.call("send", &body(json!({ "EventHandles": ["unknown"] }))).json();
    assert_eq!(failed["error"]["class"], "caller", "{failed:#}");
    assert!(failed["error"]["doc"].as_str().unwrap().contains("handle"), "{failed:#}");
    assert!(failed["error"]["advice"].as_str().unwrap().contains("must be changed"));

    let code = explorer.call("code", &body(json!({ "EventHandles": ["h-1"] }))).json();
    let names: Vec<&str> =
        code["forms"].as_array().unwrap().iter().map(|form| form["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Rust", "curl", "Python", "Node.js", "Go", "tccli", "vod"]);
    for form in code["forms"].as_array().unwrap() {
        let text = form["text"].as_str().unwrap();
        assert!(text.contains("h-1"), "{text}");
        assert!(!text.contains(vod_emulator::DEFAULT_SECRET_KEY), "{text}");
    }
    assert_eq!(explorer.call("code", &body(json!({}))).status, 422);

    let signed = explorer.call("sign", &body(json!({ "EventHandles": ["1"] }))).json();
    let lines = signed["steps"][0]["lines"].as_array().unwrap();
    let mut texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    texts[4] = "host:example.com";
    let mut compare = body(json!({ "EventHandles": ["1"] }));
    compare["against"] = texts.join("\n").into();
    let compared = explorer.call("sign", &compare).json();
    assert_eq!(compared["difference"]["line"], 5, "{compared:#}");

    let queue = explorer.call("emulator", &json!({})).json();
    let left = queue["events"].as_array().unwrap();
    assert!(
        left.len() == 1 && left[0]["handle"].is_string() && left[0]["valid_for"].as_u64() <= Some(30),
        "{queue:#}"
    );
    let published = explorer.call("emulator", &json!({ "do": "publish", "count": 2 })).json();
    assert_eq!(published["events"].as_array().unwrap().len(), 3);
    assert!(
        published["events"][1]["event"]["EventType"].is_string()
            && published["events"][1]["handle"].is_null()
    );
    assert_eq!(published["state"]["published"], 4, "{published:#}");
    assert_eq!(published["state"]["confirmed"], 1);
    assert_eq!(explorer.call("emulator", &json!({ "do": "publish", "event": { "x": 1 } })).status, 422);
    let answers = explorer.call("answers", &json!({ "code": "FailedOperation.InvalidVodUser" })).json();
    assert!(answers["actions"].as_array().unwrap().contains(&"ConfirmEvents".into()));
}

#[test]
fn every_example_is_sound_and_makes_a_request() {
    let explorer = Explorer::start(&[]);
    let specs = vod_cli::specs::Specs::builtin("vod").unwrap();
    for action in specs.actions() {
        let Some(example) = action.examples.first() else { continue };
        let body = json!({ "action": action.name, "parameters": example.request, "target": "emulator" });
        let checked = explorer.call("check", &body).json();
        assert_eq!(checked["problems"], json!([]), "{}", action.name);
        assert!(checked["request"]["text"].as_str().unwrap().contains(&action.name), "{}", action.name);
    }
}
