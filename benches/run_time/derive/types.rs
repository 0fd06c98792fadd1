//! Rendered from the specs by a benchmark.

use serde::{Deserialize, Serialize};

use super::open_enum;

open_enum!(EventType {
    NewFileUpload = "NewFileUpload",
    ProcedureStateChanged = "ProcedureStateChanged",
    FileDeleted = "FileDeleted",
    RestoreMediaComplete = "RestoreMediaComplete",
    PullComplete = "PullComplete",
    EditMediaComplete = "EditMediaComplete",
    SplitMediaComplete = "SplitMediaComplete",
    ComposeMediaComplete = "ComposeMediaComplete",
    WechatMiniProgramPublishComplete = "WechatMiniProgramPublishComplete",
    RemoveWatermark = "RemoveWatermark",
    RebuildMediaComplete = "RebuildMediaComplete",
    ReviewAudioVideoComplete = "ReviewAudioVideoComplete",
    ExtractTraceWatermarkComplete = "ExtractTraceWatermarkComplete",
    ExtractCopyRightWatermarkComplete = "ExtractCopyRightWatermarkComplete",
    DescribeFileAttributesComplete = "DescribeFileAttributesComplete",
    QualityInspectComplete = "QualityInspectComplete",
    QualityEnhanceComplete = "QualityEnhanceComplete",
    PersistenceComplete = "PersistenceComplete",
    ComplexAdaptiveDynamicStreamingComplete = "ComplexAdaptiveDynamicStreamingComplete",
    ProcessMediaByMpsComplete = "ProcessMediaByMPSComplete",
    AigcImageTaskComplete = "AigcImageTaskComplete",
    AigcVideoTaskComplete = "AigcVideoTaskComplete",
    AigcHunyuan3dTaskComplete = "AigcHunyuan3DTaskComplete",
    DescribeAigcFaceInfoAsyncComplete = "DescribeAigcFaceInfoAsyncComplete",
    TranscodeComplete = "TranscodeComplete",
    ConcatComplete = "ConcatComplete",
    ClipComplete = "ClipComplete",
    CreateImageSpriteComplete = "CreateImageSpriteComplete",
    CreateSnapshotByTimeOffsetComplete = "CreateSnapshotByTimeOffsetComplete",
    WechatPublishComplete = "WechatPublishComplete",
    MediaCastStatusChanged = "MediaCastStatusChanged",
    ExtractBlindWatermarkComplete = "ExtractBlindWatermarkComplete",
    SceneAigcImageCompleteEvent = "SceneAigcImageCompleteEvent",
    ProcessImageAsyncCompleteEvent = "ProcessImageAsyncCompleteEvent",
    CreateAigcAdvancedCustomElementCompleteEvent = "CreateAigcAdvancedCustomElementCompleteEvent",
    CreateAigcCustomVoiceCompleteEvent = "CreateAigcCustomVoiceCompleteEvent",
});

open_enum!(MediaCastEventStatus {
    Working = "Working",
    Scheduled = "Scheduled",
    Stopped = "Stopped",
    Idle = "Idle",
});

open_enum!(PersistenceCompleteTaskPersistenceSource {
    SimpleHlsClip = "SimpleHlsClip",
    FastEditMedia = "FastEditMedia",
    LiveRealTimeClip = "LiveRealTimeClip",
});

open_enum!(DigitalWatermarkType {
    Trace = "Trace",
    CopyRight = "CopyRight",
    None = "None",
});

open_enum!(MediaSampleSnapshotItemSampleType {
    Percent = "Percent",
    Time = "Time",
});

open_enum!(AdaptiveDynamicStreamingInfoItemPackage {
    Hls = "HLS",
    Dash = "DASH",
});

open_enum!(MediaSubStreamInfoItemType {
    Audio = "audio",
    Video = "video",
});

open_enum!(KnowledgeAnalysisResultTaskType {
    AiAnalysisDescriptionTask = "AiAnalysis.DescriptionTask",
    AiAnalysisVideoComprehensionTask = "AiAnalysis.VideoComprehensionTask",
    SmartSubtitleAsrFullTextTask = "SmartSubtitle.AsrFullTextTask",
});

open_enum!(MediaMiniProgramReviewElemType {
    Porn = "Porn",
    PornOcr = "Porn.Ocr",
    PornAsr = "Porn.Asr",
    Terrorism = "Terrorism",
    Political = "Political",
    PoliticalOcr = "Political.Ocr",
    PoliticalAsr = "Political.Asr",
});

open_enum!(MediaMiniProgramReviewInfoItemReviewResult {
    Pass = "Pass",
    Rejected = "Rejected",
});

open_enum!(MPSAiMediaItemTaskType {
    AiAnalysisClassificationTask = "AiAnalysis.ClassificationTask",
    AiAnalysisCoverTask = "AiAnalysis.CoverTask",
    AiAnalysisTagTask = "AiAnalysis.TagTask",
    AiAnalysisFrameTagTask = "AiAnalysis.FrameTagTask",
    AiAnalysisHighlightTask = "AiAnalysis.HighlightTask",
    AiAnalysisSegmentTask = "AiAnalysis.SegmentTask",
    AiAnalysisHeadTailTask = "AiAnalysis.HeadTailTask",
    AiAnalysisDescriptionTask = "AiAnalysis.DescriptionTask",
    AiAnalysisHorizontalToVerticalTask = "AiAnalysis.HorizontalToVerticalTask",
    AiAnalysisDubbingTask = "AiAnalysis.DubbingTask",
    AiAnalysisVideoRemakeTask = "AiAnalysis.VideoRemakeTask",
    AiAnalysisVideoComprehensionTask = "AiAnalysis.VideoComprehensionTask",
    SmartSubtitleAsrFullTextTask = "SmartSubtitle.AsrFullTextTask",
    SmartSubtitleTransTextTask = "SmartSubtitle.TransTextTask",
    SmartSubtitlePureSubtitleTransTask = "SmartSubtitle.PureSubtitleTransTask",
    SmartSubtitleOcrFullTextTask = "SmartSubtitle.OcrFullTextTask",
});

open_enum!(MPSOutputFileInfoFileType {
    Video = "Video",
    Cover = "Cover",
    Audio = "Audio",
    Output = "Output",
});

open_enum!(StorageClass {
    Standard = "STANDARD",
    StandardIa = "STANDARD_IA",
    Archive = "ARCHIVE",
    DeepArchive = "DEEP_ARCHIVE",
});

open_enum!(MediaBasicInfoCategory {
    Video = "Video",
    Audio = "Audio",
    Image = "Image",
});

open_enum!(MediaBasicInfoStatus {
    Normal = "Normal",
    Forbidden = "Forbidden",
});

open_enum!(DynamicRangeInfoType {
    Sdr = "SDR",
    Hdr = "HDR",
});

open_enum!(DynamicRangeInfoHDRType {
    Hdr10 = "hdr10",
    Hlg = "hlg",
});

open_enum!(MediaSourceDataSourceType {
    Record = "Record",
    Upload = "Upload",
    VideoProcessing = "VideoProcessing",
    TrtcRecord = "TrtcRecord",
    WebPageRecord = "WebPageRecord",
    UnknownValue = "Unknown",
});

open_enum!(MediaDeleteItemType {
    OriginalFiles = "OriginalFiles",
    TranscodeFiles = "TranscodeFiles",
    AdaptiveDynamicStreamingFiles = "AdaptiveDynamicStreamingFiles",
    WechatPublishFiles = "WechatPublishFiles",
    WechatMiniProgramPublishFiles = "WechatMiniProgramPublishFiles",
    MpsAiMediaAiAnalysisFiles = "MpsAiMediaAiAnalysisFiles",
    MpsAiMediaSmartEraseFiles = "MpsAiMediaSmartEraseFiles",
    MpsAiMediaSmartSubtitleFiles = "MpsAiMediaSmartSubtitleFiles",
});

open_enum!(MediaSubtitleItemSource {
    UserUploaded = "UserUploaded",
    AiRecognition = "AIRecognition",
});

open_enum!(SubtitleFormat {
    Vtt = "vtt",
    Srt = "srt",
});

open_enum!(MediaInfoKind {
    BasicInfo = "basicInfo",
    MetaData = "metaData",
    TranscodeInfo = "transcodeInfo",
    AnimatedGraphicsInfo = "animatedGraphicsInfo",
    ImageSpriteInfo = "imageSpriteInfo",
    SnapshotByTimeOffsetInfo = "snapshotByTimeOffsetInfo",
    SampleSnapshotInfo = "sampleSnapshotInfo",
    KeyFrameDescInfo = "keyFrameDescInfo",
    AdaptiveDynamicStreamingInfo = "adaptiveDynamicStreamingInfo",
    MiniProgramReviewInfo = "miniProgramReviewInfo",
    SubtitleInfo = "subtitleInfo",
    ReviewInfo = "reviewInfo",
    MpsAiMediaInfo = "mpsAiMediaInfo",
    KnowledgeBasesInfo = "knowledgeBasesInfo",
});

open_enum!(RestoreTier {
    Expedited = "Expedited",
    Standard = "Standard",
    Bulk = "Bulk",
});

open_enum!(AiAnalysisResultType {
    Classification = "Classification",
    Cover = "Cover",
    Tag = "Tag",
    FrameTag = "FrameTag",
    Highlight = "Highlight",
});

open_enum!(AiRecognitionResultType {
    FaceRecognition = "FaceRecognition",
    AsrWordsRecognition = "AsrWordsRecognition",
    OcrWordsRecognition = "OcrWordsRecognition",
    AsrFullTextRecognition = "AsrFullTextRecognition",
    AsrTranslateRecognition = "AsrTranslateRecognition",
    OcrFullTextRecognition = "OcrFullTextRecognition",
    HeadTailRecognition = "HeadTailRecognition",
    ObjectRecognition = "ObjectRecognition",
    SegmentRecognition = "SegmentRecognition",
});

open_enum!(AiRecognitionTaskFaceResultItemType {
    Default = "Default",
    UserDefine = "UserDefine",
});

open_enum!(AiReviewPornTaskOutputLabel {
    Porn = "porn",
    Sexy = "sexy",
    Vulgar = "vulgar",
    Intimacy = "intimacy",
});

open_enum!(AiReviewTerrorismTaskOutputLabel {
    Guns = "guns",
    Crowd = "crowd",
    Police = "police",
    Bloody = "bloody",
    Banners = "banners",
    Militant = "militant",
    Explosion = "explosion",
    Terrorists = "terrorists",
    Scenario = "scenario",
});

open_enum!(AiReviewPoliticalTaskOutputLabel {
    ViolationPhoto = "violation_photo",
    Politician = "politician",
});

open_enum!(ReviewSuggestion {
    Pass = "pass",
    Review = "review",
    Block = "block",
});

open_enum!(AiContentReviewResultType {
    Porn = "Porn",
    Terrorism = "Terrorism",
    Political = "Political",
    PornAsr = "Porn.Asr",
    PornOcr = "Porn.Ocr",
    PoliticalAsr = "Political.Asr",
    PoliticalOcr = "Political.Ocr",
    TerrorismOcr = "Terrorism.Ocr",
    ProhibitedAsr = "Prohibited.Asr",
    ProhibitedOcr = "Prohibited.Ocr",
});

open_enum!(MediaContentReviewPoliticalSegmentItemLabel {
    ViolationPhoto = "violation_photo",
    NationPolitician = "nation_politician",
    ProvincePolitician = "province_politician",
    BureauPolitician = "bureau_politician",
    CountyPolitician = "county_politician",
    RuralPolitician = "rural_politician",
    SensitivePolitician = "sensitive_politician",
    ForeignPolitician = "foreign_politician",
    SensitiveEntertainment = "sensitive_entertainment",
    SensitiveSport = "sensitive_sport",
    SensitiveEntrepreneur = "sensitive_entrepreneur",
    SensitiveScholar = "sensitive_scholar",
    SensitiveCelebrity = "sensitive_celebrity",
    HistoricalCelebrity = "historical_celebrity",
    SensitiveMilitary = "sensitive_military",
});

open_enum!(CoverBySnapshotTaskInputPositionType {
    Time = "Time",
    Percent = "Percent",
});

open_enum!(MosaicInputCoordinateOrigin {
    TopLeft = "TopLeft",
});

open_enum!(VideoTemplateInfoForUpdateCodec {
    Libx264 = "libx264",
    Libx265 = "libx265",
    Av1 = "av1",
    H266 = "H.266",
});

open_enum!(VideoTemplateInfoForUpdateResolutionAdaptive {
    Open = "open",
    Close = "close",
});

open_enum!(VideoTemplateInfoForUpdateFillType {
    Stretch = "stretch",
    Black = "black",
    White = "white",
    Gauss = "gauss",
});

open_enum!(VideoTemplateInfoForUpdateCodecTag {
    Hvc1 = "hvc1",
    Hev1 = "hev1",
});

open_enum!(VideoTemplateInfoForUpdateGopUnit {
    Frame = "frame",
    Second = "second",
});

open_enum!(VideoTemplateInfoForUpdateMode {
    Vbr = "VBR",
    Abr = "ABR",
    Cbr = "CBR",
    Vcrf = "VCRF",
});

open_enum!(VideoTemplateInfoForUpdateVideoProfile {
    Baseline = "baseline",
    Main = "main",
    High = "high",
    Default = "default",
});

open_enum!(SubtitleInfoInputFontType {
    HeiTtf = "hei.ttf",
    SongTtf = "song.ttf",
    KaiTtf = "kai.ttf",
    SimkaiTtf = "simkai.ttf",
    MsyhTtf = "msyh.ttf",
    MsyhbdTtf = "msyhbd.ttf",
    HkjgtTtf = "hkjgt.ttf",
    DhttxTtf = "dhttx.ttf",
    XqgdztTtf = "xqgdzt.ttf",
    QpcytTtf = "qpcyt.ttf",
    ArialTtf = "arial.ttf",
    DinalternateTtf = "dinalternate.ttf",
    HelveticaltTtf = "helveticalt.ttf",
    HelveticainsTtf = "helveticains.ttf",
    TrajanproTtf = "trajanpro.ttf",
    KoreanTtf = "korean.ttf",
    JapaneseTtf = "japanese.ttf",
    ThaiTtf = "thai.ttf",
    RobotoTtf = "roboto.ttf",
    NotosansTtf = "notosans.ttf",
    NotosansthaiTtf = "notosansthai.ttf",
    SarabunTtf = "sarabun.ttf",
    KanitTtf = "kanit.ttf",
    CharmonmanTtf = "charmonman.ttf",
    NotonaskharabicTtf = "notonaskharabic.ttf",
    NotosansdevanagariTtf = "notosansdevanagari.ttf",
    NotosanstcTtf = "notosanstc.ttf",
    NotosanskrTtf = "notosanskr.ttf",
    Gothica1Ttf = "gothica1.ttf",
    NanummyeongjoTtf = "nanummyeongjo.ttf",
    NotosansjpTtf = "notosansjp.ttf",
    NotoserifjpTtf = "notoserifjp.ttf",
    ShipporiminchoTtf = "shipporimincho.ttf",
});

open_enum!(SubtitleInfoInputAlignment {
    Top = "top",
    Bottom = "bottom",
});

open_enum!(ThirdPartyDrmInfoDrmTypes {
    FairPlay = "FairPlay",
    Widevine = "Widevine",
    PlayReady = "PlayReady",
});

open_enum!(SPEKEDrmEncryptionMethod {
    Cbcs = "cbcs",
    Cenc = "cenc",
});

open_enum!(SPEKEDrmEncryptionPreset {
    Preset0 = "preset0",
    Preset1 = "preset1",
});

open_enum!(SPEKEDrmKeyAcquireMode {
    Post = "POST",
    Get = "GET",
});

open_enum!(ProcedureTaskOperator {
    System = "System",
});

open_enum!(ProcedureTaskOperationType {
    Tsc = "TSC",
});

open_enum!(MediaProcessTaskResultType {
    Transcode = "Transcode",
    AnimatedGraphics = "AnimatedGraphics",
    SnapshotByTimeOffset = "SnapshotByTimeOffset",
    SampleSnapshot = "SampleSnapshot",
    ImageSprites = "ImageSprites",
    CoverBySnapshot = "CoverBySnapshot",
    AdaptiveDynamicStreaming = "AdaptiveDynamicStreaming",
});

open_enum!(DescribeTaskDetailTaskType {
    Procedure = "Procedure",
    EditMedia = "EditMedia",
    SplitMedia = "SplitMedia",
    ComposeMedia = "ComposeMedia",
    WechatPublish = "WechatPublish",
    WechatMiniProgramPublish = "WechatMiniProgramPublish",
    PullUpload = "PullUpload",
    FastClipMedia = "FastClipMedia",
    RemoveWatermarkTask = "RemoveWatermarkTask",
    DescribeFileAttributesTask = "DescribeFileAttributesTask",
    RebuildMedia = "RebuildMedia",
    ReviewAudioVideo = "ReviewAudioVideo",
    ExtractTraceWatermark = "ExtractTraceWatermark",
    ExtractCopyRightWatermark = "ExtractCopyRightWatermark",
    QualityInspect = "QualityInspect",
    QualityEnhance = "QualityEnhance",
    ComplexAdaptiveDynamicStreaming = "ComplexAdaptiveDynamicStreaming",
    ProcessMediaByMps = "ProcessMediaByMPS",
    AigcImageTask = "AigcImageTask",
    SceneAigcImageTask = "SceneAigcImageTask",
    AigcVideoTask = "AigcVideoTask",
    AigcAudioTask = "AigcAudioTask",
    ImportMediaKnowledge = "ImportMediaKnowledge",
    SceneAigcVideoTask = "SceneAigcVideoTask",
    ExtractBlindWatermark = "ExtractBlindWatermark",
    CreateAigcAdvancedCustomElement = "CreateAigcAdvancedCustomElement",
    CreateAigcCustomVoice = "CreateAigcCustomVoice",
    CreateAigcSubject = "CreateAigcSubject",
    AigcVideoRedrawTask = "AigcVideoRedrawTask",
    CreateAigcAudioClone = "CreateAigcAudioClone",
    DescribeAigcFaceInfoAsync = "DescribeAigcFaceInfoAsync",
    WandAsrTask = "WandAsrTask",
    AigcHunyuan3dTask = "AigcHunyuan3DTask",
    DesignVoiceAsync = "DesignVoiceAsync",
    CloneVoiceAsync = "CloneVoiceAsync",
    TextToSpeechAsync = "TextToSpeechAsync",
    VideoDubbingAsync = "VideoDubbingAsync",
    VideoDepthEstimation = "VideoDepthEstimation",
});

open_enum!(AiCutOutConfigModel {
    Cutout10Lite = "cutout-1.0-lite",
    Cutout10Flash = "cutout-1.0-flash",
});

open_enum!(AiTryOnConfigModel {
    WandTryon10Lite = "WAND-tryon-1.0-lite",
    WandTryon10Flash = "WAND-tryon-1.0-flash",
    WandTryon10Pro = "WAND-tryon-1.0-pro",
});

open_enum!(AigcHunyuan3DTaskInputGenerateType {
    Normal = "Normal",
    Geometry = "Geometry",
    Texture = "Texture",
});

open_enum!(AigcImageOutputConfigPersonGeneration {
    AllowAdult = "AllowAdult",
    Disallowed = "Disallowed",
});

open_enum!(AigcImageOutputConfigOutputFormat {
    Jpeg = "jpeg",
    Png = "png",
});

open_enum!(AigcImageSceneInfoType {
    AiTryOn = "ai_try_on",
    ProductImage = "product_image",
    Outpainting = "outpainting",
    ChangeClothes = "change_clothes",
    ChangeClothesUnder = "change_clothes_under",
    ChangeClothesTopWear = "change_clothes_top_wear",
    ChangeClothesBottomWear = "change_clothes_bottom_wear",
    ChangeClothesFullWear = "change_clothes_full_wear",
});

open_enum!(AigcImageTaskInputGenerationMode {
    Standard = "Standard",
    Professional = "Professional",
});

open_enum!(AigcImageTaskInputFileInfoType {
    File = "File",
    Url = "Url",
    Base64 = "Base64",
});

open_enum!(AigcVideoOutputConfigPersonGeneration {
    AllowAdult = "AllowAdult",
    Disallowed = "Disallowed",
});

open_enum!(AigcVideoSceneInfoType {
    ProductShowcase = "product_showcase",
    CharacterScene = "character_scene",
});

open_enum!(AigcVideoTaskInputGenerationMode {
    Standard = "Standard",
    Professional = "Professional",
});

open_enum!(AigcVideoTaskInputFileInfoType {
    File = "File",
    Url = "Url",
    Base64 = "Base64",
});

open_enum!(AigcVideoTaskInputFileInfoUsage {
    FirstFrame = "FirstFrame",
    Reference = "Reference",
    LastFrame = "LastFrame",
});

open_enum!(AigcVideoTaskOutputFileInfoUsageType {
    SceneUrl = "scene_url",
    PointUrl = "point_url",
    MeshUrl = "mesh_url",
    MeshSimplifiedUrl = "mesh_simplified_url",
    PositionInfo = "position_info",
    ImageUrl = "image_url",
});

open_enum!(DescribeAigcFaceInfoAsyncTaskErrCodeExt {
    RequestLimitExceeded = "RequestLimitExceeded",
    InvalidParameterValue = "InvalidParameterValue",
    InternalError = "InternalError",
    FailedOperation = "FailedOperation",
});

open_enum!(ExtractBlindWatermarkInputInfoType {
    Fileid = "FILEID",
    Url = "URL",
});

open_enum!(ExtractBlindWatermarkTaskType {
    BlindBasic = "blind-basic",
    BlindAb = "blind-ab",
});

open_enum!(ImageTransformType {
    Rotate = "Rotate",
    Flip = "Flip",
});

open_enum!(ImageTransformFlip {
    Horizental = "Horizental",
    Vertical = "Vertical",
});

open_enum!(MediaTrackType {
    Video = "Video",
    Audio = "Audio",
    Sticker = "Sticker",
});

open_enum!(MediaTrackItemType {
    Video = "Video",
    Audio = "Audio",
    Sticker = "Sticker",
    Transition = "Transition",
    Empty = "Empty",
});

open_enum!(MPSOutputFileFileType {
    AiAnalysisDeLogoVideo = "AiAnalysis.DeLogo.Video",
    AiAnalysisDeLogoOriginSubtitle = "AiAnalysis.DeLogo.OriginSubtitle",
    AiAnalysisDeLogoTranslateSubtitle = "AiAnalysis.DeLogo.TranslateSubtitle",
    MediaProcessTranscodeVideo = "MediaProcess.Transcode.Video",
    AiAnalysisHorizontalToVerticalTaskVideo = "AiAnalysis.HorizontalToVerticalTask.Video",
    AiAnalysisVideoRemakeTaskkVideo = "AiAnalysis.VideoRemakeTaskk.Video",
    AiAnalysisSegmentTaskVideo = "AiAnalysis.SegmentTask.Video",
    SmartEraseVideo = "SmartErase.Video",
});

open_enum!(MPSSubTaskResultTaskType {
    MediaProcessTranscode = "MediaProcess.Transcode",
    AiAnalysisDeLogo = "AiAnalysis.DeLogo",
    AiAnalysisClassificationTask = "AiAnalysis.ClassificationTask",
    AiAnalysisCoverTask = "AiAnalysis.CoverTask",
    AiAnalysisTagTask = "AiAnalysis.TagTask",
    AiAnalysisFrameTagTask = "AiAnalysis.FrameTagTask",
    AiAnalysisHighlightTask = "AiAnalysis.HighlightTask",
    AiAnalysisSegmentTask = "AiAnalysis.SegmentTask",
    AiAnalysisHeadTailTask = "AiAnalysis.HeadTailTask",
    AiAnalysisDescriptionTask = "AiAnalysis.DescriptionTask",
    AiAnalysisHorizontalToVerticalTask = "AiAnalysis.HorizontalToVerticalTask",
    AiAnalysisDubbingTask = "AiAnalysis.DubbingTask",
    AiAnalysisVideoRemakeTask = "AiAnalysis.VideoRemakeTask",
    AiAnalysisVideoComprehensionTask = "AiAnalysis.VideoComprehensionTask",
    SmartSubtitleAsrFullTextTask = "SmartSubtitle.AsrFullTextTask",
    SmartSubtitleTransTextTask = "SmartSubtitle.TransTextTask",
    SmartSubtitlePureSubtitleTransTask = "SmartSubtitle.PureSubtitleTransTask",
    SmartSubtitleOcrFullTextTask = "SmartSubtitle.OcrFullTextTask",
    SmartErase = "SmartErase",
});

open_enum!(QualityInspectContainerDiagnoseResultItemCategory {
    DecodeParamException = "DecodeParamException",
    TimeStampException = "TimeStampException",
    FrameException = "FrameException",
    StreamStatusException = "StreamStatusException",
    StreamInfo = "StreamInfo",
    StreamAbnormalCharacteristics = "StreamAbnormalCharacteristics",
    DecodeException = "DecodeException",
    HlsRequirements = "HLSRequirements",
});

open_enum!(QualityInspectContainerDiagnoseResultItemType {
    VideoResolutionChanged = "VideoResolutionChanged",
    AudioSampleRateChanged = "AudioSampleRateChanged",
    AudioChannelsChanged = "AudioChannelsChanged",
    ParameterSetsChanged = "ParameterSetsChanged",
    DarOrSarInvalid = "DarOrSarInvalid",
    TimestampFallback = "TimestampFallback",
    DtsJitter = "DtsJitter",
    PtsJitter = "PtsJitter",
    AacDurationDeviation = "AACDurationDeviation",
    AudioDroppingFrames = "AudioDroppingFrames",
    VideoDroppingFrames = "VideoDroppingFrames",
    AvTimestampInterleave = "AVTimestampInterleave",
    PtsLessThanDts = "PtsLessThanDts",
    ReceiveFpsJitter = "ReceiveFpsJitter",
    ReceiveFpsTooSmall = "ReceiveFpsTooSmall",
    FpsJitter = "FpsJitter",
    StreamOpenFailed = "StreamOpenFailed",
    StreamEnd = "StreamEnd",
    StreamParseFailed = "StreamParseFailed",
    VideoFirstFrameNotIdr = "VideoFirstFrameNotIdr",
    StreamNaluError = "StreamNALUError",
    TsStreamNoAud = "TsStreamNoAud",
    AudioStreamLack = "AudioStreamLack",
    VideoStreamLack = "VideoStreamLack",
    LackAudioRecover = "LackAudioRecover",
    LackVideoRecover = "LackVideoRecover",
    VideoBitrateOutofRange = "VideoBitrateOutofRange",
    AudioBitrateOutofRange = "AudioBitrateOutofRange",
    VideoDecodeFailed = "VideoDecodeFailed",
    AudioDecodeFailed = "AudioDecodeFailed",
    AudioOutOfPhase = "AudioOutOfPhase",
    VideoDuplicatedFrame = "VideoDuplicatedFrame",
    AudioDuplicatedFrame = "AudioDuplicatedFrame",
    VideoRotation = "VideoRotation",
    TsMultiPrograms = "TsMultiPrograms",
    Mp4InvalidCodecFourcc = "Mp4InvalidCodecFourcc",
    HlsBadM3u8Format = "HLSBadM3u8Format",
    HlsInvalidMasterM3u8 = "HLSInvalidMasterM3u8",
    HlsInvalidMediaM3u8 = "HLSInvalidMediaM3u8",
    HlsMasterM3u8Recommended = "HLSMasterM3u8Recommended",
    HlsMediaM3u8Recommended = "HLSMediaM3u8Recommended",
    HlsMediaM3u8DiscontinuityExist = "HLSMediaM3u8DiscontinuityExist",
    HlsMediaSegmentsStreamNumChange = "HLSMediaSegmentsStreamNumChange",
    HlsMediaSegmentsPtsJitterDeviation = "HLSMediaSegmentsPTSJitterDeviation",
    HlsMediaSegmentsDtsJitterDeviation = "HLSMediaSegmentsDTSJitterDeviation",
    TimecodeTrackExist = "TimecodeTrackExist",
});

open_enum!(QualityInspectContainerDiagnoseResultItemSeverityLevel {
    Fatal = "Fatal",
    Error = "Error",
    Warning = "Warning",
    Notice = "Notice",
    Info = "Info",
});

open_enum!(QualityInspectLLMDetectionResultItemGroup {
    AigcAuthenticity = "AIGCAuthenticity",
    AigcTechQuality = "AIGCTechQuality",
});

open_enum!(QualityInspectLLMDetectionResultItemType {
    BodyPoseCheck = "BodyPoseCheck",
    BodyDetailCheck = "BodyDetailCheck",
    PhysicRulesCheck = "PhysicRulesCheck",
    ObjectConsistencyCheck = "ObjectConsistencyCheck",
    FormatCheck = "FormatCheck",
});

open_enum!(QualityInspectResultItemType {
    Jitter = "Jitter",
    Blur = "Blur",
    LowLighting = "LowLighting",
    HighLighting = "HighLighting",
    CrashScreen = "CrashScreen",
    BlackWhiteEdge = "BlackWhiteEdge",
    SolidColorScreen = "SolidColorScreen",
    Noise = "Noise",
    Mosaic = "Mosaic",
    QrCode = "QRCode",
    AppletCode = "AppletCode",
    BarCode = "BarCode",
    LowVoice = "LowVoice",
    HighVoice = "HighVoice",
    NoVoice = "NoVoice",
    LowEvaluation = "LowEvaluation",
    LowColorfulness = "LowColorfulness",
    AudioVideoAsync = "AudioVideoAsync",
    AudioSubtitleAsync = "AudioSubtitleAsync",
    VideoAesthetic = "VideoAesthetic",
    AudioDiscontinuity = "AudioDiscontinuity",
    AudioVolume = "AudioVolume",
    AudioLoudnessJitter = "AudioLoudnessJitter",
    BackgroundMusic = "BackgroundMusic",
    AudioEvaluation = "AudioEvaluation",
    AudioNoise = "AudioNoise",
    AudioSpeechQuality = "AudioSpeechQuality",
    AudioReverb = "AudioReverb",
    AudioHighLoudness = "AudioHighLoudness",
});

open_enum!(RebuildMediaTargetVideoStreamCodec {
    Libx264 = "libx264",
    Libx265 = "libx265",
    Av1 = "av1",
});

open_enum!(ReduceMediaBitrateMediaProcessTaskResultType {
    Transcode = "Transcode",
    AdaptiveDynamicStreaming = "AdaptiveDynamicStreaming",
});

open_enum!(ReviewAudioVideoSegmentItemLabel {
    Porn = "Porn",
    Terror = "Terror",
    Polity = "Polity",
    Ad = "Ad",
    Illegal = "Illegal",
    Abuse = "Abuse",
    Moan = "Moan",
});

open_enum!(ReviewAudioVideoSegmentItemForm {
    Image = "Image",
    Ocr = "OCR",
    Asr = "ASR",
    Voice = "Voice",
});

open_enum!(ReviewAudioVideoTaskOutputLabel {
    Porn = "Porn",
    Terror = "Terror",
    Polity = "Polity",
    Ad = "Ad",
    Illegal = "Illegal",
    Abuse = "Abuse",
    Moan = "Moan",
});

open_enum!(ReviewAudioVideoTaskOutputForm {
    Image = "Image",
    Ocr = "OCR",
    Asr = "ASR",
    Voice = "Voice",
});

open_enum!(ReviewImageResultLabel {
    Porn = "Porn",
    Terror = "Terror",
    Polity = "Polity",
    Ad = "Ad",
    Illegal = "Illegal",
    Abuse = "Abuse",
});

open_enum!(ReviewImageResultForm {
    Image = "Image",
    Ocr = "OCR",
});

open_enum!(ReviewImageSegmentItemLabel {
    Porn = "Porn",
    Terror = "Terror",
    Polity = "Polity",
    Ad = "Ad",
    Illegal = "Illegal",
    Abuse = "Abuse",
});

open_enum!(ReviewImageSegmentItemForm {
    Image = "Image",
    Ocr = "OCR",
});

open_enum!(AdvancedSuperResolutionConfigType {
    Standard = "standard",
    Super = "super",
});

open_enum!(AdvancedSuperResolutionConfigMode {
    Aspect = "aspect",
    Fixed = "fixed",
    Percent = "percent",
});

open_enum!(ArtifactRepairInfoType {
    Weak = "weak",
    Strong = "strong",
});

open_enum!(CanvasColor {
    Black = "Black",
    White = "White",
});

open_enum!(CharacterSceneConfigModel {
    CharacterSceneStandard = "character_scene_standard",
    CharacterSceneMini = "character_scene_mini",
    CharacterSceneFast = "character_scene_fast",
});

open_enum!(CharacterSceneConfigPromptMode {
    Standard = "Standard",
    Dynamic = "Dynamic",
});

open_enum!(HDRInfoType {
    Hdr10 = "hdr10",
    Hlg = "hlg",
});

open_enum!(SuperResolutionInfoType {
    Lq = "lq",
    Hq = "hq",
});

open_enum!(TransitionOperationType {
    ImageFadeInFadeOut = "ImageFadeInFadeOut",
    BowTieHorizontal = "BowTieHorizontal",
    BowTieVertical = "BowTieVertical",
    ButterflyWaveScrawler = "ButterflyWaveScrawler",
    Cannabisleaf = "Cannabisleaf",
    Circle = "Circle",
    CircleCrop = "CircleCrop",
    Circleopen = "Circleopen",
    Crosswarp = "Crosswarp",
    Cube = "Cube",
    DoomScreenTransition = "DoomScreenTransition",
    Doorway = "Doorway",
    Dreamy = "Dreamy",
    DreamyZoom = "DreamyZoom",
    FilmBurn = "FilmBurn",
    GlitchMemories = "GlitchMemories",
    Heart = "Heart",
    InvertedPageCurl = "InvertedPageCurl",
    Luma = "Luma",
    Mosaic = "Mosaic",
    Pinwheel = "Pinwheel",
    PolarFunction = "PolarFunction",
    PolkaDotsCurtain = "PolkaDotsCurtain",
    Radial = "Radial",
    RotateScaleFade = "RotateScaleFade",
    Squeeze = "Squeeze",
    Swap = "Swap",
    Swirl = "Swirl",
    UndulatingBurnOutSwirl = "UndulatingBurnOutSwirl",
    Windowblinds = "Windowblinds",
    WipeDown = "WipeDown",
    WipeLeft = "WipeLeft",
    WipeRight = "WipeRight",
    WipeUp = "WipeUp",
    ZoomInCircles = "ZoomInCircles",
    AudioFadeInFadeOut = "AudioFadeInFadeOut",
});

open_enum!(TransitionOpertionType {
    ImageFadeInFadeOut = "ImageFadeInFadeOut",
    BowTieHorizontal = "BowTieHorizontal",
    BowTieVertical = "BowTieVertical",
    ButterflyWaveScrawler = "ButterflyWaveScrawler",
    Cannabisleaf = "Cannabisleaf",
    Circle = "Circle",
    CircleCrop = "CircleCrop",
    Circleopen = "Circleopen",
    Crosswarp = "Crosswarp",
    Cube = "Cube",
    DoomScreenTransition = "DoomScreenTransition",
    Doorway = "Doorway",
    Dreamy = "Dreamy",
    DreamyZoom = "DreamyZoom",
    FilmBurn = "FilmBurn",
    GlitchMemories = "GlitchMemories",
    Heart = "Heart",
    InvertedPageCurl = "InvertedPageCurl",
    Luma = "Luma",
    Mosaic = "Mosaic",
    Pinwheel = "Pinwheel",
    PolarFunction = "PolarFunction",
    PolkaDotsCurtain = "PolkaDotsCurtain",
    Radial = "Radial",
    RotateScaleFade = "RotateScaleFade",
    Squeeze = "Squeeze",
    Swap = "Swap",
    Swirl = "Swirl",
    UndulatingBurnOutSwirl = "UndulatingBurnOutSwirl",
    Windowblinds = "Windowblinds",
    WipeDown = "WipeDown",
    WipeLeft = "WipeLeft",
    WipeRight = "WipeRight",
    WipeUp = "WipeUp",
    ZoomInCircles = "ZoomInCircles",
    AudioFadeInFadeOut = "AudioFadeInFadeOut",
});

open_enum!(WechatMiniProgramPublishTaskPublishResult {
    Pass = "Pass",
    Failed = "Failed",
    Rejected = "Rejected",
});

open_enum!(WechatPublishTaskWechatStatus {
    Fail = "FAIL",
    Success = "SUCCESS",
    Auditnotpass = "AUDITNOTPASS",
    Nottriggered = "NOTTRIGGERED",
});

open_enum!(VideoDenoiseInfoType {
    Weak = "weak",
    Strong = "strong",
});

open_enum!(Switch {
    On = "ON",
    Off = "OFF",
});

open_enum!(TaskStatus {
    Waiting = "WAITING",
    Processing = "PROCESSING",
    Finish = "FINISH",
    Aborted = "ABORTED",
});

open_enum!(SubTaskStatus {
    Processing = "PROCESSING",
    Success = "SUCCESS",
    Fail = "FAIL",
});

open_enum!(TaskNotifyMode {
    Finish = "Finish",
    Change = "Change",
    None = "None",
});

open_enum!(EnabledStatus {
    Enabled = "Enabled",
    Disabled = "Disabled",
});

open_enum!(ResolutionAdaptive {
    Open = "open",
    Close = "close",
});

open_enum!(SpriteFillType {
    Stretch = "stretch",
    Black = "black",
});

open_enum!(VoiceGender {
    Male = "male",
    Female = "female",
    UnknownValue = "unknown",
});

open_enum!(VoiceAge {
    Child = "child",
    Teenager = "teenager",
    Youth = "youth",
    MiddleAged = "middle_aged",
    Senior = "senior",
    UnknownValue = "unknown",
});

open_enum!(MediaCategory {
    Video = "Video",
    Audio = "Audio",
    Image = "Image",
});

open_enum!(ReviewContent {
    Media = "Media",
    Cover = "Cover",
});

open_enum!(FileUrlType {
    File = "File",
    Url = "Url",
});

open_enum!(StorageMode {
    Temporary = "Temporary",
    Permanent = "Permanent",
});

open_enum!(ErrCodeExt {
    RequestLimitExceeded = "RequestLimitExceeded",
    InvalidParameterVoilationContent = "InvalidParameter.VoilationContent",
    InvalidParameterValue = "InvalidParameterValue",
    FailedOperation = "FailedOperation",
    InternalError = "InternalError",
    InvalidParameter = "InvalidParameter",
    InvalidParameterMediaFormat = "InvalidParameter.MediaFormat",
    ContentModerationFailed = "ContentModerationFailed",
    ResourceInsufficient = "ResourceInsufficient",
    ModelGenerateFailed = "ModelGenerateFailed",
    ResourceNotFound = "ResourceNotFound",
    OperationCanceled = "OperationCanceled",
    TaskTimeout = "TaskTimeout",
});

open_enum!(AudioCodec {
    LibfdkAac = "libfdk_aac",
    Libmp3lame = "libmp3lame",
    Flac = "flac",
    Ac3 = "ac3",
    Mp2 = "mp2",
    Pcm16 = "pcm16",
});

open_enum!(EnhancementStrength {
    Weak = "weak",
    Normal = "normal",
    Strong = "strong",
});

open_enum!(AdaptiveStreamingFormat {
    Hls = "HLS",
    MpegDash = "MPEG-DASH",
});

open_enum!(DrmType {
    SimpleAes = "SimpleAES",
    Widevine = "Widevine",
    FairPlay = "FairPlay",
    WidevineFairPlay = "Widevine+FairPlay",
});

open_enum!(TopSpeedCodec {
    Tehd100 = "TEHD-100",
    Off = "OFF",
});

open_enum!(TranscodeContainer {
    Mp4 = "mp4",
    Flv = "flv",
    Hls = "hls",
    Mp3 = "mp3",
    Flac = "flac",
    Ogg = "ogg",
    M4a = "m4a",
    Wav = "wav",
});

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EventContent {
    #[serde(rename = "EventHandle", default)]
    pub event_handle: String,
    #[serde(rename = "EventType", default)]
    pub event_type: EventType,
    #[serde(rename = "FileUploadEvent", skip_serializing_if = "Option::is_none")]
    pub file_upload_event: Option<Box<FileUploadTask>>,
    #[serde(rename = "ProcedureStateChangeEvent", skip_serializing_if = "Option::is_none")]
    pub procedure_state_change_event: Option<Box<ProcedureTask>>,
    #[serde(rename = "FileDeleteEvent", skip_serializing_if = "Option::is_none")]
    pub file_delete_event: Option<Box<FileDeleteTask>>,
    #[serde(rename = "PullCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub pull_complete_event: Option<Box<PullUploadTask>>,
    #[serde(rename = "EditMediaCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub edit_media_complete_event: Option<Box<EditMediaTask>>,
    #[serde(rename = "SplitMediaCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub split_media_complete_event: Option<Box<SplitMediaTask>>,
    #[serde(rename = "ComposeMediaCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub compose_media_complete_event: Option<Box<ComposeMediaTask>>,
    #[serde(rename = "ClipCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub clip_complete_event: Option<Box<ClipTask2017>>,
    #[serde(rename = "TranscodeCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub transcode_complete_event: Option<Box<TranscodeTask2017>>,
    #[serde(rename = "CreateImageSpriteCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub create_image_sprite_complete_event: Option<Box<CreateImageSpriteTask2017>>,
    #[serde(rename = "ConcatCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub concat_complete_event: Option<Box<ConcatTask2017>>,
    #[serde(rename = "SnapshotByTimeOffsetCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub snapshot_by_time_offset_complete_event: Option<Box<SnapshotByTimeOffsetTask2017>>,
    #[serde(rename = "WechatPublishCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub wechat_publish_complete_event: Option<Box<WechatPublishTask>>,
    #[serde(rename = "WechatMiniProgramPublishCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub wechat_mini_program_publish_complete_event: Option<Box<WechatMiniProgramPublishTask>>,
    #[serde(rename = "RemoveWatermarkCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub remove_watermark_complete_event: Option<Box<RemoveWatermarkTask>>,
    #[serde(rename = "RestoreMediaCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub restore_media_complete_event: Option<Box<RestoreMediaTask>>,
    #[serde(rename = "RebuildMediaCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub rebuild_media_complete_event: Option<Box<RebuildMediaTask>>,
    #[serde(rename = "ExtractTraceWatermarkCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub extract_trace_watermark_complete_event: Option<Box<ExtractTraceWatermarkTask>>,
    #[serde(rename = "ExtractCopyRightWatermarkCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub extract_copy_right_watermark_complete_event: Option<Box<ExtractCopyRightWatermarkTask>>,
    #[serde(rename = "ReviewAudioVideoCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub review_audio_video_complete_event: Option<Box<ReviewAudioVideoTask>>,
    #[serde(rename = "ReduceMediaBitrateCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub reduce_media_bitrate_complete_event: Option<Box<ReduceMediaBitrateTask>>,
    #[serde(rename = "DescribeFileAttributesCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub describe_file_attributes_complete_event: Option<Box<DescribeFileAttributesTask>>,
    #[serde(rename = "QualityInspectCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub quality_inspect_complete_event: Option<Box<QualityInspectTask>>,
    #[serde(rename = "QualityEnhanceCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub quality_enhance_complete_event: Option<Box<QualityEnhanceTask>>,
    #[serde(rename = "MediaCastStatusChangedEvent", skip_serializing_if = "Option::is_none")]
    pub media_cast_status_changed_event: Option<Box<MediaCastEvent>>,
    #[serde(rename = "PersistenceCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub persistence_complete_event: Option<Box<PersistenceCompleteTask>>,
    #[serde(rename = "ComplexAdaptiveDynamicStreamingCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub complex_adaptive_dynamic_streaming_complete_event: Option<Box<ComplexAdaptiveDynamicStreamingTask>>,
    #[serde(rename = "ProcessMediaByMPSCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub process_media_by_mps_complete_event: Option<Box<ProcessMediaByMPSType>>,
    #[serde(rename = "AigcImageCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub aigc_image_complete_event: Option<Box<AigcImageTask>>,
    #[serde(rename = "AigcVideoCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub aigc_video_complete_event: Option<Box<AigcVideoTask>>,
    #[serde(rename = "ExtractBlindWatermarkComplete", skip_serializing_if = "Option::is_none")]
    pub extract_blind_watermark_complete: Option<Box<ExtractBlindWatermarkTask>>,
    #[serde(rename = "SceneAigcImageCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub scene_aigc_image_complete_event: Option<Box<SceneAigcImageTask>>,
    #[serde(rename = "ProcessImageAsyncCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub process_image_async_complete_event: Option<Box<ProcessImageAsyncTask>>,
    #[serde(rename = "CreateAigcAdvancedCustomElementCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub create_aigc_advanced_custom_element_complete_event: Option<Box<CreateAigcAdvancedCustomElementTask>>,
    #[serde(rename = "CreateAigcCustomVoiceCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub create_aigc_custom_voice_complete_event: Option<Box<CreateAigcCustomVoiceTask>>,
    #[serde(rename = "DescribeAigcFaceInfoAsyncCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub describe_aigc_face_info_async_complete_event: Option<Box<DescribeAigcFaceInfoAsyncTask>>,
    #[serde(rename = "AigcHunyuan3DCompleteEvent", skip_serializing_if = "Option::is_none")]
    pub aigc_hunyuan3d_complete_event: Option<Box<AigcHunyuan3DTask>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaCastEvent {
    #[serde(rename = "CastId", default)]
    pub cast_id: String,
    #[serde(rename = "Status", default)]
    pub status: MediaCastEventStatus,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PersistenceCompleteTask {
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "PersistenceSource", skip_serializing_if = "Option::is_none")]
    pub persistence_source: Option<PersistenceCompleteTaskPersistenceSource>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RestoreMediaTask {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "OriginalStorageClass", default)]
    pub original_storage_class: String,
    #[serde(rename = "TargetStorageClass", default)]
    pub target_storage_class: String,
    #[serde(rename = "RestoreTier", default)]
    pub restore_tier: RestoreTier,
    #[serde(rename = "RestoreDay", default)]
    pub restore_day: i64,
    #[serde(rename = "Status", default)]
    pub status: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaTranscodeItem {
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "Bitrate", default)]
    pub bitrate: i64,
    #[serde(rename = "Height", default)]
    pub height: i64,
    #[serde(rename = "Width", default)]
    pub width: i64,
    #[serde(rename = "Size", default)]
    pub size: i64,
    #[serde(rename = "Duration", default)]
    pub duration: f64,
    #[serde(rename = "Md5", default)]
    pub md5: String,
    #[serde(rename = "Container", default)]
    pub container: String,
    #[serde(rename = "VideoStreamSet", default)]
    pub video_stream_set: Vec<MediaVideoStreamItem>,
    #[serde(rename = "AudioStreamSet", default)]
    pub audio_stream_set: Vec<MediaAudioStreamItem>,
    #[serde(rename = "DigitalWatermarkType", default)]
    pub digital_watermark_type: DigitalWatermarkType,
    #[serde(rename = "CopyRightWatermarkText", default)]
    pub copy_right_watermark_text: String,
    #[serde(rename = "BlindWatermarkDefinition", skip_serializing_if = "Option::is_none")]
    pub blind_watermark_definition: Option<i64>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAnimatedGraphicsItem {
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "Container", default)]
    pub container: String,
    #[serde(rename = "Height", default)]
    pub height: i64,
    #[serde(rename = "Width", default)]
    pub width: i64,
    #[serde(rename = "Bitrate", default)]
    pub bitrate: i64,
    #[serde(rename = "Size", default)]
    pub size: i64,
    #[serde(rename = "Md5", default)]
    pub md5: String,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSnapshotByTimeOffsetItem {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "PicInfoSet", default)]
    pub pic_info_set: Vec<MediaSnapshotByTimePicInfoItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSnapshotByTimePicInfoItem {
    #[serde(rename = "TimeOffset", default)]
    pub time_offset: f64,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "WaterMarkDefinition", default)]
    pub water_mark_definition: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSampleSnapshotItem {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "SampleType", default)]
    pub sample_type: MediaSampleSnapshotItemSampleType,
    #[serde(rename = "Interval", default)]
    pub interval: i64,
    #[serde(rename = "ImageUrlSet", default)]
    pub image_url_set: Vec<String>,
    #[serde(rename = "WaterMarkDefinition", default)]
    pub water_mark_definition: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaImageSpriteItem {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "Height", default)]
    pub height: i64,
    #[serde(rename = "Width", default)]
    pub width: i64,
    #[serde(rename = "TotalCount", default)]
    pub total_count: i64,
    #[serde(rename = "ImageUrlSet", default)]
    pub image_url_set: Vec<String>,
    #[serde(rename = "WebVttUrl", default)]
    pub web_vtt_url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CoverBySnapshotTaskOutput {
    #[serde(rename = "CoverUrl", default)]
    pub cover_url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdaptiveDynamicStreamingInfoItem {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "Package", default)]
    pub package: AdaptiveDynamicStreamingInfoItemPackage,
    #[serde(rename = "DrmType", default)]
    pub drm_type: DrmType,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "Size", default)]
    pub size: i64,
    #[serde(rename = "DigitalWatermarkType", default)]
    pub digital_watermark_type: DigitalWatermarkType,
    #[serde(rename = "SubStreamSet", default)]
    pub sub_stream_set: Vec<MediaSubStreamInfoItem>,
    #[serde(rename = "CopyRightWatermarkText", default)]
    pub copy_right_watermark_text: String,
    #[serde(rename = "BlindWatermarkDefinition", skip_serializing_if = "Option::is_none")]
    pub blind_watermark_definition: Option<i64>,
    #[serde(rename = "SubtitleSet", default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle_set: Vec<MediaSubtitleItem>,
    #[serde(rename = "DefaultSubtitleId", skip_serializing_if = "Option::is_none")]
    pub default_subtitle_id: Option<String>,
    #[serde(rename = "DrmEncryptType", skip_serializing_if = "Option::is_none")]
    pub drm_encrypt_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSubStreamInfoItem {
    #[serde(rename = "Type", default)]
    pub r#type: MediaSubStreamInfoItemType,
    #[serde(rename = "Width", default)]
    pub width: u64,
    #[serde(rename = "Height", default)]
    pub height: u64,
    #[serde(rename = "Size", default)]
    pub size: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FaceRecognitionInfo {
    #[serde(rename = "FaceRecognitionTasks", default, skip_serializing_if = "Vec::is_empty")]
    pub face_recognition_tasks: Vec<FaceRecognitionTask>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FaceRecognitionOutputFileInfo {
    #[serde(rename = "FileType", skip_serializing_if = "Option::is_none")]
    pub file_type: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FaceRecognitionTask {
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<i64>,
    #[serde(rename = "OutputFile", default, skip_serializing_if = "Vec::is_empty")]
    pub output_file: Vec<FaceRecognitionOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct KnowledgeAnalysisInfo {
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<i64>,
    #[serde(rename = "AnalysisResults", default, skip_serializing_if = "Vec::is_empty")]
    pub analysis_results: Vec<KnowledgeAnalysisResult>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct KnowledgeAnalysisResult {
    #[serde(rename = "TaskType", skip_serializing_if = "Option::is_none")]
    pub task_type: Option<KnowledgeAnalysisResultTaskType>,
    #[serde(rename = "File", skip_serializing_if = "Option::is_none")]
    pub file: Option<Box<MPSOutputFileInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct KnowledgeBaseDetail {
    #[serde(rename = "KnowledgeBaseId", skip_serializing_if = "Option::is_none")]
    pub knowledge_base_id: Option<String>,
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<u64>,
    #[serde(rename = "ImportTime", skip_serializing_if = "Option::is_none")]
    pub import_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct KnowledgeBasesInfo {
    #[serde(rename = "Bases", default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<String>,
    #[serde(rename = "KnowledgeAnalysisInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub knowledge_analysis_infos: Vec<KnowledgeAnalysisInfo>,
    #[serde(rename = "KnowledgeBaseDetails", default, skip_serializing_if = "Vec::is_empty")]
    pub knowledge_base_details: Vec<KnowledgeBaseDetail>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAdaptiveDynamicStreamingInfo {
    #[serde(rename = "AdaptiveDynamicStreamingSet", default, skip_serializing_if = "Vec::is_empty")]
    pub adaptive_dynamic_streaming_set: Vec<AdaptiveDynamicStreamingInfoItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAnimatedGraphicsInfo {
    #[serde(rename = "AnimatedGraphicsSet", default, skip_serializing_if = "Vec::is_empty")]
    pub animated_graphics_set: Vec<MediaAnimatedGraphicsItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaImageSpriteInfo {
    #[serde(rename = "ImageSpriteSet", default, skip_serializing_if = "Vec::is_empty")]
    pub image_sprite_set: Vec<MediaImageSpriteItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaInfo {
    #[serde(rename = "BasicInfo", skip_serializing_if = "Option::is_none")]
    pub basic_info: Option<Box<MediaBasicInfo>>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "TranscodeInfo", skip_serializing_if = "Option::is_none")]
    pub transcode_info: Option<Box<MediaTranscodeInfo>>,
    #[serde(rename = "AnimatedGraphicsInfo", skip_serializing_if = "Option::is_none")]
    pub animated_graphics_info: Option<Box<MediaAnimatedGraphicsInfo>>,
    #[serde(rename = "SampleSnapshotInfo", skip_serializing_if = "Option::is_none")]
    pub sample_snapshot_info: Option<Box<MediaSampleSnapshotInfo>>,
    #[serde(rename = "ImageSpriteInfo", skip_serializing_if = "Option::is_none")]
    pub image_sprite_info: Option<Box<MediaImageSpriteInfo>>,
    #[serde(rename = "SnapshotByTimeOffsetInfo", skip_serializing_if = "Option::is_none")]
    pub snapshot_by_time_offset_info: Option<Box<MediaSnapshotByTimeOffsetInfo>>,
    #[serde(rename = "KeyFrameDescInfo", skip_serializing_if = "Option::is_none")]
    pub key_frame_desc_info: Option<Box<MediaKeyFrameDescInfo>>,
    #[serde(rename = "AdaptiveDynamicStreamingInfo", skip_serializing_if = "Option::is_none")]
    pub adaptive_dynamic_streaming_info: Option<Box<MediaAdaptiveDynamicStreamingInfo>>,
    #[serde(rename = "MiniProgramReviewInfo", skip_serializing_if = "Option::is_none")]
    pub mini_program_review_info: Option<Box<MediaMiniProgramReviewInfo>>,
    #[serde(rename = "SubtitleInfo", skip_serializing_if = "Option::is_none")]
    pub subtitle_info: Option<Box<MediaSubtitleInfo>>,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "ReviewInfo", skip_serializing_if = "Option::is_none")]
    pub review_info: Option<Box<FileReviewInfo>>,
    #[serde(rename = "MPSAiMediaInfo", skip_serializing_if = "Option::is_none")]
    pub mps_ai_media_info: Option<Box<MPSAiMediaInfo>>,
    #[serde(rename = "ImageUnderstandingInfo", skip_serializing_if = "Option::is_none")]
    pub image_understanding_info: Option<Box<ImageUnderstandingInfo>>,
    #[serde(rename = "KnowledgeBasesInfo", skip_serializing_if = "Option::is_none")]
    pub knowledge_bases_info: Option<Box<KnowledgeBasesInfo>>,
    #[serde(rename = "FaceRecognitionInfo", skip_serializing_if = "Option::is_none")]
    pub face_recognition_info: Option<Box<FaceRecognitionInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaKeyFrameDescInfo {
    #[serde(rename = "KeyFrameDescSet", default, skip_serializing_if = "Vec::is_empty")]
    pub key_frame_desc_set: Vec<MediaKeyFrameDescItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaKeyFrameDescItem {
    #[serde(rename = "TimeOffset", default)]
    pub time_offset: f64,
    #[serde(rename = "Content", default)]
    pub content: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaMiniProgramReviewElem {
    #[serde(rename = "Type", default)]
    pub r#type: MediaMiniProgramReviewElemType,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaMiniProgramReviewInfo {
    #[serde(rename = "MiniProgramReviewList", default, skip_serializing_if = "Vec::is_empty")]
    pub mini_program_review_list: Vec<MediaMiniProgramReviewInfoItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaMiniProgramReviewInfoItem {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "ReviewResult", default)]
    pub review_result: MediaMiniProgramReviewInfoItemReviewResult,
    #[serde(rename = "ReviewSummary", default)]
    pub review_summary: Vec<MediaMiniProgramReviewElem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSampleSnapshotInfo {
    #[serde(rename = "SampleSnapshotSet", default, skip_serializing_if = "Vec::is_empty")]
    pub sample_snapshot_set: Vec<MediaSampleSnapshotItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSnapshotByTimeOffsetInfo {
    #[serde(rename = "SnapshotByTimeOffsetSet", default, skip_serializing_if = "Vec::is_empty")]
    pub snapshot_by_time_offset_set: Vec<MediaSnapshotByTimeOffsetItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSubtitleInfo {
    #[serde(rename = "SubtitleSet", default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle_set: Vec<MediaSubtitleItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaTranscodeInfo {
    #[serde(rename = "TranscodeSet", default, skip_serializing_if = "Vec::is_empty")]
    pub transcode_set: Vec<MediaTranscodeItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSAiMediaInfo {
    #[serde(rename = "AiMediaList", default, skip_serializing_if = "Vec::is_empty")]
    pub ai_media_list: Vec<MPSAiMediaItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSAiMediaItem {
    #[serde(rename = "TaskType", skip_serializing_if = "Option::is_none")]
    pub task_type: Option<MPSAiMediaItemTaskType>,
    #[serde(rename = "AiMediaTasks", default, skip_serializing_if = "Vec::is_empty")]
    pub ai_media_tasks: Vec<MPSAiMediaTask>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSAiMediaTask {
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<i64>,
    #[serde(rename = "OutputFile", default, skip_serializing_if = "Vec::is_empty")]
    pub output_file: Vec<MPSOutputFileInfo>,
    #[serde(rename = "OutputText", skip_serializing_if = "Option::is_none")]
    pub output_text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSOutputFileInfo {
    #[serde(rename = "FileType", skip_serializing_if = "Option::is_none")]
    pub file_type: Option<MPSOutputFileInfoFileType>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaBasicInfo {
    #[serde(rename = "Name", default)]
    pub name: String,
    #[serde(rename = "Description", default)]
    pub description: String,
    #[serde(rename = "CreateTime", default)]
    pub create_time: String,
    #[serde(rename = "UpdateTime", default)]
    pub update_time: String,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ClassName", default)]
    pub class_name: String,
    #[serde(rename = "ClassPath", default)]
    pub class_path: String,
    #[serde(rename = "CoverUrl", default)]
    pub cover_url: String,
    #[serde(rename = "Type", default)]
    pub r#type: String,
    #[serde(rename = "MediaUrl", default)]
    pub media_url: String,
    #[serde(rename = "SourceInfo", skip_serializing_if = "Option::is_none")]
    pub source_info: Option<Box<MediaSourceData>>,
    #[serde(rename = "StorageRegion", default)]
    pub storage_region: String,
    #[serde(rename = "StoragePath", default)]
    pub storage_path: String,
    #[serde(rename = "TagSet", default)]
    pub tag_set: Vec<String>,
    #[serde(rename = "Vid", default)]
    pub vid: String,
    #[serde(rename = "Category", default)]
    pub category: MediaBasicInfoCategory,
    #[serde(rename = "Status", default)]
    pub status: MediaBasicInfoStatus,
    #[serde(rename = "StorageClass", default)]
    pub storage_class: StorageClass,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaMetaData {
    #[serde(rename = "Size", default)]
    pub size: i64,
    #[serde(rename = "Container", default)]
    pub container: String,
    #[serde(rename = "Bitrate", default)]
    pub bitrate: i64,
    #[serde(rename = "Height", default)]
    pub height: i64,
    #[serde(rename = "Width", default)]
    pub width: i64,
    #[serde(rename = "Duration", default)]
    pub duration: f64,
    #[serde(rename = "Rotate", default)]
    pub rotate: i64,
    #[serde(rename = "VideoStreamSet", default)]
    pub video_stream_set: Vec<MediaVideoStreamItem>,
    #[serde(rename = "AudioStreamSet", default)]
    pub audio_stream_set: Vec<MediaAudioStreamItem>,
    #[serde(rename = "VideoDuration", default)]
    pub video_duration: f64,
    #[serde(rename = "AudioDuration", default)]
    pub audio_duration: f64,
    #[serde(rename = "Md5", default)]
    pub md5: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaVideoStreamItem {
    #[serde(rename = "Bitrate", default)]
    pub bitrate: i64,
    #[serde(rename = "Height", default)]
    pub height: i64,
    #[serde(rename = "Width", default)]
    pub width: i64,
    #[serde(rename = "Codec", default)]
    pub codec: String,
    #[serde(rename = "Fps", default)]
    pub fps: i64,
    #[serde(rename = "CodecTag", default)]
    pub codec_tag: String,
    #[serde(rename = "DynamicRangeInfo", skip_serializing_if = "Option::is_none")]
    pub dynamic_range_info: Option<Box<DynamicRangeInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAudioStreamItem {
    #[serde(rename = "Bitrate", default)]
    pub bitrate: i64,
    #[serde(rename = "SamplingRate", default)]
    pub sampling_rate: i64,
    #[serde(rename = "Codec", default)]
    pub codec: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DynamicRangeInfo {
    #[serde(rename = "Type", default)]
    pub r#type: DynamicRangeInfoType,
    #[serde(rename = "HDRType", default)]
    pub hdr_type: DynamicRangeInfoHDRType,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSourceData {
    #[serde(rename = "SourceType", default)]
    pub source_type: MediaSourceDataSourceType,
    #[serde(rename = "SourceContext", default)]
    pub source_context: String,
    #[serde(rename = "LiveRecordInfo", skip_serializing_if = "Option::is_none")]
    pub live_record_info: Option<Box<LiveRecordInfo>>,
    #[serde(rename = "TrtcRecordInfo", skip_serializing_if = "Option::is_none")]
    pub trtc_record_info: Option<Box<TrtcRecordInfo>>,
    #[serde(rename = "WebPageRecordInfo", skip_serializing_if = "Option::is_none")]
    pub web_page_record_info: Option<Box<WebPageRecordInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LiveRecordInfo {
    #[serde(rename = "Domain", skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    #[serde(rename = "Path", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(rename = "StreamId", default)]
    pub stream_id: String,
    #[serde(rename = "RecordStartTime", default)]
    pub record_start_time: String,
    #[serde(rename = "RecordEndTime", default)]
    pub record_end_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrtcRecordInfo {
    #[serde(rename = "SdkAppId", default)]
    pub sdk_app_id: u64,
    #[serde(rename = "RoomId", default)]
    pub room_id: String,
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "UserIds", default)]
    pub user_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WebPageRecordInfo {
    #[serde(rename = "RecordUrl", default)]
    pub record_url: String,
    #[serde(rename = "RecordTaskId", default)]
    pub record_task_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FileDeleteTask {
    #[serde(rename = "FileIdSet", default)]
    pub file_id_set: Vec<String>,
    #[serde(rename = "FileDeleteResultInfo", default)]
    pub file_delete_result_info: Vec<FileDeleteResultItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FileDeleteResultItem {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "DeleteParts", default)]
    pub delete_parts: Vec<MediaDeleteItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaDeleteItem {
    #[serde(rename = "Type", default)]
    pub r#type: MediaDeleteItemType,
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaSubtitleItem {
    #[serde(rename = "Id", default)]
    pub id: String,
    #[serde(rename = "Name", default)]
    pub name: String,
    #[serde(rename = "Language", default)]
    pub language: String,
    #[serde(rename = "Format", default)]
    pub format: SubtitleFormat,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "Source", default)]
    pub source: MediaSubtitleItemSource,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FileReviewInfo {
    #[serde(rename = "MediaReviewInfo", skip_serializing_if = "Option::is_none")]
    pub media_review_info: Option<Box<ReviewInfo>>,
    #[serde(rename = "CoverReviewInfo", skip_serializing_if = "Option::is_none")]
    pub cover_review_info: Option<Box<ReviewInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageUnderstandingInfo {
    #[serde(rename = "ImageUnderstandingSet", default, skip_serializing_if = "Vec::is_empty")]
    pub image_understanding_set: Vec<ImageUnderstandingItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageUnderstandingItem {
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<u64>,
    #[serde(rename = "OutputFile", default, skip_serializing_if = "Vec::is_empty")]
    pub output_file: Vec<MPSOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewInfo {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "TypeSet", default)]
    pub type_set: Vec<String>,
    #[serde(rename = "ReviewTime", default)]
    pub review_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskClassificationInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskClassificationOutput {
    #[serde(rename = "ClassificationSet", default, skip_serializing_if = "Vec::is_empty")]
    pub classification_set: Vec<MediaAiAnalysisClassificationItem>,
    #[serde(rename = "ClassificationSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub classification_set_file_url: Option<String>,
    #[serde(rename = "ClassificationSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub classification_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAiAnalysisClassificationItem {
    #[serde(rename = "Classification", default)]
    pub classification: String,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskCoverInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskCoverOutput {
    #[serde(rename = "CoverSet", default, skip_serializing_if = "Vec::is_empty")]
    pub cover_set: Vec<MediaAiAnalysisCoverItem>,
    #[serde(rename = "CoverSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub cover_set_file_url: Option<String>,
    #[serde(rename = "CoverSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub cover_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAiAnalysisCoverItem {
    #[serde(rename = "CoverUrl", default)]
    pub cover_url: String,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskTagInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskTagOutput {
    #[serde(rename = "TagSet", default, skip_serializing_if = "Vec::is_empty")]
    pub tag_set: Vec<MediaAiAnalysisTagItem>,
    #[serde(rename = "TagSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub tag_set_file_url: Option<String>,
    #[serde(rename = "TagSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub tag_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAiAnalysisTagItem {
    #[serde(rename = "Tag", default)]
    pub tag: String,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskFrameTagInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskFrameTagOutput {
    #[serde(rename = "SegmentSet", default, skip_serializing_if = "Vec::is_empty")]
    pub segment_set: Vec<MediaAiAnalysisFrameTagSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url: Option<String>,
    #[serde(rename = "SegmentSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAiAnalysisFrameTagSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "TagSet", default)]
    pub tag_set: Vec<MediaAiAnalysisFrameTagItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAiAnalysisFrameTagItem {
    #[serde(rename = "Tag", default)]
    pub tag: String,
    #[serde(rename = "CategorySet", default)]
    pub category_set: Vec<String>,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskHighlightInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskHighlightOutput {
    #[serde(rename = "HighlightSet", default, skip_serializing_if = "Vec::is_empty")]
    pub highlight_set: Vec<MediaAiAnalysisHighlightItem>,
    #[serde(rename = "HighlightSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub highlight_set_file_url: Option<String>,
    #[serde(rename = "HighlightSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub highlight_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaAiAnalysisHighlightItem {
    #[serde(rename = "HighlightUrl", default)]
    pub highlight_url: String,
    #[serde(rename = "CovImgUrl", default)]
    pub cov_img_url: String,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Duration", default)]
    pub duration: f64,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<HighlightSegmentItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HighlightSegmentItem {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisResult {
    #[serde(rename = "Type", default)]
    pub r#type: AiAnalysisResultType,
    #[serde(rename = "ClassificationTask", skip_serializing_if = "Option::is_none")]
    pub classification_task: Option<Box<AiAnalysisTaskClassificationResult>>,
    #[serde(rename = "CoverTask", skip_serializing_if = "Option::is_none")]
    pub cover_task: Option<Box<AiAnalysisTaskCoverResult>>,
    #[serde(rename = "TagTask", skip_serializing_if = "Option::is_none")]
    pub tag_task: Option<Box<AiAnalysisTaskTagResult>>,
    #[serde(rename = "FrameTagTask", skip_serializing_if = "Option::is_none")]
    pub frame_tag_task: Option<Box<AiAnalysisTaskFrameTagResult>>,
    #[serde(rename = "HighlightTask", skip_serializing_if = "Option::is_none")]
    pub highlight_task: Option<Box<AiAnalysisTaskHighlightResult>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskClassificationResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiAnalysisTaskClassificationInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiAnalysisTaskClassificationOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskCoverResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiAnalysisTaskCoverInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiAnalysisTaskCoverOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskTagResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiAnalysisTaskTagInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiAnalysisTaskTagOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskFrameTagResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiAnalysisTaskFrameTagInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiAnalysisTaskFrameTagOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiAnalysisTaskHighlightResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiAnalysisTaskHighlightInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiAnalysisTaskHighlightOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskHeadTailResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskHeadTailResultOutput {
    #[serde(rename = "HeadConfidence", default)]
    pub head_confidence: f64,
    #[serde(rename = "HeadTimeOffset", default)]
    pub head_time_offset: f64,
    #[serde(rename = "TailConfidence", default)]
    pub tail_confidence: f64,
    #[serde(rename = "TailTimeOffset", default)]
    pub tail_time_offset: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskSegmentResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskSegmentResultOutput {
    #[serde(rename = "SegmentSet", default, skip_serializing_if = "Vec::is_empty")]
    pub segment_set: Vec<AiRecognitionTaskSegmentSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url: Option<String>,
    #[serde(rename = "SegmentSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskFaceResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskFaceResultOutput {
    #[serde(rename = "ResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub result_set: Vec<AiRecognitionTaskFaceResultItem>,
    #[serde(rename = "ResultSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url: Option<String>,
    #[serde(rename = "ResultSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrWordsResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrWordsResultOutput {
    #[serde(rename = "ResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub result_set: Vec<AiRecognitionTaskAsrWordsResultItem>,
    #[serde(rename = "ResultSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url: Option<String>,
    #[serde(rename = "ResultSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrFullTextResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrFullTextResultOutput {
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<AiRecognitionTaskAsrFullTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
    #[serde(rename = "SubtitleSet", default)]
    pub subtitle_set: Vec<AiRecognitionTaskAsrFullTextResultOutputSubtitleItem>,
    #[serde(rename = "SubtitleUrl", default)]
    pub subtitle_url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrTranslateResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrTranslateResultOutput {
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<AiRecognitionTaskAsrTranslateSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
    #[serde(rename = "SubtitleSet", default)]
    pub subtitle_set: Vec<AiRecognitionTaskAsrFullTextResultOutputSubtitleItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrWordsResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrWordsResultOutput {
    #[serde(rename = "ResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub result_set: Vec<AiRecognitionTaskOcrWordsResultItem>,
    #[serde(rename = "ResultSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url: Option<String>,
    #[serde(rename = "ResultSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrFullTextResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrFullTextResultOutput {
    #[serde(rename = "SegmentSet", default, skip_serializing_if = "Vec::is_empty")]
    pub segment_set: Vec<AiRecognitionTaskOcrFullTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url: Option<String>,
    #[serde(rename = "SegmentSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskObjectResultInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskObjectResultOutput {
    #[serde(rename = "ResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub result_set: Vec<AiRecognitionTaskObjectResultItem>,
    #[serde(rename = "ResultSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url: Option<String>,
    #[serde(rename = "ResultSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub result_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionResult {
    #[serde(rename = "Type", default)]
    pub r#type: AiRecognitionResultType,
    #[serde(rename = "HeadTailTask", skip_serializing_if = "Option::is_none")]
    pub head_tail_task: Option<Box<AiRecognitionTaskHeadTailResult>>,
    #[serde(rename = "SegmentTask", skip_serializing_if = "Option::is_none")]
    pub segment_task: Option<Box<AiRecognitionTaskSegmentResult>>,
    #[serde(rename = "FaceTask", skip_serializing_if = "Option::is_none")]
    pub face_task: Option<Box<AiRecognitionTaskFaceResult>>,
    #[serde(rename = "AsrWordsTask", skip_serializing_if = "Option::is_none")]
    pub asr_words_task: Option<Box<AiRecognitionTaskAsrWordsResult>>,
    #[serde(rename = "AsrFullTextTask", skip_serializing_if = "Option::is_none")]
    pub asr_full_text_task: Option<Box<AiRecognitionTaskAsrFullTextResult>>,
    #[serde(rename = "AsrTranslateTask", skip_serializing_if = "Option::is_none")]
    pub asr_translate_task: Option<Box<AiRecognitionTaskAsrTranslateResult>>,
    #[serde(rename = "OcrWordsTask", skip_serializing_if = "Option::is_none")]
    pub ocr_words_task: Option<Box<AiRecognitionTaskOcrWordsResult>>,
    #[serde(rename = "OcrFullTextTask", skip_serializing_if = "Option::is_none")]
    pub ocr_full_text_task: Option<Box<AiRecognitionTaskOcrFullTextResult>>,
    #[serde(rename = "ObjectTask", skip_serializing_if = "Option::is_none")]
    pub object_task: Option<Box<AiRecognitionTaskObjectResult>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskHeadTailResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskHeadTailResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskHeadTailResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskSegmentResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskSegmentResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskSegmentResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskFaceResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskFaceResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskFaceResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrWordsResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskAsrWordsResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskAsrWordsResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrFullTextResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskAsrFullTextResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskAsrFullTextResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrTranslateResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskAsrTranslateResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskAsrTranslateResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrWordsResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskOcrWordsResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskOcrWordsResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrFullTextResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskOcrFullTextResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskOcrFullTextResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskObjectResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiRecognitionTaskObjectResultInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiRecognitionTaskObjectResultOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskSegmentSegmentItem {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "SegmentUrl", default)]
    pub segment_url: String,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "CovImgUrl", default)]
    pub cov_img_url: String,
    #[serde(rename = "SpecialInfo", default)]
    pub special_info: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskFaceResultItem {
    #[serde(rename = "Id", default)]
    pub id: String,
    #[serde(rename = "Type", default)]
    pub r#type: AiRecognitionTaskFaceResultItemType,
    #[serde(rename = "Name", default)]
    pub name: String,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<AiRecognitionTaskFaceSegmentItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskFaceSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrWordsResultItem {
    #[serde(rename = "Word", default)]
    pub word: String,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<AiRecognitionTaskAsrWordsSegmentItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrWordsSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrFullTextSegmentItem {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Text", default)]
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrFullTextResultOutputSubtitleItem {
    #[serde(rename = "Id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "Language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(rename = "Format", default)]
    pub format: SubtitleFormat,
    #[serde(rename = "Url", default)]
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskAsrTranslateSegmentItem {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Text", default)]
    pub text: String,
    #[serde(rename = "Translation", default)]
    pub translation: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrWordsResultItem {
    #[serde(rename = "Word", default)]
    pub word: String,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<AiRecognitionTaskOcrWordsSegmentItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrWordsSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrFullTextSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "TextSet", default)]
    pub text_set: Vec<AiRecognitionTaskOcrFullTextSegmentTextItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskOcrFullTextSegmentTextItem {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
    #[serde(rename = "Text", default)]
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskObjectResultItem {
    #[serde(rename = "Name", default)]
    pub name: String,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<AiRecognitionTaskObjectSeqmentItem>,
    #[serde(rename = "RecognitionSegmentSet", default)]
    pub recognition_segment_set: Vec<AiRecognitionTaskObjectSegmentItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskObjectSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiRecognitionTaskObjectSeqmentItem {
    #[serde(rename = "StartTimeOffset", skip_serializing_if = "Option::is_none")]
    pub start_time_offset: Option<f64>,
    #[serde(rename = "EndTimeOffset", skip_serializing_if = "Option::is_none")]
    pub end_time_offset: Option<f64>,
    #[serde(rename = "Confidence", skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    #[serde(rename = "AreaCoordSet", default, skip_serializing_if = "Vec::is_empty")]
    pub area_coord_set: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPornTaskInput {
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPornTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Label", default)]
    pub label: AiReviewPornTaskOutputLabel,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTerrorismTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTerrorismTaskOutput {
    #[serde(rename = "Confidence", skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    #[serde(rename = "Suggestion", skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<ReviewSuggestion>,
    #[serde(rename = "Label", skip_serializing_if = "Option::is_none")]
    pub label: Option<AiReviewTerrorismTaskOutputLabel>,
    #[serde(rename = "SegmentSet", default, skip_serializing_if = "Vec::is_empty")]
    pub segment_set: Vec<MediaContentReviewSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url: Option<String>,
    #[serde(rename = "SegmentSetFileUrlExpireTime", skip_serializing_if = "Option::is_none")]
    pub segment_set_file_url_expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPoliticalTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPoliticalTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Label", default)]
    pub label: AiReviewPoliticalTaskOutputLabel,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewPoliticalSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPornAsrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPornAsrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewAsrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPornOcrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPornOcrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewOcrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPoliticalAsrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPoliticalAsrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewAsrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPoliticalOcrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewPoliticalOcrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewOcrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTerrorismOcrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTerrorismOcrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewOcrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewProhibitedOcrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewProhibitedOcrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewOcrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewProhibitedAsrTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewProhibitedAsrTaskOutput {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<MediaContentReviewAsrTextSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiContentReviewResult {
    #[serde(rename = "Type", default)]
    pub r#type: AiContentReviewResultType,
    #[serde(rename = "PornTask", skip_serializing_if = "Option::is_none")]
    pub porn_task: Option<Box<AiReviewTaskPornResult>>,
    #[serde(rename = "TerrorismTask", skip_serializing_if = "Option::is_none")]
    pub terrorism_task: Option<Box<AiReviewTaskTerrorismResult>>,
    #[serde(rename = "PoliticalTask", skip_serializing_if = "Option::is_none")]
    pub political_task: Option<Box<AiReviewTaskPoliticalResult>>,
    #[serde(rename = "PornAsrTask", skip_serializing_if = "Option::is_none")]
    pub porn_asr_task: Option<Box<AiReviewTaskPornAsrResult>>,
    #[serde(rename = "PornOcrTask", skip_serializing_if = "Option::is_none")]
    pub porn_ocr_task: Option<Box<AiReviewTaskPornOcrResult>>,
    #[serde(rename = "PoliticalAsrTask", skip_serializing_if = "Option::is_none")]
    pub political_asr_task: Option<Box<AiReviewTaskPoliticalAsrResult>>,
    #[serde(rename = "PoliticalOcrTask", skip_serializing_if = "Option::is_none")]
    pub political_ocr_task: Option<Box<AiReviewTaskPoliticalOcrResult>>,
    #[serde(rename = "TerrorismOcrTask", skip_serializing_if = "Option::is_none")]
    pub terrorism_ocr_task: Option<Box<AiReviewTaskTerrorismOcrResult>>,
    #[serde(rename = "ProhibitedOcrTask", skip_serializing_if = "Option::is_none")]
    pub prohibited_ocr_task: Option<Box<AiReviewTaskProhibitedOcrResult>>,
    #[serde(rename = "ProhibitedAsrTask", skip_serializing_if = "Option::is_none")]
    pub prohibited_asr_task: Option<Box<AiReviewTaskProhibitedAsrResult>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskPornResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewPornTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewPornTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskTerrorismResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewTerrorismTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewTerrorismTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskPoliticalResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewPoliticalTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewPoliticalTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskPornAsrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewPornAsrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewPornAsrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskPornOcrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewPornOcrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewPornOcrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskPoliticalAsrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewPoliticalAsrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewPoliticalAsrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskPoliticalOcrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewPoliticalOcrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewPoliticalOcrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskTerrorismOcrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewTerrorismOcrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewTerrorismOcrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskProhibitedOcrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewProhibitedOcrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewProhibitedOcrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiReviewTaskProhibitedAsrResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AiReviewProhibitedAsrTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AiReviewProhibitedAsrTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaContentReviewSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Label", default)]
    pub label: String,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "PicUrlExpireTimeStamp", default)]
    pub pic_url_expire_time_stamp: i64,
    #[serde(rename = "PicUrlExpireTime", default)]
    pub pic_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaContentReviewPoliticalSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Name", default)]
    pub name: String,
    #[serde(rename = "Label", default)]
    pub label: MediaContentReviewPoliticalSegmentItemLabel,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
    #[serde(rename = "PicUrlExpireTimeStamp", default)]
    pub pic_url_expire_time_stamp: i64,
    #[serde(rename = "PicUrlExpireTime", default)]
    pub pic_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaContentReviewAsrTextSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "KeywordSet", default)]
    pub keyword_set: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaContentReviewOcrTextSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "KeywordSet", default)]
    pub keyword_set: Vec<String>,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "PicUrlExpireTime", default)]
    pub pic_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TranscodeTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "WatermarkSet", default, skip_serializing_if = "Vec::is_empty")]
    pub watermark_set: Vec<WatermarkInput>,
    #[serde(rename = "TraceWatermark", skip_serializing_if = "Option::is_none")]
    pub trace_watermark: Option<Box<TraceWatermarkInput>>,
    #[serde(rename = "CopyRightWatermark", skip_serializing_if = "Option::is_none")]
    pub copy_right_watermark: Option<Box<CopyRightWatermarkInput>>,
    #[serde(rename = "BlindWatermark", skip_serializing_if = "Option::is_none")]
    pub blind_watermark: Option<Box<BlindWatermarkInput>>,
    #[serde(rename = "MosaicSet", default, skip_serializing_if = "Vec::is_empty")]
    pub mosaic_set: Vec<MosaicInput>,
    #[serde(rename = "HeadTailSet", default, skip_serializing_if = "Vec::is_empty")]
    pub head_tail_set: Vec<HeadTailTaskInput>,
    #[serde(rename = "StartTimeOffset", skip_serializing_if = "Option::is_none")]
    pub start_time_offset: Option<f64>,
    #[serde(rename = "EndTimeOffset", skip_serializing_if = "Option::is_none")]
    pub end_time_offset: Option<f64>,
    #[serde(rename = "OverrideParameter", skip_serializing_if = "Option::is_none")]
    pub override_parameter: Option<Box<OverrideTranscodeParameter>>,
    #[serde(rename = "SubtitleInfoSet", default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle_info_set: Vec<SubtitleInfoInput>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AnimatedGraphicTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SnapshotByTimeOffsetTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "ExtTimeOffsetSet", default, skip_serializing_if = "Vec::is_empty")]
    pub ext_time_offset_set: Vec<String>,
    #[serde(rename = "TimeOffsetSet", default, skip_serializing_if = "Vec::is_empty")]
    pub time_offset_set: Vec<f64>,
    #[serde(rename = "WatermarkSet", default, skip_serializing_if = "Vec::is_empty")]
    pub watermark_set: Vec<WatermarkInput>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SampleSnapshotTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "WatermarkSet", default, skip_serializing_if = "Vec::is_empty")]
    pub watermark_set: Vec<WatermarkInput>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageSpriteTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CoverBySnapshotTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "PositionType", default)]
    pub position_type: CoverBySnapshotTaskInputPositionType,
    #[serde(rename = "PositionValue", default)]
    pub position_value: f64,
    #[serde(rename = "WatermarkSet", default, skip_serializing_if = "Vec::is_empty")]
    pub watermark_set: Vec<WatermarkInput>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdaptiveDynamicStreamingTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "WatermarkSet", default, skip_serializing_if = "Vec::is_empty")]
    pub watermark_set: Vec<WatermarkInput>,
    #[serde(rename = "TraceWatermark", skip_serializing_if = "Option::is_none")]
    pub trace_watermark: Option<Box<TraceWatermarkInput>>,
    #[serde(rename = "CopyRightWatermark", skip_serializing_if = "Option::is_none")]
    pub copy_right_watermark: Option<Box<CopyRightWatermarkInput>>,
    #[serde(rename = "BlindWatermark", skip_serializing_if = "Option::is_none")]
    pub blind_watermark: Option<Box<BlindWatermarkInput>>,
    #[serde(rename = "SubtitleSet", default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle_set: Vec<String>,
    #[serde(rename = "SubtitleInfoSet", default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle_info_set: Vec<SubtitleInfoInput>,
    #[serde(rename = "DrmInfo", skip_serializing_if = "Option::is_none")]
    pub drm_info: Option<Box<ThirdPartyDrmInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WatermarkInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "TextContent", skip_serializing_if = "Option::is_none")]
    pub text_content: Option<String>,
    #[serde(rename = "SvgContent", skip_serializing_if = "Option::is_none")]
    pub svg_content: Option<String>,
    #[serde(rename = "StartTimeOffset", skip_serializing_if = "Option::is_none")]
    pub start_time_offset: Option<f64>,
    #[serde(rename = "EndTimeOffset", skip_serializing_if = "Option::is_none")]
    pub end_time_offset: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TraceWatermarkInput {
    #[serde(rename = "Switch", skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CopyRightWatermarkInput {
    #[serde(rename = "Text", default)]
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BlindWatermarkInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MosaicInput {
    #[serde(rename = "CoordinateOrigin", skip_serializing_if = "Option::is_none")]
    pub coordinate_origin: Option<MosaicInputCoordinateOrigin>,
    #[serde(rename = "XPos", skip_serializing_if = "Option::is_none")]
    pub x_pos: Option<String>,
    #[serde(rename = "YPos", skip_serializing_if = "Option::is_none")]
    pub y_pos: Option<String>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<String>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<String>,
    #[serde(rename = "StartTimeOffset", skip_serializing_if = "Option::is_none")]
    pub start_time_offset: Option<f64>,
    #[serde(rename = "EndTimeOffset", skip_serializing_if = "Option::is_none")]
    pub end_time_offset: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HeadTailTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OverrideTranscodeParameter {
    #[serde(rename = "Container", skip_serializing_if = "Option::is_none")]
    pub container: Option<TranscodeContainer>,
    #[serde(rename = "RemoveVideo", skip_serializing_if = "Option::is_none")]
    pub remove_video: Option<u64>,
    #[serde(rename = "RemoveAudio", skip_serializing_if = "Option::is_none")]
    pub remove_audio: Option<u64>,
    #[serde(rename = "VideoTemplate", skip_serializing_if = "Option::is_none")]
    pub video_template: Option<Box<VideoTemplateInfoForUpdate>>,
    #[serde(rename = "AudioTemplate", skip_serializing_if = "Option::is_none")]
    pub audio_template: Option<Box<AudioTemplateInfoForUpdate>>,
    #[serde(rename = "TEHDConfig", skip_serializing_if = "Option::is_none")]
    pub tehd_config: Option<Box<TEHDConfigForUpdate>>,
    #[serde(rename = "StdExtInfo", skip_serializing_if = "Option::is_none")]
    pub std_ext_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoTemplateInfoForUpdate {
    #[serde(rename = "Codec", skip_serializing_if = "Option::is_none")]
    pub codec: Option<VideoTemplateInfoForUpdateCodec>,
    #[serde(rename = "Fps", skip_serializing_if = "Option::is_none")]
    pub fps: Option<u64>,
    #[serde(rename = "Bitrate", skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u64>,
    #[serde(rename = "ResolutionAdaptive", skip_serializing_if = "Option::is_none")]
    pub resolution_adaptive: Option<VideoTemplateInfoForUpdateResolutionAdaptive>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<u64>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<u64>,
    #[serde(rename = "FillType", skip_serializing_if = "Option::is_none")]
    pub fill_type: Option<VideoTemplateInfoForUpdateFillType>,
    #[serde(rename = "Vcrf", skip_serializing_if = "Option::is_none")]
    pub vcrf: Option<u64>,
    #[serde(rename = "Gop", skip_serializing_if = "Option::is_none")]
    pub gop: Option<u64>,
    #[serde(rename = "PreserveHDRSwitch", skip_serializing_if = "Option::is_none")]
    pub preserve_hdr_switch: Option<Switch>,
    #[serde(rename = "CodecTag", skip_serializing_if = "Option::is_none")]
    pub codec_tag: Option<VideoTemplateInfoForUpdateCodecTag>,
    #[serde(rename = "GopUnit", skip_serializing_if = "Option::is_none")]
    pub gop_unit: Option<VideoTemplateInfoForUpdateGopUnit>,
    #[serde(rename = "Mode", skip_serializing_if = "Option::is_none")]
    pub mode: Option<VideoTemplateInfoForUpdateMode>,
    #[serde(rename = "Bframes", skip_serializing_if = "Option::is_none")]
    pub bframes: Option<i64>,
    #[serde(rename = "HlsTime", skip_serializing_if = "Option::is_none")]
    pub hls_time: Option<i64>,
    #[serde(rename = "VideoProfile", skip_serializing_if = "Option::is_none")]
    pub video_profile: Option<VideoTemplateInfoForUpdateVideoProfile>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AudioTemplateInfoForUpdate {
    #[serde(rename = "Codec", skip_serializing_if = "Option::is_none")]
    pub codec: Option<AudioCodec>,
    #[serde(rename = "Bitrate", skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u64>,
    #[serde(rename = "SampleRate", skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<u64>,
    #[serde(rename = "AudioChannel", skip_serializing_if = "Option::is_none")]
    pub audio_channel: Option<i64>,
    #[serde(rename = "StreamSelects", default, skip_serializing_if = "Vec::is_empty")]
    pub stream_selects: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TEHDConfigForUpdate {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<TopSpeedCodec>,
    #[serde(rename = "MaxVideoBitrate", skip_serializing_if = "Option::is_none")]
    pub max_video_bitrate: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SubtitleInfoInput {
    #[serde(rename = "Id", default)]
    pub id: String,
    #[serde(rename = "StreamIndex", skip_serializing_if = "Option::is_none")]
    pub stream_index: Option<i64>,
    #[serde(rename = "FontType", skip_serializing_if = "Option::is_none")]
    pub font_type: Option<SubtitleInfoInputFontType>,
    #[serde(rename = "FontSize", skip_serializing_if = "Option::is_none")]
    pub font_size: Option<String>,
    #[serde(rename = "FontColor", skip_serializing_if = "Option::is_none")]
    pub font_color: Option<String>,
    #[serde(rename = "FontAlpha", skip_serializing_if = "Option::is_none")]
    pub font_alpha: Option<f64>,
    #[serde(rename = "YPos", skip_serializing_if = "Option::is_none")]
    pub y_pos: Option<String>,
    #[serde(rename = "BoardY", skip_serializing_if = "Option::is_none")]
    pub board_y: Option<String>,
    #[serde(rename = "BoardWidth", skip_serializing_if = "Option::is_none")]
    pub board_width: Option<String>,
    #[serde(rename = "BoardHeight", skip_serializing_if = "Option::is_none")]
    pub board_height: Option<String>,
    #[serde(rename = "BoardColor", skip_serializing_if = "Option::is_none")]
    pub board_color: Option<String>,
    #[serde(rename = "BoardAlpha", skip_serializing_if = "Option::is_none")]
    pub board_alpha: Option<f64>,
    #[serde(rename = "Alignment", skip_serializing_if = "Option::is_none")]
    pub alignment: Option<SubtitleInfoInputAlignment>,
    #[serde(rename = "OutlineWidth", skip_serializing_if = "Option::is_none")]
    pub outline_width: Option<String>,
    #[serde(rename = "OutlineColor", skip_serializing_if = "Option::is_none")]
    pub outline_color: Option<String>,
    #[serde(rename = "OutlineAlpha", skip_serializing_if = "Option::is_none")]
    pub outline_alpha: Option<f64>,
    #[serde(rename = "ShadowWidth", skip_serializing_if = "Option::is_none")]
    pub shadow_width: Option<String>,
    #[serde(rename = "ShadowColor", skip_serializing_if = "Option::is_none")]
    pub shadow_color: Option<String>,
    #[serde(rename = "ShadowAlpha", skip_serializing_if = "Option::is_none")]
    pub shadow_alpha: Option<f64>,
    #[serde(rename = "LineSpacing", skip_serializing_if = "Option::is_none")]
    pub line_spacing: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ThirdPartyDrmInfo {
    #[serde(rename = "DrmTypes", default)]
    pub drm_types: Vec<ThirdPartyDrmInfoDrmTypes>,
    #[serde(rename = "SPEKEDrm", skip_serializing_if = "Option::is_none")]
    pub speke_drm: Option<Box<SPEKEDrm>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SPEKEDrm {
    #[serde(rename = "ResourceId", default)]
    pub resource_id: String,
    #[serde(rename = "KeyServerUrl", default)]
    pub key_server_url: String,
    #[serde(rename = "Vector", default)]
    pub vector: String,
    #[serde(rename = "EncryptionMethod", skip_serializing_if = "Option::is_none")]
    pub encryption_method: Option<SPEKEDrmEncryptionMethod>,
    #[serde(rename = "EncryptionPreset", skip_serializing_if = "Option::is_none")]
    pub encryption_preset: Option<SPEKEDrmEncryptionPreset>,
    #[serde(rename = "KeyAcquireMode", skip_serializing_if = "Option::is_none")]
    pub key_acquire_mode: Option<SPEKEDrmKeyAcquireMode>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskTranscodeResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<TranscodeTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MediaTranscodeItem>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskAnimatedGraphicResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AnimatedGraphicTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MediaAnimatedGraphicsItem>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskSnapshotByTimeOffsetResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<SnapshotByTimeOffsetTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MediaSnapshotByTimeOffsetItem>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskSampleSnapshotResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<SampleSnapshotTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MediaSampleSnapshotItem>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskImageSpriteResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ImageSpriteTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MediaImageSpriteItem>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskCoverBySnapshotResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<CoverBySnapshotTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<CoverBySnapshotTaskOutput>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskAdaptiveDynamicStreamingResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AdaptiveDynamicStreamingTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AdaptiveDynamicStreamingInfoItem>>,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcedureTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", skip_serializing_if = "Option::is_none")]
    pub err_code: Option<i64>,
    #[serde(rename = "Message", skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileName", default)]
    pub file_name: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "MediaProcessResultSet", default)]
    pub media_process_result_set: Vec<MediaProcessTaskResult>,
    #[serde(rename = "AiContentReviewResultSet", default)]
    pub ai_content_review_result_set: Vec<AiContentReviewResult>,
    #[serde(rename = "AiAnalysisResultSet", default)]
    pub ai_analysis_result_set: Vec<AiAnalysisResult>,
    #[serde(rename = "AiRecognitionResultSet", default)]
    pub ai_recognition_result_set: Vec<AiRecognitionResult>,
    #[serde(rename = "TasksPriority", default)]
    pub tasks_priority: i64,
    #[serde(rename = "TasksNotifyMode", default)]
    pub tasks_notify_mode: TaskNotifyMode,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "Operator", default)]
    pub operator: ProcedureTaskOperator,
    #[serde(rename = "OperationType", default)]
    pub operation_type: ProcedureTaskOperationType,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaProcessTaskResult {
    #[serde(rename = "Type", default)]
    pub r#type: MediaProcessTaskResultType,
    #[serde(rename = "TranscodeTask", skip_serializing_if = "Option::is_none")]
    pub transcode_task: Option<Box<MediaProcessTaskTranscodeResult>>,
    #[serde(rename = "AnimatedGraphicTask", skip_serializing_if = "Option::is_none")]
    pub animated_graphic_task: Option<Box<MediaProcessTaskAnimatedGraphicResult>>,
    #[serde(rename = "SnapshotByTimeOffsetTask", skip_serializing_if = "Option::is_none")]
    pub snapshot_by_time_offset_task: Option<Box<MediaProcessTaskSnapshotByTimeOffsetResult>>,
    #[serde(rename = "SampleSnapshotTask", skip_serializing_if = "Option::is_none")]
    pub sample_snapshot_task: Option<Box<MediaProcessTaskSampleSnapshotResult>>,
    #[serde(rename = "ImageSpriteTask", skip_serializing_if = "Option::is_none")]
    pub image_sprite_task: Option<Box<MediaProcessTaskImageSpriteResult>>,
    #[serde(rename = "CoverBySnapshotTask", skip_serializing_if = "Option::is_none")]
    pub cover_by_snapshot_task: Option<Box<MediaProcessTaskCoverBySnapshotResult>>,
    #[serde(rename = "AdaptiveDynamicStreamingTask", skip_serializing_if = "Option::is_none")]
    pub adaptive_dynamic_streaming_task: Option<Box<MediaProcessTaskAdaptiveDynamicStreamingResult>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: ErrCodeExt,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", skip_serializing_if = "Option::is_none")]
    pub progress: Option<i64>,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AigcAudioTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AigcAudioTaskOutput>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioTaskInput {
    #[serde(rename = "ModelName", skip_serializing_if = "Option::is_none")]
    pub model_name: Option<String>,
    #[serde(rename = "ModelVersion", skip_serializing_if = "Option::is_none")]
    pub model_version: Option<String>,
    #[serde(rename = "SceneType", skip_serializing_if = "Option::is_none")]
    pub scene_type: Option<String>,
    #[serde(rename = "Prompt", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    #[serde(rename = "NegativePrompt", skip_serializing_if = "Option::is_none")]
    pub negative_prompt: Option<String>,
    #[serde(rename = "AudioInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub audio_infos: Vec<AigcAudioReferenceAudioInfo>,
    #[serde(rename = "VideoInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub video_infos: Vec<AigcAudioReferenceVideoInfo>,
    #[serde(rename = "EnhancePrompt", skip_serializing_if = "Option::is_none")]
    pub enhance_prompt: Option<bool>,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<AigcAudioOutputConfig>>,
    #[serde(rename = "AdditionalParameters", skip_serializing_if = "Option::is_none")]
    pub additional_parameters: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioTaskOutput {
    #[serde(rename = "AudioInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub audio_infos: Vec<AigcAudioTaskOutputFileInfo>,
    #[serde(rename = "VideoInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub video_infos: Vec<AigcAudioTaskOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioTaskOutputFileInfo {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "FileType", skip_serializing_if = "Option::is_none")]
    pub file_type: Option<String>,
    #[serde(rename = "FileUrl", skip_serializing_if = "Option::is_none")]
    pub file_url: Option<String>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "Duration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawOutputFileInfo {
    #[serde(rename = "StorageMode", default)]
    pub storage_mode: StorageMode,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AigcVideoRedrawTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AigcVideoRedrawTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawTaskInput {
    #[serde(rename = "FileInfo", skip_serializing_if = "Option::is_none")]
    pub file_info: Option<Box<AigcVideoRedrawTaskInputFileInfo>>,
    #[serde(rename = "TaskInfo", skip_serializing_if = "Option::is_none")]
    pub task_info: Option<Box<AigcVideoRedrawTaskInfo>>,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<AigcVideoRedrawOutputConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawTaskOutput {
    #[serde(rename = "FileInfo", skip_serializing_if = "Option::is_none")]
    pub file_info: Option<Box<AigcVideoRedrawOutputFileInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CloneVoiceAsyncInput {
    #[serde(rename = "AudioUrl", skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<String>,
    #[serde(rename = "AudioFileId", skip_serializing_if = "Option::is_none")]
    pub audio_file_id: Option<String>,
    #[serde(rename = "LanguageBoost", skip_serializing_if = "Option::is_none")]
    pub language_boost: Option<String>,
    #[serde(rename = "ExtParam", skip_serializing_if = "Option::is_none")]
    pub ext_param: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CloneVoiceAsyncOutput {
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "DemoAudio", skip_serializing_if = "Option::is_none")]
    pub demo_audio: Option<String>,
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CloneVoiceAsyncTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<CloneVoiceAsyncInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<CloneVoiceAsyncOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcAudioCloneInput {
    #[serde(rename = "AudioFileInfo", skip_serializing_if = "Option::is_none")]
    pub audio_file_info: Option<Box<AigcAudioCloneInputFileInfo>>,
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "Text", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(rename = "PromptAudioFileInfo", skip_serializing_if = "Option::is_none")]
    pub prompt_audio_file_info: Option<Box<AigcAudioCloneInputFileInfo>>,
    #[serde(rename = "PromptText", skip_serializing_if = "Option::is_none")]
    pub prompt_text: Option<String>,
    #[serde(rename = "Payload", skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcAudioCloneOutput {
    #[serde(rename = "TaskId", skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    #[serde(rename = "State", skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "DemoAudio", skip_serializing_if = "Option::is_none")]
    pub demo_audio: Option<String>,
    #[serde(rename = "Payload", skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    #[serde(rename = "CreatedAt", skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcAudioCloneTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", skip_serializing_if = "Option::is_none")]
    pub progress: Option<i64>,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<CreateAigcAudioCloneInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<CreateAigcAudioCloneOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcSubjectInput {
    #[serde(rename = "SubjectName", skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    #[serde(rename = "SubjectImages", default, skip_serializing_if = "Vec::is_empty")]
    pub subject_images: Vec<String>,
    #[serde(rename = "SubjectVideos", default, skip_serializing_if = "Vec::is_empty")]
    pub subject_videos: Vec<String>,
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcSubjectOutput {
    #[serde(rename = "SubjectId", skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<String>,
    #[serde(rename = "SubjectInfo", skip_serializing_if = "Option::is_none")]
    pub subject_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcSubjectTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<CreateAigcSubjectInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<CreateAigcSubjectOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DesignVoiceAsyncInput {
    #[serde(rename = "Prompt", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    #[serde(rename = "VoiceSettings", skip_serializing_if = "Option::is_none")]
    pub voice_settings: Option<Box<VoiceSettings>>,
    #[serde(rename = "PreviewText", skip_serializing_if = "Option::is_none")]
    pub preview_text: Option<String>,
    #[serde(rename = "ExtParam", skip_serializing_if = "Option::is_none")]
    pub ext_param: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DesignVoiceAsyncOutput {
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "TrialAudio", skip_serializing_if = "Option::is_none")]
    pub trial_audio: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DesignVoiceAsyncTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<DesignVoiceAsyncInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<DesignVoiceAsyncOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncInput {
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(rename = "ImageTaskInput", skip_serializing_if = "Option::is_none")]
    pub image_task_input: Option<Box<ProcessImageAsyncTaskInput>>,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<ProcessImageAsyncOutputConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncOutput {
    #[serde(rename = "FileInfo", skip_serializing_if = "Option::is_none")]
    pub file_info: Option<Box<ProcessImageAsyncOutputFileInfo>>,
    #[serde(rename = "OutputText", default)]
    pub output_text: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncOutputFileInfo {
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncType {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ProcessImageAsyncInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ProcessImageAsyncOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcVideoTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<SceneAigcVideoTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<SceneAigcVideoTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcVideoTaskInput {
    #[serde(rename = "SceneInfo", skip_serializing_if = "Option::is_none")]
    pub scene_info: Option<Box<AigcVideoSceneInfo>>,
    #[serde(rename = "FileInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub file_infos: Vec<SceneAigcVideoTaskInputFileInfo>,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<SceneAigcVideoOutputConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcVideoTaskOutput {
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<SceneAigcImageTaskOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TextToSpeechAsyncInput {
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "Text", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(rename = "LanguageBoost", skip_serializing_if = "Option::is_none")]
    pub language_boost: Option<String>,
    #[serde(rename = "ExtParam", skip_serializing_if = "Option::is_none")]
    pub ext_param: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TextToSpeechAsyncOutput {
    #[serde(rename = "AudioUrl", skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<String>,
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TextToSpeechAsyncTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<TextToSpeechAsyncInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<TextToSpeechAsyncOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImportMediaKnowledgeTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ImportMediaKnowledgeTaskInput>>,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDepthEstimationInput {
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDepthEstimationOutput {
    #[serde(rename = "StorageMode", default)]
    pub storage_mode: StorageMode,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDepthEstimationTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<VideoDepthEstimationInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<VideoDepthEstimationOutput>>,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDubbingAsyncInput {
    #[serde(rename = "InputUrl", skip_serializing_if = "Option::is_none")]
    pub input_url: Option<String>,
    #[serde(rename = "InputFileId", skip_serializing_if = "Option::is_none")]
    pub input_file_id: Option<String>,
    #[serde(rename = "SrcLanguage", skip_serializing_if = "Option::is_none")]
    pub src_language: Option<String>,
    #[serde(rename = "DstLanguage", skip_serializing_if = "Option::is_none")]
    pub dst_language: Option<String>,
    #[serde(rename = "Model", skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDubbingAsyncOutput {
    #[serde(rename = "ResultUrl", skip_serializing_if = "Option::is_none")]
    pub result_url: Option<String>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDubbingAsyncTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<VideoDubbingAsyncInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<VideoDubbingAsyncOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiCutOutConfig {
    #[serde(rename = "Switch", skip_serializing_if = "Option::is_none")]
    pub switch: Option<String>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "PatternConfig", skip_serializing_if = "Option::is_none")]
    pub pattern_config: Option<Box<PatternConfig>>,
    #[serde(rename = "Model", skip_serializing_if = "Option::is_none")]
    pub model: Option<AiCutOutConfigModel>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AiTryOnConfig {
    #[serde(rename = "Model", default)]
    pub model: AiTryOnConfigModel,
    #[serde(rename = "ClothesFileInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub clothes_file_infos: Vec<SceneAigcImageTaskInputFileInfo>,
    #[serde(rename = "Prompt", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioCloneInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "Duration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<i64>,
    #[serde(rename = "OutputAudioFormat", skip_serializing_if = "Option::is_none")]
    pub output_audio_format: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioReferenceAudioInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcAudioReferenceVideoInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcFaceIdentityInfo {
    #[serde(rename = "FaceId", skip_serializing_if = "Option::is_none")]
    pub face_id: Option<String>,
    #[serde(rename = "FaceImage", skip_serializing_if = "Option::is_none")]
    pub face_image: Option<String>,
    #[serde(rename = "StartTime", skip_serializing_if = "Option::is_none")]
    pub start_time: Option<i64>,
    #[serde(rename = "EndTime", skip_serializing_if = "Option::is_none")]
    pub end_time: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcFaceInfo {
    #[serde(rename = "SessionId", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    #[serde(rename = "FaceInfoList", default, skip_serializing_if = "Vec::is_empty")]
    pub face_info_list: Vec<AigcFaceIdentityInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcFaceInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DMeshInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DMultiViewImageInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(rename = "ViewType", skip_serializing_if = "Option::is_none")]
    pub view_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DReferenceImageInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AigcHunyuan3DTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AigcHunyuan3DTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DTaskInput {
    #[serde(rename = "ImageInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub image_infos: Vec<AigcHunyuan3DReferenceImageInfo>,
    #[serde(rename = "MultiViewImageInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub multi_view_image_infos: Vec<AigcHunyuan3DMultiViewImageInfo>,
    #[serde(rename = "Prompt", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    #[serde(rename = "GenerateType", skip_serializing_if = "Option::is_none")]
    pub generate_type: Option<AigcHunyuan3DTaskInputGenerateType>,
    #[serde(rename = "MeshInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub mesh_infos: Vec<AigcHunyuan3DMeshInfo>,
    #[serde(rename = "EnablePBR", skip_serializing_if = "Option::is_none")]
    pub enable_pbr: Option<EnabledStatus>,
    #[serde(rename = "FaceCount", skip_serializing_if = "Option::is_none")]
    pub face_count: Option<i64>,
    #[serde(rename = "KeepUV", skip_serializing_if = "Option::is_none")]
    pub keep_uv: Option<EnabledStatus>,
    #[serde(rename = "ResultFormat", skip_serializing_if = "Option::is_none")]
    pub result_format: Option<String>,
    #[serde(rename = "Seed", skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    #[serde(rename = "Style", skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<AigcHunyuan3DOutputConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DTaskOutput {
    #[serde(rename = "FileInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub file_infos: Vec<AigcHunyuan3DTaskOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcHunyuan3DTaskOutputFileInfo {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "FileType", skip_serializing_if = "Option::is_none")]
    pub file_type: Option<String>,
    #[serde(rename = "FileUrl", skip_serializing_if = "Option::is_none")]
    pub file_url: Option<String>,
    #[serde(rename = "PreviewFileUrl", skip_serializing_if = "Option::is_none")]
    pub preview_file_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "Resolution", skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    #[serde(rename = "AspectRatio", skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    #[serde(rename = "PersonGeneration", skip_serializing_if = "Option::is_none")]
    pub person_generation: Option<AigcImageOutputConfigPersonGeneration>,
    #[serde(rename = "InputComplianceCheck", skip_serializing_if = "Option::is_none")]
    pub input_compliance_check: Option<EnabledStatus>,
    #[serde(rename = "OutputComplianceCheck", skip_serializing_if = "Option::is_none")]
    pub output_compliance_check: Option<EnabledStatus>,
    #[serde(rename = "OutputImageCount", skip_serializing_if = "Option::is_none")]
    pub output_image_count: Option<u64>,
    #[serde(rename = "OutputFormat", skip_serializing_if = "Option::is_none")]
    pub output_format: Option<AigcImageOutputConfigOutputFormat>,
    #[serde(rename = "LogoAdd", skip_serializing_if = "Option::is_none")]
    pub logo_add: Option<EnabledStatus>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageSceneInfo {
    #[serde(rename = "Type", default)]
    pub r#type: AigcImageSceneInfoType,
    #[serde(rename = "AiTryOnConfig", skip_serializing_if = "Option::is_none")]
    pub ai_try_on_config: Option<Box<AiTryOnConfig>>,
    #[serde(rename = "ChangeClothesConfig", skip_serializing_if = "Option::is_none")]
    pub change_clothes_config: Option<Box<ChangeClothesConfig>>,
    #[serde(rename = "ProductImageConfig", skip_serializing_if = "Option::is_none")]
    pub product_image_config: Option<Box<ProductImageConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: ErrCodeExt,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AigcImageTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AigcImageTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageTaskInput {
    #[serde(rename = "ModelName", default)]
    pub model_name: String,
    #[serde(rename = "ModelVersion", default)]
    pub model_version: String,
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<AigcImageTaskInputFileInfo>,
    #[serde(rename = "Prompt", default)]
    pub prompt: String,
    #[serde(rename = "NegativePrompt", default)]
    pub negative_prompt: String,
    #[serde(rename = "EnhancePrompt", default)]
    pub enhance_prompt: EnabledStatus,
    #[serde(rename = "GenerationMode", default)]
    pub generation_mode: AigcImageTaskInputGenerationMode,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<AigcImageOutputConfig>>,
    #[serde(rename = "Seed", skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    #[serde(rename = "SceneType", default)]
    pub scene_type: String,
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageTaskInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<AigcImageTaskInputFileInfoType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(rename = "Base64", skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    #[serde(rename = "Text", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(rename = "ReferenceType", skip_serializing_if = "Option::is_none")]
    pub reference_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageTaskOutput {
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<AigcImageTaskOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcImageTaskOutputFileInfo {
    #[serde(rename = "StorageMode", default)]
    pub storage_mode: StorageMode,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "Duration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(rename = "Resolution", skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    #[serde(rename = "AspectRatio", skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    #[serde(rename = "AudioGeneration", skip_serializing_if = "Option::is_none")]
    pub audio_generation: Option<EnabledStatus>,
    #[serde(rename = "PersonGeneration", skip_serializing_if = "Option::is_none")]
    pub person_generation: Option<AigcVideoOutputConfigPersonGeneration>,
    #[serde(rename = "InputComplianceCheck", skip_serializing_if = "Option::is_none")]
    pub input_compliance_check: Option<EnabledStatus>,
    #[serde(rename = "OutputComplianceCheck", skip_serializing_if = "Option::is_none")]
    pub output_compliance_check: Option<EnabledStatus>,
    #[serde(rename = "EnhanceSwitch", skip_serializing_if = "Option::is_none")]
    pub enhance_switch: Option<EnabledStatus>,
    #[serde(rename = "OffPeak", skip_serializing_if = "Option::is_none")]
    pub off_peak: Option<EnabledStatus>,
    #[serde(rename = "FrameInterpolate", skip_serializing_if = "Option::is_none")]
    pub frame_interpolate: Option<EnabledStatus>,
    #[serde(rename = "LogoAdd", skip_serializing_if = "Option::is_none")]
    pub logo_add: Option<EnabledStatus>,
    #[serde(rename = "EnableBGM", skip_serializing_if = "Option::is_none")]
    pub enable_bgm: Option<EnabledStatus>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawTaskInfo {
    #[serde(rename = "Style", skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoRedrawTaskInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoSceneInfo {
    #[serde(rename = "Type", default)]
    pub r#type: AigcVideoSceneInfoType,
    #[serde(rename = "ProductShowcaseConfig", skip_serializing_if = "Option::is_none")]
    pub product_showcase_config: Option<Box<ProductShowcaseConfig>>,
    #[serde(rename = "CharacterSceneConfig", skip_serializing_if = "Option::is_none")]
    pub character_scene_config: Option<Box<CharacterSceneConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: ErrCodeExt,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AigcVideoTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AigcVideoTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTaskInput {
    #[serde(rename = "ModelName", default)]
    pub model_name: String,
    #[serde(rename = "ModelVersion", default)]
    pub model_version: String,
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<AigcVideoTaskInputFileInfo>,
    #[serde(rename = "SubjectInfos", default)]
    pub subject_infos: Vec<AigcVideoTaskInputSubjectInfo>,
    #[serde(rename = "LastFrameFileId", default)]
    pub last_frame_file_id: String,
    #[serde(rename = "LastFrameUrl", default)]
    pub last_frame_url: String,
    #[serde(rename = "Prompt", default)]
    pub prompt: String,
    #[serde(rename = "NegativePrompt", default)]
    pub negative_prompt: String,
    #[serde(rename = "EnhancePrompt", default)]
    pub enhance_prompt: EnabledStatus,
    #[serde(rename = "GenerationMode", default)]
    pub generation_mode: AigcVideoTaskInputGenerationMode,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<AigcVideoOutputConfig>>,
    #[serde(rename = "InputRegion", default)]
    pub input_region: String,
    #[serde(rename = "SceneType", default)]
    pub scene_type: String,
    #[serde(rename = "Seed", skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTaskInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<AigcVideoTaskInputFileInfoType>,
    #[serde(rename = "Category", skip_serializing_if = "Option::is_none")]
    pub category: Option<MediaCategory>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(rename = "Base64", skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    #[serde(rename = "ReferenceType", skip_serializing_if = "Option::is_none")]
    pub reference_type: Option<String>,
    #[serde(rename = "ObjectId", skip_serializing_if = "Option::is_none")]
    pub object_id: Option<String>,
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "KeepOriginalSound", skip_serializing_if = "Option::is_none")]
    pub keep_original_sound: Option<EnabledStatus>,
    #[serde(rename = "Usage", skip_serializing_if = "Option::is_none")]
    pub usage: Option<AigcVideoTaskInputFileInfoUsage>,
    #[serde(rename = "Text", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTaskInputSubjectInfo {
    #[serde(rename = "Id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "ImageUrls", default, skip_serializing_if = "Vec::is_empty")]
    pub image_urls: Vec<String>,
    #[serde(rename = "VideoUrls", default, skip_serializing_if = "Vec::is_empty")]
    pub video_urls: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTaskOutput {
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<AigcVideoTaskOutputFileInfo>,
    #[serde(rename = "ProcedureTaskIds", default)]
    pub procedure_task_ids: Vec<String>,
    #[serde(rename = "Usage", skip_serializing_if = "Option::is_none")]
    pub usage: Option<Box<AigcVideoTaskUsage>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTaskOutputFileInfo {
    #[serde(rename = "StorageMode", default)]
    pub storage_mode: StorageMode,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileContent", default)]
    pub file_content: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "UsageType", default)]
    pub usage_type: AigcVideoTaskOutputFileInfoUsageType,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AigcVideoTaskUsage {
    #[serde(rename = "InputTokens", default)]
    pub input_tokens: i64,
    #[serde(rename = "ThoughtTokens", default)]
    pub thought_tokens: i64,
    #[serde(rename = "InputImageCount", default)]
    pub input_image_count: i64,
    #[serde(rename = "InputSeconds", default)]
    pub input_seconds: i64,
    #[serde(rename = "OutputSeconds", default)]
    pub output_seconds: i64,
    #[serde(rename = "TotalSeconds", default)]
    pub total_seconds: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AudioDenoiseInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AudioTrackItem {
    #[serde(rename = "SourceMedia", default)]
    pub source_media: String,
    #[serde(rename = "SourceMediaStartTime", skip_serializing_if = "Option::is_none")]
    pub source_media_start_time: Option<f64>,
    #[serde(rename = "Duration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(rename = "TargetDuration", skip_serializing_if = "Option::is_none")]
    pub target_duration: Option<f64>,
    #[serde(rename = "AudioOperations", default, skip_serializing_if = "Vec::is_empty")]
    pub audio_operations: Vec<AudioTransform>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AudioTransform {
    #[serde(rename = "Type", default)]
    pub r#type: String,
    #[serde(rename = "VolumeParam", skip_serializing_if = "Option::is_none")]
    pub volume_param: Option<Box<AudioVolumeParam>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AudioVolumeParam {
    #[serde(rename = "Mute", skip_serializing_if = "Option::is_none")]
    pub mute: Option<i64>,
    #[serde(rename = "Gain", skip_serializing_if = "Option::is_none")]
    pub gain: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComplexAdaptiveDynamicStreamingTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ComplexAdaptiveDynamicStreamingTaskResultSet", default)]
    pub complex_adaptive_dynamic_streaming_task_result_set: Vec<ComplexAdaptiveDynamicStreamingTaskResult>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComplexAdaptiveDynamicStreamingTaskInput {
    #[serde(rename = "StreamPara", skip_serializing_if = "Option::is_none")]
    pub stream_para: Option<Box<ComplexAdaptiveDynamicStreamingTaskStreamPara>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComplexAdaptiveDynamicStreamingTaskOutput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "Format", default)]
    pub format: AdaptiveStreamingFormat,
    #[serde(rename = "DrmType", default)]
    pub drm_type: DrmType,
    #[serde(rename = "Url", default)]
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComplexAdaptiveDynamicStreamingTaskResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ComplexAdaptiveDynamicStreamingTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ComplexAdaptiveDynamicStreamingTaskOutput>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComplexAdaptiveDynamicStreamingTaskStreamPara {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComposeMediaOutput {
    #[serde(rename = "FileName", default)]
    pub file_name: String,
    #[serde(rename = "Description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "Container", skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    #[serde(rename = "VideoStream", skip_serializing_if = "Option::is_none")]
    pub video_stream: Option<Box<OutputVideoStream>>,
    #[serde(rename = "AudioStream", skip_serializing_if = "Option::is_none")]
    pub audio_stream: Option<Box<OutputAudioStream>>,
    #[serde(rename = "RemoveVideo", skip_serializing_if = "Option::is_none")]
    pub remove_video: Option<i64>,
    #[serde(rename = "RemoveAudio", skip_serializing_if = "Option::is_none")]
    pub remove_audio: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComposeMediaTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ComposeMediaTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ComposeMediaTaskOutput>>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComposeMediaTaskInput {
    #[serde(rename = "Tracks", default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<MediaTrack>,
    #[serde(rename = "Canvas", skip_serializing_if = "Option::is_none")]
    pub canvas: Option<Box<Canvas>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ComposeMediaOutput>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComposeMediaTaskOutput {
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcAdvancedCustomElementInput {
    #[serde(rename = "ElementName", skip_serializing_if = "Option::is_none")]
    pub element_name: Option<String>,
    #[serde(rename = "ElementDescription", skip_serializing_if = "Option::is_none")]
    pub element_description: Option<String>,
    #[serde(rename = "ReferenceType", skip_serializing_if = "Option::is_none")]
    pub reference_type: Option<String>,
    #[serde(rename = "ElementVoiceId", skip_serializing_if = "Option::is_none")]
    pub element_voice_id: Option<String>,
    #[serde(rename = "ElementVideoList", skip_serializing_if = "Option::is_none")]
    pub element_video_list: Option<String>,
    #[serde(rename = "ElementImageList", skip_serializing_if = "Option::is_none")]
    pub element_image_list: Option<String>,
    #[serde(rename = "TagList", skip_serializing_if = "Option::is_none")]
    pub tag_list: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcAdvancedCustomElementOutput {
    #[serde(rename = "InfoList", default, skip_serializing_if = "Vec::is_empty")]
    pub info_list: Vec<AdvancedElementInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcAdvancedCustomElementTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<CreateAigcAdvancedCustomElementInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<CreateAigcAdvancedCustomElementOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcCustomVoiceInput {
    #[serde(rename = "VoiceName", skip_serializing_if = "Option::is_none")]
    pub voice_name: Option<String>,
    #[serde(rename = "VoiceUrl", skip_serializing_if = "Option::is_none")]
    pub voice_url: Option<String>,
    #[serde(rename = "VideoId", skip_serializing_if = "Option::is_none")]
    pub video_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcCustomVoiceOutput {
    #[serde(rename = "InfoList", default, skip_serializing_if = "Vec::is_empty")]
    pub info_list: Vec<CustomVoiceInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateAigcCustomVoiceTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<CreateAigcCustomVoiceInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<CreateAigcCustomVoiceOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateImageSpriteTask2017 {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "TotalCount", default)]
    pub total_count: u64,
    #[serde(rename = "ImageSpriteUrlSet", default)]
    pub image_sprite_url_set: Vec<String>,
    #[serde(rename = "WebVttUrl", default)]
    pub web_vtt_url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeAigcFaceInfoAsyncInput {
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<AigcFaceInputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeAigcFaceInfoAsyncOutput {
    #[serde(rename = "FaceInfoSet", default)]
    pub face_info_set: Vec<AigcFaceInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeAigcFaceInfoAsyncTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: DescribeAigcFaceInfoAsyncTaskErrCodeExt,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<DescribeAigcFaceInfoAsyncInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<DescribeAigcFaceInfoAsyncOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeFileAttributesTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<DescribeFileAttributesTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeFileAttributesTaskOutput {
    #[serde(rename = "Md5", default)]
    pub md5: String,
    #[serde(rename = "Sha1", default)]
    pub sha1: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EditMediaFileInfo {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "StartTimeOffset", skip_serializing_if = "Option::is_none")]
    pub start_time_offset: Option<f64>,
    #[serde(rename = "EndTimeOffset", skip_serializing_if = "Option::is_none")]
    pub end_time_offset: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EditMediaStreamInfo {
    #[serde(rename = "StreamId", default)]
    pub stream_id: String,
    #[serde(rename = "StartTime", skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    #[serde(rename = "EndTime", skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EditMediaTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<EditMediaTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<EditMediaTaskOutput>>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "ProcedureTaskId", default)]
    pub procedure_task_id: String,
    #[serde(rename = "ReviewAudioVideoTaskId", default)]
    pub review_audio_video_task_id: String,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EditMediaTaskInput {
    #[serde(rename = "InputType", default)]
    pub input_type: String,
    #[serde(rename = "FileInfoSet", default)]
    pub file_info_set: Vec<EditMediaFileInfo>,
    #[serde(rename = "StreamInfoSet", default)]
    pub stream_info_set: Vec<EditMediaStreamInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EditMediaTaskOutput {
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractBlindWatermarkInputInfo {
    #[serde(rename = "Type", default)]
    pub r#type: ExtractBlindWatermarkInputInfoType,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractBlindWatermarkTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "InputInfo", skip_serializing_if = "Option::is_none")]
    pub input_info: Option<Box<ExtractBlindWatermarkInputInfo>>,
    #[serde(rename = "Type", default)]
    pub r#type: ExtractBlindWatermarkTaskType,
    #[serde(rename = "IsDetected", default)]
    pub is_detected: bool,
    #[serde(rename = "Result", skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    #[serde(rename = "ResultUV", skip_serializing_if = "Option::is_none")]
    pub result_uv: Option<String>,
    #[serde(rename = "ExtractBlindWatermarkConfig", skip_serializing_if = "Option::is_none")]
    pub extract_blind_watermark_config: Option<Box<ExtractBlindWatermarkTaskConfig>>,
    #[serde(rename = "SessionContext", skip_serializing_if = "Option::is_none")]
    pub session_context: Option<String>,
    #[serde(rename = "SessionId", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractBlindWatermarkTaskConfig {
    #[serde(rename = "SegmentDuration", default)]
    pub segment_duration: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractCopyRightWatermarkTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ExtractCopyRightWatermarkTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ExtractCopyRightWatermarkTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractCopyRightWatermarkTaskInput {
    #[serde(rename = "Url", default)]
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractCopyRightWatermarkTaskOutput {
    #[serde(rename = "Text", default)]
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractTraceWatermarkTask {
    #[serde(rename = "TaskId", skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskStatus>,
    #[serde(rename = "ErrCode", skip_serializing_if = "Option::is_none")]
    pub err_code: Option<i64>,
    #[serde(rename = "Message", skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(rename = "ErrCodeExt", skip_serializing_if = "Option::is_none")]
    pub err_code_ext: Option<String>,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ExtractTraceWatermarkTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ExtractTraceWatermarkTaskOutput>>,
    #[serde(rename = "SessionId", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    #[serde(rename = "SessionContext", skip_serializing_if = "Option::is_none")]
    pub session_context: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractTraceWatermarkTaskInput {
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExtractTraceWatermarkTaskOutput {
    #[serde(rename = "Uv", default)]
    pub uv: String,
    #[serde(rename = "Uid", default)]
    pub uid: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageBeautyConfig {
    #[serde(rename = "BeautyEffectItems", default, skip_serializing_if = "Vec::is_empty")]
    pub beauty_effect_items: Vec<BeautyEffectItem>,
    #[serde(rename = "BeautyFilterItems", default, skip_serializing_if = "Vec::is_empty")]
    pub beauty_filter_items: Vec<BeautyFilterItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageDenoiseConfig {
    #[serde(rename = "Switch", skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageEncodeConfig {
    #[serde(rename = "Format", skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    #[serde(rename = "Quality", skip_serializing_if = "Option::is_none")]
    pub quality: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageEnhanceConfig {
    #[serde(rename = "SuperResolution", skip_serializing_if = "Option::is_none")]
    pub super_resolution: Option<Box<SuperResolutionInfo>>,
    #[serde(rename = "AdvancedSuperResolution", skip_serializing_if = "Option::is_none")]
    pub advanced_super_resolution: Option<Box<AdvancedSuperResolutionConfig>>,
    #[serde(rename = "Denoise", skip_serializing_if = "Option::is_none")]
    pub denoise: Option<Box<ImageDenoiseConfig>>,
    #[serde(rename = "ImageQualityEnhance", skip_serializing_if = "Option::is_none")]
    pub image_quality_enhance: Option<Box<ImageQualityEnhanceInfo>>,
    #[serde(rename = "ColorEnhance", skip_serializing_if = "Option::is_none")]
    pub color_enhance: Option<Box<ColorEnhanceInfo>>,
    #[serde(rename = "SharpEnhance", skip_serializing_if = "Option::is_none")]
    pub sharp_enhance: Option<Box<SharpEnhanceInfo>>,
    #[serde(rename = "FaceEnhance", skip_serializing_if = "Option::is_none")]
    pub face_enhance: Option<Box<FaceEnhanceInfo>>,
    #[serde(rename = "LowLightEnhance", skip_serializing_if = "Option::is_none")]
    pub low_light_enhance: Option<Box<LowLightEnhanceInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageQualityEnhanceInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<EnhancementStrength>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageSceneAigcEncodeConfig {
    #[serde(rename = "Format", skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    #[serde(rename = "Quality", skip_serializing_if = "Option::is_none")]
    pub quality: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageTransform {
    #[serde(rename = "Type", default)]
    pub r#type: ImageTransformType,
    #[serde(rename = "RotateAngle", skip_serializing_if = "Option::is_none")]
    pub rotate_angle: Option<f64>,
    #[serde(rename = "Flip", skip_serializing_if = "Option::is_none")]
    pub flip: Option<ImageTransformFlip>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaTrack {
    #[serde(rename = "Type", default)]
    pub r#type: MediaTrackType,
    #[serde(rename = "TrackItems", default)]
    pub track_items: Vec<MediaTrackItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaTrackItem {
    #[serde(rename = "Type", default)]
    pub r#type: MediaTrackItemType,
    #[serde(rename = "VideoItem", skip_serializing_if = "Option::is_none")]
    pub video_item: Option<Box<VideoTrackItem>>,
    #[serde(rename = "AudioItem", skip_serializing_if = "Option::is_none")]
    pub audio_item: Option<Box<AudioTrackItem>>,
    #[serde(rename = "StickerItem", skip_serializing_if = "Option::is_none")]
    pub sticker_item: Option<Box<StickerTrackItem>>,
    #[serde(rename = "TransitionItem", skip_serializing_if = "Option::is_none")]
    pub transition_item: Option<Box<MediaTransitionItem>>,
    #[serde(rename = "EmptyItem", skip_serializing_if = "Option::is_none")]
    pub empty_item: Option<Box<EmptyTrackItem>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaTransitionItem {
    #[serde(rename = "Duration", default)]
    pub duration: f64,
    #[serde(rename = "Transitions", default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<TransitionOpertion>,
    #[serde(rename = "MediaTransitions", default, skip_serializing_if = "Vec::is_empty")]
    pub media_transitions: Vec<TransitionOperation>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSOutputFile {
    #[serde(rename = "FileType", default)]
    pub file_type: MPSOutputFileFileType,
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "Definition", skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    #[serde(rename = "ExpiredTime", skip_serializing_if = "Option::is_none")]
    pub expired_time: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSSubTaskResult {
    #[serde(rename = "TaskType", default)]
    pub task_type: MPSSubTaskResultTaskType,
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", default)]
    pub input: String,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MPSTaskOutput>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MPSTaskOutput {
    #[serde(rename = "OutputFiles", default, skip_serializing_if = "Vec::is_empty")]
    pub output_files: Vec<MPSOutputFile>,
    #[serde(rename = "OutputText", skip_serializing_if = "Option::is_none")]
    pub output_text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncInputExtendedParameter {
    #[serde(rename = "Prompts", default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncOutputConfig {
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncTask {
    #[serde(rename = "EncodeConfig", skip_serializing_if = "Option::is_none")]
    pub encode_config: Option<Box<ImageEncodeConfig>>,
    #[serde(rename = "EnhanceConfig", skip_serializing_if = "Option::is_none")]
    pub enhance_config: Option<Box<ImageEnhanceConfig>>,
    #[serde(rename = "BeautyConfig", skip_serializing_if = "Option::is_none")]
    pub beauty_config: Option<Box<ImageBeautyConfig>>,
    #[serde(rename = "AiCutOutConfig", skip_serializing_if = "Option::is_none")]
    pub ai_cut_out_config: Option<Box<AiCutOutConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessImageAsyncTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "ExtendedParameter", skip_serializing_if = "Option::is_none")]
    pub extended_parameter: Option<Box<ProcessImageAsyncInputExtendedParameter>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessMediaByMPSType {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "SubTaskSet", default)]
    pub sub_task_set: Vec<MPSSubTaskResult>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityEnhanceTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<QualityEnhanceTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<QualityEnhanceTaskOutput>>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityEnhanceTaskInput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityEnhanceTaskOutput {
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectContainerDiagnoseResultItem {
    #[serde(rename = "Category", skip_serializing_if = "Option::is_none")]
    pub category: Option<QualityInspectContainerDiagnoseResultItemCategory>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<QualityInspectContainerDiagnoseResultItemType>,
    #[serde(rename = "SeverityLevel", skip_serializing_if = "Option::is_none")]
    pub severity_level: Option<QualityInspectContainerDiagnoseResultItemSeverityLevel>,
    #[serde(rename = "TimestampSet", default, skip_serializing_if = "Vec::is_empty")]
    pub timestamp_set: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
    #[serde(rename = "Confidence", default)]
    pub confidence: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectLLMDetectionIssue {
    #[serde(rename = "Tag", skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    #[serde(rename = "Description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "Score", skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    #[serde(rename = "Confidence", skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    #[serde(rename = "StartTimeMs", skip_serializing_if = "Option::is_none")]
    pub start_time_ms: Option<i64>,
    #[serde(rename = "EndTimeMs", skip_serializing_if = "Option::is_none")]
    pub end_time_ms: Option<i64>,
    #[serde(rename = "ExtraData", skip_serializing_if = "Option::is_none")]
    pub extra_data: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectLLMDetectionReport {
    #[serde(rename = "ResultCount", skip_serializing_if = "Option::is_none")]
    pub result_count: Option<i64>,
    #[serde(rename = "ResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub result_set: Vec<QualityInspectLLMDetectionResultItem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectLLMDetectionResultItem {
    #[serde(rename = "Category", skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(rename = "Group", skip_serializing_if = "Option::is_none")]
    pub group: Option<QualityInspectLLMDetectionResultItemGroup>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<QualityInspectLLMDetectionResultItemType>,
    #[serde(rename = "Score", skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    #[serde(rename = "Confidence", skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    #[serde(rename = "IssueSet", default, skip_serializing_if = "Vec::is_empty")]
    pub issue_set: Vec<QualityInspectLLMDetectionIssue>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectResultItem {
    #[serde(rename = "Type", default)]
    pub r#type: QualityInspectResultItemType,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<QualityInspectItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<QualityInspectTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<QualityInspectTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectTaskInput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Definition", default)]
    pub definition: u64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QualityInspectTaskOutput {
    #[serde(rename = "NoAudio", skip_serializing_if = "Option::is_none")]
    pub no_audio: Option<i64>,
    #[serde(rename = "NoVideo", skip_serializing_if = "Option::is_none")]
    pub no_video: Option<i64>,
    #[serde(rename = "QualityEvaluationScore", skip_serializing_if = "Option::is_none")]
    pub quality_evaluation_score: Option<u64>,
    #[serde(rename = "QualityInspectResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub quality_inspect_result_set: Vec<QualityInspectResultItem>,
    #[serde(rename = "QualityEvaluationMeanOpinionScore", skip_serializing_if = "Option::is_none")]
    pub quality_evaluation_mean_opinion_score: Option<f64>,
    #[serde(rename = "AestheticEvaluationScore", skip_serializing_if = "Option::is_none")]
    pub aesthetic_evaluation_score: Option<i64>,
    #[serde(rename = "ContainerDiagnoseResultSet", default, skip_serializing_if = "Vec::is_empty")]
    pub container_diagnose_result_set: Vec<QualityInspectContainerDiagnoseResultItem>,
    #[serde(rename = "LLMDetectionReport", skip_serializing_if = "Option::is_none")]
    pub llm_detection_report: Option<Box<QualityInspectLLMDetectionReport>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RebuildMediaTargetAudioStream {
    #[serde(rename = "Codec", skip_serializing_if = "Option::is_none")]
    pub codec: Option<AudioCodec>,
    #[serde(rename = "Bitrate", skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<i64>,
    #[serde(rename = "SampleRate", skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<i64>,
    #[serde(rename = "AudioChannel", skip_serializing_if = "Option::is_none")]
    pub audio_channel: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RebuildMediaTargetInfo {
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "Description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "Container", skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    #[serde(rename = "VideoStream", skip_serializing_if = "Option::is_none")]
    pub video_stream: Option<Box<RebuildMediaTargetVideoStream>>,
    #[serde(rename = "AudioStream", skip_serializing_if = "Option::is_none")]
    pub audio_stream: Option<Box<RebuildMediaTargetAudioStream>>,
    #[serde(rename = "RemoveVideo", skip_serializing_if = "Option::is_none")]
    pub remove_video: Option<i64>,
    #[serde(rename = "RemoveAudio", skip_serializing_if = "Option::is_none")]
    pub remove_audio: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RebuildMediaTargetVideoStream {
    #[serde(rename = "Codec", skip_serializing_if = "Option::is_none")]
    pub codec: Option<RebuildMediaTargetVideoStreamCodec>,
    #[serde(rename = "Bitrate", skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<i64>,
    #[serde(rename = "Fps", skip_serializing_if = "Option::is_none")]
    pub fps: Option<i64>,
    #[serde(rename = "ResolutionAdaptive", skip_serializing_if = "Option::is_none")]
    pub resolution_adaptive: Option<ResolutionAdaptive>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
    #[serde(rename = "FillType", skip_serializing_if = "Option::is_none")]
    pub fill_type: Option<SpriteFillType>,
    #[serde(rename = "Gop", skip_serializing_if = "Option::is_none")]
    pub gop: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RebuildMediaTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<RebuildMediaTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<RebuildMediaTaskOutput>>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RebuildMediaTaskInput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "RepairInfo", skip_serializing_if = "Option::is_none")]
    pub repair_info: Option<Box<RepairInfo>>,
    #[serde(rename = "VideoFrameInterpolationInfo", skip_serializing_if = "Option::is_none")]
    pub video_frame_interpolation_info: Option<Box<VideoFrameInterpolationInfo>>,
    #[serde(rename = "SuperResolutionInfo", skip_serializing_if = "Option::is_none")]
    pub super_resolution_info: Option<Box<SuperResolutionInfo>>,
    #[serde(rename = "HDRInfo", skip_serializing_if = "Option::is_none")]
    pub hdr_info: Option<Box<HDRInfo>>,
    #[serde(rename = "VideoDenoiseInfo", skip_serializing_if = "Option::is_none")]
    pub video_denoise_info: Option<Box<VideoDenoiseInfo>>,
    #[serde(rename = "AudioDenoiseInfo", skip_serializing_if = "Option::is_none")]
    pub audio_denoise_info: Option<Box<AudioDenoiseInfo>>,
    #[serde(rename = "ColorInfo", skip_serializing_if = "Option::is_none")]
    pub color_info: Option<Box<ColorEnhanceInfo>>,
    #[serde(rename = "SharpInfo", skip_serializing_if = "Option::is_none")]
    pub sharp_info: Option<Box<SharpEnhanceInfo>>,
    #[serde(rename = "FaceInfo", skip_serializing_if = "Option::is_none")]
    pub face_info: Option<Box<FaceEnhanceInfo>>,
    #[serde(rename = "LowLightInfo", skip_serializing_if = "Option::is_none")]
    pub low_light_info: Option<Box<LowLightEnhanceInfo>>,
    #[serde(rename = "ScratchRepairInfo", skip_serializing_if = "Option::is_none")]
    pub scratch_repair_info: Option<Box<ScratchRepairInfo>>,
    #[serde(rename = "ArtifactRepairInfo", skip_serializing_if = "Option::is_none")]
    pub artifact_repair_info: Option<Box<ArtifactRepairInfo>>,
    #[serde(rename = "TargetInfo", skip_serializing_if = "Option::is_none")]
    pub target_info: Option<Box<RebuildMediaTargetInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RebuildMediaTaskOutput {
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReduceMediaBitrateAdaptiveDynamicStreamingResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<AdaptiveDynamicStreamingTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<AdaptiveDynamicStreamingInfoItem>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReduceMediaBitrateMediaProcessTaskResult {
    #[serde(rename = "Type", default)]
    pub r#type: ReduceMediaBitrateMediaProcessTaskResultType,
    #[serde(rename = "TranscodeTask", skip_serializing_if = "Option::is_none")]
    pub transcode_task: Option<Box<ReduceMediaBitrateTranscodeResult>>,
    #[serde(rename = "AdaptiveDynamicStreamingTask", skip_serializing_if = "Option::is_none")]
    pub adaptive_dynamic_streaming_task: Option<Box<ReduceMediaBitrateAdaptiveDynamicStreamingResult>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReduceMediaBitrateTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileName", default)]
    pub file_name: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "MediaProcessResultSet", default)]
    pub media_process_result_set: Vec<ReduceMediaBitrateMediaProcessTaskResult>,
    #[serde(rename = "TasksPriority", default)]
    pub tasks_priority: i64,
    #[serde(rename = "TasksNotifyMode", default)]
    pub tasks_notify_mode: TaskNotifyMode,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReduceMediaBitrateTranscodeResult {
    #[serde(rename = "Status", default)]
    pub status: SubTaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<TranscodeTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<MediaTranscodeItem>>,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RemoveWaterMarkTaskInput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RemoveWaterMarkTaskOutput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RemoveWatermarkTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<RemoveWaterMarkTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<RemoveWaterMarkTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewAudioVideoSegmentItem {
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Label", default)]
    pub label: ReviewAudioVideoSegmentItemLabel,
    #[serde(rename = "SubLabel", default)]
    pub sub_label: String,
    #[serde(rename = "Form", default)]
    pub form: ReviewAudioVideoSegmentItemForm,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
    #[serde(rename = "Text", default)]
    pub text: String,
    #[serde(rename = "KeywordSet", default)]
    pub keyword_set: Vec<String>,
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "PicUrlExpireTime", default)]
    pub pic_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewAudioVideoTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<ReviewAudioVideoTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<ReviewAudioVideoTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewAudioVideoTaskInput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "ReviewContents", default)]
    pub review_contents: Vec<ReviewContent>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewAudioVideoTaskOutput {
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Label", default)]
    pub label: ReviewAudioVideoTaskOutputLabel,
    #[serde(rename = "Form", default)]
    pub form: ReviewAudioVideoTaskOutputForm,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<ReviewAudioVideoSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
    #[serde(rename = "CoverReviewResult", skip_serializing_if = "Option::is_none")]
    pub cover_review_result: Option<Box<ReviewImageResult>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewImageResult {
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Label", default)]
    pub label: ReviewImageResultLabel,
    #[serde(rename = "Form", default)]
    pub form: ReviewImageResultForm,
    #[serde(rename = "SegmentSet", default)]
    pub segment_set: Vec<ReviewImageSegmentItem>,
    #[serde(rename = "SegmentSetFileUrl", default)]
    pub segment_set_file_url: String,
    #[serde(rename = "SegmentSetFileUrlExpireTime", default)]
    pub segment_set_file_url_expire_time: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReviewImageSegmentItem {
    #[serde(rename = "Confidence", default)]
    pub confidence: f64,
    #[serde(rename = "Suggestion", default)]
    pub suggestion: ReviewSuggestion,
    #[serde(rename = "Label", default)]
    pub label: ReviewImageSegmentItemLabel,
    #[serde(rename = "SubLabel", default)]
    pub sub_label: String,
    #[serde(rename = "Form", default)]
    pub form: ReviewImageSegmentItemForm,
    #[serde(rename = "AreaCoordSet", default)]
    pub area_coord_set: Vec<i64>,
    #[serde(rename = "Text", default)]
    pub text: String,
    #[serde(rename = "KeywordSet", default)]
    pub keyword_set: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcImageOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "AspectRatio", skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    #[serde(rename = "EncodeConfig", skip_serializing_if = "Option::is_none")]
    pub encode_config: Option<Box<ImageSceneAigcEncodeConfig>>,
    #[serde(rename = "ImageWidth", skip_serializing_if = "Option::is_none")]
    pub image_width: Option<u64>,
    #[serde(rename = "ImageHeight", skip_serializing_if = "Option::is_none")]
    pub image_height: Option<u64>,
    #[serde(rename = "Resolution", skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcImageTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<SceneAigcImageTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<SceneAigcImageTaskOutput>>,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcImageTaskInput {
    #[serde(rename = "SceneInfo", skip_serializing_if = "Option::is_none")]
    pub scene_info: Option<Box<AigcImageSceneInfo>>,
    #[serde(rename = "FileInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub file_infos: Vec<SceneAigcImageTaskInputFileInfo>,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<SceneAigcImageOutputConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcImageTaskInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcImageTaskOutput {
    #[serde(rename = "FileInfos", default)]
    pub file_infos: Vec<SceneAigcImageTaskOutputFileInfo>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcImageTaskOutputFileInfo {
    #[serde(rename = "StorageMode", default)]
    pub storage_mode: StorageMode,
    #[serde(rename = "MediaName", default)]
    pub media_name: String,
    #[serde(rename = "ClassId", default)]
    pub class_id: i64,
    #[serde(rename = "ExpireTime", default)]
    pub expire_time: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcVideoOutputConfig {
    #[serde(rename = "StorageMode", skip_serializing_if = "Option::is_none")]
    pub storage_mode: Option<StorageMode>,
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(rename = "AspectRatio", skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    #[serde(rename = "Duration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(rename = "Resolution", skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SceneAigcVideoTaskInputFileInfo {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<FileUrlType>,
    #[serde(rename = "FileId", skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(rename = "Url", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SplitMediaOutputConfig {
    #[serde(rename = "MediaName", skip_serializing_if = "Option::is_none")]
    pub media_name: Option<String>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "ClassId", skip_serializing_if = "Option::is_none")]
    pub class_id: Option<i64>,
    #[serde(rename = "ExpireTime", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SplitMediaTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCodeExt", default)]
    pub err_code_ext: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileInfoSet", default)]
    pub file_info_set: Vec<SplitMediaTaskSegmentInfo>,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SplitMediaTaskInput {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "StartTimeOffset", default)]
    pub start_time_offset: f64,
    #[serde(rename = "EndTimeOffset", default)]
    pub end_time_offset: f64,
    #[serde(rename = "ProcedureName", default)]
    pub procedure_name: String,
    #[serde(rename = "OutputConfig", skip_serializing_if = "Option::is_none")]
    pub output_config: Option<Box<SplitMediaOutputConfig>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SplitMediaTaskSegmentInfo {
    #[serde(rename = "Input", skip_serializing_if = "Option::is_none")]
    pub input: Option<Box<SplitMediaTaskInput>>,
    #[serde(rename = "Output", skip_serializing_if = "Option::is_none")]
    pub output: Option<Box<TaskOutputMediaInfo>>,
    #[serde(rename = "ProcedureTaskId", default)]
    pub procedure_task_id: String,
    #[serde(rename = "ReviewAudioVideoTaskId", default)]
    pub review_audio_video_task_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdvancedElementInfo {
    #[serde(rename = "ElementId", skip_serializing_if = "Option::is_none")]
    pub element_id: Option<String>,
    #[serde(rename = "ElementInfo", skip_serializing_if = "Option::is_none")]
    pub element_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdvancedSuperResolutionConfig {
    #[serde(rename = "Switch", skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<AdvancedSuperResolutionConfigType>,
    #[serde(rename = "Mode", skip_serializing_if = "Option::is_none")]
    pub mode: Option<AdvancedSuperResolutionConfigMode>,
    #[serde(rename = "Percent", skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
    #[serde(rename = "LongSide", skip_serializing_if = "Option::is_none")]
    pub long_side: Option<i64>,
    #[serde(rename = "ShortSide", skip_serializing_if = "Option::is_none")]
    pub short_side: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ArtifactRepairInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ArtifactRepairInfoType>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BeautyEffectItem {
    #[serde(rename = "Switch", skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "Value", skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
    #[serde(rename = "ResourcePath", skip_serializing_if = "Option::is_none")]
    pub resource_path: Option<String>,
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BeautyFilterItem {
    #[serde(rename = "Switch", skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "Value", skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Canvas {
    #[serde(rename = "Color", skip_serializing_if = "Option::is_none")]
    pub color: Option<CanvasColor>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChangeClothesConfig {
    #[serde(rename = "ClothesFileInfos", default, skip_serializing_if = "Vec::is_empty")]
    pub clothes_file_infos: Vec<SceneAigcImageTaskInputFileInfo>,
    #[serde(rename = "Prompt", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CharacterSceneConfig {
    #[serde(rename = "Model", skip_serializing_if = "Option::is_none")]
    pub model: Option<CharacterSceneConfigModel>,
    #[serde(rename = "PromptMode", skip_serializing_if = "Option::is_none")]
    pub prompt_mode: Option<CharacterSceneConfigPromptMode>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClipFileInfo2017 {
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClipTask2017 {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "SrcFileId", default)]
    pub src_file_id: String,
    #[serde(rename = "FileInfo", skip_serializing_if = "Option::is_none")]
    pub file_info: Option<Box<ClipFileInfo2017>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ColorEnhanceInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<EnhancementStrength>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConcatFileInfo2017 {
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "FileType", default)]
    pub file_type: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConcatTask2017 {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "FileInfoSet", default)]
    pub file_info_set: Vec<ConcatFileInfo2017>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CustomVoiceInfo {
    #[serde(rename = "VoiceId", skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    #[serde(rename = "VoiceInfo", skip_serializing_if = "Option::is_none")]
    pub voice_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EmptyTrackItem {
    #[serde(rename = "Duration", default)]
    pub duration: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FaceEnhanceInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Intensity", skip_serializing_if = "Option::is_none")]
    pub intensity: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HDRInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<HDRInfoType>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImportMediaKnowledgeTaskInput {
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "KnowledgeBaseIds", default, skip_serializing_if = "Vec::is_empty")]
    pub knowledge_base_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LowLightEnhanceInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OutputAudioStream {
    #[serde(rename = "Codec", skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    #[serde(rename = "SampleRate", skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<i64>,
    #[serde(rename = "AudioChannel", skip_serializing_if = "Option::is_none")]
    pub audio_channel: Option<i64>,
    #[serde(rename = "Bitrate", skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OutputVideoStream {
    #[serde(rename = "Codec", skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    #[serde(rename = "Fps", skip_serializing_if = "Option::is_none")]
    pub fps: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PatternConfig {
    #[serde(rename = "TransparencyThreshold", skip_serializing_if = "Option::is_none")]
    pub transparency_threshold: Option<i64>,
    #[serde(rename = "OpaqueThreshold", skip_serializing_if = "Option::is_none")]
    pub opaque_threshold: Option<i64>,
    #[serde(rename = "EdgeSamplingStep", skip_serializing_if = "Option::is_none")]
    pub edge_sampling_step: Option<i64>,
    #[serde(rename = "EdgeExpansionStep", skip_serializing_if = "Option::is_none")]
    pub edge_expansion_step: Option<i64>,
    #[serde(rename = "EdgeBlendingIntensity", skip_serializing_if = "Option::is_none")]
    pub edge_blending_intensity: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProductImageConfig {
    #[serde(rename = "Prompt", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    #[serde(rename = "NegativePrompt", skip_serializing_if = "Option::is_none")]
    pub negative_prompt: Option<String>,
    #[serde(rename = "ProductDesc", skip_serializing_if = "Option::is_none")]
    pub product_desc: Option<String>,
    #[serde(rename = "MoreRequirement", skip_serializing_if = "Option::is_none")]
    pub more_requirement: Option<String>,
    #[serde(rename = "OutputImageCount", skip_serializing_if = "Option::is_none")]
    pub output_image_count: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProductShowcaseConfig {
    #[serde(rename = "CameraMovement", skip_serializing_if = "Option::is_none")]
    pub camera_movement: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RepairInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<EnhancementStrength>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ScratchRepairInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Intensity", skip_serializing_if = "Option::is_none")]
    pub intensity: Option<f64>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SharpEnhanceInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Intensity", skip_serializing_if = "Option::is_none")]
    pub intensity: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SnapshotByTimeOffset2017 {
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "TimeOffset", default)]
    pub time_offset: u64,
    #[serde(rename = "Url", default)]
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SnapshotByTimeOffsetTask2017 {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "SnapshotInfoSet", default)]
    pub snapshot_info_set: Vec<SnapshotByTimeOffset2017>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StickerTrackItem {
    #[serde(rename = "SourceMedia", default)]
    pub source_media: String,
    #[serde(rename = "Duration", default)]
    pub duration: f64,
    #[serde(rename = "StartTime", skip_serializing_if = "Option::is_none")]
    pub start_time: Option<f64>,
    #[serde(rename = "CoordinateOrigin", skip_serializing_if = "Option::is_none")]
    pub coordinate_origin: Option<String>,
    #[serde(rename = "XPos", skip_serializing_if = "Option::is_none")]
    pub x_pos: Option<String>,
    #[serde(rename = "YPos", skip_serializing_if = "Option::is_none")]
    pub y_pos: Option<String>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<String>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<String>,
    #[serde(rename = "ImageOperations", default, skip_serializing_if = "Vec::is_empty")]
    pub image_operations: Vec<ImageTransform>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SuperResolutionInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<SuperResolutionInfoType>,
    #[serde(rename = "Size", skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TaskOutputMediaInfo {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MediaBasicInfo", skip_serializing_if = "Option::is_none")]
    pub media_basic_info: Option<Box<MediaBasicInfo>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TranscodePlayInfo2017 {
    #[serde(rename = "Url", default)]
    pub url: String,
    #[serde(rename = "Definition", default)]
    pub definition: i64,
    #[serde(rename = "Bitrate", default)]
    pub bitrate: i64,
    #[serde(rename = "Height", default)]
    pub height: i64,
    #[serde(rename = "Width", default)]
    pub width: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TranscodeTask2017 {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "FileName", default)]
    pub file_name: String,
    #[serde(rename = "Duration", default)]
    pub duration: u64,
    #[serde(rename = "CoverUrl", default)]
    pub cover_url: String,
    #[serde(rename = "PlayInfoSet", default)]
    pub play_info_set: Vec<TranscodePlayInfo2017>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TransitionOperation {
    #[serde(rename = "Type", default)]
    pub r#type: TransitionOperationType,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TransitionOpertion {
    #[serde(rename = "Type", default)]
    pub r#type: TransitionOpertionType,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VoiceSettings {
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "Description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "Gender", skip_serializing_if = "Option::is_none")]
    pub gender: Option<VoiceGender>,
    #[serde(rename = "Age", skip_serializing_if = "Option::is_none")]
    pub age: Option<VoiceAge>,
    #[serde(rename = "Languages", default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    #[serde(rename = "Labels", default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    #[serde(rename = "Scenes", default, skip_serializing_if = "Vec::is_empty")]
    pub scenes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WechatMiniProgramPublishTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "SourceDefinition", default)]
    pub source_definition: u64,
    #[serde(rename = "PublishResult", default)]
    pub publish_result: WechatMiniProgramPublishTaskPublishResult,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WechatPublishTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "Definition", default)]
    pub definition: u64,
    #[serde(rename = "SourceDefinition", default)]
    pub source_definition: u64,
    #[serde(rename = "WechatStatus", default)]
    pub wechat_status: WechatPublishTaskWechatStatus,
    #[serde(rename = "WechatVid", default)]
    pub wechat_vid: String,
    #[serde(rename = "WechatUrl", default)]
    pub wechat_url: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoDenoiseInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<VideoDenoiseInfoType>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoFrameInterpolationInfo {
    #[serde(rename = "Switch", default)]
    pub switch: Switch,
    #[serde(rename = "Fps", skip_serializing_if = "Option::is_none")]
    pub fps: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VideoTrackItem {
    #[serde(rename = "SourceMedia", default)]
    pub source_media: String,
    #[serde(rename = "SourceMediaStartTime", skip_serializing_if = "Option::is_none")]
    pub source_media_start_time: Option<f64>,
    #[serde(rename = "Duration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(rename = "TargetDuration", skip_serializing_if = "Option::is_none")]
    pub target_duration: Option<f64>,
    #[serde(rename = "CoordinateOrigin", skip_serializing_if = "Option::is_none")]
    pub coordinate_origin: Option<String>,
    #[serde(rename = "XPos", skip_serializing_if = "Option::is_none")]
    pub x_pos: Option<String>,
    #[serde(rename = "YPos", skip_serializing_if = "Option::is_none")]
    pub y_pos: Option<String>,
    #[serde(rename = "Width", skip_serializing_if = "Option::is_none")]
    pub width: Option<String>,
    #[serde(rename = "Height", skip_serializing_if = "Option::is_none")]
    pub height: Option<String>,
    #[serde(rename = "AudioOperations", default, skip_serializing_if = "Vec::is_empty")]
    pub audio_operations: Vec<AudioTransform>,
    #[serde(rename = "ImageOperations", default, skip_serializing_if = "Vec::is_empty")]
    pub image_operations: Vec<ImageTransform>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FileUploadTask {
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MediaBasicInfo", skip_serializing_if = "Option::is_none")]
    pub media_basic_info: Option<Box<MediaBasicInfo>>,
    #[serde(rename = "ProcedureTaskId", default)]
    pub procedure_task_id: String,
    #[serde(rename = "ReviewAudioVideoTaskId", default)]
    pub review_audio_video_task_id: String,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PullUploadTask {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "ErrCode", default)]
    pub err_code: i64,
    #[serde(rename = "Message", default)]
    pub message: String,
    #[serde(rename = "FileId", default)]
    pub file_id: String,
    #[serde(rename = "MediaBasicInfo", skip_serializing_if = "Option::is_none")]
    pub media_basic_info: Option<Box<MediaBasicInfo>>,
    #[serde(rename = "MetaData", skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<Box<MediaMetaData>>,
    #[serde(rename = "FileUrl", default)]
    pub file_url: String,
    #[serde(rename = "ProcedureTaskId", default)]
    pub procedure_task_id: String,
    #[serde(rename = "ReviewAudioVideoTaskId", default)]
    pub review_audio_video_task_id: String,
    #[serde(rename = "SessionContext", default)]
    pub session_context: String,
    #[serde(rename = "SessionId", default)]
    pub session_id: String,
    #[serde(rename = "Progress", default)]
    pub progress: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmEventsRequest {
    #[serde(rename = "EventHandles", default)]
    pub event_handles: Vec<String>,
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
    #[serde(rename = "SubAppId", skip_serializing_if = "Option::is_none")]
    pub sub_app_id: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmEventsResponse {
    #[serde(rename = "RequestId", default)]
    pub request_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeMediaInfosRequest {
    #[serde(rename = "FileIds", default)]
    pub file_ids: Vec<String>,
    #[serde(rename = "SubAppId", skip_serializing_if = "Option::is_none")]
    pub sub_app_id: Option<u64>,
    #[serde(rename = "Filters", default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<MediaInfoKind>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeMediaInfosResponse {
    #[serde(rename = "MediaInfoSet", default)]
    pub media_info_set: Vec<MediaInfo>,
    #[serde(rename = "NotExistFileIdSet", default)]
    pub not_exist_file_id_set: Vec<String>,
    #[serde(rename = "RequestId", default)]
    pub request_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeTaskDetailRequest {
    #[serde(rename = "TaskId", default)]
    pub task_id: String,
    #[serde(rename = "SubAppId", skip_serializing_if = "Option::is_none")]
    pub sub_app_id: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeTaskDetailResponse {
    #[serde(rename = "TaskType", default)]
    pub task_type: DescribeTaskDetailTaskType,
    #[serde(rename = "Status", default)]
    pub status: TaskStatus,
    #[serde(rename = "CreateTime", default)]
    pub create_time: String,
    #[serde(rename = "BeginProcessTime", default)]
    pub begin_process_time: String,
    #[serde(rename = "FinishTime", default)]
    pub finish_time: String,
    #[serde(rename = "ProcedureTask", skip_serializing_if = "Option::is_none")]
    pub procedure_task: Option<Box<ProcedureTask>>,
    #[serde(rename = "EditMediaTask", skip_serializing_if = "Option::is_none")]
    pub edit_media_task: Option<Box<EditMediaTask>>,
    #[serde(rename = "WechatPublishTask", skip_serializing_if = "Option::is_none")]
    pub wechat_publish_task: Option<Box<WechatPublishTask>>,
    #[serde(rename = "ComposeMediaTask", skip_serializing_if = "Option::is_none")]
    pub compose_media_task: Option<Box<ComposeMediaTask>>,
    #[serde(rename = "SplitMediaTask", skip_serializing_if = "Option::is_none")]
    pub split_media_task: Option<Box<SplitMediaTask>>,
    #[serde(rename = "WechatMiniProgramPublishTask", skip_serializing_if = "Option::is_none")]
    pub wechat_mini_program_publish_task: Option<Box<WechatMiniProgramPublishTask>>,
    #[serde(rename = "PullUploadTask", skip_serializing_if = "Option::is_none")]
    pub pull_upload_task: Option<Box<PullUploadTask>>,
    #[serde(rename = "TranscodeTask", skip_serializing_if = "Option::is_none")]
    pub transcode_task: Option<Box<TranscodeTask2017>>,
    #[serde(rename = "ConcatTask", skip_serializing_if = "Option::is_none")]
    pub concat_task: Option<Box<ConcatTask2017>>,
    #[serde(rename = "ClipTask", skip_serializing_if = "Option::is_none")]
    pub clip_task: Option<Box<ClipTask2017>>,
    #[serde(rename = "CreateImageSpriteTask", skip_serializing_if = "Option::is_none")]
    pub create_image_sprite_task: Option<Box<CreateImageSpriteTask2017>>,
    #[serde(rename = "SnapshotByTimeOffsetTask", skip_serializing_if = "Option::is_none")]
    pub snapshot_by_time_offset_task: Option<Box<SnapshotByTimeOffsetTask2017>>,
    #[serde(rename = "RemoveWatermarkTask", skip_serializing_if = "Option::is_none")]
    pub remove_watermark_task: Option<Box<RemoveWatermarkTask>>,
    #[serde(rename = "RebuildMediaTask", skip_serializing_if = "Option::is_none")]
    pub rebuild_media_task: Option<Box<RebuildMediaTask>>,
    #[serde(rename = "ExtractTraceWatermarkTask", skip_serializing_if = "Option::is_none")]
    pub extract_trace_watermark_task: Option<Box<ExtractTraceWatermarkTask>>,
    #[serde(rename = "ExtractCopyRightWatermarkTask", skip_serializing_if = "Option::is_none")]
    pub extract_copy_right_watermark_task: Option<Box<ExtractCopyRightWatermarkTask>>,
    #[serde(rename = "ReviewAudioVideoTask", skip_serializing_if = "Option::is_none")]
    pub review_audio_video_task: Option<Box<ReviewAudioVideoTask>>,
    #[serde(rename = "ReduceMediaBitrateTask", skip_serializing_if = "Option::is_none")]
    pub reduce_media_bitrate_task: Option<Box<ReduceMediaBitrateTask>>,
    #[serde(rename = "DescribeFileAttributesTask", skip_serializing_if = "Option::is_none")]
    pub describe_file_attributes_task: Option<Box<DescribeFileAttributesTask>>,
    #[serde(rename = "QualityInspectTask", skip_serializing_if = "Option::is_none")]
    pub quality_inspect_task: Option<Box<QualityInspectTask>>,
    #[serde(rename = "QualityEnhanceTask", skip_serializing_if = "Option::is_none")]
    pub quality_enhance_task: Option<Box<QualityEnhanceTask>>,
    #[serde(rename = "ComplexAdaptiveDynamicStreamingTask", skip_serializing_if = "Option::is_none")]
    pub complex_adaptive_dynamic_streaming_task: Option<Box<ComplexAdaptiveDynamicStreamingTask>>,
    #[serde(rename = "ProcessMediaByMPSTask", skip_serializing_if = "Option::is_none")]
    pub process_media_by_mps_task: Option<Box<ProcessMediaByMPSType>>,
    #[serde(rename = "AigcImageTask", skip_serializing_if = "Option::is_none")]
    pub aigc_image_task: Option<Box<AigcImageTask>>,
    #[serde(rename = "AigcVideoTask", skip_serializing_if = "Option::is_none")]
    pub aigc_video_task: Option<Box<AigcVideoTask>>,
    #[serde(rename = "ImportMediaKnowledge", skip_serializing_if = "Option::is_none")]
    pub import_media_knowledge: Option<Box<ImportMediaKnowledgeTask>>,
    #[serde(rename = "SceneAigcImageTask", skip_serializing_if = "Option::is_none")]
    pub scene_aigc_image_task: Option<Box<SceneAigcImageTask>>,
    #[serde(rename = "SceneAigcVideoTask", skip_serializing_if = "Option::is_none")]
    pub scene_aigc_video_task: Option<Box<SceneAigcVideoTask>>,
    #[serde(rename = "ProcessImageAsyncTask", skip_serializing_if = "Option::is_none")]
    pub process_image_async_task: Option<Box<ProcessImageAsyncType>>,
    #[serde(rename = "ExtractBlindWatermarkTask", skip_serializing_if = "Option::is_none")]
    pub extract_blind_watermark_task: Option<Box<ExtractBlindWatermarkTask>>,
    #[serde(rename = "CreateAigcAdvancedCustomElementTask", skip_serializing_if = "Option::is_none")]
    pub create_aigc_advanced_custom_element_task: Option<Box<CreateAigcAdvancedCustomElementTask>>,
    #[serde(rename = "CreateAigcCustomVoiceTask", skip_serializing_if = "Option::is_none")]
    pub create_aigc_custom_voice_task: Option<Box<CreateAigcCustomVoiceTask>>,
    #[serde(rename = "CreateAigcSubjectTask", skip_serializing_if = "Option::is_none")]
    pub create_aigc_subject_task: Option<Box<CreateAigcSubjectTask>>,
    #[serde(rename = "AigcVideoRedrawTask", skip_serializing_if = "Option::is_none")]
    pub aigc_video_redraw_task: Option<Box<AigcVideoRedrawTask>>,
    #[serde(rename = "AigcAudioTask", skip_serializing_if = "Option::is_none")]
    pub aigc_audio_task: Option<Box<AigcAudioTask>>,
    #[serde(rename = "CreateAigcAudioCloneTask", skip_serializing_if = "Option::is_none")]
    pub create_aigc_audio_clone_task: Option<Box<CreateAigcAudioCloneTask>>,
    #[serde(rename = "DescribeAigcFaceInfoAsyncTask", skip_serializing_if = "Option::is_none")]
    pub describe_aigc_face_info_async_task: Option<Box<DescribeAigcFaceInfoAsyncTask>>,
    #[serde(rename = "AigcHunyuan3DTask", skip_serializing_if = "Option::is_none")]
    pub aigc_hunyuan3d_task: Option<Box<AigcHunyuan3DTask>>,
    #[serde(rename = "DesignVoiceAsyncTask", skip_serializing_if = "Option::is_none")]
    pub design_voice_async_task: Option<Box<DesignVoiceAsyncTask>>,
    #[serde(rename = "CloneVoiceAsyncTask", skip_serializing_if = "Option::is_none")]
    pub clone_voice_async_task: Option<Box<CloneVoiceAsyncTask>>,
    #[serde(rename = "TextToSpeechAsyncTask", skip_serializing_if = "Option::is_none")]
    pub text_to_speech_async_task: Option<Box<TextToSpeechAsyncTask>>,
    #[serde(rename = "VideoDubbingAsyncTask", skip_serializing_if = "Option::is_none")]
    pub video_dubbing_async_task: Option<Box<VideoDubbingAsyncTask>>,
    #[serde(rename = "VideoDepthEstimationTask", skip_serializing_if = "Option::is_none")]
    pub video_depth_estimation_task: Option<Box<VideoDepthEstimationTask>>,
    #[serde(rename = "RequestId", default)]
    pub request_id: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PullEventsRequest {
    #[serde(rename = "ExtInfo", skip_serializing_if = "Option::is_none")]
    pub ext_info: Option<String>,
    #[serde(rename = "SubAppId", skip_serializing_if = "Option::is_none")]
    pub sub_app_id: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PullEventsResponse {
    #[serde(rename = "EventSet", default, skip_serializing_if = "Vec::is_empty")]
    pub event_set: Vec<EventContent>,
    #[serde(rename = "RequestId", default)]
    pub request_id: String,
}
