//! The spec files of this repository against the list of what the vendor publishes about actions.

use std::path::Path;

use toml_edit::{DocumentMut, Item};
use vod_spec::load_service;

#[test]
fn a_rate_limit_stands_in_a_spec_file_only_if_the_vendor_publishes_it() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(crate_folder.join("data/vod_categories.toml")).unwrap();
    let list: DocumentMut = list.parse().unwrap();
    let published = |action: &str| {
        let entry = list.iter().find_map(|(_, actions)| actions.get(action)).unwrap();
        entry.get("rate-limit").and_then(Item::as_integer)
    };
    let service = load_service(&crate_folder.join(".."), Path::new("api-specs/vod")).service;
    let mut unpublished = 0;
    for action in &service.actions {
        assert_eq!(action.rate_limit.map(i64::from), published(&action.name), "{}", action.name);
        unpublished += usize::from(action.rate_limit.is_none());
    }
    assert!(unpublished > 150, "most of the actions have no published rate: {unpublished}");
    assert_eq!(published("CommitUpload"), None, "its sources differ");
}
