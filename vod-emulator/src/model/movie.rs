//! Reads what a file of MP4's family (MP4, MOV, M4A, 3GP) says of itself: its duration, and the form of its streams.
//!
//! Of the format this needs six kinds of boxes. The crates that read it bring a dozen others for that.

/// Boxes within boxes at most; real files have seven levels.
const DEEPEST: usize = 10;

/// What a file says of its streams.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Movie {
    pub(crate) seconds: f64,
    pub(crate) video: Option<VideoStream>,
    pub(crate) audio: Option<AudioStream>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct VideoStream {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) codec: String,
    /// The four characters that name the codec in the file.
    pub(crate) tag: String,
    pub(crate) frames: u32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct AudioStream {
    pub(crate) sampling_rate: u32,
    pub(crate) codec: String,
}

/// Reads a whole file; none if it is not of this family or has no duration.
pub(crate) fn read(file: &[u8]) -> Option<Movie> {
    let moov = child(file, *b"moov")?;
    let header = child(moov, *b"mvhd")?;
    let (scale, duration) = match header.first()? {
        0 => (u32_at(header, 12)?, u64::from(u32_at(header, 16)?)),
        _ => (u32_at(header, 20)?, u64_at(header, 24)?),
    };
    // The largest number stands for an unknown duration.
    if scale == 0 || duration == u64::MAX || duration == u64::from(u32::MAX) {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "a duration is told in seconds")]
    let mut movie = Movie { seconds: duration as f64 / f64::from(scale), ..Movie::default() };
    for (_, track) in boxes(moov).filter(|(kind, _)| kind == b"trak") {
        read_track(track, &mut movie);
    }
    Some(movie)
}

/// Takes what a track says; one that cannot be read says nothing.
fn read_track(track: &[u8], movie: &mut Movie) -> Option<()> {
    let media = child(track, *b"mdia")?;
    let tables = descend(media, &[*b"minf", *b"stbl"])?;
    let entry = child(tables, *b"stsd")?.get(8..)?;
    let tag = entry.get(4..8)?;
    let codec = codec_of(tag);
    match child(media, *b"hdlr")?.get(8..12)? {
        b"vide" if movie.video.is_none() => {
            let header = child(track, *b"tkhd")?;
            let size = if header.first()? == &0 { 76 } else { 88 };
            movie.video = Some(VideoStream {
                // In 65536ths of a pixel.
                width: u32_at(header, size)? >> 16,
                height: u32_at(header, size + 4)? >> 16,
                codec,
                tag: String::from_utf8_lossy(tag).into_owned(),
                frames: child(tables, *b"stsz").and_then(|sizes| u32_at(sizes, 8)).unwrap_or_default(),
            });
        }
        b"soun" if movie.audio.is_none() => {
            // In 65536ths of a hertz.
            movie.audio = Some(AudioStream { sampling_rate: u32_at(entry, 32)? >> 16, codec });
        }
        _ => {}
    }
    Some(())
}

/// The usual name of a codec.
fn codec_of(tag: &[u8]) -> String {
    let name = match tag {
        b"avc1" | b"avc3" => "h264",
        b"hvc1" | b"hev1" => "hevc",
        b"av01" => "av1",
        b"vp09" => "vp9",
        b"mp4v" => "mpeg4",
        b"mp4a" => "aac",
        b"ac-3" => "ac3",
        b"Opus" => "opus",
        _ => return String::from_utf8_lossy(tag).trim().to_ascii_lowercase(),
    };
    name.to_owned()
}

/// The boxes that stand one after the other, up to the first that is not whole.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = u32_at(rest, 0)?;
        let kind: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let (start, end) = match size {
            // It goes on to the end.
            0 => (8, rest.len()),
            // The size is a longer number, behind the name.
            1 => (16, usize::try_from(u64_at(rest, 8)?).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        let content = rest.get(start..end)?;
        rest = rest.get(end..)?;
        Some((kind, content))
    })
}

/// The content of the first box of this name.
fn child(content: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    boxes(content).find(|(kind, _)| *kind == name).map(|(_, content)| content)
}

/// The content of the box that a path of names leads to.
fn descend<'a>(content: &'a [u8], path: &[[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().take(DEEPEST).try_fold(content, |content, name| child(content, *name))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_be_bytes(*number))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|number| u64::from_be_bytes(*number))
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    fn clip() -> Vec<u8> {
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/src/model/movie/clip.mp4")).unwrap()
    }

    #[test]
    fn a_file_of_another_program_is_read() {
        let movie = read(&clip()).unwrap();
        assert!((movie.seconds - 2.0).abs() < 0.1, "{movie:?}");
        let video = movie.video.unwrap();
        assert_eq!((video.width, video.height, video.frames), (128, 72, 10));
        assert_eq!((video.codec.as_str(), video.tag.as_str()), ("h264", "avc1"));
        assert_eq!(movie.audio, Some(AudioStream { sampling_rate: 8000, codec: "aac".into() }));
    }

    #[test]
    fn damaged_files_are_read_as_far_as_they_go() {
        let clip = clip();
        for length in 0..clip.len() {
            let _ = read(&clip[..length]);
        }
        let mut random = Rng::with_seed(1);
        for _ in 0..20_000 {
            let mut damaged = clip.clone();
            for _ in 0..random.usize(1..8) {
                let place = random.usize(..damaged.len());
                damaged[place] = random.u8(..);
            }
            let _ = read(&damaged);
        }
        for text in [&b""[..], b"a film", b"\0\0\0\0moov", &[0xff; 64]] {
            assert_eq!(read(text), None);
        }
    }

    #[test]
    fn long_numbers_and_boxes_to_the_end_are_read() {
        let mut header = vec![1, 0, 0, 0];
        header.extend([0; 16]);
        header.extend(1000_u32.to_be_bytes());
        header.extend(90_500_u64.to_be_bytes());
        let mut mvhd = 1_u32.to_be_bytes().to_vec();
        mvhd.extend(b"mvhd");
        mvhd.extend((16 + header.len() as u64).to_be_bytes());
        mvhd.extend(&header);
        let mut file = b"\0\0\0\x08free\0\0\0\0moov".to_vec();
        file.extend(mvhd);
        assert_eq!(read(&file), Some(Movie { seconds: 90.5, ..Movie::default() }));
    }
}
