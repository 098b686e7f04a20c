//! Headings of groups of targets. A scenario names a group by a short id and gives it no title.

use crate::text::Language;

/// The heading of a group: in words for the ids that plans commonly use, and otherwise the id itself with
/// a capital letter; `Other targets` for targets without a group.
pub fn title(id: &str, language: Language) -> String {
    let (en, zh) = match id {
        "" => ("Other targets", "其他目标"),
        "macro" => ("Economy", "宏观经济"),
        "annual" => ("The plan for the year", "年度主要预期目标"),
        "industry" => ("Industry", "产业发展"),
        "products" => ("Physical output", "主要产品产量"),
        "energy" => ("Energy", "能源"),
        "emission" | "emissions" => ("Emissions", "排放"),
        "environment" => ("Environment", "生态环境"),
        "people" | "social" => ("People", "民生"),
        "innovation" => ("Innovation", "科技创新"),
        "national" => ("National commitments", "国家约束性指标"),
        other => return capital(other),
    };
    if language == Language::Zh { zh } else { en }.to_owned()
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
