//! The table of a sensitivity analysis.

use std::fmt::Write;

use super::{IndicesOrReason, MethodIndices, OutcomeIndices};
use plancast::analysis::indices::{Distance, ElementaryEffects, Indices, Probe, SensitivityIndex};
use plancast::num::normal::POINT_97_5;
use plancast::text::number::significant;
use plancast::text::probability::Decided;
use plancast::text::{Language, grade};

/// The numbers of an answer, the largest first, or why there are none.
pub(super) fn table(answer: &OutcomeIndices, language: Language) -> String {
    let OutcomeIndices { of, asked, found, .. } = answer;
    let found = match (found, language) {
        (IndicesOrReason::Measured(found), _) => found,
        (IndicesOrReason::Same, Language::En) => {
            return format!("{of} does not vary: the equations make it the same whatever is drawn\n");
        }
        (IndicesOrReason::Same, Language::Zh) => return format!("{of}没有变动：由方程确定，与抽样无关\n"),
        (IndicesOrReason::Unmoved, Language::En) => {
            return format!(
                "{of} was the same wherever it was tried: it never varies, or so rarely that these points do not show it; ask for more, --paths\n"
            );
        }
        (IndicesOrReason::Unmoved, Language::Zh) => {
            return format!(
                "{of}在所有试算点上结果相同：可能从不变动，也可能变动过于罕见而未显示；可用 --paths 增加路径数\n"
            );
        }
        (IndicesOrReason::NotFinite, _) => return format!("{of}\n{}", answer.not_finite(language)),
        (IndicesOrReason::TooFew, Language::En) => {
            return format!(
                "{of}\nit varies so rarely that these points do not show it: ask for more, --paths\n"
            );
        }
        (IndicesOrReason::TooFew, Language::Zh) => {
            return format!("{of}\n变动过于罕见，这些试算点未能显示：请用 --paths 增加路径数\n");
        }
        (IndicesOrReason::Recorded(met), Language::En) => {
            return format!(
                "{of}\n{}: nothing drives it any more\n",
                Decided::on_record(*met).words(language)
            );
        }
        (IndicesOrReason::Recorded(met), Language::Zh) => {
            return format!("{of}\n{}：已不受任何输入影响\n", Decided::on_record(*met).words(language));
        }
    };
    let (head, mut rows) = measured(found, language);
    let mut text = format!("{of}\n{head}\n");
    for (row, asked) in rows.iter_mut().zip(asked) {
        let mark = if asked.correlated { " *" } else { "" };
        let title = if asked.title == asked.name { String::new() } else { format!(" ({})", asked.title) };
        let _ = write!(row.1, "  {}{mark}{title}{}", asked.name, grade::mark(&asked.grade));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, row) in &rows {
        let _ = writeln!(text, "{row}");
    }
    text + &notes(answer, found, language) + &answer.not_finite(language)
}

/// The head, and by input or group what it is sorted by and its numbers.
fn measured(found: &MethodIndices, language: Language) -> (&'static str, Vec<(f64, String)>) {
    match found {
        MethodIndices::Sobol(found, sums) => {
            let cell = |index: SensitivityIndex| format!("{:>6.3} ± {:<6.3}", index.value, index.margin);
            let sum = |place: usize| match sums {
                Ok(sums) => {
                    cell(SensitivityIndex { value: sums[place].0, margin: POINT_97_5 * sums[place].1 })
                }
                Err(_) => format!("{:>15}", "–"),
            };
            let row = |(place, i): (usize, &Indices)| {
                (i.total.value, format!("{}  {}  {}", cell(i.closed), cell(i.total), sum(place)))
            };
            let head = match language {
                Language::En => "closed index     total            sum of single draws (95 % intervals)",
                Language::Zh => "封闭指数         总指数           单次抽样之和（95%区间）",
            };
            (head, found.iter().enumerate().map(row).collect())
        }
        MethodIndices::Morris(found) => {
            let text = |x: f64| significant(x, x.abs() / 100.0);
            let known = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), text);
            let row = |e: &ElementaryEffects| {
                format!("{:>10}  {:>10}  {:>10}", text(e.mu_star), known(e.mu), known(e.sigma))
            };
            let rows = found.iter().map(|e| (e.mu_star, row(e)));
            let head = match language {
                Language::En => {
                    "        µ*           µ           σ  (elementary effects: mean size, mean, standard deviation)"
                }
                Language::Zh => {
                    "        µ*           µ           σ  （基本效应：绝对值的均值、均值、标准差）"
                }
            };
            (head, rows.collect())
        }
        MethodIndices::Pawn(found, _) => {
            let rows = found.iter().map(|d| (d.median, distances(d)));
            let head = match language {
                Language::En => "median  largest distance of slices (PAWN)",
                Language::Zh => "中位数  最大距离（PAWN）",
            };
            (head, rows.collect())
        }
    }
}

/// What the reader of the numbers has to know.
fn notes(answer: &OutcomeIndices, found: &MethodIndices, language: Language) -> String {
    let asked = &answer.asked;
    let mut text = String::new();
    if let MethodIndices::Pawn(_, idle) = found {
        let words = match language {
            Language::En => "what chance alone gives the largest group",
            Language::Zh => "仅由偶然造成的距离（按最大的组）",
        };
        let _ = writeln!(text, "{}  ({words})", distances(idle));
        if asked.iter().any(|asked| asked.draws.len() > 1) {
            text += match language {
                Language::En => "of a group, its strongest draw: distances do not add up\n",
                Language::Zh => "组按其中影响最大的一次抽样计：距离不能相加\n",
            };
        }
    }
    if matches!(found, MethodIndices::Morris(_)) && asked.iter().any(|asked| asked.draws.len() > 1) {
        text += match language {
            Language::En => {
                "–: several draws that are moved together have a size of effect, but no direction\n"
            }
            Language::Zh => "–：多次抽样一同变动，只有效应的大小，没有方向\n",
        };
    }
    if let MethodIndices::Sobol(_, sums) = found {
        text += match language {
            Language::En => {
                "closed: all draws of a row, each alone and together; sum: each alone, as a run tells it\n"
            }
            Language::Zh => {
                "封闭指数含一行内各次抽样单独及共同的作用；“单次抽样之和”只计各自单独的作用，与run所报一致\n"
            }
        };
        if let Err(reason) = sums {
            let _ = match language {
                Language::En => writeln!(text, "the sum is not known: {}", reason.get(language)),
                Language::Zh => writeln!(text, "“单次抽样之和”无法确定：{}", reason.get(language)),
            };
        }
    }
    if asked.iter().any(|asked| asked.correlated) {
        text += match language {
            Language::En => "* holds inputs that are correlated: they are taken as one group\n",
            Language::Zh => "* 含相互关联的输入，合并为一组计算\n",
        };
    }
    text
}

impl OutcomeIndices {
    /// Where the outcome is not finite, and what comes of that; nothing where it is everywhere.
    fn not_finite(&self, language: Language) -> String {
        let percent = |share: f64| significant(100.0 * share, share);
        let Probe { infinite, no_number, .. } = self.probe;
        match (self.never, language) {
            _ if infinite + no_number == 0.0 && !matches!(self.found, IndicesOrReason::NotFinite) => {
                String::new()
            }
            (Some(year), Language::En) if no_number == 0.0 && infinite > 0.0 => {
                format!(
                    "infinite (what never happens) at {} % of the points: counted as {year}, the year after the last\n",
                    percent(infinite)
                )
            }
            (Some(year), Language::Zh) if no_number == 0.0 && infinite > 0.0 => {
                format!("{}%的试算点上为无穷（始终未出现）：按末年的下一年{year}计\n", percent(infinite))
            }
            (_, Language::En) => format!(
                "infinite at {} % of the points, no number at {} %: it has no variance, and nothing can be told of it\n",
                percent(infinite),
                percent(no_number)
            ),
            (_, Language::Zh) => format!(
                "{}%的试算点上为无穷，{}%的试算点上无有效数值：方差不存在，无法作出判断\n",
                percent(infinite),
                percent(no_number)
            ),
        }
    }
}

fn distances(distance: &Distance) -> String {
    format!("{:>6.3}  {:>6.3}", distance.median, distance.largest)
}
