//! "Did you mean": the known word nearest to a written one.

use crate::caps;
use crate::text::quote::quoted;

/// The nearest known word, if it is near enough to be a slip of the hand.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = written.chars().count();
    if length == 0 || length > caps::SUGGEST_CHARS_MAX {
        return None;
    }
    let folded = fold(written);
    let allowed = 1 + length / 4;
    let mut best: Option<(usize, &str)> = None;
    for word in known.into_iter().take(caps::SUGGEST_WORDS_MAX) {
        if word.len().abs_diff(written.len()) > allowed * 2 {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &fold(word));
        let better = best.is_none_or(|(least, other)| (distance, word) < (least, other));
        if distance <= allowed && better {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Case, dashes and underscores do not make a word another word.
pub(crate) fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '_' || c == ' ' { '-' } else { c })
        .collect()
}

/// The hint for a misspelt word: the nearest one, or the whole list if it is short.
pub(crate) fn did_you_mean<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let known: Vec<&str> = known.into_iter().take(caps::SUGGEST_WORDS_MAX).collect();
    if let Some(word) = nearest(written, known.iter().copied()) {
        return Some(format!("did you mean {}?", quoted(word)));
    }
    match known.len() {
        0 => None,
        1..=12 => Some(format!("known: {}", list(&known))),
        _ => None,
    }
}

/// "`a`, `b` and `c`"-like list, with commas only.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let known = ["cruiser", "battleship", "dreadnaught"];
        assert_eq!(nearest("criuser", known), Some("cruiser"));
        assert_eq!(nearest("Battle-Ship", known), Some("battleship"));
        assert_eq!(nearest("dreadnought", known), Some("dreadnaught"));
        assert_eq!(nearest("pylon", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
