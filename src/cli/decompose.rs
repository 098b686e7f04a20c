//! `plancast decompose`: why a variable changes, or differs between scenarios, by factors.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::arguments::{DecomposeOptions, language};
use super::{Failure, Outcome, diagnose, figures, on_threads, print, print_json, say};
use crate::analysis::decompose::{Effects, Question, between_scenarios, between_years, declared, typed};
use crate::chart::Size;
use crate::chart::rows::{self, Row, Rows, Tone};
use crate::scenario::{Loaded, load};
use crate::text::number::significant;
use crate::text::{Language, Text, unit};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-decompose/1";

pub(super) fn run(options: &DecomposeOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let mut other = options.alternative.as_ref().map(|name| load(name, &options.overrides.set));
    for loaded in std::iter::once(&loaded).chain(&other) {
        if loaded.problems.has_errors() {
            diagnose::report(&loaded.files, &loaded.problems);
            return Err(Failure::Input);
        }
    }
    for loaded in std::iter::once(&loaded).chain(&other) {
        years_exist(loaded, options)?;
    }
    let question = question(&mut loaded, options)?;
    let found = match &question {
        Some(question) => {
            on_threads(options.sample.threads, || effects(&mut loaded, other.as_mut(), question, options))?
        }
        None => None,
    };
    let (Some(question), Some(effects)) = (question, found) else {
        for loaded in std::iter::once(&loaded).chain(&other).filter(|loaded| loaded.problems.has_errors()) {
            diagnose::report(&loaded.files, &loaded.problems);
        }
        return Err(Failure::Input);
    };
    let ends = ends(&loaded, other.as_ref(), options);
    let told = Told::of(&loaded, &question, &effects, ends, options, language);
    if let Some(path) = &options.chart {
        figures::write(path, &rows::draw(&told.chart(language), Size::default().width))?;
    }
    if options.json {
        return print_json(&as_json(&loaded, &question, &effects, options));
    }
    print(&told.text(language))
}

fn years_exist(loaded: &Loaded, options: &DecomposeOptions) -> Outcome {
    let time = loaded.scenario.time;
    let outside = [options.from, options.to, options.year].into_iter().flatten();
    match outside.into_iter().find(|year| !(time.start..=time.end).contains(year)) {
        None => Ok(()),
        Some(year) => {
            let (id, start, end) = (&loaded.scenario.id, time.start, time.end);
            say(&format!("{id} has no year {year}: it runs from {start} to {end}"));
            Err(Failure::Input)
        }
    }
}

/// The question of `--by`: names of declared effects, or factors with their formulas. `None` when there is no such
/// question: why is among the problems of `loaded`.
fn question(loaded: &mut Loaded, options: &DecomposeOptions) -> Result<Option<Question>, Failure> {
    let formulas: Vec<(String, String)> = options.by.iter().filter_map(|text| factor(text)).collect();
    if formulas.is_empty() {
        let names = options.by.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned());
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        return Ok(declared(loaded, &options.total, &names));
    }
    if formulas.len() < options.by.len() || formulas.iter().any(|(name, _)| name.contains(',')) {
        say(
            "--by takes the names of effects that the scenario declares, or factors with their formulas, not both: --by activity,structure, or --by 'structure=va[sector]/gdp'",
        );
        return Err(Failure::Input);
    }
    Ok(typed(loaded, &options.total, &formulas))
}

fn factor(text: &str) -> Option<(String, String)> {
    let (name, formula) = text.split_once('=')?;
    Some((name.trim().to_owned(), formula.trim().to_owned()))
}

fn effects(
    loaded: &mut Loaded,
    other: Option<&mut Loaded>,
    question: &Question,
    options: &DecomposeOptions,
) -> Option<Effects> {
    let sample = options.sample;
    match (other, options.year, options.from.zip(options.to)) {
        (Some(other), Some(year), _) => {
            between_scenarios(loaded, other, question, year, sample.seed, sample.paths)
        }
        (_, _, Some(years)) => between_years(loaded, question, years, sample.seed, sample.paths),
        _ => None,
    }
}

/// What is held against what: two years, or the titles of two scenarios.
enum Ends {
    Years(i32, i32),
    Scenarios { first: Text, other: Text, year: i32 },
}

fn ends(loaded: &Loaded, other: Option<&Loaded>, options: &DecomposeOptions) -> Ends {
    match (other, options.year) {
        (Some(other), Some(year)) => Ends::Scenarios {
            first: loaded.scenario.title.clone(),
            other: other.scenario.title.clone(),
            year,
        },
        _ => Ends::Years(options.from.unwrap_or_default(), options.to.unwrap_or_default()),
    }
}

impl Ends {
    /// Labels of the two totals.
    fn names(&self, language: Language) -> [String; 2] {
        match self {
            Self::Years(from, to) => [from.to_string(), to.to_string()],
            Self::Scenarios { first, other, .. } => {
                [first.get(language).to_owned(), other.get(language).to_owned()]
            }
        }
    }
}

fn as_json(loaded: &Loaded, question: &Question, effects: &Effects, options: &DecomposeOptions) -> Value {
    let spread = |values: &mut dyn Iterator<Item = f64>| {
        let Spread { mean, low, high } = Spread::of(values);
        json!({ "mean": mean, "quantiles": { "0.05": low, "0.95": high } })
    };
    let pairs = || effects.totals.iter();
    let rest = crate::analysis::decompose::Told { name: "(rest)".into(), title: question.rest.clone() };
    let lists = effects.additive.iter().zip(&effects.multiplicative);
    let told: Vec<Value> = effects
        .told
        .iter()
        .chain([&rest])
        .zip(lists)
        .map(|(told, (add, multiply))| {
            json!({
                "name": told.name, "title": told.title,
                "additive": spread(&mut add.iter().copied()),
                "multiplicative": spread(&mut multiply.iter().copied()),
            })
        })
        .collect();
    let variable = loaded.scenario.variables.get(&options.total);
    json!({
        "schema": SCHEMA,
        "scenario": loaded.scenario.id,
        "alternative": options.alternative,
        "variable": options.total,
        "unit": variable.map_or("", |variable| variable.unit.as_str()),
        "years": options.from.zip(options.to).map_or(vec![options.year], |(from, to)| vec![Some(from), Some(to)]),
        "seed": options.sample.seed,
        "paths": effects.totals.len(),
        "before": spread(&mut pairs().map(|(a, _)| *a)),
        "after": spread(&mut pairs().map(|(_, b)| *b)),
        "change": spread(&mut pairs().map(|(a, b)| b - a)),
        "ratio": spread(&mut pairs().map(|(a, b)| b / a)),
        "effects": told,
    })
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
    ends: Ends,
    totals: (Spread, Spread),
    change: Spread,
    ratio: Spread,
    /// Title, additive, multiplicative.
    effects: Vec<(String, Spread, Spread)>,
    footer: String,
}

impl Told {
    fn of(
        loaded: &Loaded,
        question: &Question,
        effects: &Effects,
        ends: Ends,
        options: &DecomposeOptions,
        language: Language,
    ) -> Self {
        let variable = loaded.scenario.variables.get(&options.total);
        let shown = unit::shown(variable.map_or("", |variable| &variable.unit), language);
        let scaled = |values: &mut dyn Iterator<Item = f64>| Spread::of(values.map(|x| x * shown.factor));
        let rest = match (question.rest.get(language), language) {
            ("", Language::En) => "other",
            ("", Language::Zh) => "其他",
            (rest, _) => rest,
        };
        let names = effects.told.iter().map(|told| match told.title.get(language) {
            "" => told.name.as_str(),
            title => title,
        });
        let lists = effects.additive.iter().zip(&effects.multiplicative);
        let mut told: Vec<_> = names
            .chain([rest])
            .zip(lists)
            .map(|(name, (add, multiply))| {
                (name.to_owned(), scaled(&mut add.iter().copied()), Spread::of(multiply.iter().copied()))
            })
            .collect();
        let pairs = || effects.totals.iter();
        let totals = (scaled(&mut pairs().map(|(a, _)| *a)), scaled(&mut pairs().map(|(_, b)| *b)));
        // Nothing is left over where the products are the total.
        let size = crate::num::max(totals.0.mean.abs(), totals.1.mean.abs());
        if told
            .last()
            .is_some_and(|(_, rest, _)| crate::num::max(rest.low.abs(), rest.high.abs()) <= 1e-9 * size)
        {
            told.pop();
        }
        let title = variable.map_or("", |variable| variable.title.get(language));
        Self {
            title: if title.is_empty() { options.total.clone() } else { title.to_owned() },
            unit: shown.unit.clone(),
            ends,
            totals,
            change: scaled(&mut pairs().map(|(a, b)| b - a)),
            ratio: Spread::of(pairs().map(|(a, b)| b / a)),
            effects: told,
            footer: figures::footer(&loaded.scenario, options.sample, language),
        }
    }

    fn number(&self, x: f64) -> String {
        significant(x, crate::num::max(self.totals.0.mean.abs(), self.totals.1.mean.abs()) / 1000.0)
    }

    fn text(&self, language: Language) -> String {
        let colon = if language == Language::En { ": " } else { "：" };
        let line = |name: &str, add: &Spread, multiply: &Spread| {
            let number = |x| self.number(x);
            format!(
                "  {name}{colon}{} ({} – {}) · × {:.3} ({:.3} – {:.3})\n",
                number(add.mean),
                number(add.low),
                number(add.high),
                multiply.mean,
                multiply.low,
                multiply.high
            )
        };
        let (first, last) = (self.number(self.totals.0.mean), self.number(self.totals.1.mean));
        let title = &self.title;
        let unit = match language {
            _ if self.unit.is_empty() => String::new(),
            Language::En => format!(", {}", self.unit),
            Language::Zh => format!("，{}", self.unit),
        };
        let names = self.ends.names(language);
        let mut text = match (&self.ends, language) {
            (Ends::Years(from, to), Language::En) => {
                format!("{title} from {first} in {from} to {last} in {to}{unit}")
            }
            (Ends::Years(from, to), Language::Zh) => {
                format!("{title}：{from}年{first}，{to}年{last}{unit}")
            }
            (Ends::Scenarios { year, .. }, Language::En) => {
                format!("{title} in {year}: {first} in \"{}\", {last} in \"{}\"{unit}", names[0], names[1])
            }
            (Ends::Scenarios { year, .. }, Language::Zh) => {
                format!("{year}年{title}：“{}”{first}，“{}”{last}{unit}", names[0], names[1])
            }
        };
        text += match language {
            Language::En => ": mean (5 % – 95 %), added and multiplied\n",
            Language::Zh => "。均值（5%—95%），加法与乘法分解\n",
        };
        for (name, add, multiply) in &self.effects {
            let _ = write!(text, "{}", line(name, add, multiply));
        }
        let whole = match (&self.ends, language) {
            (Ends::Years(..), Language::En) => "change",
            (Ends::Scenarios { .. }, Language::En) => "difference",
            (_, Language::Zh) => "合计",
        };
        text + &line(whole, &self.change, &self.ratio)
    }

    /// A waterfall: from the first total by the effects to the last.
    fn chart(&self, language: Language) -> Rows {
        let mut rows = Vec::new();
        let [first, last] = self.ends.names(language);
        let total = |title: String, spread: &Spread| Row {
            title,
            bars: vec![(0.0, spread.mean, Tone::Total)],
            interval: Some((spread.low, spread.high)),
            label: self.number(spread.mean),
        };
        rows.push(total(first.clone(), &self.totals.0));
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
        rows.push(total(last.clone(), &self.totals.1));
        let words = match language {
            Language::En => (
                match &self.ends {
                    Ends::Years(from, to) => format!("Why {} changes from {from} to {to}", self.title),
                    Ends::Scenarios { year, .. } => {
                        format!("Why {} differs in {year}: {first} and {last}", self.title)
                    }
                },
                "Means over all paths; the lines hold nine in ten",
                ["raises it", "lowers it"],
            ),
            Language::Zh => (
                match &self.ends {
                    Ends::Years(from, to) => format!("{from}—{to}年{}变动的原因", self.title),
                    Ends::Scenarios { year, .. } => {
                        format!("{year}年{}差异的原因：{first}与{last}", self.title)
                    }
                },
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
