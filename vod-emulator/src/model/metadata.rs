//! What is told of a media file's streams. Size and MD5 are the file's own; the rest is plausible and follows from its
//! content's MD5, unless the file says it itself.

use serde_json::{Value, json};

use crate::model::media::category_of;
use crate::protocol::envelope::Members;
use crate::storage::checksum::Checksums;

/// The members of `MediaMetaData`.
pub(crate) fn metadata(media_type: &str, size: u64, sums: &Checksums) -> Members {
    let category = category_of(media_type);
    let (has_video, has_audio) = (category == "Video", category != "Image");
    // From ten seconds to three minutes.
    let duration = if has_audio { 10 + sums.crc64 % 170 } else { 0 };
    let bitrate = (size * 8).checked_div(duration).unwrap_or_default();
    let (width, height) = if category == "Audio" { (0, 0) } else { (1920, 1080) };
    let audio_bitrate = if has_video { bitrate / 10 } else { bitrate };
    let video = json!({
        "Bitrate": bitrate - audio_bitrate.min(bitrate),
        "Height": height,
        "Width": width,
        "Codec": "h264",
        "Fps": 25,
        "CodecTag": "avc1",
    });
    let audio = json!({ "Bitrate": audio_bitrate, "SamplingRate": 44_100, "Codec": "aac" });
    let members = json!({
        "Size": size,
        "Container": container(media_type),
        "Bitrate": bitrate,
        "Height": height,
        "Width": width,
        "Duration": duration,
        "Rotate": 0,
        "VideoStreamSet": if has_video { vec![video] } else { Vec::new() },
        "AudioStreamSet": if has_audio { vec![audio] } else { Vec::new() },
        "VideoDuration": if has_video { duration } else { 0 },
        "AudioDuration": duration,
        "Md5": sums.md5,
    });
    match members {
        Value::Object(members) => members,
        _ => Members::new(),
    }
}

/// The name of the container format of a kind of file.
fn container(media_type: &str) -> String {
    match media_type.to_ascii_lowercase().as_str() {
        "mp4" | "mov" | "m4a" | "m4v" | "3gp" => "mov,mp4,m4a,3gp,3g2,mj2".to_owned(),
        "mkv" | "webm" => "matroska,webm".to_owned(),
        "m3u8" => "hls".to_owned(),
        "ts" => "mpegts".to_owned(),
        other => other.to_owned(),
    }
}
