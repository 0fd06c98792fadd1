//! API names as options.

use vod_spec::naming::snake_case;

/// An API name as an option: `SubAppId` is `sub-app-id`.
pub fn kebab(name: &str) -> String {
    snake_case(name).replace('_', "-")
}
