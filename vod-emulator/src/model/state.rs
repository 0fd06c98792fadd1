//! Everything that one application remembers, apart from its queue of events and its event configuration.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::classes::Classes;
use crate::model::collections::Collections;
use crate::model::ids::Ids;
use crate::model::media::MediaLibrary;
use crate::model::tasks::Tasks;
use crate::model::uploads::Uploads;
use crate::storage::objects::Objects;

/// The state of one application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) ids: Ids,
    pub(crate) classes: Classes,
    pub(crate) uploads: Uploads,
    pub(crate) media: MediaLibrary,
    pub(crate) objects: Objects,
    pub(crate) tasks: Tasks,
    pub(crate) collections: Collections,
    /// Events that happened and are not published yet.
    #[serde(skip)]
    pub(crate) outbox: Vec<Value>,
}

impl State {
    pub(crate) fn new(seed: u64, sub_app_id: u64) -> Self {
        Self {
            ids: Ids::new(seed, sub_app_id),
            classes: Classes::default(),
            uploads: Uploads::default(),
            media: MediaLibrary::default(),
            objects: Objects::default(),
            tasks: Tasks::default(),
            collections: Collections::default(),
            outbox: Vec::new(),
        }
    }
}
