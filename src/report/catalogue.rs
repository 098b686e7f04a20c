//! Which figures a run has, and drawing them.

use indexmap::IndexMap;

use super::{figure, why};
use crate::analysis::moved::Movable;
use crate::analysis::outcome::RequiredLevel;
use crate::analysis::replayed::Replayed;
use crate::chart::{self, Size};
use crate::result::{Distributions, Summary};
use crate::text::period::label;
use crate::text::{Language, unit};

/// The most figures of a run's own page.
const MOST_HEADLINES: usize = 12;

/// What the figures of a run are made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The results.
    pub summary: &'a Summary,
    /// The distributions; `None` for a run that stored none.
    pub distributions: Option<&'a Distributions>,
    /// Its first paths; `None` where its scenario cannot be replayed.
    pub replayed: Option<&'a Replayed>,
    /// What was recorded, by variable: year, value.
    pub history: &'a IndexMap<String, Vec<(i32, f64)>>,
    /// What is written at the foot as the source.
    pub source: &'a str,
}

/// The kinds of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CatalogueKind {
    /// Bands of a variable over the years.
    Fan,
    /// Single paths over the bands.
    Paths,
    /// Densities of a variable by year.
    Density,
    /// Odds of at least so much, of a variable or a metric.
    Exceedance,
    /// When something happens: a metric that is a year.
    Histogram,
    /// What a variable is made of.
    Composition,
    /// Odds of all targets.
    Scorecard,
    /// Odds of two targets together.
    Joint,
    /// Odds of one target where another is met.
    Conditional,
    /// Two variables path by path.
    Scatter,
    /// When projects get done.
    Calendar,
    /// What drives a variable in a year, a metric, or the odds of a target.
    Tornado,
    /// How much of a variable's variance could be learned, by year.
    Learnable,
    /// A variable in several runs, in one year.
    Violin,
    /// The fans of a variable in several runs, on one scale.
    Levels,
    /// The paired differences of a variable, of a comparison.
    Difference,
    /// How the odds of targets change, of a comparison.
    Change,
}

impl CatalogueKind {
    /// All kinds with their names, in the order of a page.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Fan, "fan"),
        (Self::Scorecard, "scorecard"),
        (Self::Exceedance, "exceedance"),
        (Self::Density, "density"),
        (Self::Paths, "paths"),
        (Self::Histogram, "histogram"),
        (Self::Composition, "composition"),
        (Self::Joint, "joint"),
        (Self::Conditional, "conditional"),
        (Self::Scatter, "scatter"),
        (Self::Calendar, "calendar"),
        (Self::Tornado, "tornado"),
        (Self::Learnable, "learnable"),
        (Self::Violin, "violin"),
        (Self::Levels, "levels"),
        (Self::Difference, "difference"),
        (Self::Change, "change"),
    ];

    /// Whether it shows several runs in one figure.
    pub fn is_of_several(self) -> bool {
        matches!(self, Self::Violin | Self::Levels | Self::Difference | Self::Change)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// A figure that a run has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueItem {
    /// Its kind.
    pub kind: CatalogueKind,
    /// What it shows: variables, a metric, a group of targets or a scenario; nothing for all targets.
    pub of: Vec<String>,
}

impl CatalogueItem {
    fn new(kind: CatalogueKind, of: &[&str]) -> Self {
        Self { kind, of: of.iter().map(|&name| name.to_owned()).collect() }
    }

    /// The name of its file, without the ending: `gdp`, `va-coal-density`, `targets`.
    pub fn file(&self) -> String {
        let of: Vec<String> = self.of.iter().map(|name| plain(name)).collect();
        let of = of.join("-");
        match (self.kind, of.as_str()) {
            (CatalogueKind::Fan, of) => of.to_owned(),
            (CatalogueKind::Scorecard, "") => "targets".to_owned(),
            (CatalogueKind::Scorecard, of) => format!("targets-{of}"),
            (kind, "") => kind.name().to_owned(),
            (kind, of) => format!("{of}-{}", kind.name()),
        }
    }
}

/// A figure drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderedFigure {
    /// The name of its file, without the ending: `gdp`, `targets`.
    pub name: String,
    /// Its title in the language that was asked for.
    pub title: String,
    /// The picture: the text of an SVG.
    pub svg: String,
}

/// A variable's name as a file's name: `va[coal]` becomes `va-coal`.
pub fn plain(name: &str) -> String {
    name.replace(['[', ','], "-").replace(']', "")
}

impl Material<'_> {
    /// Every figure of this run, kind by kind.
    pub fn all(&self) -> Vec<CatalogueItem> {
        CatalogueKind::ALL.iter().flat_map(|(kind, _)| self.of_kind(*kind)).collect()
    }

    /// The figures that are drawn when nothing is asked for: the fan of every headline, and of the other kinds
    /// what says most.
    pub fn usual(&self) -> Vec<CatalogueItem> {
        let leading = self.leading();
        let usual = |item: &CatalogueItem| match item.kind {
            CatalogueKind::Fan => item.of.iter().all(|name| self.is_headline(name)),
            CatalogueKind::Tornado | CatalogueKind::Learnable => {
                item.of.iter().all(|name| self.is_headline(name) && !name.contains('['))
            }
            CatalogueKind::Paths | CatalogueKind::Density | CatalogueKind::Exceedance => {
                item.of.first().map(String::as_str) == leading
            }
            CatalogueKind::Scorecard | CatalogueKind::Joint | CatalogueKind::Conditional => {
                item.of.is_empty()
            }
            _ => true,
        };
        self.all().into_iter().filter(usual).collect()
    }

    /// The figures of a run's own page: the fan of every headline that stands for itself and not for a member of a set; of
    /// headlines that are members alone, the first.
    pub fn of_headlines(&self) -> Vec<CatalogueItem> {
        let fan = |name: &str| CatalogueItem::new(CatalogueKind::Fan, &[name]);
        let names = || self.variables().into_iter().filter(|name| self.is_headline(name));
        let mut fans: Vec<_> = names().filter(|name| !name.contains('[')).map(fan).collect();
        if fans.is_empty() {
            fans.extend(names().next().map(fan));
        }
        fans.truncate(MOST_HEADLINES);
        fans
    }

    /// The figures of a kind.
    pub fn of_kind(&self, kind: CatalogueKind) -> Vec<CatalogueItem> {
        let items =
            |names: Vec<&str>| names.into_iter().map(|name| CatalogueItem::new(kind, &[name])).collect();
        match kind {
            CatalogueKind::Fan => items(self.variables()),
            CatalogueKind::Density if self.distributions.is_some() => items(self.random()),
            CatalogueKind::Paths if self.replayed.is_some() => items(self.sampled()),
            CatalogueKind::Exceedance if self.distributions.is_some() => {
                let metrics = self.summary.order.metrics.iter().map(String::as_str);
                items(self.random().into_iter().chain(metrics).collect())
            }
            CatalogueKind::Histogram if self.distributions.is_some() => items(self.years()),
            CatalogueKind::Composition => items(
                self.replayed.iter().flat_map(|r| &r.compositions).map(|c| c.variable.as_str()).collect(),
            ),
            CatalogueKind::Tornado | CatalogueKind::Learnable if !self.summary.drivers.is_empty() => {
                let driven = |name: &&str| why::year(self.summary, name, None).is_some();
                let variables = self.variables().into_iter().filter(driven);
                let movable = self.movable().is_some();
                let others = if kind == CatalogueKind::Tornado {
                    why::driven(self.summary, movable)
                } else {
                    Vec::new()
                };
                items(variables.chain(others).collect())
            }
            CatalogueKind::Calendar => items(
                self.replayed.iter().flat_map(|r| &r.completions).map(|c| c.variable.as_str()).collect(),
            ),
            CatalogueKind::Scatter if self.replayed.is_some() => {
                self.pair().map(|pair| CatalogueItem::new(kind, &pair)).into_iter().collect()
            }
            CatalogueKind::Scorecard | CatalogueKind::Joint | CatalogueKind::Conditional
                if !self.summary.targets.is_empty() =>
            {
                let groups = self.summary.targets_by_group();
                let several = groups
                    .iter()
                    .filter(|(id, targets)| groups.len() > 1 && !id.is_empty() && targets.len() > 1);
                let whole = [CatalogueItem::new(kind, &[])];
                whole.into_iter().chain(several.map(|(id, _)| CatalogueItem::new(kind, &[id]))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Draws a figure; nothing where the run has no such figure. `year` is for the kinds that show one.
    pub fn draw(
        &self,
        item: &CatalogueItem,
        year: Option<i32>,
        size: Size,
        language: Language,
    ) -> Option<RenderedFigure> {
        let Self { summary, source, .. } = *self;
        let first = item.of.first().map_or("", String::as_str);
        let history = self.history.get(first).map_or(&[][..], Vec::as_slice);
        let asked = || self.replayed.map_or(&[][..], |replayed| replayed.asked.as_slice());
        let group = item.of.first().map(String::as_str);
        let (title, svg) = match item.kind {
            CatalogueKind::Fan => {
                let fan = figure::fan(summary, first, history, source, language)?;
                let svg = chart::fan::draw(&fan, &size, language);
                (fan.title, svg)
            }
            CatalogueKind::Paths => {
                let sample = &self.replayed?.sample;
                let fan = figure::paths::paths(summary, sample, first, history, source, language)?;
                let svg = chart::fan::draw(&fan, &size, language);
                (fan.title, svg)
            }
            CatalogueKind::Density => {
                let data = figure::density::density(summary, self.distributions?, first, source, language)?;
                let svg = chart::ridges::draw(&data, size, language);
                (data.title, svg)
            }
            CatalogueKind::Exceedance => {
                let data = self.exceedance(first, year, asked(), language)?;
                let svg = chart::exceedance::draw(&data, size, language);
                (data.title, svg)
            }
            CatalogueKind::Histogram => {
                let counts = self.distributions?;
                let data =
                    figure::histogram::histogram(summary, counts, self.replayed, first, source, language)?;
                let svg = chart::histogram::draw(&data, size, language);
                (data.title, svg)
            }
            CatalogueKind::Composition => {
                let data =
                    figure::composition::composition(summary, self.replayed?, first, source, language)?;
                let svg = chart::stack::draw(&data, size, language);
                (data.title, svg)
            }
            CatalogueKind::Scorecard => {
                let data = figure::scorecard_of(summary, group, source, language)?;
                let svg = chart::scorecard::draw(&data, size.width, language);
                (data.title, svg)
            }
            CatalogueKind::Joint => {
                let data = figure::joint::joint(summary, group, source, language)?;
                let svg = chart::heatmap::draw(&data, size.width, language);
                (data.title, svg)
            }
            CatalogueKind::Conditional => {
                let data = figure::joint::conditional(summary, group, source, language)?;
                let svg = chart::heatmap::draw(&data, size.width, language);
                (data.title, svg)
            }
            CatalogueKind::Scatter => {
                let pair = [first, item.of.get(1)?];
                let sample = &self.replayed?.sample;
                let data = figure::scatter::scatter(summary, sample, pair, year, source, language)?;
                let svg = chart::scatter::draw(&data, size, language);
                (data.title, svg)
            }
            CatalogueKind::Calendar => {
                let data = figure::calendar::calendar(summary, self.replayed?, first, source, language)?;
                let svg = chart::calendar::draw(&data, size.width, language);
                (data.title, svg)
            }
            CatalogueKind::Tornado => {
                let of_year = why::year(summary, first, year).map(|year| format!("{first}@{}", label(year)));
                let name = of_year.as_deref().unwrap_or(first);
                let data = why::tornado(summary, name, self.movable(), source, language)?;
                (data.title.clone(), chart::rows::draw(&data, size.width, language))
            }
            CatalogueKind::Learnable => {
                let data = why::learnable(summary, first, source, language)?;
                (data.title.clone(), chart::rows::draw(&data, size.width, language))
            }
            // Of several runs: see `violin` and `side_by_side`.
            CatalogueKind::Violin
            | CatalogueKind::Levels
            | CatalogueKind::Difference
            | CatalogueKind::Change => return None,
        };
        Some(RenderedFigure { name: item.file(), title, svg })
    }

    fn movable(&self) -> Option<&Movable> {
        self.replayed?.movable.as_ref()
    }

    fn exceedance(
        &self,
        name: &str,
        year: Option<i32>,
        asked: &[RequiredLevel],
        language: Language,
    ) -> Option<chart::exceedance::Exceedance> {
        use figure::exceedance::{of_metric, of_variable};
        let (summary, counts, source) = (self.summary, self.distributions?, self.source);
        of_variable(summary, counts, name, year, source, language)
            .or_else(|| of_metric(summary, counts, asked, name, source, language))
    }

    fn variables(&self) -> Vec<&str> {
        self.summary.ordered_variables().map(|(name, _)| name).collect()
    }

    fn is_headline(&self, name: &str) -> bool {
        self.summary.variables.get(name).is_some_and(|variable| variable.headline)
    }

    /// Variables that are random in two years or more.
    fn random(&self) -> Vec<&str> {
        let counted = |name: &str| self.distributions.and_then(|all| all.variables.get(name));
        let random = |name: &&str| {
            counted(name).is_some_and(|years| years.iter().filter(|year| year.width > 0.0).count() > 1)
        };
        self.variables().into_iter().filter(random).collect()
    }

    fn sampled(&self) -> Vec<&str> {
        let has = |name: &&str| self.replayed.is_some_and(|r| r.sample.variables.contains_key(*name));
        self.random().into_iter().filter(has).collect()
    }

    /// Metrics that are years.
    fn years(&self) -> Vec<&str> {
        let metrics = self.summary.ordered_metrics();
        metrics
            .filter(|(_, metric)| unit::shown(&metric.unit, Language::En).is_year)
            .filter(|(_, metric)| metric.mean.is_some() || metric.never > 0.0)
            .map(|(name, _)| name)
            .collect()
    }

    /// The headline of which targets speak most; the first where none does.
    fn leading(&self) -> Option<&str> {
        self.by_mention().into_iter().next()
    }

    /// The leading headline, and the next one that is measured in another unit; both of them levels, as rates and
    /// shares mostly follow from a level that is there too.
    fn pair(&self) -> Option<[&str; 2]> {
        let level = |name: &&str| {
            let unit = self.summary.variables.get(*name).map_or("", |variable| variable.unit.trim());
            !["", "1", "1/yr", "%"].contains(&unit) && !unit.contains('/')
        };
        let ranked: Vec<&str> = self.by_mention().into_iter().filter(level).collect();
        let first = *ranked.first()?;
        let unit = |name: &str| self.summary.variables.get(name).map(|variable| variable.unit.as_str());
        let second = ranked.iter().find(|name| unit(name) != unit(first))?;
        Some([first, second])
    }

    /// Random headlines without a set, those first that targets name most often.
    fn by_mention(&self) -> Vec<&str> {
        let word = |c: char| !(c.is_alphanumeric() || c == '_' || c == '[' || c == ']');
        let mentions = |name: &str| {
            let all = self.summary.targets.values().map(|target| target.require.split(word));
            all.map(|words| words.filter(|found| *found == name).count()).sum::<usize>()
        };
        let scalar = |name: &&str| self.is_headline(name) && !name.contains('[');
        let mut ranked: Vec<&str> = self.random().into_iter().filter(scalar).collect();
        ranked.sort_by_key(|name| std::cmp::Reverse(mentions(name)));
        ranked
    }
}

/// Draws a variable of several runs side by side; nothing where fewer than two have it.
pub fn violin(
    runs: &[Material],
    variable: &str,
    year: Option<i32>,
    size: Size,
    language: Language,
) -> Option<RenderedFigure> {
    let having: Vec<(&Summary, &Distributions)> =
        runs.iter().filter_map(|run| Some((run.summary, run.distributions?))).collect();
    let source = runs.first().map_or("", |run| run.source);
    let data = figure::violin::violin(&having, variable, year, source, language)?;
    let svg = chart::violin::draw(&data, size, language);
    let name = CatalogueItem::new(CatalogueKind::Violin, &[variable]).file();
    Some(RenderedFigure { name, title: data.title, svg })
}
