//! What a gate's statistic is called in words: `mean(x@2021)` is `x@2021 的均值` in Chinese.

use crate::text::Language;
use crate::text::number::trimmed;
use crate::tr;

/// The name of a statistic that is written so in a gate; as it is written where that is none of the functions of gates.
pub(super) fn statistic_name(written: &str, language: Language) -> String {
    named(written, language).unwrap_or_else(|| written.to_owned())
}

fn named(written: &str, language: Language) -> Option<String> {
    let (function, rest) = written.split_once('(')?;
    let of = rest.strip_suffix(')')?;
    let leveled = || {
        let (of, level) = of.rsplit_once(", ")?;
        Some((of, level, trimmed(100.0 * level.parse::<f64>().ok()?, 6)))
    };
    Some(match function {
        "p" => match of.split_once(" given ") {
            Some((event, given)) => {
                tr!(language, "export-statistic-given", event = event, given = given)
            }
            None => tr!(language, "export-statistic-probability", of = of),
        },
        "mean" => tr!(language, "export-statistic-mean", of = of),
        "sd" => tr!(language, "export-statistic-sd", of = of),
        "quantile" => {
            let (of, level, percent) = leveled()?;
            tr!(language, "export-statistic-quantile", of = of, level = level, percent = percent)
        }
        "expected_shortfall" => {
            let (of, level, percent) = leveled()?;
            tr!(language, "export-statistic-shortfall", of = of, level = level, percent = percent)
        }
        "expected_surplus" => {
            let (of, level, percent) = leveled()?;
            tr!(language, "export-statistic-surplus", of = of, level = level, percent = percent)
        }
        "correlation" => {
            let (one, other) = of.rsplit_once(", ")?;
            tr!(language, "export-statistic-correlation", one = one, other = other)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statistic_is_named_in_the_language_of_the_reader() {
        for (written, chinese) in [
            ("mean(x@2021)", "x@2021 的均值"),
            ("sd(x@2021)", "x@2021 的标准差"),
            ("quantile(x@2021, 0.5)", "x@2021 的中位数"),
            ("quantile(x@2021, 0.05)", "x@2021 的5%分位数"),
            ("expected_shortfall(x, 0.05)", "x 最低5%的均值"),
            ("expected_surplus(min(x, y), 0.1)", "min(x, y) 最高10%的均值"),
            ("correlation(x@2021, y@2021)", "x@2021 与 y@2021 的相关系数"),
            ("p(gdp_2025)", "gdp_2025 的概率"),
            ("p(x > 1 given x > 0)", "x > 0 时 x > 1 的概率"),
            ("something else", "something else"),
            ("f(x)", "f(x)"),
        ] {
            assert_eq!(statistic_name(written, Language::Zh), chinese);
            assert_eq!(statistic_name(written, Language::En), written);
        }
    }
}
