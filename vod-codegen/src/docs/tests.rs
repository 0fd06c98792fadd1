//! What the pages and the search promise, held against all specs of this repository where they are at hand.

use std::path::Path;

use vod_spec::model::{Action, Service, Site};

use super::{category, field, linked, method, search_words};
use crate::Home;

fn load(directory: &str) -> Service {
    let loaded = vod_spec::load_service(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new(directory));
    assert_eq!(loaded.problems, []);
    loaded.service
}

/// The sample, and the services of the repository.
fn services() -> Vec<Service> {
    ["tests/specs/sample", "../api-specs/vod", "../api-specs/sts"].map(load).into()
}

fn action<'a>(service: &'a Service, name: &str) -> &'a Action {
    service.action(name).expect("the action exists")
}

/// All words of the summaries that nobody would search for; any other word has to find its action.
const MEAN_NOTHING: &str = "a about after all an and at be been by can for from given has have how in into is \
    it its many new of on one ones or several some than that the their them to up which while whose with without";

#[test]
fn every_action_is_found_by_every_word_that_means_something() {
    let nothing: Vec<&str> = MEAN_NOTHING.split_whitespace().collect();
    for service in services() {
        for action in &service.actions {
            let found = search_words(action);
            let words = action.summary.split(|c: char| !c.is_ascii_alphanumeric());
            for word in words.map(str::to_ascii_lowercase).filter(|word| word.parse::<u32>().is_err()) {
                let wanted = !word.is_empty() && !nothing.contains(&word.as_str());
                assert_eq!(found.contains(&word), wanted, "{}: `{word}` in {found:?}", action.name);
            }
        }
    }
}

#[test]
fn words_that_stand_together_are_found_together() {
    let vod = load("../api-specs/vod");
    let finds = |query: &str| -> Vec<&str> {
        let found = |action: &&Action| search_words(action).iter().any(|word| word == query);
        vod.actions.iter().filter(found).map(|action| action.name.as_str()).collect()
    };
    assert!(finds("storage region").contains(&"CreateStorageRegion"));
    assert!(finds("storage region").contains(&"DescribeStorageRegions"));
    assert!(finds("storage regions").contains(&"DescribeStorageRegions"));
    assert!(finds("subtitles").contains(&"AttachMediaSubtitles"));
    assert!(finds("watermarks").contains(&"RemoveWatermark"));
    assert!(finds("the storage").is_empty());
}

#[test]
fn every_page_of_an_action_is_complete() {
    for service in services() {
        let linked = linked(&service, Home::Runtime);
        for action in &linked.actions {
            let page = method(action, &linked, Home::Runtime);
            let rate = match action.rate_limit {
                Some(rate) => format!("**Rate limit**: {rate} calls a second."),
                None => "**Rate limit**: not published: learned from what the service takes.".to_owned(),
            };
            let explorer = format!(
                "api/explorer?Product={}&Version={}&Action={})",
                service.name, service.version, action.name
            );
            let parts = [&*rate, &explorer, "dempotent**", "# Parameters\n", "# Returns\n", "# Errors\n"];
            for part in parts {
                assert!(page.contains(part), "{} lacks {part}\n{page}", action.name);
            }
            if !action.category.is_empty() {
                assert!(page.contains(&format!("**Feature**: `{}`.", action.category)), "{page}");
            }
            for field in action.request.iter().chain(&action.response) {
                assert!(page.contains(&format!("`{}`", field.name)), "{} lacks {}", action.name, field.name);
            }
            for error in &action.errors {
                assert!(
                    page.contains(&format!("- `{}`: ", error.code)),
                    "{} lacks {}",
                    action.name,
                    error.code
                );
            }
        }
    }
}

#[test]
fn limits_and_defaults_stand_beside_the_parameter_and_at_the_field() {
    let service = load("tests/specs/sample");
    let put = action(&service, "PutThing");
    let page = method(put, &service, Home::Runtime);
    for wanted in &put.request {
        let row =
            page.lines().find(|line| line.starts_with(&format!("| `{}`<br>", super::rust_name(wanted))));
        let row = row.expect("each parameter has a row");
        assert!(row.contains(&format!("wire: `{}` |", wanted.name)), "{row}");
        assert_eq!(row.contains("**Required.**"), wanted.required, "{row}");
        assert_eq!(row.contains("Default: "), wanted.default.is_some(), "{row}");
        let limits = super::limits::texts(wanted);
        let said = format!("Limits: {}.", limits.join(", "));
        assert_eq!(row.contains("Limits: "), !limits.is_empty(), "{row}");
        assert!(limits.is_empty() || row.contains(&said.replace('|', "\\|")), "{row} lacks {said}");
        assert!(limits.is_empty() || field(wanted).contains(&said), "{} lacks {said}", wanted.name);
    }
}

#[test]
fn a_category_says_what_it_is_about_and_lists_every_action() {
    let vod = load("../api-specs/vod");
    for about in &vod.categories {
        let actions: Vec<&Action> =
            vod.actions.iter().filter(|action| action.category == about.name).collect();
        let page = category(&about.name, &actions, &vod);
        assert!(page.starts_with(&about.doc) && page.contains(&format!("**Feature**: `{}`.", about.name)));
        for action in actions {
            let row = page.lines().find(|line| line.starts_with(&format!("| [`{}`](", action.name)));
            let row = row.expect("each action has a row");
            assert_eq!(row.contains("**Deprecated.**"), action.deprecated.is_some(), "{row}");
        }
    }
}

#[test]
fn names_in_texts_lead_to_what_they_mean() {
    let vod = load("../api-specs/vod");
    let of = |home| linked(&vod, home);
    let runtime = of(Home::Runtime);
    let confirm = action(&runtime, "ConfirmEvents");
    assert!(confirm.doc.contains("[`PullEvents`](crate::Client::pull_events)"), "{}", confirm.doc);
    assert!(!confirm.doc.contains("[`ConfirmEvents`]"), "{}", confirm.doc);
    assert!(!confirm.summary.contains('['), "{}", confirm.summary);
    let user = of(Home::User);
    let confirm = action(&user, "ConfirmEvents");
    assert!(confirm.doc.contains("[`PullEvents`]") && !confirm.doc.contains("crate::"), "{}", confirm.doc);
    // `TaskType` is a field, and `SplitMedia` in the text of one is a value of another.
    let task = runtime.record("SplitMediaTask").expect("the type exists");
    assert!(task.doc.contains("`TaskType` is `SplitMedia`"), "{}", task.doc);
}

#[test]
fn links_leave_every_other_character_alone() {
    let vod = load("../api-specs/vod");
    let plain = |text: &str| {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[`") {
            let (name, after) = after.split_once("`]").expect("a link is closed");
            let after =
                after.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(after, |(_, end)| end);
            out = format!("{out}{before}`{name}`");
            rest = after;
        }
        out + rest
    };
    for (before, after) in vod.actions.iter().zip(&linked(&vod, Home::Runtime).actions) {
        assert_eq!(plain(&after.doc), before.doc);
        for (before, after) in before.request.iter().zip(&after.request) {
            assert_eq!(plain(&after.doc), before.doc);
        }
    }
}

#[test]
fn no_example_prints_an_answer_that_holds_a_secret() {
    let mut with_secrets = 0;
    for service in services() {
        for action in service.actions.iter().filter(|action| service.holds_sensitive(&action.response)) {
            with_secrets += 1;
            let page = method(action, &service, Home::Runtime);
            assert!(!page.contains("{response:?}"), "{} prints its answer\n{page}", action.name);
        }
    }
    assert!(with_secrets >= 5, "ApplyUpload, the tokens, the keys: {with_secrets}");
}

#[test]
fn what_one_site_alone_has_says_so() {
    let mut service = load("tests/specs/sample");
    let put = service.actions.iter_mut().find(|action| action.name == "PutThing").expect("the action exists");
    put.only_on = Some(Site::International);
    put.why_idempotent = Some("The thing has one place.".to_owned());
    put.request[0].only_on = Some(Site::Mainland);
    let page = method(action(&service, "PutThing"), &service, Home::Runtime);
    assert!(page.contains("**Site**: on the international site only (`Endpoint::international`)."), "{page}");
    let why =
        "**Idempotent**: retried even if the outcome of an attempt is unknown. The thing has one place.";
    assert!(page.contains(why), "{page}");
    let first = field(&action(&service, "PutThing").request[0]);
    assert!(first.ends_with("Exists on the mainland site only (`Endpoint::mainland`)."), "{first}");
    let mut thing = service.types[0].clone();
    thing.only_on = Some(Site::International);
    let text = super::record(&thing);
    assert!(text.ends_with("Exists on the international site only (`Endpoint::international`)."), "{text}");
}

#[test]
fn no_text_of_a_spec_file_is_code() {
    const EVIL: &str =
        "\\n\\n```\\nlet a: u8 = 1 + ;\\n```\\n\\n    fn main() {}\\n\\nA [b] <c>\\n\\n```rust\\nunclosed";
    let service = "service = \"evil\"\nversion = \"2024-01-01\"\nsummary = \"S.\"\ndoc = \"EVIL\"\n\
        [endpoints]\nmainland = \"e.example.com\"\n[errors]\nA = { class = \"caller\", doc = \"EVIL\" }\n";
    let action = "action = \"Act\"\nsummary = \"Acts.\"\ndoc = \"D. EVIL\"\ndeprecated = \"No. EVIL\"\n\
        [request.F]\ntype = \"T\"\ndoc = \"EVIL\"\ndeprecated = \"EVIL\"\n\
        [response.G]\ntype = \"E\"\ndoc = \"EVIL\"\n\
        [errors]\nB = { class = \"caller\", doc = \"EVIL\" }\n\
        [types.T]\ndoc = \"EVIL\"\n[types.T.fields.F]\ntype = \"string\"\ndoc = \"EVIL\"\n\
        [enums.E]\ndoc = \"EVIL\"\nvalues = { a = \"EVIL\" }\n\
        [[example]]\ntitle = \"EVIL\"\nrequest = { F = { F = \"a\" } }\n";
    let source = |path: &str, text: &str| vod_spec::Source {
        path: path.into(),
        bytes: text.replace("EVIL", EVIL).into(),
    };
    let sources = vec![source("service.toml", service), source("Act.toml", action)];
    let loaded = vod_spec::load_sources(Path::new(""), sources);
    assert_eq!(loaded.problems, []);
    let options = crate::Options {
        runtime: quote::quote!(::vod_api),
        home: Home::User,
        spans: std::collections::HashMap::new(),
        base: None,
        features: None,
    };
    let file: syn::File = syn::parse2(crate::service(&loaded.service, &options)).expect("items");
    let mut texts = 0;
    documented(&file.items, &mut |text: &str| {
        texts += 1;
        for (event, _) in pulldown_cmark::Parser::new(text).into_offset_iter() {
            if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::CodeBlock(kind)) = event {
                let pulldown_cmark::CodeBlockKind::Fenced(language) = kind else {
                    panic!("an indented block in:\n{text}")
                };
                assert!(["text", "ignore"].contains(&&*language), "a block of `{language}` in:\n{text}");
            }
        }
    });
    assert!(texts > 20, "{texts} texts");
}

/// Gives each item's documentation, down to fields, variants and methods.
fn documented(items: &[syn::Item], take: &mut dyn FnMut(&str)) {
    let mut of = |attributes: &[syn::Attribute]| {
        let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
        let lines: Vec<String> = lines
            .filter_map(|attribute| match &attribute.meta.require_name_value().ok()?.value {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            })
            .collect();
        if !lines.is_empty() {
            take(&lines.join("\n"));
        }
    };
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                of(&item.attrs);
                item.fields.iter().for_each(|field| of(&field.attrs));
            }
            syn::Item::Enum(item) => {
                of(&item.attrs);
                item.variants.iter().for_each(|variant| of(&variant.attrs));
            }
            syn::Item::Impl(item) => {
                for item in &item.items {
                    if let syn::ImplItem::Fn(method) = item {
                        of(&method.attrs);
                    }
                }
            }
            syn::Item::Trait(item) => {
                for item in &item.items {
                    if let syn::TraitItem::Fn(method) = item {
                        of(&method.attrs);
                    }
                }
            }
            syn::Item::Static(item) => of(&item.attrs),
            _ => {}
        }
    }
}

#[test]
fn parameters_and_results_have_their_rust_names_and_types() {
    let vod = load("../api-specs/vod");
    let page = |name| method(action(&vod, name), &vod, Home::Runtime);
    let pull = page("PullEvents");
    assert!(
        pull.contains("- `event_set` (<code>Vec&lt;[EventContent]&gt;</code>, wire: `EventSet`): "),
        "{pull}"
    );
    let infos = page("DescribeMediaInfos");
    assert!(
        infos.contains("\n| `file_ids`<br><code>Vec&lt;String&gt;</code><br>wire: `FileIds` | "),
        "{infos}"
    );
    assert!(
        infos.contains("\n| `sub_app_id`<br><code>Option&lt;u64&gt;</code><br>wire: `SubAppId` | "),
        "{infos}"
    );
}

#[test]
fn pages_say_where_to_go_next() {
    let vod = load("../api-specs/vod");
    let page = |name| method(action(&vod, name), &vod, Home::Runtime);
    for (name, next) in [
        ("PullEvents", "[`events`](crate::events)"),
        ("ConfirmEvents", "[`events`](crate::events)"),
        ("ProcessMedia", "[`guide::waiting`](crate::guide::waiting)"),
        ("ProcessMedia", "[`DescribeTaskDetail`](crate::Client::describe_task_detail)"),
        ("ApplyUpload", "[`CommitUpload`](crate::Client::commit_upload)"),
    ] {
        let page = page(name);
        let part =
            page.split("# See also").nth(1).unwrap_or_else(|| panic!("{name} has no such part: {page}"));
        assert!(part.contains(&format!("\n- {next}: ")), "{name}: {part}");
    }
    let actions: Vec<&Action> = vod.actions.iter().filter(|action| action.category == "events").collect();
    assert!(category("events", &actions, &vod).contains("[`events`](crate::events)"));
    let user = method(action(&vod, "PullEvents"), &vod, Home::User);
    assert!(user.contains("- `vod_api::events`: ") && !user.contains("crate::"), "{user}");
}

#[test]
fn words_that_people_use_are_found() {
    let vod = load("../api-specs/vod");
    for (query, name) in [
        ("play url", "DescribeMediaInfos"),
        ("list media", "SearchMedia"),
        ("list videos", "SearchMedia"),
        ("upload video", "ApplyUpload"),
        ("transcode", "ProcessMedia"),
        ("task status", "DescribeTaskDetail"),
        ("acknowledge", "ConfirmEvents"),
        ("webhook", "ModifyEventConfig"),
        ("purge cache", "RefreshUrlCache"),
        ("delete video", "DeleteMedia"),
    ] {
        let words = search_words(action(&vod, name));
        assert!(words.iter().any(|word| word == query), "{query} does not find {name}: {words:?}");
    }
}
