//! Cutting a service down to what a program uses.

use std::path::Path;

use vod_spec::model::Service;
use vod_spec::{Source, load_sources};

const SERVICE: &str = r#"
service = "demo"
version = "2024-01-01"
summary = "Demo"
doc     = "D."
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc  = "D."
[parameters.Mode]
type = "Mode"
doc  = "D."
[enums.Mode]
doc = "D."
values = { A = "a." }
[types.Leaf]
doc = "D."
[types.Tree]
doc = "D."
[types.Tree.fields.Children]
type = "[Tree]"
doc = "D."
[types.Tree.fields.Leaf]
type = "Leaf"
doc = "D."
[types.Other]
doc = "D."
"#;

fn service() -> Service {
    let action = |name: &str, rest: &str| Source {
        path: format!("{name}.toml").into(),
        bytes: format!("action = \"{name}\"\nsummary = \"Acts.\"\ndoc = \"D.\"\n{rest}").into(),
    };
    let loaded = load_sources(
        Path::new("s"),
        vec![
            Source { path: "service.toml".into(), bytes: SERVICE.into() },
            action(
                "GetTree",
                "[request.SubAppId]\nuse = \"SubAppId\"\n[response.Tree]\ntype = \"Tree\"\ndoc = \"D.\"\n",
            ),
            action("SetMode", "[request.Mode]\nuse = \"Mode\"\n"),
            action("GetOther", "[response.Other]\ntype = \"Other\"\ndoc = \"D.\"\n"),
        ],
    );
    assert_eq!(loaded.problems, []);
    loaded.service
}

fn names(service: &Service) -> Vec<&str> {
    let actions = service.actions.iter().map(|action| action.name.as_str());
    let types = service.types.iter().map(|record| record.name.as_str());
    let enums = service.enums.iter().map(|item| item.name.as_str());
    let parameters = service.parameters.iter().map(|field| field.name.as_str());
    actions.chain(types).chain(enums).chain(parameters).collect()
}

#[test]
fn only_what_the_actions_reach_stays() {
    let service = service();
    assert_eq!(names(&service.select(&["GetTree"]).unwrap()), ["GetTree", "Leaf", "Tree", "SubAppId"]);
    assert_eq!(
        names(&service.select(&["SetMode", "GetOther"]).unwrap()),
        ["GetOther", "SetMode", "Other", "Mode", "Mode"]
    );
    assert_eq!(names(&service.select(&[]).unwrap()), [""; 0]);
    assert_eq!(service.select(&["GetTree"]).unwrap().files, service.files);
}

#[test]
fn unknown_actions_are_all_named() {
    assert_eq!(
        service().select(&["GetTre", "SetMode", "Widget"]).unwrap_err(),
        [
            "unknown action `GetTre`; did you mean `GetTree`?",
            "unknown action `Widget`; the service has 3 others"
        ]
    );
}
