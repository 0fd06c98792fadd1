//! The signature with which a browser or an app uploads.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::verify::VerifyError;
use super::{digest, refused, time};
use crate::credential::Credential;
use crate::error::Error;
use crate::signature::UNRESERVED;

/// The longest time that the service accepts between now and the expiry: 90 days.
const LONGEST: Duration = Duration::from_hours(90 * 24);
/// Bytes of the HMAC-SHA1 in front of the signed text.
const MAC_BYTES: usize = 20;
const SOURCE_CONTEXT_CHARS: usize = 250;
const SESSION_CONTEXT_CHARS: usize = 1000;

/// Makes the signature that lets a browser or an app upload files to the account, without its key.
///
/// The vendor's upload SDKs for the web, Android, iOS and mini programs ask your back end for it. Source: vendor pages
/// 266/9221 and 266/33922.
///
/// ```
/// use std::time::Duration;
/// use vod_api::Credential;
/// use vod_api::sign::{TaskNotifyMode, UploadSignature};
///
/// let credential = Credential::new("AKIDEXAMPLE0123456789abcdefghijklmnop", "SKEXAMPLE0123456789abcdefghijklm");
/// let signature = UploadSignature::new(&credential, Duration::from_secs(3600))
///     .procedure("LongVideoPreset")
///     .task_notify_mode(TaskNotifyMode::Change)
///     .source_context("user 42 & course 7")   // encoded for you
///     .one_time()
///     .sign()?;
/// assert!(signature.len() > 100);
/// # Ok::<(), vod_api::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "call `sign` to get the signature"]
pub struct UploadSignature {
    credential: Credential,
    valid_for: Duration,
    issued_at: Option<SystemTime>,
    random: Option<u32>,
    parameters: Parameters,
}

#[derive(Clone, Default)]
struct Parameters {
    class_id: Option<i64>,
    procedure: Option<String>,
    task_priority: Option<i32>,
    task_notify_mode: Option<TaskNotifyMode>,
    source_context: Option<String>,
    one_time: bool,
    sub_app_id: Option<u64>,
    session_context: Option<String>,
    storage_region: Option<String>,
}

/// When the service sends an event about the task flow that follows an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaskNotifyMode {
    /// When the task flow ends. The service's default.
    Finish,
    /// When the state of any of its tasks changes.
    Change,
    /// Never.
    None,
}

impl TaskNotifyMode {
    fn as_str(self) -> &'static str {
        match self {
            Self::Finish => "Finish",
            Self::Change => "Change",
            Self::None => "None",
        }
    }
}

impl UploadSignature {
    /// A signature by a permanent key that is valid for a time, at most 90 days.
    pub fn new(credential: &Credential, valid_for: Duration) -> Self {
        Self {
            credential: credential.clone(),
            valid_for,
            issued_at: None,
            random: None,
            parameters: Parameters::default(),
        }
    }

    /// The class that the file is put in. The service's default: 0, other.
    pub fn class_id(mut self, id: i64) -> Self {
        self.parameters.class_id = Some(id);
        self
    }

    /// The task flow to start after the upload.
    pub fn procedure(mut self, name: impl Into<String>) -> Self {
        self.parameters.procedure = Some(name.into());
        self
    }

    /// The priority of that task flow: -10 to 10. The service's default: 0. Needs a [`procedure`](Self::procedure).
    pub fn task_priority(mut self, priority: i32) -> Self {
        self.parameters.task_priority = Some(priority);
        self
    }

    /// When events about that task flow are sent. The service's default: [`TaskNotifyMode::Finish`].
    pub fn task_notify_mode(mut self, mode: TaskNotifyMode) -> Self {
        self.parameters.task_notify_mode = Some(mode);
        self
    }

    /// A text that the `NewFileUpload` event returns: at most 250 characters. Give it unencoded.
    pub fn source_context(mut self, text: impl Into<String>) -> Self {
        self.parameters.source_context = Some(text.into());
        self
    }

    /// A text that the `ProcedureStateChanged` event returns: at most 1000 characters. Give it unencoded.
    pub fn session_context(mut self, text: impl Into<String>) -> Self {
        self.parameters.session_context = Some(text.into());
        self
    }

    /// Makes the signature valid for one upload only. An upload that fails needs a new one.
    pub fn one_time(mut self) -> Self {
        self.parameters.one_time = true;
        self
    }

    /// The application to upload to. Without it, the main application.
    pub fn sub_app_id(mut self, id: u64) -> Self {
        self.parameters.sub_app_id = Some(id);
        self
    }

    /// The storage region, for example `ap-chongqing`. It must be enabled for the application.
    pub fn storage_region(mut self, region: impl Into<String>) -> Self {
        self.parameters.storage_region = Some(region.into());
        self
    }

    /// The time of signing. Default: the machine's.
    pub fn issued_at(mut self, time: SystemTime) -> Self {
        self.issued_at = Some(time);
        self
    }

    /// The random number that makes signatures differ. Default: from a cryptographic source.
    pub fn random(mut self, number: u32) -> Self {
        self.random = Some(number);
        self
    }

    /// Makes the signature, in base64.
    ///
    /// # Errors
    /// The credential is empty or temporary, or a setting breaks a limit of the service.
    pub fn sign(&self) -> Result<String, Error> {
        self.credential.check()?;
        if self.credential.token().is_some() {
            return Err(refused(
                "credential",
                "must be a permanent key: an upload signature has no place for the token of a temporary one",
            ));
        }
        self.parameters.check()?;
        let text = self.text()?;
        let mac = digest::hmac_sha1(self.credential.secret_key(), &text);
        Ok(STANDARD.encode([&mac[..], text.as_bytes()].concat()))
    }

    /// The signed text: the four required parameters, then the optional ones.
    fn text(&self) -> Result<String, Error> {
        let issued_at = self.issued_at.unwrap_or_else(time::now);
        if self.valid_for.as_secs() == 0 || self.valid_for > LONGEST {
            return Err(refused(
                "valid_for",
                format!(
                    "must be 1 second to 90 days, not {} s; give a duration, not a point in time or milliseconds",
                    self.valid_for.as_secs()
                ),
            ));
        }
        let expires_at = issued_at.checked_add(self.valid_for).unwrap_or(issued_at);
        let end = time::expiry("issued_at", expires_at, issued_at)?;
        let random = self.random.unwrap_or_else(rand::random);
        let mut text = format!(
            "secretId={}&currentTimeStamp={}&expireTime={end}&random={random}",
            utf8_percent_encode(self.credential.secret_id(), UNRESERVED),
            time::seconds(issued_at),
        );
        self.parameters.append_to(&mut text);
        Ok(text)
    }

    /// Checks a signature as the service does, and returns what it says.
    ///
    /// # Errors
    /// The text is not an upload signature, was made with another key, or has expired at `now`; the credential is
    /// temporary; a time that it contains is a duration or in milliseconds; or a value is not URL-encoded.
    pub fn verify(
        signature: &str,
        credential: &Credential,
        now: SystemTime,
    ) -> Result<UploadClaims, VerifyError> {
        if credential.token().is_some() {
            return Err(VerifyError::malformed(
                "made with a temporary credential: the service has no place for its token and accepts permanent keys only",
            ));
        }
        let bytes = STANDARD.decode(signature).map_err(|error| {
            VerifyError::malformed(format!("not base64 with padding and without line breaks: {error}"))
        })?;
        let Some((mac, text)) = bytes.split_at_checked(MAC_BYTES).filter(|(_, text)| !text.is_empty()) else {
            return Err(VerifyError::malformed(
                "too short: it must be the 20 raw bytes of the HMAC-SHA1 and the signed text",
            ));
        };
        let text = str::from_utf8(text).map_err(|_| {
            VerifyError::malformed("no text follows the 20 bytes of the HMAC; was it written in hexadecimal?")
        })?;
        let expected = digest::hmac_sha1(credential.secret_key(), text);
        let is_ours = digest::is_equal(mac, &expected);
        let claims = UploadClaims::parse(text);
        if !is_ours {
            // A hexadecimal HMAC or a missing one leaves no readable text; that says more than a wrong signature.
            return Err(claims.err().unwrap_or(VerifyError::WrongSignature));
        }
        let claims = claims?;
        if claims.secret_id() != credential.secret_id() {
            return Err(VerifyError::WrongSignature);
        }
        if time::seconds(now) > time::seconds(claims.expires_at) {
            return Err(VerifyError::Expired);
        }
        Ok(claims)
    }
}

impl Parameters {
    fn check(&self) -> Result<(), Error> {
        let length = |name: &str, text: &Option<String>, most: usize| {
            let chars = text.as_ref().map_or(0, |text| text.chars().count());
            if chars > most {
                Err(refused(name, format!("has {chars} characters, at most {most} are allowed")))
            } else {
                Ok(())
            }
        };
        length("source_context", &self.source_context, SOURCE_CONTEXT_CHARS)?;
        length("session_context", &self.session_context, SESSION_CONTEXT_CHARS)?;
        match self.task_priority {
            Some(priority) if !(-10..=10).contains(&priority) => {
                Err(refused("task_priority", format!("must be -10 to 10, not {priority}")))
            }
            Some(_) if self.procedure.is_none() => {
                Err(refused("task_priority", "has no effect without a procedure; set one with `procedure`"))
            }
            _ => Ok(()),
        }
    }

    fn append_to(&self, text: &mut String) {
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                text.push('&');
                text.push_str(name);
                text.push('=');
                text.push_str(&form_encoded(&value));
            }
        };
        add("classId", self.class_id.map(|id| id.to_string()));
        add("procedure", self.procedure.clone());
        add("taskPriority", self.task_priority.map(|priority| priority.to_string()));
        add("taskNotifyMode", self.task_notify_mode.map(|mode| mode.as_str().to_owned()));
        add("sourceContext", self.source_context.clone());
        add("oneTimeValid", self.one_time.then(|| "1".to_owned()));
        add("vodSubAppId", self.sub_app_id.map(|id| id.to_string()));
        add("sessionContext", self.session_context.clone());
        add("storageRegion", self.storage_region.clone());
    }
}

/// As HTML forms encode: a space is `+`.
fn form_encoded(value: &str) -> String {
    utf8_percent_encode(value, UNRESERVED).to_string().replace("%20", "+")
}

/// What a valid upload signature says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadClaims {
    parameters: Vec<(String, String)>,
    issued_at: SystemTime,
    expires_at: SystemTime,
}

/// The parameters that the service documents.
const NAMES: [&str; 13] = [
    "secretId",
    "currentTimeStamp",
    "expireTime",
    "random",
    "classId",
    "procedure",
    "taskPriority",
    "taskNotifyMode",
    "sourceContext",
    "oneTimeValid",
    "vodSubAppId",
    "sessionContext",
    "storageRegion",
];

impl UploadClaims {
    fn parse(text: &str) -> Result<Self, VerifyError> {
        let mut parameters = Vec::new();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !NAMES.contains(&name) {
                return Err(VerifyError::malformed(format!(
                    "unknown parameter `{}`; a value that contains `&` must be URL-encoded",
                    name.chars().take(40).collect::<String>().escape_debug()
                )));
            }
            if parameters.iter().any(|(known, _)| known == name) {
                return Err(VerifyError::malformed(format!(
                    "`{name}` is there twice; a value that contains `&` must be URL-encoded"
                )));
            }
            let value = value.replace('+', " ");
            let value = percent_decode_str(&value).decode_utf8().map_err(|_| {
                VerifyError::malformed(format!("the value of `{name}` is not URL-encoded UTF-8"))
            })?;
            parameters.push((name.to_owned(), value.into_owned()));
        }
        let time_of = |name: &str| {
            let value =
                parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.parse().ok());
            let missing = || format!("`{name}` is missing or not a time in seconds since 1970");
            time::contained(name, value.flatten().ok_or_else(|| VerifyError::malformed(missing()))?)
        };
        let (issued_at, expires_at) = (time_of("currentTimeStamp")?, time_of("expireTime")?);
        if expires_at > issued_at + LONGEST {
            return Err(VerifyError::malformed("`expireTime` is more than 90 days after `currentTimeStamp`"));
        }
        if expires_at <= issued_at {
            return Err(VerifyError::malformed("`expireTime` is not after `currentTimeStamp`"));
        }
        let random = parameters.iter().find(|(name, _)| name == "random");
        if random.is_none_or(|(_, value)| value.parse::<u32>().is_err()) {
            return Err(VerifyError::malformed(
                "`random` is missing or not an integer of at most 4294967295",
            ));
        }
        Ok(Self { parameters, issued_at, expires_at })
    }

    /// The id of the key that signed.
    pub fn secret_id(&self) -> &str {
        self.parameter("secretId").unwrap_or_default()
    }

    /// When it was signed.
    pub fn issued_at(&self) -> SystemTime {
        self.issued_at
    }

    /// When it expires.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// The value of a parameter by its wire name, for example `sourceContext`, decoded.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for UploadSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadSignature").field("valid_for", &self.valid_for).finish_non_exhaustive()
    }
}
