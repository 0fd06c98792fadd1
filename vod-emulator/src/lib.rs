//! vod-emulator
