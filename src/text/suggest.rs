//! The nearest of several names, for "did you mean".

use super::Message;
use crate::message;

/// Most candidates that are looked at, and most letters of a name that is compared: a file may hold a million
/// names, or one of a million letters.
const MOST_CANDIDATES: usize = 2000;
const MOST_LETTERS: usize = 100;

/// What other tools call it, and what it is called here.
const ELSEWHERE: [(&str, &str); 14] = [
    ("average", "mean"),
    ("avg", "mean"),
    ("comment", "note"),
    ("description", "doc"),
    ("equation", "formula"),
    ("expression", "formula"),
    ("initial", "start"),
    ("lag", "prev"),
    ("ln", "log"),
    ("percentile", "quantile"),
    ("prob", "p"),
    ("probability", "p"),
    ("std", "sd"),
    ("stdev", "sd"),
];

/// The candidate that `name` was probably meant to be: what other tools call by this name, or one that is near enough.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MOST_LETTERS {
        return None;
    }
    let wanted = name.to_lowercase();
    // What was typed is there, and was refused for another reason: to suggest it again would be no help.
    let candidates: Vec<&str> =
        candidates.into_iter().take(MOST_CANDIDATES).filter(|candidate| *candidate != name).collect();
    let here = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == wanted).map(|(_, here)| *here);
    if let Some(found) = candidates.iter().find(|candidate| here == Some(**candidate)) {
        return Some(found);
    }
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= MOST_LETTERS)
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            // One letter in three may be wrong, and something must be right.
            let length = candidate.chars().count().min(name.chars().count());
            *distance <= (length / 3).max(1) && *distance < length
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidates that are most like `name`, the nearest first: fewer than `most` where few are like it at all.
pub fn most_like<'a>(name: &str, candidates: &[&'a str], most: usize) -> Vec<&'a str> {
    if name.len() > MOST_LETTERS {
        return Vec::new();
    }
    let wanted = name.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
    let mut found: Vec<(f64, &str)> = candidates
        .iter()
        .take(MOST_CANDIDATES)
        .filter(|candidate| candidate.len() <= MOST_LETTERS && **candidate != name)
        .map(|candidate| (likeness(candidate), *candidate))
        .filter(|(likeness, _)| *likeness >= 0.7)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

/// `did you mean "x"?`, or the list of what there is after what they are called, or nothing when there is nothing.
pub fn did_you_mean(name: &str, candidates: &[&str], kind: impl Into<Message>) -> Option<Message> {
    if let Some(found) = nearest(name, candidates.iter().copied()) {
        return Some(message!("text-did-you-mean", name = found));
    }
    if candidates.contains(&name) {
        return None;
    }
    match candidates.len() {
        0 => None,
        1..=12 => Some(message!("text-names", kind = kind.into(), names = candidates)),
        many => {
            Some(message!("text-names-many", kind = kind.into(), names = &candidates[..10], count = many))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name_and_a_stranger_does_not() {
        let names = ["intensity", "value_added", "trend"];
        assert_eq!(nearest("intensty", names), Some("intensity"));
        assert_eq!(nearest("valueadded", names), Some("value_added"));
        assert_eq!(nearest("elasticity", names), None);
        assert_eq!(nearest("x", ["y"]), None);
    }

    #[test]
    fn what_was_typed_is_never_suggested() {
        assert_eq!(nearest("price_shock", ["price_shock", "prize_shock"]), Some("prize_shock"));
        assert_eq!(nearest("price_shock", ["price_shock"]), None);
        assert_eq!(most_like("mean", &["mean", "median", "log"], 3), ["median"]);
    }

    #[test]
    fn the_most_alike_come_first() {
        assert_eq!(most_like("maximal", &["minimum", "maximum", "exp"], 1), ["maximum"]);
        assert!(most_like("zzz", &["minimum", "maximum"], 3).is_empty());
    }

    #[test]
    fn one_letter_in_three_may_be_wrong() {
        assert_eq!(nearest("abcdef", ["abcdxy"]), Some("abcdxy"));
        assert_eq!(nearest("abcdef", ["abcxyz"]), None);
        assert_eq!(nearest("ab", ["ac"]), Some("ac"));
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("gdp", ["GDP"]), Some("GDP"));
        assert_eq!(nearest("growth", ["growths", "growth_2"]), Some("growths"), "the nearest of several");
    }

    #[test]
    fn names_of_a_hundred_letters_are_compared_and_longer_ones_are_not() {
        let name = |letters: usize| "a".repeat(letters - 1);
        let candidates = |letters: usize| format!("{}b", name(letters));
        assert_eq!(
            nearest(&format!("{}c", name(100)), [candidates(100).as_str()]),
            Some(candidates(100).as_str())
        );
        assert_eq!(nearest(&format!("{}c", name(101)), [candidates(100).as_str()]), None);
        assert_eq!(nearest(&format!("{}c", name(100)), [candidates(101).as_str()]), None);
    }

    #[test]
    fn up_to_twelve_names_are_listed_and_of_more_the_first_ten() {
        let names: Vec<String> = (10..30).map(|number| format!("name_number_{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let twelve = did_you_mean("x", &names[..12], Message::verbatim("names")).unwrap().to_string();
        assert!(
            twelve.starts_with("names: name_number_10, ") && twelve.ends_with(", name_number_21"),
            "{twelve}"
        );
        let thirteen = did_you_mean("x", &names[..13], Message::verbatim("names")).unwrap().to_string();
        assert!(thirteen.ends_with("name_number_19, … (13 in all)"), "{thirteen}");
        assert_eq!(did_you_mean("x", &[], Message::verbatim("names")), None);
    }

    #[test]
    fn what_other_tools_call_it_finds_its_name_here() {
        assert_eq!(nearest("ln", ["min", "log"]), Some("log"));
        assert_eq!(nearest("equation", ["formula", "start"]), Some("formula"));
        assert_eq!(nearest("equation", ["start"]), None);
    }
}
