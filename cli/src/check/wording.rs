//! The words of `plancast check` in both languages.

use plancast::analysis::gates::Verdict;
use plancast::text::Language;
use plancast::text::number::{count, paths, trimmed};

/// Words, and sentences with gaps.
pub(super) struct CheckWording {
    pub(super) verdict: &'static str,
    pub(super) gate: &'static str,
    pub(super) found: &'static str,
    pub(super) method: &'static str,
    pub(super) paths: &'static str,
    pub(super) verdicts: [&'static str; 3],
    pub(super) drifted: &'static str,
    pub(super) baseline: &'static str,
    pub(super) now: &'static str,
    pub(super) no_drift: &'static str,
    pub(super) no_number: &'static str,
    pub(super) against: &'static str,
    pub(super) undecided: fn(&str, &str) -> String,
    pub(super) not_known: fn(&str, u64) -> String,
    pub(super) confidence: fn(f64, &str, bool) -> String,
}

impl CheckWording {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &Self {
                verdict: "Verdict",
                gate: "Gate",
                found: "Found",
                method: "Method",
                paths: "Paths",
                verdicts: ["PASS", "FAIL", "UNDECIDED"],
                drifted: "Drifted",
                baseline: "Baseline",
                now: "Now",
                no_drift: "Nothing drifted from the baseline.",
                no_number: "No number drifted from the baseline.",
                against: "Against the baseline:",
                undecided: |gate, reason| format!("{gate} is undecided: {reason}."),
                not_known: |name, number| {
                    format!(
                        "warning: what {name} is of is not a number on {}; its interval holds whatever it is there",
                        paths(number)
                    )
                },
                confidence: |percent, paths, is_marked| {
                    let percent = trimmed(percent, 6);
                    let which = if is_marked { "Each gate without *" } else { "Each gate" };
                    format!(
                        "{which} is decided rightly with a probability of at least {percent} %, with at most {paths} paths."
                    )
                },
            },
            Language::Zh => &Self {
                verdict: "结论",
                gate: "门槛",
                found: "结果",
                method: "方法",
                paths: "路径数",
                verdicts: ["通过", "未通过", "未定"],
                drifted: "偏离项",
                baseline: "基准",
                now: "现值",
                no_drift: "与基准一致，没有偏离。",
                no_number: "各项数值均未偏离基准。",
                against: "与基准相比：",
                undecided: |gate, reason| format!("{gate}未定：{reason}。"),
                not_known: |name, number| {
                    format!(
                        "警告：{name} 所依据的数值在 {} 条路径上无效；区间对其任何取值均成立",
                        count(number)
                    )
                },
                confidence: |percent, paths, is_marked| {
                    let percent = trimmed(percent, 6);
                    let which = if is_marked { "除标*者外，" } else { "" };
                    format!("{which}每项门槛判断正确的概率不低于 {percent} %，至多 {paths} 条路径。")
                },
            },
        }
    }

    /// The word of a verdict.
    pub(super) fn of_verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Pass => self.verdicts[0],
            Verdict::Fail => self.verdicts[1],
            Verdict::Undecided => self.verdicts[2],
        }
    }
}
