//! "Did you mean ...?"

/// The known name that a misspelt one was most likely meant to be, if any is near enough.
///
/// Near enough is a third of the characters, letters in the wrong case not counted. Of names that are equally
/// near, the first is taken.
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let allowed = (wrong.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let length = wrong.chars().count();
    for name in known {
        // The edits are at least as many as the lengths differ by; so a long text costs nothing.
        if name.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let lower = name.to_lowercase();
        // A single letter is one edit away from any other and hints at nothing.
        if lower.chars().count() < 2 && lower != wrong {
            continue;
        }
        let distance = strsim::osa_distance(&wrong, &lower);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// "did you mean `X`?", or the other advice where no known name is near.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    suggest(wrong, known).map_or_else(otherwise, |name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        let keys = ["type", "required", "range", "rate-limit", "items"];
        for (wrong, meant) in [
            ("requird", Some("required")),
            ("rate_limit", Some("rate-limit")),
            ("Type", Some("type")),
            ("tpye", Some("type")),
            ("item", Some("items")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(suggest(wrong, keys), meant, "{wrong}");
        }
    }

    #[test]
    fn the_nearest_name_wins_and_the_first_of_equals() {
        assert_eq!(suggest("PullEvent", ["PullEventX", "PullEvents", "Pull"]), Some("PullEventX"));
        assert_eq!(suggest("PullEvents", ["PullEvent", "PullEvents"]), Some("PullEvents"));
    }
}
