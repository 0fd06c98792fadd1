//! The page: HTML, styles and scripts as they stand in `page/`, part of the program.

/// A file of the page.
pub(crate) struct Asset {
    pub(crate) path: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) text: &'static str,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! asset {
    ($path:literal, $content_type:expr, $file:literal) => {
        Asset { path: $path, content_type: $content_type, text: include_str!(concat!("page/", $file)) }
    };
}

/// All files.
pub(crate) const ASSETS: &[Asset] = &[
    asset!("/", "text/html; charset=utf-8", "index.html"),
    asset!("/style.css", "text/css; charset=utf-8", "style.css"),
    asset!("/app.js", SCRIPT, "app.js"),
    asset!("/dom.js", SCRIPT, "dom.js"),
    asset!("/server.js", SCRIPT, "server.js"),
    asset!("/search.js", SCRIPT, "search.js"),
    asset!("/form.js", SCRIPT, "form.js"),
    asset!("/prose.js", SCRIPT, "prose.js"),
    asset!("/tree.js", SCRIPT, "tree.js"),
    asset!("/panels.js", SCRIPT, "panels.js"),
    asset!("/history.js", SCRIPT, "history.js"),
];

/// The file at this path.
pub(crate) fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_small_and_fetches_nothing_from_elsewhere() {
        let size: usize = ASSETS.iter().map(|asset| asset.text.len()).sum();
        assert!(size < 150_000, "{size} bytes");
        for asset in ASSETS {
            for foreign in ["http://", "https://", "//cdn", "@import", "url("] {
                let found = asset
                    .text
                    .match_indices(foreign)
                    .map(|(at, _)| &asset.text[at..asset.text.len().min(at + 60)]);
                let found: Vec<&str> = found.filter(|text| !is_no_address(text)).collect();
                assert!(found.is_empty(), "{}: {found:?}", asset.path);
            }
        }
    }

    /// What looks like an address and is compared or shown only.
    fn is_no_address(text: &str) -> bool {
        text.starts_with("https://cloud.tencent.com/document/product/266/")
            || text.starts_with("https://\"")
            || text.starts_with("http://\"")
    }

    #[test]
    fn texts_reach_the_page_as_text_only() {
        for asset in ASSETS {
            for way in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "DOMParser",
                "createContextualFragment",
                "srcdoc",
                "eval(",
                "new Function",
                "setTimeout(\"",
                "javascript:",
                "style=",
                "localStorage",
                "document.cookie",
            ] {
                assert!(!asset.text.contains(way), "{} has {way}", asset.path);
            }
        }
        let page = asset("/").map_or("", |asset| asset.text);
        let inline = page
            .match_indices("<script")
            .filter(|(at, _)| !page[*at..].starts_with("<script type=\"module\" src="));
        assert_eq!(inline.count(), 0);
        assert!(!page.contains("<style") && !page.contains(" onclick") && !page.contains(" onload"));
    }
}
