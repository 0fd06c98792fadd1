//! The spec files of this repository against the list of what the vendor publishes about actions.

use std::path::Path;

use toml_edit::{DocumentMut, Item};
use vod_import::sites::differences;
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

#[test]
fn the_page_on_the_two_sites_is_that_of_the_spec_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let service = load_service(&root, Path::new("api-specs/vod")).service;
    let page = differences(&service);
    let there = std::fs::read_to_string(root.join("docs/INTERNATIONAL.md")).unwrap();
    assert_eq!(there, page, "write it with `vod spec sites api-specs/vod > docs/INTERNATIONAL.md`");
    let (mainland, international) = page.split_once("## Only international").unwrap();
    assert!(
        mainland.contains("- `DescribeEventsState`: ") && mainland.contains("- `ProductInstance`"),
        "{page}"
    );
    assert!(mainland.contains("- `SceneAigcVideoOutputConfig.Resolution`"), "{page}");
    assert!(
        international.contains("- `StartCDNDomain`: ") && international.contains("- `CDNDomainConfig`"),
        "{page}"
    );
}
