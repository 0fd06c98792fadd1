//! The actions that start tasks: which type a task has, and where its record stands.

use vod_spec::model::{Element, Service};

/// What tasks of one action are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskKind {
    pub(crate) action: &'static str,
    /// The value of `TaskType`.
    pub(crate) name: &'static str,
    /// The member of `DescribeTaskDetail` that holds the record.
    pub(crate) member: &'static str,
}

const fn kind(action: &'static str, name: &'static str, member: &'static str) -> TaskKind {
    TaskKind { action, name, member }
}

/// All of them.
pub(crate) const TASK_KINDS: &[TaskKind] = &[
    kind("CloneVoiceAsync", "CloneVoiceAsync", "CloneVoiceAsyncTask"),
    kind("ComposeMedia", "ComposeMedia", "ComposeMediaTask"),
    kind(
        "CreateAigcAdvancedCustomElement",
        "CreateAigcAdvancedCustomElement",
        "CreateAigcAdvancedCustomElementTask",
    ),
    kind("CreateAigcAudioClone", "CreateAigcAudioClone", "CreateAigcAudioCloneTask"),
    kind("CreateAigcAudioTask", "AigcAudioTask", "AigcAudioTask"),
    kind("CreateAigcCustomVoice", "CreateAigcCustomVoice", "CreateAigcCustomVoiceTask"),
    kind("CreateAigcHunyuan3DTask", "AigcHunyuan3DTask", "AigcHunyuan3DTask"),
    kind("CreateAigcImageTask", "AigcImageTask", "AigcImageTask"),
    kind("CreateAigcSubject", "CreateAigcSubject", "CreateAigcSubjectTask"),
    kind("CreateAigcVideoRedrawTask", "AigcVideoRedrawTask", "AigcVideoRedrawTask"),
    kind("CreateAigcVideoTask", "AigcVideoTask", "AigcVideoTask"),
    kind(
        "CreateComplexAdaptiveDynamicStreamingTask",
        "ComplexAdaptiveDynamicStreaming",
        "ComplexAdaptiveDynamicStreamingTask",
    ),
    kind("CreateSceneAigcImageTask", "SceneAigcImageTask", "SceneAigcImageTask"),
    kind("CreateSceneAigcVideoTask", "SceneAigcVideoTask", "SceneAigcVideoTask"),
    kind("DescribeAigcFaceInfoAsync", "DescribeAigcFaceInfoAsync", "DescribeAigcFaceInfoAsyncTask"),
    kind("DescribeFileAttributes", "DescribeFileAttributesTask", "DescribeFileAttributesTask"),
    kind("DesignVoiceAsync", "DesignVoiceAsync", "DesignVoiceAsyncTask"),
    kind("EditMedia", "EditMedia", "EditMediaTask"),
    kind("EnhanceMediaByTemplate", "QualityEnhance", "QualityEnhanceTask"),
    kind("EnhanceMediaQuality", "QualityEnhance", "QualityEnhanceTask"),
    kind("ExtractBlindWatermark", "ExtractBlindWatermark", "ExtractBlindWatermarkTask"),
    kind("ExtractCopyRightWatermark", "ExtractCopyRightWatermark", "ExtractCopyRightWatermarkTask"),
    kind("ExtractTraceWatermark", "ExtractTraceWatermark", "ExtractTraceWatermarkTask"),
    kind("ImportMediaKnowledge", "ImportMediaKnowledge", "ImportMediaKnowledge"),
    kind("InspectMediaQuality", "QualityInspect", "QualityInspectTask"),
    kind("ProcessMedia", PROCEDURE, "ProcedureTask"),
    kind("ProcessMediaByMPS", "ProcessMediaByMPS", "ProcessMediaByMPSTask"),
    kind("ProcessMediaByProcedure", PROCEDURE, "ProcedureTask"),
    kind("PullUpload", "PullUpload", "PullUploadTask"),
    kind("RebuildMedia", "RebuildMedia", "RebuildMediaTask"),
    kind("RebuildMediaByTemplate", "RebuildMedia", "RebuildMediaTask"),
    kind("RemoveWatermark", "RemoveWatermarkTask", "RemoveWatermarkTask"),
    kind("ReviewAudioVideo", "ReviewAudioVideo", "ReviewAudioVideoTask"),
    kind("SplitMedia", "SplitMedia", "SplitMediaTask"),
    kind("TextToSpeechAsync", "TextToSpeechAsync", "TextToSpeechAsyncTask"),
    kind("VideoDepthEstimation", "VideoDepthEstimation", "VideoDepthEstimationTask"),
    kind("WeChatMiniProgramPublish", "WechatMiniProgramPublish", "WechatMiniProgramPublishTask"),
];

/// The type of tasks that process media.
pub(crate) const PROCEDURE: &str = "Procedure";

impl TaskKind {
    /// What the action starts; none if it starts no task.
    pub(crate) fn of(action: &str) -> Option<&'static Self> {
        TASK_KINDS.iter().find(|kind| kind.action == action)
    }

    /// The type of the record.
    pub(crate) fn record<'a>(&self, service: &'a Service) -> Option<&'a str> {
        let field =
            service.action("DescribeTaskDetail")?.response.iter().find(|field| field.name == self.member)?;
        match &field.ty.element {
            Element::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The type of the event that tells the end, and the member that holds the record in it.
    pub(crate) fn event<'a>(&self, service: &'a Service) -> Option<(&'a str, &'a str)> {
        let record = self.record(service)?;
        let fields = &service.record("EventContent")?.fields;
        let field =
            fields.iter().find(|field| matches!(&field.ty.element, Element::Record(of) if of == record))?;
        Some((field.tag.as_deref()?, &field.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::specs::Specs;

    #[test]
    fn the_spec_knows_every_kind() {
        let specs = Specs::load(&[]).unwrap();
        let service = specs.of_product("vod").next().unwrap();
        let detail = service.action("DescribeTaskDetail").unwrap();
        let field = detail.response.iter().find(|field| field.name == "TaskType").unwrap();
        let types: Vec<&str> = match &field.ty.element {
            Element::Enum(name) => {
                service.enumeration(name).unwrap().values.iter().map(|value| value.value.as_str()).collect()
            }
            other => panic!("{other:?}"),
        };
        for kind in TASK_KINDS {
            let action = service.action(kind.action).unwrap_or_else(|| panic!("{}", kind.action));
            assert!(action.response.iter().any(|field| field.name == "TaskId"), "{}", kind.action);
            assert!(types.contains(&kind.name), "{} is no type of a task", kind.name);
            assert!(kind.record(service).is_some(), "{}", kind.member);
        }
        assert_eq!(
            TaskKind::of("ProcessMedia").unwrap().event(service),
            Some(("ProcedureStateChanged", "ProcedureStateChangeEvent"))
        );
    }
}
