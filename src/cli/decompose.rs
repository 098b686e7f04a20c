//! `plancast decompose`: why a variable changes, by factors.

use std::fmt::Write as _;

use super::arguments::{DecomposeOptions, language};
use super::{Failure, Outcome, diagnose, print, say};
use crate::analysis::decompose::{Effects, Question, decompose};
use crate::chart::Size;
use crate::chart::rows::{self, Row, Rows, Tone};
use crate::scenario::{Loaded, load};
use crate::text::number::significant;
use crate::text::{Language, unit};

pub(super) fn run(options: &DecomposeOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let factors: Option<Vec<(String, String)>> = options.by.iter().map(|text| factor(text)).collect();
    let Some(factors) = factors else {
        say("--by takes a factor's name and its formula: --by 'structure=va[industry]/gdp'");
        return Err(Failure::Input);
    };
    let years = (options.from, options.to);
    let question = Question { total: options.total.clone(), factors, years };
    let found = if loaded.problems.has_errors() {
        None
    } else {
        decompose(&mut loaded, &question, options.sample.seed, options.sample.paths)
    };
    let Some(effects) = found else {
        diagnose::report(&loaded.files, &loaded.problems);
        return Err(Failure::Input);
    };
    let told = Told::of(&loaded, &question, &effects, language);
    if let Some(path) = &options.chart {
        let svg = rows::draw(&told.chart(language), Size::default().width);
        std::fs::write(path, svg)
            .map_err(|error| Failure::Machine(format!("{} cannot be written: {error}", path.display())))?;
    }
    print(&told.text(language))
}

fn factor(text: &str) -> Option<(String, String)> {
    let (name, formula) = text.split_once('=')?;
    Some((name.trim().to_owned(), formula.trim().to_owned()))
}

/// Mean and the 5 % and 95 % quantiles.
#[derive(Clone, Copy)]
struct Spread {
    mean: f64,
    low: f64,
    high: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.filter(|x| x.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let at = |level: f64| values.get((values.len().saturating_sub(1) as f64 * level) as usize).copied();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Self { mean, low: at(0.05).unwrap_or(f64::NAN), high: at(0.95).unwrap_or(f64::NAN) }
    }
}

/// The effects as they are told.
struct Told {
    title: String,
    unit: String,
    years: (i32, i32),
    totals: (Spread, Spread),
    change: Spread,
    ratio: Spread,
    /// Name, additive, multiplicative.
    effects: Vec<(String, Spread, Spread)>,
    footer: String,
}

impl Told {
    fn of(loaded: &Loaded, question: &Question, effects: &Effects, language: Language) -> Self {
        let variable = loaded.scenario.variables.get(&question.total);
        let shown = unit::shown(variable.map_or("", |variable| &variable.unit), language);
        let scaled = |values: &mut dyn Iterator<Item = f64>| Spread::of(values.map(|x| x * shown.factor));
        let rest = match language {
            Language::En => "other",
            Language::Zh => "其他",
        };
        let names = question.factors.iter().map(|(name, _)| name.as_str()).chain([rest]);
        let lists = effects.additive.iter().zip(&effects.multiplicative);
        let mut told: Vec<_> = names
            .zip(lists)
            .map(|(name, (add, multiply))| {
                (name.to_owned(), scaled(&mut add.iter().copied()), Spread::of(multiply.iter().copied()))
            })
            .collect();
        let pairs = || effects.totals.iter();
        let change = scaled(&mut pairs().map(|(a, b)| b - a));
        // Nothing is left over where the products are the total.
        if told.last().is_some_and(|(_, rest, _)| {
            crate::num::max(rest.low.abs(), rest.high.abs())
                <= 1e-9 * crate::num::max(change.mean.abs(), 1e-9)
        }) {
            told.pop();
        }
        let title = variable.map_or("", |variable| variable.title.get(language));
        Self {
            title: if title.is_empty() { question.total.clone() } else { title.to_owned() },
            unit: shown.unit.clone(),
            years: question.years,
            totals: (scaled(&mut pairs().map(|(a, _)| *a)), scaled(&mut pairs().map(|(_, b)| *b))),
            change,
            ratio: Spread::of(pairs().map(|(a, b)| b / a)),
            effects: told,
            footer: format!("plancast · {} · {}", loaded.scenario.id, effects.totals.len()),
        }
    }

    fn number(&self, x: f64) -> String {
        significant(x, crate::num::max(self.totals.0.mean.abs(), self.totals.1.mean.abs()) / 1000.0)
    }

    fn text(&self, language: Language) -> String {
        let (from, to) = self.years;
        let line = |name: &str, add: &Spread, multiply: &Spread| {
            let number = |x| self.number(x);
            format!(
                "  {name}: {} ({} – {}) · × {:.3} ({:.3} – {:.3})\n",
                number(add.mean),
                number(add.low),
                number(add.high),
                multiply.mean,
                multiply.low,
                multiply.high
            )
        };
        let mut text = match language {
            Language::En => format!(
                "{} from {} in {from} to {} in {to}, {}: mean (5 % – 95 %), added and multiplied\n",
                self.title,
                self.number(self.totals.0.mean),
                self.number(self.totals.1.mean),
                self.unit
            ),
            Language::Zh => format!(
                "{}：{from}年{}，{to}年{}，{}。均值（5%—95%），加法与乘法分解\n",
                self.title,
                self.number(self.totals.0.mean),
                self.number(self.totals.1.mean),
                self.unit
            ),
        };
        for (name, add, multiply) in &self.effects {
            let _ = write!(text, "{}", line(name, add, multiply));
        }
        let whole = match language {
            Language::En => "change",
            Language::Zh => "合计",
        };
        text + &line(whole, &self.change, &self.ratio)
    }

    /// A waterfall: from the first total by the effects to the last.
    fn chart(&self, language: Language) -> Rows {
        let mut rows = Vec::new();
        let total = |year: i32, spread: &Spread| Row {
            title: year.to_string(),
            bars: vec![(0.0, spread.mean, Tone::Total)],
            interval: Some((spread.low, spread.high)),
            label: self.number(spread.mean),
        };
        rows.push(total(self.years.0, &self.totals.0));
        let mut reached = self.totals.0.mean;
        for (name, add, _) in &self.effects {
            let tone = if add.mean >= 0.0 { Tone::Low } else { Tone::High };
            rows.push(Row {
                title: name.clone(),
                bars: vec![(reached, reached + add.mean, tone)],
                interval: Some((reached + add.low, reached + add.high)),
                label: if add.mean > 0.0 {
                    format!("+{}", self.number(add.mean))
                } else {
                    self.number(add.mean)
                },
            });
            reached += add.mean;
        }
        rows.push(total(self.years.1, &self.totals.1));
        let (from, to) = self.years;
        let words = match language {
            Language::En => (
                format!("Why {} changes from {from} to {to}", self.title),
                "Means over all paths; the lines hold nine in ten",
                ["raises it", "lowers it"],
            ),
            Language::Zh => (
                format!("{from}—{to}年{}变动的原因", self.title),
                "全部路径的均值；横线包含九成路径",
                ["使其上升", "使其下降"],
            ),
        };
        Rows {
            title: words.0,
            subtitle: words.1.to_owned(),
            unit: self.unit.clone(),
            legend: [Tone::Low, Tone::High].into_iter().zip(words.2.map(str::to_owned)).collect(),
            rows,
            footer: self.footer.clone(),
            ..Rows::default()
        }
    }
}
