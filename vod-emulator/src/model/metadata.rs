//! What is told of a media file's streams. Size and MD5 are the file's own, and so is what files of MP4's family and images
//! say of themselves; the rest is plausible and follows from the content's CRC.

use std::borrow::Cow;

use serde_json::json;

use crate::model::media::category_of;
use crate::model::movie::{self, AudioStream, Movie, VideoStream};
use crate::protocol::envelope::{Members, members};
use crate::storage::objects::Object;

/// Bytes of a file in parts that are put together to be looked into.
const LOOKED_INTO: u64 = 64 * 1024 * 1024;

/// The members of `MediaMetaData`.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures"
)]
pub(crate) fn metadata(media_type: &str, object: &Object) -> Members {
    let category = category_of(media_type);
    let size = object.size();
    let content = content(object);
    let told = content
        .as_deref()
        .and_then(movie::read)
        .filter(|movie| movie.video.is_some() || movie.audio.is_some());
    let picture = content.as_deref().filter(|_| category == "Image").and_then(picture);
    let streams = told.unwrap_or_else(|| plausible(category, object, picture));
    let Movie { seconds, video, audio } = streams;
    let bitrate = if seconds > 0.0 { (size as f64 * 8.0 / seconds) as u64 } else { 0 };
    let audio_bitrate = match (&video, &audio) {
        (None, Some(_)) => bitrate,
        (Some(_), Some(_)) => bitrate / 10,
        _ => 0,
    };
    let (width, height) =
        video.as_ref().map_or(picture.unwrap_or_default(), |video| (video.width, video.height));
    let moving = video.as_ref().filter(|_| category != "Image");
    let video_set = moving.map(|video| {
        let fps = if seconds > 0.0 { (f64::from(video.frames) / seconds).round() as u64 } else { 0 };
        json!({
            "Bitrate": bitrate - audio_bitrate,
            "Height": video.height,
            "Width": video.width,
            "Codec": video.codec,
            "Fps": fps,
            "CodecTag": video.tag,
        })
    });
    let audio_set = audio.as_ref().map(
        |audio| json!({ "Bitrate": audio_bitrate, "SamplingRate": audio.sampling_rate, "Codec": audio.codec }),
    );
    members(json!({
        "Size": size,
        "Container": container(media_type),
        "Bitrate": bitrate,
        "Height": height,
        "Width": width,
        "Duration": seconds,
        "Rotate": 0,
        "VideoDuration": if video_set.is_some() { seconds } else { 0.0 },
        "AudioDuration": if audio_set.is_some() { seconds } else { 0.0 },
        "VideoStreamSet": video_set.into_iter().collect::<Vec<_>>(),
        "AudioStreamSet": audio_set.into_iter().collect::<Vec<_>>(),
        "Md5": object.sums.md5,
    }))
}

/// The content in one piece; none if it is in parts and large.
fn content(object: &Object) -> Option<Cow<'_, [u8]>> {
    match object.pieces.as_slice() {
        [piece] => Some(Cow::Borrowed(piece)),
        pieces if object.size() <= LOOKED_INTO => Some(Cow::Owned(pieces.concat())),
        _ => None,
    }
}

/// Width and height of an image.
fn picture(content: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(content).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// Streams of a file that says nothing of them: from ten seconds to three minutes of full HD.
#[allow(clippy::cast_precision_loss, reason = "a few minutes")]
fn plausible(category: &str, object: &Object, picture: Option<(u32, u32)>) -> Movie {
    let seconds = if category == "Image" { 0 } else { 10 + object.sums.crc64 % 170 };
    let (width, height) = picture.unwrap_or((1920, 1080));
    let video = VideoStream {
        width,
        height,
        codec: "h264".to_owned(),
        tag: "avc1".to_owned(),
        frames: u32::try_from(seconds * 25).unwrap_or_default(),
    };
    let audio = AudioStream { sampling_rate: 44_100, codec: "aac".to_owned() };
    Movie {
        seconds: seconds as f64,
        video: (category != "Audio").then_some(video),
        audio: (category != "Image").then_some(audio),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::checksum::Checksums;

    fn told(media_type: &str, pieces: &[&[u8]]) -> Members {
        let sums = Checksums::of(pieces.iter().copied());
        let mut object = Object::new(Vec::new().into(), sums);
        object.pieces = pieces.iter().map(|piece| piece.to_vec().into()).collect();
        metadata(media_type, &object)
    }

    #[test]
    fn a_film_and_a_picture_say_it_themselves() {
        let clip = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/src/model/movie/clip.mp4")).unwrap();
        for pieces in [vec![clip.as_slice()], vec![&clip[..100], &clip[100..]]] {
            let meta = told("mp4", &pieces);
            assert_eq!((&meta["Width"], &meta["Height"]), (&json!(128), &json!(72)));
            assert!((meta["Duration"].as_f64().unwrap() - 2.0).abs() < 0.1, "{meta:?}");
            assert_eq!(meta["VideoStreamSet"][0]["Fps"], 5);
            assert_eq!(meta["AudioStreamSet"][0]["SamplingRate"], 8000);
        }
        let gif = b"GIF89a\x03\0\x05\0\x80\0\0\0\0\0\xff\xff\xff;";
        let meta = told("gif", &[gif]);
        assert_eq!((&meta["Width"], &meta["Height"]), (&json!(3), &json!(5)));
        assert_eq!((&meta["Duration"], &meta["VideoStreamSet"]), (&json!(0.0), &json!([])));
    }

    #[test]
    fn other_contents_get_plausible_figures() {
        let film = told("flv", &[b"a film"]);
        assert_eq!(film["Width"], 1920);
        assert!(film["Duration"].as_f64().unwrap() >= 10.0);
        assert_eq!(told("flv", &[b"a film"]), film, "the same for the same content");
        let sound = told("mp3", &[b"a sound"]);
        assert_eq!((&sound["Width"], &sound["VideoStreamSet"]), (&json!(0), &json!([])));
        assert_eq!(sound["AudioDuration"], sound["Duration"]);
    }
}
