//! The collections that are modelled alike, and the verbs of their actions.

use vod_spec::model::{Action, Element, Field};

/// Where the id of a new thing comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdSource {
    /// The next number.
    Number,
    /// The call names it.
    Caller,
    /// Digits that follow from the seed.
    Digits,
}

/// One collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CollectionKind {
    /// What stands behind the verb in the names of its actions.
    pub(crate) noun: &'static str,
    /// The member that tells things apart.
    pub(crate) id: &'static str,
    pub(crate) source: IdSource,
}

/// What an action does to a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Create,
    Describe,
    /// Changes the members that the call gives.
    Modify,
    /// Puts the members that the call gives in the place of all.
    Reset,
    Delete,
}

const fn numbered(noun: &'static str) -> CollectionKind {
    CollectionKind { noun, id: "Definition", source: IdSource::Number }
}

const fn named(noun: &'static str, id: &'static str) -> CollectionKind {
    CollectionKind { noun, id, source: IdSource::Caller }
}

const fn given(noun: &'static str, id: &'static str) -> CollectionKind {
    CollectionKind { noun, id, source: IdSource::Digits }
}

/// All of them.
pub(crate) const COLLECTION_KINDS: &[CollectionKind] = &[
    numbered("AIAnalysisTemplate"),
    numbered("AIRecognitionTemplate"),
    numbered("AdaptiveDynamicStreamingTemplate"),
    numbered("AnimatedGraphicsTemplate"),
    numbered("BlindWatermarkTemplate"),
    named("CDNDomain", "Domain"),
    numbered("ContentReviewTemplate"),
    numbered("EnhanceMediaTemplate"),
    numbered("HeadTailTemplate"),
    numbered("ImageProcessingTemplate"),
    numbered("ImageSpriteTemplate"),
    named("JustInTimeTranscodeTemplate", "Name"),
    given("KnowledgeBase", "KnowledgeBaseId"),
    numbered("LLMComprehendTemplate"),
    named("ProcedureTemplate", "Name"),
    numbered("ProcessImageAsyncTemplate"),
    numbered("QualityInspectTemplate"),
    numbered("RebuildMediaTemplate"),
    numbered("ReviewTemplate"),
    given("RoundPlay", "RoundPlayId"),
    numbered("SampleSnapshotTemplate"),
    numbered("SnapshotByTimeOffsetTemplate"),
    named("SuperPlayerConfig", "Name"),
    numbered("TranscodeTemplate"),
    named("VodDomain", "Domain"),
    numbered("WatermarkTemplate"),
];

/// The collection and the verb of an action.
pub(crate) fn collection_of(action: &str) -> Option<(&'static CollectionKind, Verb)> {
    let verbs = [
        ("Create", Verb::Create),
        ("Describe", Verb::Describe),
        ("Modify", Verb::Modify),
        ("Reset", Verb::Reset),
        ("Delete", Verb::Delete),
    ];
    verbs.into_iter().find_map(|(prefix, verb)| {
        let rest = action.strip_prefix(prefix)?;
        let noun = if verb == Verb::Describe { rest.strip_suffix('s')? } else { rest };
        let of_noun = |noun: &str| COLLECTION_KINDS.iter().find(|kind| kind.noun == noun);
        // The settings of a domain are changed by `ModifyVodDomainConfig`.
        let settings = noun.strip_suffix("Config").filter(|_| verb == Verb::Modify);
        Some((of_noun(noun).or_else(|| of_noun(settings?))?, verb))
    })
}

impl CollectionKind {
    /// The member of a description that lists the things, and their type.
    pub(crate) fn set(describe: &Action) -> Option<(&Field, &str)> {
        describe.response.iter().find_map(|field| match &field.ty.element {
            Element::Record(record) if field.ty.list => Some((field, record.as_str())),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::specs::Specs;

    #[test]
    fn the_spec_knows_every_collection() {
        let specs = Specs::load(&[]).unwrap();
        let service = specs.of_product("vod").next().unwrap();
        for kind in COLLECTION_KINDS {
            let describe =
                service.action(&format!("Describe{}s", kind.noun)).unwrap_or_else(|| panic!("{}", kind.noun));
            let (_, record) = CollectionKind::set(describe).unwrap_or_else(|| panic!("{}", kind.noun));
            let record = service.record(record).unwrap();
            assert!(
                record.fields.iter().any(|field| field.name == kind.id),
                "{} has no {}",
                record.name,
                kind.id
            );
            for verb in ["Create", "Delete"] {
                let action = service.action(&format!("{verb}{}", kind.noun));
                assert!(action.is_some(), "{verb}{}", kind.noun);
            }
        }
        assert_eq!(collection_of("ResetProcedureTemplate").unwrap().1, Verb::Reset);
        assert_eq!(collection_of("DescribeTranscodeTemplate"), None);
        assert_eq!(collection_of("CreateClass"), None);
        assert_eq!(collection_of("ModifyVodDomainConfig").unwrap().1, Verb::Modify);
        assert_eq!(collection_of("ModifySuperPlayerConfig").unwrap().0.noun, "SuperPlayerConfig");
        assert_eq!(collection_of("ModifyEventConfig"), None);
    }
}
