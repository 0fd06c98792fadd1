//! Crates outside the workspace, as users write them, built by cargo.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SERVICE: &str = r#"service = "tiny"
version = "2020-01-01"
summary = "Tiny"
doc     = "A service of one call."

[endpoints]
mainland = "tiny.example.com"

[errors]
InternalError = { class = "service", doc = "The service failed." }
"#;

const PING: &str = r#"action  = "Ping"
summary = "Answers."
doc     = "It does nothing else."

[request.Type]
type     = "string"
required = true
doc      = "What to answer."

[request.Modes]
type   = "[string]"
values = ["a", "b"]
doc    = "How to answer."

[request.Deep]
type = "Deep"
doc  = "A type that contains itself."

[response.Result]
type = "timestamp"
doc  = "When."

[types.Deep]
doc = "Contains itself."

[types.Deep.fields.Deeper]
type = "Deep"
doc  = "One level down."
"#;

const BUILD_SCRIPT: &str = "fn main() { println!(\"cargo::rerun-if-changed=specs\"); }\n";

/// A crate in a folder of its own. All share the workspace's target directory, and build rather than check, so that each
/// dependency is compiled once, or not at all.
struct UserCrate {
    directory: PathBuf,
    name: &'static str,
}

impl UserCrate {
    /// `dependency` is the line for vod-api; files are what the crate holds beside its manifest.
    fn new(name: &'static str, dependency: &str, files: &[(&str, &str)]) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        let this = Self { directory, name };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let vod_api = root.join("vod-api");
        let dependency = dependency.replace("PATH", &vod_api.to_string_lossy().replace('\\', "/"));
        this.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                 [dependencies]\n{dependency}\n"
            ),
        );
        fs::copy(root.join("Cargo.lock"), this.directory.join("Cargo.lock")).unwrap();
        for (path, text) in files {
            this.write(path, text);
        }
        this
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn delete(&self, path: &str) {
        fs::remove_file(self.directory.join(path)).unwrap();
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("OUT_DIR")
            .output()
            .unwrap()
    }

    /// Builds, and tells whether cargo compiled this crate anew.
    fn builds_anew(&self) -> bool {
        let output = self.cargo(&["build", "--message-format=json"]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
        let id = format!("/{}#", self.name);
        text.lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter(|message| {
                message["reason"] == "compiler-artifact" && message["target"]["kind"][0] != "custom-build"
            })
            .filter(|message| message["package_id"].as_str().unwrap().contains(&id))
            .any(|message| message["fresh"] == false)
    }

    fn run(&self) -> String {
        let output = self.cargo(&["run", "--quiet"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What the compiler says of a crate that does not build.
    fn errors(&self) -> String {
        let output = self.cargo(&["build"]);
        assert!(!output.status.success(), "the crate builds");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

const PLAIN: &str = "vod-api = { path = \"PATH\", default-features = false, features = [\"events\"] }";

#[test]
fn edited_added_and_deleted_spec_files_rebuild_the_crate() {
    let user = UserCrate::new(
        "rebuilt",
        PLAIN,
        &[
            ("build.rs", BUILD_SCRIPT),
            ("specs/service.toml", SERVICE),
            ("specs/calls/Ping.toml", PING),
            (
                "src/main.rs",
                "mod tiny { vod_api::service!(\"specs\"); }\n\
                 fn main() {\n\
                     for code in [\"InternalError\", \"InternalError.Edited\", \"InternalError.Added\"] {\n\
                         if !matches!(tiny::ErrorCode::from(code), tiny::ErrorCode::Unknown(_)) { println!(\"{code}\"); }\n\
                     }\n\
                 }\n",
            ),
        ],
    );
    assert_eq!(user.run(), "InternalError\n");
    assert!(!user.builds_anew(), "nothing has changed");

    user.write(
        "specs/calls/Ping.toml",
        &format!("{PING}\n[errors]\n\"InternalError.Edited\" = \"Edited.\"\n"),
    );
    assert_eq!(user.run(), "InternalError\nInternalError.Edited\n");
    assert!(!user.builds_anew());

    let added = PING.replace("\"Ping\"", "\"Pong\"").replace("Deep", "Depth");
    user.write("specs/more/Pong.toml", &format!("{added}\n[errors]\n\"InternalError.Added\" = \"Added.\"\n"));
    assert_eq!(user.run(), "InternalError\nInternalError.Edited\nInternalError.Added\n");
    assert!(!user.builds_anew());

    user.delete("specs/more/Pong.toml");
    assert_eq!(user.run(), "InternalError\nInternalError.Edited\n");
    assert!(!user.builds_anew());
}

#[test]
fn the_runtime_may_have_any_name_and_the_module_any_names_in_scope() {
    let user = UserCrate::new(
        "hostile",
        "tencent-video = { package = \"vod-api\", path = \"PATH\", default-features = false, features = [\"events\"] }",
        &[
            ("build.rs", BUILD_SCRIPT),
            ("specs/service.toml", SERVICE),
            ("specs/Ping.toml", PING),
            (
                "extra/Paint.toml",
                &PING
                    .replace("\"Ping\"", "\"Paint\"")
                    .replace("type = \"Deep\"\ndoc  = \"A", "type = \"EventContent\"\ndoc  = \"A")
                    .replace("[\"a\", \"b\"]", "[\"c\"]"),
            ),
            (
                "src/lib.rs",
                "#![deny(warnings)]\n\
                 mod hostile {\n\
                     #![allow(dead_code, non_camel_case_types)]\n\
                     pub struct Result; pub struct String; pub struct Option; pub struct Vec; pub trait Send {}\n\
                     pub trait Sync {} pub trait Clone {} pub trait Default {} pub trait From {} pub trait Into {}\n\
                     pub trait Iterator {} pub trait IntoIterator {} pub trait Debug {} pub trait Serialize {}\n\
                     pub struct Some; pub struct None; pub struct Ok; pub struct Err; pub struct Box; pub struct Client;\n\
                     pub mod core {} pub mod std {} pub mod serde {} pub mod vod_api {}\n\
                     ::tencent_video::service!(\"specs\");\n\
                 }\n\
                 mod extra {\n\
                     ::tencent_video::action!(\"extra/Paint.toml\", in = ::tencent_video::vod);\n\
                 }\n\
                 pub fn calls(client: &tencent_video::Client) -> usize {\n\
                     use extra::PaintCalls as _;\n\
                     let deep = hostile::Deep::new().deeper(hostile::Deep::new());\n\
                     let ping = hostile::TinyClient::new(client).ping(hostile::PingRequest::new(\"a\").deep(deep).modes([\"a\", \"c\"]));\n\
                     let event = tencent_video::vod::EventContent::default();\n\
                     let paint = client.paint(extra::PaintRequest::new(\"a\").deep(event).modes([extra::PaintModes::C]));\n\
                     format!(\"{ping:?}{paint:?}\").len()\n\
                 }\n",
            ),
        ],
    );
    assert!(user.builds_anew());
}

#[test]
fn each_problem_is_one_error_with_its_place_and_the_sound_items_remain() {
    let user = UserCrate::new(
        "broken",
        PLAIN,
        &[
            ("build.rs", BUILD_SCRIPT),
            ("specs/service.toml", SERVICE),
            ("specs/Ping.toml", &PING.replace("type = \"Deep\"\ndoc  = \"A", "type = \"Depe\"\ndoc  = \"A")),
            (
                "specs/Pong.toml",
                "action = \"Pong\"\nsummary = \"Answers.\"\ndok = \"It does nothing else.\"\n",
            ),
            (
                "src/lib.rs",
                "vod_api::service!(\"specs\");\n\
                 pub fn sound() -> PingRequest { PingRequest::new(\"a\") }\n\
                 pub fn also() -> PongRequest { PongRequest::new() }\n",
            ),
        ],
    );
    let errors = user.errors();
    for expected in [
        "specs/Ping.toml:16:8 [Ping.Deep] unknown type `Depe`; did you mean `Deep`?",
        "specs/Pong.toml:3:1 [Pong] unknown key `dok`; did you mean `doc`?",
    ] {
        assert!(errors.contains(expected), "{expected} is missing in:\n{errors}");
    }
    assert!(!errors.contains("cannot find"), "sound items are missing:\n{errors}");
}

#[test]
fn selections_say_where_a_name_is_wrong_and_what_it_could_be() {
    let user = UserCrate::new(
        "selected",
        PLAIN,
        &[
            ("specs/service.toml", SERVICE),
            ("specs/Ping.toml", PING),
            (
                "src/lib.rs",
                "vod_api::service!(\"specs\", only = [Ping,\n    Pign]);\npub fn sound() -> PingRequest { PingRequest::new(\"a\") }\n",
            ),
        ],
    );
    let errors = user.errors();
    assert!(errors.contains("the specs of `tiny` have no action `Pign`; did you mean `Ping`?"), "{errors}");
    assert!(errors.contains("src/lib.rs:2:5"), "{errors}");
    assert!(!errors.contains("cannot find"), "{errors}");
}

#[test]
fn without_a_build_script_a_warning_says_what_to_write() {
    let files = [
        ("specs/service.toml", SERVICE),
        ("specs/Ping.toml", PING),
        // The warning is no lint, which would be an error here.
        ("src/lib.rs", "#![deny(warnings)]\nvod_api::service!(\"specs\");\n"),
    ];
    let user = UserCrate::new("unscripted", PLAIN, &files);
    let told = |advice: Option<&str>| {
        let output = user.cargo(&["build"]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        assert_eq!(text.contains("cargo::rerun-if-changed=specs"), advice.is_some(), "{text}");
        assert!(advice.is_none_or(|advice| text.contains(advice)), "{text}");
    };
    told(Some("add a build.rs with"));
    user.write("build.rs", "fn main() { println!(\"cargo::rerun-if-changed=build.rs\"); }\n");
    told(Some("add to build.rs"));
    user.write("build.rs", BUILD_SCRIPT);
    told(None);
}

#[test]
fn the_compiler_tells_which_feature_an_absent_name_needs() {
    let user = UserCrate::new(
        "featureless",
        PLAIN,
        &[(
            "src/lib.rs",
            "pub use vod_api::vod::{EventContent, SearchMediaRequest};\n\
             pub use vod_api::vod::upload::ApplyUploadRequest;\n\
             pub use vod_api::vod::AIAnalysisTemplateItem;\n",
        )],
    );
    let errors = user.errors();
    for (name, features) in [
        ("SearchMediaRequest", "the `media` feature"),
        ("upload", "the `upload` feature"),
        ("AIAnalysisTemplateItem", "the `templates` feature"),
    ] {
        let error = errors.split("\n\n").find(|error| error.contains(&format!("`{name}` in")));
        let error = error.unwrap_or_else(|| panic!("{name} is not refused:\n{errors}"));
        assert!(error.contains(features), "{features} is missing in:\n{error}");
    }
    assert!(!errors.contains("EventContent`"), "{errors}");
}

#[test]
fn the_compiler_tells_which_feature_an_absent_method_needs() {
    let calls = [
        (
            "search_media",
            "media",
            "async fn a(c: vod_api::Client) { c.search_media(Default::default()).await; }",
        ),
        ("wait_for_task", "tasks", "fn b(c: &vod_api::Client) { c.wait_for_task(\"task\"); }"),
        ("all_media", "media", "fn c(c: &vod_api::Client) { c.all_media(); }"),
        ("upload", "upload", "fn d(c: &vod_api::Client) { c.upload(\"holiday.mp4\"); }"),
        ("run_to_end", "tasks", "fn e(c: vod_api::Call<vod_api::vod::PullEvents>) { c.run_to_end(); }"),
        ("storage_endpoint", "upload", "fn f(c: vod_api::ClientBuilder) { c.storage_endpoint(\"x\"); }"),
        ("build_blocking", "blocking", "fn g(c: vod_api::ClientBuilder) { c.build_blocking(); }"),
        ("to_jiff", "jiff", "fn h(t: vod_api::Timestamp) { t.to_jiff(); }"),
    ];
    let code: String = calls.iter().flat_map(|(_, _, call)| ["pub ", call, "\n"]).collect();
    let errors = UserCrate::new("methodless", PLAIN, &[("src/lib.rs", &code)]).errors();
    for (method, feature, _) in calls {
        let error =
            errors.split("\n\n").find(|error| error.contains(&format!("the method `{method}` exists")));
        let error = error.unwrap_or_else(|| panic!("{method} is not refused:\n{errors}"));
        assert!(
            error.contains(&format!("needs_the_feature::{feature}`")),
            "{feature} is missing in:\n{error}"
        );
    }
}

/// A method of a feature that is off must not stand in the way of the user's own.
#[test]
fn a_users_method_may_have_the_name_of_an_absent_one() {
    let code = "pub trait Mine { fn search_media(&self, word: &str) -> usize; fn upload(&self) -> u8; }\n\
                impl Mine for vod_api::Client {\n\
                    fn search_media(&self, word: &str) -> usize { word.len() }\n\
                    fn upload(&self) -> u8 { 1 }\n\
                }\n\
                pub fn used(client: &vod_api::Client) -> (usize, u8) { (client.search_media(\"word\"), client.upload()) }\n";
    let user = UserCrate::new("namesake", PLAIN, &[("src/lib.rs", code)]);
    let output = user.cargo(&["build"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_misspelt_type_of_a_single_action_has_a_place() {
    let action = "action = \"Pong\"\nsummary = \"Answers.\"\ndoc = \"D.\"\n\
                  [request.Content]\ntype = \"EventContnet\"\ndoc = \"D.\"\n\
                  [request.Good]\ntype = \"[EventContent]\"\ndoc = \"D.\"\n";
    let files =
        [("Pong.toml", action), ("src/lib.rs", "vod_api::action!(\"Pong.toml\", in = vod_api::vod);\n")];
    let errors = UserCrate::new("misspelt", PLAIN, &files).errors();
    assert!(errors.contains("Pong.toml:4:10 [Pong.Content] unknown type `EventContnet`"), "{errors}");
    assert!(errors.contains("correct the name in the file"), "{errors}");
    assert!(errors.contains("`EventContent`"), "the similar name is missing:\n{errors}");
    assert!(!errors.contains("unknown type `EventContent`"), "{errors}");
}
