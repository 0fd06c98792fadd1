//! The names that a manifest of HLS or DASH refers to.

use roxmltree::Document;
use serde_json::{Value, json};

use crate::model::arguments::Arguments;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError};

/// Answers `ParseStreamingManifest`.
pub(super) fn parse(arguments: Arguments<'_>) -> Result<Answer, ApiError> {
    let content = arguments.text_or_empty("MediaManifestContent");
    let named = match arguments.text_or_empty("ManifestType") {
        "" | "m3u8" => of_playlist(content),
        "mpd" => of_dash(content),
        other => {
            let message =
                format!("`ManifestType` is m3u8 or mpd, not `{}`.", crate::shown::shown_name(other));
            return Err(ApiError::new(codes::INVALID_PARAMETER_VALUE, message));
        }
    };
    let wrong = |what: String| {
        ApiError::new("InvalidParameterValue.MediaManifestContent", format!("`MediaManifestContent` {what}."))
    };
    let named = named.ok_or_else(|| wrong("is no manifest of this type".to_owned()))?;
    let mut segments: Vec<String> = Vec::new();
    for name in named {
        if !is_below(&name) {
            let shown = crate::shown::shown_name(&name);
            return Err(wrong(format!("names `{shown}`, which is no relative path in its folder or below")));
        }
        if !segments.contains(&name) {
            segments.push(name);
        }
    }
    Ok(Answer::of(json!({ "MediaSegmentSet": segments.into_iter().map(Value::from).collect::<Value>() })))
}

/// Whether a name is that of a file in the manifest's folder or below.
fn is_below(name: &str) -> bool {
    let has_scheme = name.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    !name.is_empty()
        && !name.starts_with(['/', '\\'])
        && !has_scheme
        && !name.split('/').any(|part| part == "..")
}

/// The names in a playlist: its lines, and what tags such as `EXT-X-MAP` and `EXT-X-MEDIA` refer to. Keys are fetched from
/// a server and are not uploaded.
fn of_playlist(content: &str) -> Option<Vec<String>> {
    let mut lines =
        content.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.next()? != "#EXTM3U" {
        return None;
    }
    let mut named = Vec::new();
    for line in lines {
        if !line.starts_with('#') {
            named.push(line.to_owned());
        } else if !line.starts_with("#EXT-X-KEY") && !line.starts_with("#EXT-X-SESSION-KEY") {
            let uri = line.split_once("URI=\"").and_then(|(_, rest)| rest.split_once('"'));
            named.extend(uri.map(|(uri, _)| uri.to_owned()));
        }
    }
    Some(named)
}

/// The names in a manifest of DASH that stand there as they are; templates of names are not expanded.
fn of_dash(content: &str) -> Option<Vec<String>> {
    let document = Document::parse(content.trim_start_matches('\u{feff}')).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "MPD" {
        return None;
    }
    let mut named = Vec::new();
    for element in root.descendants().filter(roxmltree::Node::is_element) {
        match element.tag_name().name() {
            "BaseURL" => named.extend(element.text().map(|text| text.trim().to_owned())),
            "SegmentURL" => named.extend(element.attribute("media").map(str::to_owned)),
            "Initialization" => named.extend(element.attribute("sourceURL").map(str::to_owned)),
            _ => {}
        }
    }
    // A folder, and a template that no single file has the name of.
    named.retain(|name| !name.ends_with('/') && !name.contains('$'));
    Some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(kind: &str, content: &str) -> Result<Value, String> {
        let parameters = json!({ "ManifestType": kind, "MediaManifestContent": content });
        let answer = parse(Arguments(parameters.as_object().unwrap()));
        answer
            .map(|answer| answer.members["MediaSegmentSet"].clone())
            .map_err(|error| error.code.into_owned())
    }

    #[test]
    fn playlists_name_segments_variants_and_maps() {
        let main = "#EXTM3U\r\n#EXT-X-MEDIA:TYPE=AUDIO,URI=\"audio/en.m3u8\",NAME=\"en\"\r\n\
                    #EXT-X-STREAM-INF:BANDWIDTH=1\r\nlow/index.m3u8\r\n\r\nhigh/index.m3u8\r\n";
        assert_eq!(parsed("m3u8", main), Ok(json!(["audio/en.m3u8", "low/index.m3u8", "high/index.m3u8"])));
        let media = "\u{feff}#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"https://keys.example/1\"\n\
                     #EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:9,\na.ts\n#EXTINF:9,\na.ts\n#EXT-X-ENDLIST";
        assert_eq!(parsed("", media), Ok(json!(["init.mp4", "a.ts"])), "each name once");
        assert_eq!(parsed("m3u8", "#EXTM3U\n#EXT-X-ENDLIST"), Ok(json!([])));
    }

    #[test]
    fn names_outside_the_folder_and_other_texts_are_refused() {
        let wrong = Err("InvalidParameterValue.MediaManifestContent".to_owned());
        for name in
            ["http://example.com/a.ts", "/a.ts", "../a.ts", "b/../../a.ts", "\\a.ts", "data:video/ts,a"]
        {
            assert_eq!(parsed("m3u8", &format!("#EXTM3U\n#EXTINF:9,\n{name}\n")), wrong, "{name}");
        }
        for text in ["", "a.ts", "<MPD/>", "#EXTINF:9,\na.ts"] {
            assert_eq!(parsed("m3u8", text), wrong, "{text}");
        }
        assert_eq!(parsed("mpd", "#EXTM3U"), wrong);
        assert_eq!(parsed("mpd", "<other/>"), wrong);
        assert_eq!(parsed("avi", "#EXTM3U"), Err("InvalidParameterValue".to_owned()));
    }

    #[test]
    fn dash_names_its_files() {
        let manifest = r#"<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet>
            <Representation><BaseURL> video.mp4 </BaseURL><SegmentBase><Initialization sourceURL="init.mp4"/></SegmentBase>
            </Representation><SegmentList><SegmentURL media="b/1.m4s"/><SegmentURL media="b/1.m4s"/></SegmentList>
            <SegmentTemplate media="$Number$.m4s"/></AdaptationSet></Period></MPD>"#;
        assert_eq!(parsed("mpd", manifest), Ok(json!(["video.mp4", "init.mp4", "b/1.m4s"])));
    }
}
