//! Headings of groups of targets. A scenario names a group by a short id and gives it no title.

use crate::key;
use crate::text::Language;

/// The heading of a group: in words for the ids that plans commonly use, and otherwise the id itself with
/// a capital letter; `Other targets` for targets without a group.
pub fn title(id: &str, language: Language) -> String {
    let key = match id {
        "" => key!("text-group-other"),
        "headline" => key!("text-group-headline"),
        "macro" => key!("text-group-macro"),
        "annual" => key!("text-group-annual"),
        "industry" => key!("text-group-industry"),
        "products" => key!("text-group-products"),
        "energy" => key!("text-group-energy"),
        "emission" | "emissions" => key!("text-group-emissions"),
        "environment" => key!("text-group-environment"),
        "people" | "social" => key!("text-group-people"),
        "innovation" => key!("text-group-innovation"),
        "national" => key!("text-group-national"),
        other => return capital(other),
    };
    key.text(language).to_owned()
}

fn capital(id: &str) -> String {
    let spaced = id.replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_headings_in_both_languages() {
        assert_eq!(title("macro", Language::Zh), "宏观经济");
        assert_eq!(title("rural_roads", Language::En), "Rural roads");
        assert_eq!(title("", Language::En), "Other targets");
        assert_eq!(title("emission", Language::Zh), title("emissions", Language::Zh));
        assert_eq!(title("people", Language::En), title("social", Language::En));
        assert_eq!(title("green-energy", Language::Zh), "Green energy");
    }
}
