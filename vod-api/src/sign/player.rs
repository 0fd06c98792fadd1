//! The signature of the vendor's player (`psign`).

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use zeroize::Zeroizing;

use super::hotlink::check_key;
use super::json::{Json, Object};
use super::verify::VerifyError;
use super::{digest, refused, time};
use crate::error::Error;

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// Makes the `psign` with which the vendor's player plays a file of the account.
///
/// It is a JWT with HMAC-SHA256 under the play key of the application's default distribution configuration (not the
/// hotlink key). Source: vendor pages 266/45554 and 266/38099.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vod_api::sign::{Content, PlayerSignature};
///
/// let until = SystemTime::now() + Duration::from_secs(3600);
/// let token = PlayerSignature::new("TxtyhLlgo7J3iOADIron", 1_500_000_001, "387702300000000001", Content::Original, until)
///     .sign()?;
/// let claims = PlayerSignature::verify(&token, "TxtyhLlgo7J3iOADIron", SystemTime::now())?;
/// assert_eq!(claims.payload()["fileId"], "387702300000000001");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "call `sign` to get the token"]
pub struct PlayerSignature {
    play_key: Zeroizing<String>,
    app_id: u64,
    file_id: String,
    content: Content,
    expires_at: SystemTime,
    issued_at: Option<SystemTime>,
    image_sprite: Option<u64>,
    resolutions: Vec<Resolution>,
    access: Access,
    license: License,
}

/// What the player plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Content {
    /// The file as it was uploaded.
    Original,
    /// The output of a transcoding template.
    Transcode {
        /// The template's id.
        definition: u64,
    },
    /// An adaptive bitrate stream without encryption.
    RawAdaptive {
        /// The adaptive streaming template's id.
        definition: u64,
    },
    /// An encrypted adaptive bitrate stream. At least one template must be given.
    ProtectedAdaptive {
        /// Template of the private encryption (`SimpleAES`).
        private_encryption: Option<u64>,
        /// Template for Widevine.
        widevine: Option<u64>,
        /// Template for `FairPlay`.
        fair_play: Option<u64>,
    },
}

/// A name that the player shows for streams of a size.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resolution {
    /// Length of the shorter edge in pixels.
    pub min_edge_length: u64,
    /// The name, for example `HD`.
    pub name: String,
}

/// The scheme of play URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// `http`
    Http,
    /// `https`
    Https,
    /// That of the default distribution configuration.
    Default,
}

#[derive(Clone, Default)]
struct Access {
    expires_at: Option<SystemTime>,
    preview: Option<Duration>,
    ip_limit: Option<u8>,
    link_id: Option<String>,
    domain: Option<String>,
    scheme: Option<Scheme>,
}

#[derive(Clone, Default)]
struct License {
    persistent: Option<bool>,
    rental: Option<Duration>,
    level_one_tracks: Vec<String>,
}

impl PlayerSignature {
    /// A token for one file, valid until a time (rounded down to a second). `app_id` is the application's id
    /// (`SubAppId`; the account's `AppId` for the main application).
    pub fn new(
        play_key: impl Into<String>,
        app_id: u64,
        file_id: impl Into<String>,
        content: Content,
        expires_at: SystemTime,
    ) -> Self {
        Self {
            play_key: Zeroizing::new(play_key.into()),
            app_id,
            file_id: file_id.into(),
            content,
            expires_at,
            issued_at: None,
            image_sprite: None,
            resolutions: Vec::new(),
            access: Access::default(),
            license: License::default(),
        }
    }

    /// The template of the image sprite that the progress bar shows.
    pub fn image_sprite(mut self, definition: u64) -> Self {
        self.image_sprite = Some(definition);
        self
    }

    /// Names of the resolutions. The player's default: from `240P` to `8K`.
    pub fn resolutions(mut self, names: impl IntoIterator<Item = Resolution>) -> Self {
        self.resolutions = names.into_iter().collect();
        self
    }

    /// When play URLs expire (`t`), if the domain has key hotlink protection.
    pub fn url_expires_at(mut self, time: SystemTime) -> Self {
        self.access.expires_at = Some(time);
        self
    }

    /// Lets only the first part of the file be played (`exper`): whole seconds, at least 30.
    pub fn preview(mut self, length: Duration) -> Self {
        self.access.preview = Some(length);
        self
    }

    /// How many IP addresses may play (`rlimit`): 1 to 9.
    pub fn ip_limit(mut self, addresses: u8) -> Self {
        self.access.ip_limit = Some(addresses);
        self
    }

    /// A text that makes play URLs differ (`us`).
    pub fn link_id(mut self, id: impl Into<String>) -> Self {
        self.access.link_id = Some(id.into());
        self
    }

    /// The domain of play URLs; `Default` for that of the default distribution configuration.
    pub fn domain(mut self, name: impl Into<String>) -> Self {
        self.access.domain = Some(name.into());
        self
    }

    /// The scheme of play URLs.
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.access.scheme = Some(scheme);
        self
    }

    /// Whether a DRM license may be kept on the device.
    pub fn persistent_license(mut self, persistent: bool) -> Self {
        self.license.persistent = Some(persistent);
        self
    }

    /// How long a persistent DRM license is valid, in whole seconds.
    pub fn license_rental(mut self, duration: Duration) -> Self {
        self.license.rental = Some(duration);
        self
    }

    /// Track types that must be protected by Widevine L1: `AUDIO`, `SD`, `HD`, `UHD1`, `UHD2`.
    pub fn level_one_tracks<T: Into<String>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.license.level_one_tracks = types.into_iter().map(Into::into).collect();
        self
    }

    /// The time of signing. Default: the machine's.
    pub fn issued_at(mut self, time: SystemTime) -> Self {
        self.issued_at = Some(time);
        self
    }

    /// Makes the token.
    ///
    /// # Errors
    /// A setting breaks a rule of the service.
    pub fn sign(&self) -> Result<String, Error> {
        check_key("play_key", &self.play_key)?;
        let payload = serde_json::to_string(&self.payload()?)
            .map_err(|error| refused("payload", format!("cannot be written as JSON: {error}")))?;
        let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(payload));
        let mac = digest::hmac_sha256(&self.play_key, &text);
        Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac)))
    }

    fn payload(&self) -> Result<Object, Error> {
        if self.app_id == 0 {
            return Err(refused("app_id", "must not be 0; give the application's id"));
        }
        if self.file_id.is_empty() {
            return Err(refused("file_id", "must not be empty"));
        }
        let issued_at = self.issued_at.unwrap_or_else(time::now);
        let end = time::expiry("expires_at", self.expires_at, issued_at)?;
        let access = self.access.object(issued_at)?;
        let license = self.license.object()?;
        Ok(Object::default()
            .with("appId", Json::Number(self.app_id))
            .with("fileId", Json::Text(self.file_id.clone()))
            .with("contentInfo", Json::Object(self.content_info()?))
            .with("currentTimeStamp", Json::Number(time::seconds(issued_at)))
            .with("expireTimeStamp", Json::Number(end))
            .with_some("urlAccessInfo", non_empty(access))
            .with_some("drmLicenseInfo", non_empty(license)))
    }

    fn content_info(&self) -> Result<Object, Error> {
        let kind = |name: &str| Object::default().with("audioVideoType", Json::Text(name.to_owned()));
        let info = match self.content {
            Content::Original => kind("Original"),
            Content::Transcode { definition } => {
                kind("Transcode").with("transcodeDefinition", Json::Number(definition))
            }
            Content::RawAdaptive { definition } => {
                kind("RawAdaptive").with("rawAdaptiveDefinition", Json::Number(definition))
            }
            Content::ProtectedAdaptive { private_encryption, widevine, fair_play } => {
                let templates = Object::default()
                    .with_some("privateEncryptionDefinition", private_encryption.map(Json::Number))
                    .with_some("widevineDefinition", widevine.map(Json::Number))
                    .with_some("fairPlayDefinition", fair_play.map(Json::Number));
                if templates.is_empty() {
                    return Err(refused(
                        "content",
                        "must name at least one template of the encrypted stream",
                    ));
                }
                kind("ProtectedAdaptive").with("drmAdaptiveInfo", Json::Object(templates))
            }
        };
        let names = self.resolutions.iter().map(|resolution| {
            let object = Object::default()
                .with("MinEdgeLength", Json::Number(resolution.min_edge_length))
                .with("Name", Json::Text(resolution.name.clone()));
            Json::Object(object)
        });
        let names: Vec<Json> = names.collect();
        Ok(info
            .with_some("imageSpriteDefinition", self.image_sprite.map(Json::Number))
            .with_some("resolutionNames", (!names.is_empty()).then_some(Json::List(names))))
    }

    /// Checks a token as the player's service does, and returns its payload.
    ///
    /// # Errors
    /// The text is not such a token, was signed with another key, or has expired at `now`; or a time that it contains
    /// is a duration or in milliseconds.
    pub fn verify(token: &str, play_key: &str, now: SystemTime) -> Result<PlayerClaims, VerifyError> {
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(mac), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(VerifyError::malformed("not three parts with dots between them"));
        };
        let object = |name: &str, text: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok();
            let value = bytes.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
            value.filter(Value::is_object).ok_or_else(|| {
                VerifyError::malformed(format!("the {name} is not a JSON object in base64url"))
            })
        };
        let head = object("header", header)?;
        if head.get("alg").and_then(Value::as_str) != Some("HS256") {
            return Err(VerifyError::malformed("the algorithm is not HS256"));
        }
        let mac = URL_SAFE_NO_PAD
            .decode(mac)
            .map_err(|_| VerifyError::malformed("the signature is not base64url without padding"))?;
        let expected = digest::hmac_sha256(play_key, &token[..header.len() + 1 + payload.len()]);
        if play_key.is_empty() || !digest::is_equal(&mac, &expected) {
            return Err(VerifyError::WrongSignature);
        }
        let payload = object("payload", payload)?;
        let expires_at = match payload.get("expireTimeStamp") {
            None => None,
            Some(end) => {
                let not_whole = || VerifyError::malformed("`expireTimeStamp` is not an integer of seconds");
                Some(time::contained("expireTimeStamp", end.as_u64().ok_or_else(not_whole)?)?)
            }
        };
        if expires_at.is_some_and(|end| time::seconds(now) > time::seconds(end)) {
            return Err(VerifyError::Expired);
        }
        if let Some(t) = payload.pointer("/urlAccessInfo/t") {
            let seconds = t.as_str().and_then(time::hexadecimal);
            let not_hexadecimal = || {
                VerifyError::malformed("`urlAccessInfo.t` is not a text with hexadecimal seconds since 1970")
            };
            time::contained("urlAccessInfo.t", seconds.ok_or_else(not_hexadecimal)?)?;
        }
        Ok(PlayerClaims { payload, expires_at })
    }
}

impl Access {
    fn object(&self, now: SystemTime) -> Result<Object, Error> {
        let end = self.expires_at.map(|time| time::expiry("url_expires_at", time, now)).transpose()?;
        if let Some(length) = self.preview
            && length.as_secs() < 30
        {
            return Err(refused("preview", format!("must be at least 30 seconds, not {}", length.as_secs())));
        }
        if let Some(addresses) = self.ip_limit
            && !(1..=9).contains(&addresses)
        {
            return Err(refused("ip_limit", format!("must be 1 to 9, not {addresses}")));
        }
        let scheme = self.scheme.map(|scheme| match scheme {
            Scheme::Http => "HTTP",
            Scheme::Https => "HTTPS",
            Scheme::Default => "Default",
        });
        Ok(Object::default()
            .with_some("t", end.map(|end| Json::Text(format!("{end:x}"))))
            .with_some("exper", self.preview.map(|length| Json::Number(length.as_secs())))
            .with_some("rlimit", self.ip_limit.map(|addresses| Json::Number(addresses.into())))
            .with_some("us", self.link_id.clone().map(Json::Text))
            .with_some("domain", self.domain.clone().map(Json::Text))
            .with_some("scheme", scheme.map(|scheme| Json::Text(scheme.to_owned()))))
    }
}

impl License {
    fn object(&self) -> Result<Object, Error> {
        let known = ["AUDIO", "SD", "HD", "UHD1", "UHD2"];
        if let Some(wrong) = self.level_one_tracks.iter().find(|track| !known.contains(&track.as_str())) {
            return Err(refused(
                "level_one_tracks",
                format!("{wrong:?} must be one of {}", known.join(", ")),
            ));
        }
        let persistent = self.persistent.map(|persistent| if persistent { "ON" } else { "OFF" });
        let tracks: Vec<Json> = self.level_one_tracks.iter().cloned().map(Json::Text).collect();
        Ok(Object::default()
            .with_some("persistent", persistent.map(|text| Json::Text(text.to_owned())))
            .with_some("rentalDuration", self.rental.map(|duration| Json::Number(duration.as_secs())))
            .with_some("forceL1TrackTypes", (!tracks.is_empty()).then_some(Json::List(tracks))))
    }
}

fn non_empty(object: Object) -> Option<Json> {
    (!object.is_empty()).then_some(Json::Object(object))
}

/// What a valid token says.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayerClaims {
    payload: Value,
    expires_at: Option<SystemTime>,
}

impl PlayerClaims {
    /// The payload as JSON.
    pub fn payload(&self) -> &Value {
        &self.payload
    }

    /// When it expires; `None` if never.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl fmt::Debug for PlayerSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlayerSignature")
            .field("app_id", &self.app_id)
            .field("file_id", &self.file_id)
            .finish_non_exhaustive()
    }
}
