//! What the emulator models, and the rules that it plays by, each with where it comes from.

use vod_spec::model::{Action, Service};

use crate::model::actions::samples;
use crate::model::collection_kinds::collection_of;
use crate::model::sts;
use crate::model::sub_applications;
use crate::model::task_kinds::TaskKind;

/// The product whose actions are modelled.
pub(crate) const PRODUCT: &str = "vod";

/// The actions that are modelled by a rule of their own: what a call did is what later calls find.
const OWN: &[&str] = &[
    "ApplyUpload",
    "CommitUpload",
    "ConfirmEvents",
    "CreateClass",
    "DeleteClass",
    "DeleteMedia",
    "DescribeAllClass",
    "DescribeEventConfig",
    "DescribeEventsState",
    "DescribeMediaInfos",
    "DescribeTaskDetail",
    "DescribeTasks",
    "ForbidMediaDistribution",
    "ManageTask",
    "ModifyClass",
    "ModifyEventConfig",
    "ModifyMediaInfo",
    "ModifyMediaStorageClass",
    "ParseStreamingManifest",
    "PullEvents",
    "SearchMedia",
];

/// Whether the action's answers follow from what calls did before.
pub(crate) fn is_modelled(service: &Service, action: &Action) -> bool {
    let name = action.name.as_str();
    let is_known = OWN.contains(&name)
        || samples::ACTIONS.contains(&name)
        || sub_applications::ACTIONS.contains(&name)
        || TaskKind::of(name).is_some()
        || collection_of(name).is_some();
    service.name == PRODUCT && is_known || service.name == sts::PRODUCT && sts::ACTIONS.contains(&name)
}

/// One rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// The actions that it is about; empty: all.
    pub(crate) actions: &'static [&'static str],
    /// What it says.
    pub(crate) says: &'static str,
    pub(crate) source: Source,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// A page of the vendor's documentation of VOD, by its number.
    Page(u64),
    /// Another publication of the vendor.
    Published(&'static str),
    /// Nothing is published: the field of `Options` that chooses.
    Undocumented(&'static str),
    /// The emulator does less than the service, and says so.
    Simplified,
}

use Source::{Page, Published, Simplified, Undocumented};

const API: Source = Published("documentation of API 3.0 (signatures, common parameters, error codes)");
const MODEL: Source = Published("published model of the API, as the action's spec file has it");
const CALLBACK: Source = Published("documentation of callbacks (document 266/33779)");
const PULL: &[&str] = &["PullEvents"];
const CONFIRM: &[&str] = &["ConfirmEvents"];
const COS: Source =
    Published("documentation of the object storage COS (documents 436/7750, 436/7742, 436/7778)");
const UPLOAD: &[&str] = &["ApplyUpload", "CommitUpload"];
/// Stands for every action that starts a task.
pub(crate) const TASKS: &str = "every action that starts a task";
/// Stands for every action of a collection.
pub(crate) const COLLECTIONS: &str = "templates and other collections";
const CONFIG: &[&str] = &["DescribeEventConfig", "ModifyEventConfig"];
const CLASSES: &[&str] = &["CreateClass", "DeleteClass", "DescribeAllClass", "ModifyClass"];

const fn rule(actions: &'static [&'static str], says: &'static str, source: Source) -> Rule {
    Rule { actions, says, source }
}

/// All rules.
pub(crate) const RULES: &[Rule] = &[
    rule(&[], "signatures (TC3-HMAC-SHA256, HmacSHA256, HmacSHA1), timestamps within 300 s, tokens", API),
    rule(&[], "sizes of bodies, forms and queries; forms of requests and answers; `X-TC-RequestId`", API),
    rule(&[], "names, types, required parameters and limits of parameters", MODEL),
    rule(&[], "an error code that the action does not list is not sent", MODEL),
    rule(&[], "calls beyond a published rate are refused; where none is published, none are", MODEL),
    rule(
        &[],
        "rates are counted in whole seconds, without region and application",
        Undocumented("enforce_rate_limits"),
    ),
    rule(
        &[],
        "a call may leave `SubAppId` out until applications are named",
        Undocumented("missing_sub_app_id"),
    ),
    rule(&[], "the language of error messages where a call names none", Undocumented("language")),
    rule(&[], "a signature must name the service, not the host", Undocumented("accept_host_as_service")),
    rule(
        PULL,
        "a pull hands out up to 16 events, waits 5 s for the first, and hides them for 30 s",
        Page(34183),
    ),
    rule(PULL, "an event that was never handed out is kept for 4 days", Page(34183)),
    rule(PULL, "how long a pull waits", Undocumented("long_poll")),
    rule(PULL, "what a pull without events answers", Undocumented("empty_pull")),
    rule(PULL, "the order of events", Undocumented("delivery_order")),
    rule(PULL, "how many of the waiting events a pull hands out", Undocumented("batch_size")),
    rule(PULL, "payloads of other types are `null`", Undocumented("other_payloads")),
    rule(PULL, "in the mode `PUSH` pulls find nothing", Undocumented("event_mode")),
    rule(
        CONFIG,
        "in the mode `PUSH` events are posted to `NotificationUrl`, with `T` and `Sign` if there is a `SignKey`",
        Page(57589),
    ),
    rule(
        CONFIG,
        "a callback waits 5 s for an answer, and is sent three times at most; any answer ends it",
        CALLBACK,
    ),
    rule(CONFIG, "when a callback without an answer is sent again", Undocumented("callback_pause")),
    rule(CONFIG, "callbacks are posted to URLs of this machine with `http://` alone", Simplified),
    rule(sts::ACTIONS, "credentials that are accepted, with their token, until they expire", MODEL),
    rule(
        sts::ACTIONS,
        "every role exists and may be assumed, and every token of a provider is trusted",
        Simplified,
    ),
    rule(
        sts::ACTIONS,
        "the role of the machine, which the metadata service tells",
        Undocumented("machine_role"),
    ),
    rule(
        sts::ACTIONS,
        "how long a credential of the metadata service is good for",
        Undocumented("machine_role_lifetime"),
    ),
    rule(
        CONFIRM,
        "a handle can be confirmed for 30 s; then its event returns under another handle",
        Page(34184),
    ),
    rule(CONFIRM, "the code for a handle that comes late", Undocumented("late_confirm_code")),
    rule(CONFIRM, "what one bad handle does to the others", Undocumented("bad_handle_in_batch")),
    rule(CONFIRM, "what confirming a handle again does", Undocumented("confirm_twice")),
    rule(&["DescribeEventsState"], "the number of events that wait", MODEL),
    rule(&["DescribeEventsState"], "how old that number is", Undocumented("backlog_delay")),
    rule(CONFIG, "what was set is shown, apart from the key; the switches are off at first", Page(57589)),
    rule(CONFIG, "the mode at first", Undocumented("event_mode")),
    rule(
        CONFIG,
        "whether the mode and the switches hold for events that a test publishes",
        Undocumented("obey_event_config"),
    ),
    rule(
        CLASSES,
        "a class is in the list from its creation to its deletion, with its level and its subclasses",
        MODEL,
    ),
    rule(&["CreateClass"], "4 levels, 500 subclasses, a parent that exists", MODEL),
    rule(&["DeleteClass"], "a class with subclasses is not deleted", MODEL),
    rule(
        &["CreateClass", "ModifyClass"],
        "which classes may not bear the same name",
        Undocumented("class_names"),
    ),
    rule(
        CLASSES,
        "the class 0 exists at first; whether it can be renamed and deleted",
        Undocumented("system_class"),
    ),
    rule(
        &["ApplyUpload"],
        "each call gives a session, a path, and a certificate for the path's folder",
        MODEL,
    ),
    rule(&["ApplyUpload"], "how long the certificate is good for", Undocumented("certificate_lifetime")),
    rule(
        &["ApplyUpload"],
        "the storage takes `PUT`, and multipart uploads: begin, part, list parts, list uploads, complete, abort",
        COS,
    ),
    rule(
        &["ApplyUpload"],
        "the storage checks signature, token, expiry, path, `Content-MD5`, and sizes",
        COS,
    ),
    rule(&["ApplyUpload"], "whether the certificate permits to read objects", Undocumented("storage_reads")),
    rule(&["ApplyUpload"], "bytes that the storage keeps", Undocumented("storage_limit")),
    rule(&["ApplyUpload"], "how long the pages of the storage's lists are", Undocumented("storage_page")),
    rule(&["CommitUpload"], "the session must be known, and its object be stored", Page(34119)),
    rule(&["CommitUpload"], "what committing a session again does", Undocumented("second_commit")),
    rule(UPLOAD, "a commit makes a file and the event `NewFileUpload`, with its size and MD5", MODEL),
    rule(
        UPLOAD,
        "duration, dimensions and codecs are those of the file for MP4, MOV, M4A, 3GP and images; of others they are made up",
        Simplified,
    ),
    rule(
        &["DescribeMediaInfos"],
        "files that are there, in the order asked for; ids of others; `Filters`",
        MODEL,
    ),
    rule(&["DeleteMedia"], "the file, or the parts of it, are gone; the event `FileDeleted` follows", MODEL),
    rule(&["ModifyMediaInfo"], "16 tags, 100 marked points; what is not given stays", MODEL),
    rule(
        &["SearchMedia"],
        "every condition must be met, by any of its values; newest first; 5000 at most",
        Page(34179),
    ),
    rule(&["ForbidMediaDistribution"], "a forbidden file does not play", MODEL),
    rule(&["ModifyMediaStorageClass"], "all files must exist", MODEL),
    rule(
        &[TASKS],
        "how tasks go from `WAITING` over `PROCESSING` to `FINISH`",
        Undocumented("task_progress"),
    ),
    rule(&[TASKS], "a `SessionId` can be used once in three days; files that are named must exist", MODEL),
    rule(&[TASKS], "`TasksNotifyMode` says when events are published; an aborted task publishes none", MODEL),
    rule(
        &["ProcessMedia", "ProcessMediaByProcedure"],
        "a result for each part; the file shows the outputs; transcoded ones have the original's content",
        MODEL,
    ),
    rule(
        &["PullUpload"],
        "a file of the emulator's own is copied; of other URLs the content is made up, nothing is fetched",
        MODEL,
    ),
    rule(&["EditMedia", "ComposeMedia"], "a new file with the content of the first source", MODEL),
    rule(&["DescribeTaskDetail", "DescribeTasks"], "tasks as they are, newest first", MODEL),
    rule(&["ManageTask"], "a waiting task can be aborted", MODEL),
    rule(samples::ACTIONS, "samples are listed as they were created and changed", MODEL),
    rule(
        samples::ACTIONS,
        "pictures of faces are not looked at, and the vendor's own persons are not there",
        Simplified,
    ),
    rule(
        sub_applications::ACTIONS,
        "what is created is listed; a destroyed application cannot be called",
        MODEL,
    ),
    rule(
        sub_applications::ACTIONS,
        "an application changes its status at once, and switched off it can be called",
        Simplified,
    ),
    rule(
        &["ParseStreamingManifest"],
        "relative names in the manifest's folder or below; others are refused",
        MODEL,
    ),
    rule(
        &["ParseStreamingManifest"],
        "also what `EXT-X-MAP` and `EXT-X-MEDIA` refer to, no keys; templates of DASH are not expanded",
        Simplified,
    ),
    rule(
        &[COLLECTIONS],
        "what is created is described with its defaults; a change merges; paging adds up",
        MODEL,
    ),
    rule(&[COLLECTIONS], "the vendor's own templates are not there", Simplified),
];
