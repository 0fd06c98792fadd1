//! A record that is made of a spec at run time says the same as the type that was generated of it: the same body, the
//! same query, the same redacted text, the same errors for values that don't fit and limits that are broken.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use vod_api::__private::untyped::{check_record, decode, encode, encode_query};
use vod_api::{Action, Record};
use vod_cli::specs::Specs;

/// Everything that the walks make of a request, or why it is none.
#[derive(Debug, PartialEq)]
struct Seen {
    body: String,
    query: String,
    debug: String,
    limits: Result<(), (String, String)>,
}

fn seen(request: &dyn Record) -> Seen {
    Seen {
        body: String::from_utf8_lossy(&encode(request)).into_owned(),
        query: encode_query(request),
        debug: format!("{request:?}"),
        limits: check_record(request),
    }
}

fn typed<A: Action<Request: DeserializeOwned>>(parameters: &Value) -> Result<Seen, String> {
    let request: A::Request =
        serde_json::from_value(parameters.clone()).map_err(|error| error.to_string())?;
    Ok(seen(&request))
}

type Typed = fn(&Value) -> Result<Seen, String>;

macro_rules! actions {
    ($($name:ident),* $(,)?) => {
        #[allow(deprecated)]
        const ACTIONS: &[(&str, Typed)] = &[$((stringify!($name), typed::<vod_api::vod::$name>)),*];
    };
}

actions! {
    ApplyUpload, AttachMediaSubtitles, CloneCDNDomain, CloneVoiceAsync, CloneVoiceSync, CommitUpload,
    ComposeMedia, ConfirmEvents, CreateAIAnalysisTemplate, CreateAIRecognitionTemplate,
    CreateAdaptiveDynamicStreamingTemplate, CreateAigcAdvancedCustomElement, CreateAigcApiToken,
    CreateAigcAudioClone, CreateAigcAudioTask, CreateAigcCustomElement, CreateAigcCustomVoice,
    CreateAigcHunyuan3DTask, CreateAigcImageTask, CreateAigcQuota, CreateAigcSubject,
    CreateAigcVideoRedrawTask, CreateAigcVideoTask, CreateAnimatedGraphicsTemplate,
    CreateBlindWatermarkTemplate, CreateCDNDomain, CreateCLSLogset, CreateCLSTopic, CreateClass,
    CreateComplexAdaptiveDynamicStreamingTask, CreateContentReviewTemplate, CreateDomainVerifyRecord,
    CreateEnhanceMediaTemplate, CreateHeadTailTemplate, CreateImageProcessingTemplate,
    CreateImageSpriteTemplate, CreateJustInTimeTranscodeTemplate, CreateKnowledgeBase,
    CreateLLMComprehendTemplate, CreateMPSTemplate, CreatePersonSample, CreateProcedureTemplate,
    CreateProcessImageAsyncTemplate, CreateQualityInspectTemplate, CreateRebuildMediaTemplate,
    CreateReviewTemplate, CreateRoundPlay, CreateSampleSnapshotTemplate, CreateSceneAigcImageTask,
    CreateSceneAigcVideoTask, CreateSnapshotByTimeOffsetTemplate, CreateStorageRegion, CreateSubAppId,
    CreateSuperPlayerConfig, CreateTranscodeTemplate, CreateVodDomain, CreateWatermarkTemplate,
    CreateWordSamples, DeleteAIAnalysisTemplate, DeleteAIRecognitionTemplate,
    DeleteAdaptiveDynamicStreamingTemplate, DeleteAigcAdvancedCustomElement, DeleteAigcApiToken,
    DeleteAigcQuota, DeleteAnimatedGraphicsTemplate, DeleteBlindWatermarkTemplate, DeleteCDNDomain,
    DeleteCLSTopic, DeleteClass, DeleteContentReviewTemplate, DeleteEnhanceMediaTemplate,
    DeleteHeadTailTemplate, DeleteImageProcessingTemplate, DeleteImageSpriteTemplate,
    DeleteJustInTimeTranscodeTemplate, DeleteKnowledgeBase, DeleteLLMComprehendTemplate, DeleteMPSTemplate,
    DeleteMedia, DeletePersonSample, DeleteProcedureTemplate, DeleteProcessImageAsyncTemplate,
    DeleteQualityInspectTemplate, DeleteRebuildMediaTemplate, DeleteReviewTemplate, DeleteRoundPlay,
    DeleteSampleSnapshotTemplate, DeleteSnapshotByTimeOffsetTemplate, DeleteSuperPlayerConfig,
    DeleteTranscodeTemplate, DeleteVodDomain, DeleteVoice, DeleteWatermarkTemplate, DeleteWordSamples,
    DescribeAIAnalysisTemplates, DescribeAIRecognitionTemplates, DescribeAdaptiveDynamicStreamingTemplates,
    DescribeAigcAdvancedCustomElements, DescribeAigcApiTokens, DescribeAigcFaceInfo,
    DescribeAigcFaceInfoAsync, DescribeAigcQuotas, DescribeAigcUsageData, DescribeAllClass,
    DescribeAnimatedGraphicsTemplates, DescribeBlindWatermarkTemplates, DescribeCDNDomains,
    DescribeCDNStatDetails, DescribeCDNUsageData, DescribeCLSLogsets, DescribeCLSPushTargets,
    DescribeCLSTopics, DescribeCdnLogs, DescribeClientUploadAccelerationUsageData,
    DescribeContentReviewTemplates, DescribeCurrentPlaylist, DescribeDailyMediaPlayStat,
    DescribeDailyMostPlayedStat, DescribeDailyPlayStatFileList, DescribeDefaultDistributionConfig,
    DescribeDrmDataKey, DescribeDrmKeyProviderInfo, DescribeEnhanceMediaTemplates, DescribeEventConfig,
    DescribeEventsState, DescribeFileAttributes, DescribeHeadTailTemplates,
    DescribeImageProcessingTemplates, DescribeImageReviewUsageData, DescribeImageSpriteTemplates,
    DescribeJustInTimeTranscodeTemplates, DescribeKnowledgeBases, DescribeLLMComprehendTemplates,
    DescribeLicenseUsageData, DescribeMPSTemplates, DescribeMediaInfos, DescribeMediaPlayStatDetails,
    DescribeMediaProcessUsageData, DescribePersonSamples, DescribePrepaidProducts,
    DescribeProcedureTemplates, DescribeProcessImageAsyncTemplates, DescribeQualityInspectTemplates,
    DescribeRebuildMediaTemplates, DescribeReviewDetails, DescribeReviewTemplates, DescribeRoundPlays,
    DescribeSampleSnapshotTemplates, DescribeSnapshotByTimeOffsetTemplates, DescribeStorageData,
    DescribeStorageDetails, DescribeStorageRegions, DescribeSubAppIds, DescribeSuperPlayerConfigs,
    DescribeTaskDetail, DescribeTasks, DescribeTranscodeTemplates, DescribeVodDomains, DescribeVoices,
    DescribeWatermarkTemplates, DescribeWordSamples, DesignVoiceAsync, EditMedia, EnhanceMediaByTemplate,
    EnhanceMediaQuality, ExecuteFunction, ExtractBlindWatermark, ExtractCopyRightWatermark,
    ExtractTraceWatermark, FastEditMedia, ForbidMediaDistribution, HandleCurrentPlaylist,
    ImportMediaKnowledge, InspectMediaQuality, ListFiles, LiveRealTimeClip, ManageTask,
    ModifyAIAnalysisTemplate, ModifyAIRecognitionTemplate, ModifyAdaptiveDynamicStreamingTemplate,
    ModifyAigcQuota, ModifyAnimatedGraphicsTemplate, ModifyBlindWatermarkTemplate, ModifyCDNDomainConfig,
    ModifyClass, ModifyContentReviewTemplate, ModifyDefaultDistributionConfig, ModifyDefaultStorageRegion,
    ModifyEnhanceMediaTemplate, ModifyEventConfig, ModifyHeadTailTemplate, ModifyImageSpriteTemplate,
    ModifyJustInTimeTranscodeTemplate, ModifyKnowledgeBase, ModifyLLMComprehendTemplate, ModifyMPSTemplate,
    ModifyMediaInfo, ModifyMediaStorageClass, ModifyPersonSample, ModifyProcessImageAsyncTemplate,
    ModifyQualityInspectTemplate, ModifyRebuildMediaTemplate, ModifyReviewTemplate, ModifyRoundPlay,
    ModifySampleSnapshotTemplate, ModifySnapshotByTimeOffsetTemplate, ModifySubAppIdInfo,
    ModifySubAppIdStatus, ModifySuperPlayerConfig, ModifyTranscodeTemplate, ModifyVodDomainAccelerateConfig,
    ModifyVodDomainConfig, ModifyWatermarkTemplate, ModifyWordSample, ParseStreamingManifest, ProcessImage,
    ProcessImageAsync, ProcessMedia, ProcessMediaByMPS, ProcessMediaByProcedure, ProcessMediaByUrl,
    PullEvents, PullUpload, PushUrlCache, RebuildMedia, RebuildMediaByTemplate, RefreshUrlCache,
    RemoveWatermark, ResetProcedureTemplate, RestoreMedia, ReviewAudioVideo, ReviewImage, SearchMedia,
    SearchMediaBySemantics, SetCLSPushTarget, SetDrmKeyProviderInfo, SetVodDomainCertificate, SimpleHlsClip,
    SplitMedia, StartCDNDomain, TextToSpeechAsync, TextToSpeechSync, UpdateAigcApiToken, UpdateVoice,
    VerifyDomainRecord, VideoDepthEstimation, WeChatMiniProgramPublish
}

/// Values at places of an example that are odd in one way or another.
fn odd_ones(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(members) => {
            let mut out = vec![json!("text"), json!([]), Value::Null];
            for (name, value) in members {
                for odd in odd_ones(value) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), odd);
                    out.push(Value::Object(changed));
                }
                let mut without = members.clone();
                without.remove(name);
                out.push(Value::Object(without));
            }
            let mut with: Map<String, Value> = members.clone();
            with.insert("NotYetInvented".to_owned(), json!({ "a": [1] }));
            out.push(Value::Object(with));
            out
        }
        Value::Array(values) => {
            let mut out = vec![json!([]), json!("text"), json!([null]), json!(7)];
            let many = values.iter().cycle().take(values.len() * 300).cloned().collect();
            out.push(Value::Array(many));
            if let Some(first) = values.first() {
                for odd in odd_ones(first) {
                    let mut changed = values.clone();
                    changed[0] = odd;
                    out.push(Value::Array(changed));
                }
            }
            out
        }
        _ => vec![
            Value::Null,
            json!(""),
            json!("\u{e9}".repeat(3000)),
            json!("12"),
            json!(-1),
            json!(1.5),
            json!(9_007_199_254_740_993_u64),
            json!(true),
            json!({}),
            json!([]),
        ],
    }
}

#[test]
fn the_list_has_every_action() {
    let specs = Specs::builtin("vod").unwrap();
    let names: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(specs.action_names(), names);
}

#[test]
fn every_example_is_the_same_request() {
    let specs = Specs::builtin("vod").unwrap();
    let mut examples = 0;
    for (name, typed) in ACTIONS {
        let action = specs.action(name).unwrap();
        for example in &action.model().examples {
            let dynamic =
                action.request(&example.request).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
            assert_eq!(Ok(seen(&dynamic)), typed(&example.request), "{name}");
            examples += 1;
        }
    }
    assert!(examples >= 317, "{examples}");
}

#[test]
fn odd_values_fare_the_same() {
    let specs = Specs::builtin("vod").unwrap();
    let (mut refused, mut broken, mut fine) = (0, 0, 0);
    for (name, typed) in ACTIONS {
        let action = specs.action(name).unwrap();
        let Some(example) = action.model().examples.first() else { continue };
        for odd in odd_ones(&example.request) {
            let dynamic = action.parse(&odd).map(|request| seen(&request)).map_err(|error| error.to_string());
            let typed = typed(&odd);
            assert_eq!(dynamic, typed, "{name}: {odd}");
            match typed {
                Err(_) => refused += 1,
                Ok(Seen { limits: Err(_), .. }) => broken += 1,
                Ok(_) => fine += 1,
            }
        }
    }
    // Each kind has been there.
    assert!(refused > 1000 && broken > 100 && fine > 1000, "{refused} {broken} {fine}");
}

#[test]
fn answers_are_read_the_same() {
    let specs = Specs::builtin("vod").unwrap();
    let action = specs.action("PullEvents").unwrap();
    let example = action.model().examples.iter().find_map(|example| example.response.as_ref()).unwrap();
    let body = json!({ "Response": example }).to_string().into();
    let mut dynamic = action.response();
    decode(&body, &mut dynamic).unwrap();
    let mut typed = vod_api::vod::PullEventsResponse::default();
    decode(&body, &mut typed).unwrap();
    assert!(!typed.event_set.is_empty());
    assert_eq!(seen(&dynamic), seen(&typed));
}
