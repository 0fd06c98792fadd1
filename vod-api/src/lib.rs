//! vod-api
