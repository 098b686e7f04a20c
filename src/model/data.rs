//! Data as cells: what a parameter, field or shock is for each combination of members and each year, and
//! the inputs that its distributions are.

use indexmap::{IndexMap, IndexSet};

use crate::num::{Distribution, draw};
use crate::scenario::quantity::{Provenance, Quantity, QuantityKind, VaryingDistribution};
use crate::scenario::{
    Scenario,
    written::{Adjustment, Field},
};
use crate::text::period::label;
use crate::text::{Diagnostic, DiagnosticList, Message, Place, suggest::did_you_mean};
use crate::{key, message};

/// Whether an input is drawn once per path or every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Once per path: not knowing a number.
    Parameter,
    /// Every year of every path: the world moving.
    Shock,
}

/// One named random quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name, made from where it stands: `trend[coal].2021`.
    pub name: String,
    /// Once per path or every year.
    pub kind: InputKind,
    /// Its distribution.
    pub distribution: Distribution,
    /// The distribution as written.
    pub written: String,
    /// Its stream of draws: a hash of its name, or of that of the rows which it shares with others.
    pub stream: u32,
    /// What its arguments are made of, where they vary: then `distribution` is what is drawn and made into it.
    pub varying: Option<Box<InputVariation>>,
    /// Unit, source and note.
    pub provenance: Provenance,
    /// Where it stands.
    pub place: Place,
    /// How its draws are moved in a search for a value.
    pub adjustment: Option<Adjustment>,
}

/// A distribution whose arguments vary, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct InputVariation {
    /// The distribution.
    pub distribution: VaryingDistribution,
    /// The sets by which what it stands in is indexed, and the members that it is of.
    pub(super) sets: Vec<usize>,
    pub(super) members: Vec<usize>,
    /// The set of whose fields it is one.
    pub(super) of_set: Option<usize>,
}

/// What stands in a cell in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CellContent {
    Number(f64),
    /// Position in [`Data::inputs`].
    Input(usize),
}

impl CellContent {
    /// The input, if it is one.
    pub(super) fn input(self) -> Option<usize> {
        match self {
            Self::Input(input) => Some(input),
            Self::Number(_) => None,
        }
    }
}

/// A cell over the years.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum YearlyCell {
    Missing,
    /// What was written is no value, and that was said.
    Broken,
    Fixed(CellContent),
    Steps(Vec<(i32, CellContent)>),
    Linear(Vec<(i32, CellContent)>),
}

impl YearlyCell {
    /// Whether its value is not the same in all years from `start` to `end`.
    pub(super) fn changes(&self, start: i32, end: i32) -> bool {
        let (Self::Steps(entries) | Self::Linear(entries)) = self else { return false };
        let linear = matches!(self, Self::Linear(_));
        entries.windows(2).any(|pair| {
            let ((from, before), (to, after)) = (pair[0], pair[1]);
            let reached = if linear { from < end } else { to <= end };
            before != after && reached && start < to
        })
    }
}

/// A parameter, field or shock.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Datum {
    pub(super) name: String,
    /// The sets it is indexed by.
    pub(super) sets: Vec<usize>,
    /// Whether it is indexed by what is no set; that was said.
    pub(super) astray: bool,
    /// Its cells, the last index running fastest.
    pub(super) cells: Vec<YearlyCell>,
    pub(super) kind: InputKind,
    pub(super) place: Place,
}

/// All data of a scenario.
#[allow(clippy::struct_field_names, reason = "data is what they are")]
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) data: Vec<Datum>,
    pub(super) inputs: Vec<Input>,
    /// Parameters and shocks by name.
    pub(super) by_name: IndexMap<String, usize>,
    /// Fields by set and name.
    pub(super) fields: IndexMap<(usize, String), usize>,
    /// Names of fields, of whatever set.
    pub(super) field_names: IndexSet<String>,
}

/// Most cells of all data together.
const MAX_CELLS: usize = 2_000_000;

/// Most numbers in all cells together: values by year, and the values of samples.
const MAX_NUMBERS: usize = 2_000_000;

/// Makes cells and inputs of all data.
pub(super) fn collect(scenario: &Scenario, diagnostics: &mut DiagnosticList) -> Data {
    let mut data = Data::default();
    if too_large(scenario, diagnostics) {
        return data;
    }
    let mut numbers = 0;
    for (number, set) in scenario.sets.values().enumerate() {
        for (name, field) in &set.fields {
            let mut builder = DataBuilder {
                scenario,
                name,
                kind: InputKind::Parameter,
                astray: false,
                inputs: &mut data.inputs,
                numbers: &mut numbers,
                diagnostics,
                sets: Vec::new(),
                members_at: Vec::new(),
                of_set: Some(number),
            };
            let datum = builder.field(number, field);
            data.field_names.insert(name.clone());
            data.fields.insert((number, name.clone()), data.data.len());
            data.data.push(datum);
        }
    }
    let parameters =
        scenario.parameters.iter().map(|(name, p)| (name, &p.over, &p.value, p.place, InputKind::Parameter));
    let shocks = scenario.shocks.iter().map(|(name, s)| (name, &s.over, &s.dist, s.place, InputKind::Shock));
    for (name, over, value, place, kind) in parameters.chain(shocks) {
        let sets: Vec<usize> =
            over.iter().filter_map(|(set, at)| find_set(scenario, set, *at, diagnostics)).collect();
        let astray = sets.len() < over.len();
        let mut builder = DataBuilder {
            scenario,
            name,
            kind,
            astray,
            inputs: &mut data.inputs,
            numbers: &mut numbers,
            diagnostics,
            sets: sets.clone(),
            members_at: Vec::new(),
            of_set: None,
        };
        let mut cells = Vec::new();
        builder.cells_or(Some(value), None, &sets, &mut Vec::new(), &mut cells);
        data.by_name.insert(name.clone(), data.data.len());
        data.data.push(Datum { name: name.clone(), sets, astray, cells, kind, place });
    }
    if numbers > MAX_NUMBERS {
        diagnostics.push(
            Diagnostic::error(None, message!("model-data-large", count = MAX_NUMBERS / 1_000_000))
                .help(key!("model-data-large.help")),
        );
    }
    streams_differ(&data.inputs, diagnostics);
    data
}

/// Whether there are more cells than can be made; that is said.
fn too_large(scenario: &Scenario, diagnostics: &mut DiagnosticList) -> bool {
    let of = |names: &mut dyn Iterator<Item = &String>| {
        names.fold(1, |cells: usize, name| {
            cells.saturating_mul(scenario.sets.get(name).map_or(1, |set| set.members.len()))
        })
    };
    let mut cells = 0_usize;
    let mut largest = (0, "", Place::default());
    let mut add = |name, place, count: usize| {
        cells = cells.saturating_add(count);
        if count > largest.0 {
            largest = (count, name, place);
        }
    };
    for set in scenario.sets.values() {
        for (name, field) in &set.fields {
            let further = of(&mut field.over.iter().map(|(set, _)| set));
            add(name.as_str(), field.place, set.members.len().saturating_mul(further));
        }
    }
    for (name, parameter) in &scenario.parameters {
        add(name, parameter.place, of(&mut parameter.over.iter().map(|(set, _)| set)));
    }
    for (name, shock) in &scenario.shocks {
        add(name, shock.place, of(&mut shock.over.iter().map(|(set, _)| set)));
    }
    if cells > MAX_CELLS {
        let (count, name, place) = largest;
        diagnostics.push(
            Diagnostic::error(
                place,
                message!(
                    "model-data-many-cells",
                    cells = cells.to_string(),
                    count = count.to_string(),
                    name = name,
                    max_cells = MAX_CELLS.to_string()
                ),
            )
            .help(key!("model-data-many-cells.help")),
        );
    }
    cells > MAX_CELLS
}

fn check_range(field: &Field, name: &Message, quantity: Option<&Quantity>, diagnostics: &mut DiagnosticList) {
    let Some(quantity) = quantity else { return };
    match &quantity.kind {
        QuantityKind::Number(number) => {
            let (low, high) = (field.min.unwrap_or(f64::NEG_INFINITY), field.max.unwrap_or(f64::INFINITY));
            if !(low..=high).contains(number) {
                let number = number.to_string();
                let message = match (field.min, field.max) {
                    (Some(_), None) => {
                        message!("model-data-at-least", name = name, low = low.to_string(), number = number)
                    }
                    (None, Some(_)) => {
                        message!("model-data-at-most", name = name, high = high.to_string(), number = number)
                    }
                    _ => message!(
                        "model-data-between",
                        name = name,
                        low = low.to_string(),
                        high = high.to_string(),
                        number = number
                    ),
                };
                diagnostics.error(quantity.place, message);
            }
        }
        QuantityKind::Chance(..) | QuantityKind::Varying(..) | QuantityKind::Broken => {}
        QuantityKind::ByYear { entries, .. } => {
            entries.iter().for_each(|(_, quantity)| check_range(field, name, Some(quantity), diagnostics));
        }
        QuantityKind::ByMember(entries) => {
            entries.iter().for_each(|(_, _, quantity)| check_range(field, name, Some(quantity), diagnostics));
        }
    }
}

fn find_set(
    scenario: &Scenario,
    name: &str,
    place: Place,
    diagnostics: &mut DiagnosticList,
) -> Option<usize> {
    let found = scenario.sets.get_index_of(name);
    if found.is_none() {
        let sets: Vec<&str> = scenario.sets.keys().map(String::as_str).collect();
        let mut diagnostic = Diagnostic::missing(place, message!("model-data-no-set", name = name));
        diagnostic.help = did_you_mean(name, &sets, key!("text-kind-sets"));
        diagnostics.push(diagnostic);
    }
    found
}

struct DataBuilder<'a> {
    scenario: &'a Scenario,
    name: &'a str,
    kind: InputKind,
    /// Whether it is indexed by what is no set.
    astray: bool,
    inputs: &'a mut Vec<Input>,
    /// How many numbers the cells hold so far.
    numbers: &'a mut usize,
    diagnostics: &'a mut DiagnosticList,
    /// The sets by which it is indexed, and the members of the cell that is being made.
    sets: Vec<usize>,
    members_at: Vec<usize>,
    /// The set of whose fields it is one.
    of_set: Option<usize>,
}

impl Input {
    /// Whether it is a sample drawn by rows.
    pub fn is_by_rows(&self) -> bool {
        matches!(self.distribution, Distribution::Resample { .. })
    }

    /// The name of the draw of a row, where others may share it.
    pub fn rows(&self) -> Option<&str> {
        match &self.distribution {
            Distribution::Resample { rows, .. } => rows.as_deref(),
            _ => None,
        }
    }

    /// What its stream is a hash of: its name, or that of the rows that it shares. No input's name has spaces.
    fn draw_name(name: &str, kind: InputKind, distribution: &Distribution) -> String {
        match (distribution, kind) {
            (Distribution::Resample { rows: Some(rows), .. }, InputKind::Parameter) => {
                format!("rows of {rows}")
            }
            (Distribution::Resample { rows: Some(rows), .. }, InputKind::Shock) => {
                format!("rows of {rows} by year")
            }
            _ => name.to_string(),
        }
    }
}

impl DataBuilder<'_> {
    fn field(&mut self, number: usize, field: &Field) -> Datum {
        let scenario = self.scenario;
        let further =
            field.over.as_ref().and_then(|(set, at)| find_set(scenario, set, *at, self.diagnostics));
        let astray = field.over.is_some() && further.is_none();
        self.astray = astray;
        let mut cells = Vec::new();
        let further: Vec<usize> = further.into_iter().collect();
        self.sets = [vec![number], further.clone()].concat();
        check_range(
            field,
            &message!("model-data-default", name = self.name),
            field.default.as_ref(),
            self.diagnostics,
        );
        for (member_name, member) in &scenario.sets[number].members {
            let written = member.values.get(self.name).map(|(_, quantity)| quantity);
            check_range(field, &Message::verbatim(self.name), written, self.diagnostics);
            self.cells_or(
                written,
                field.default.as_ref(),
                &further,
                &mut vec![member_name.clone()],
                &mut cells,
            );
        }
        let sets = [vec![number], further].concat();
        Datum { name: self.name.into(), sets, astray, cells, kind: InputKind::Parameter, place: field.place }
    }

    /// The cells of `sets` in order; what the quantity does not say comes from the default.
    fn cells_or(
        &mut self,
        quantity: Option<&Quantity>,
        default: Option<&Quantity>,
        sets: &[usize],
        members: &mut Vec<String>,
        out: &mut Vec<YearlyCell>,
    ) {
        let Some((set, rest)) = sets.split_first() else {
            out.push(self.cell(quantity.or(default), members));
            return;
        };
        let scenario = self.scenario;
        let known = &scenario.sets[*set].members;
        let own = quantity.and_then(|quantity| self.by_member(quantity, *set));
        let defaults = default.and_then(|default| self.by_member(default, *set));
        for member in known.keys() {
            members.push(member.clone());
            self.cells_or(
                of(own.as_ref(), quantity, member),
                of(defaults.as_ref(), default, member),
                rest,
                members,
                out,
            );
            members.pop();
        }
    }

    /// The values by member of a set, if that is what was written.
    fn by_member<'q>(&mut self, quantity: &'q Quantity, set: usize) -> Option<Entries<'q>> {
        let QuantityKind::ByMember(entries) = &quantity.kind else { return None };
        let (set_name, set) = self.scenario.sets.get_index(set)?;
        for (name, place, _) in entries {
            if !set.members.contains_key(name) && !self.diagnostics.is_full() {
                let names: Vec<&str> = set.members.keys().map(String::as_str).collect();
                let mut diagnostic = Diagnostic::missing(
                    *place,
                    message!("model-data-no-member", set_name = set_name, name = name),
                );
                diagnostic.help = did_you_mean(name, &names, key!("text-kind-members"));
                self.diagnostics.push(diagnostic);
            }
        }
        Some(entries.iter().map(|(name, _, inner)| (name.as_str(), inner)).collect())
    }

    fn cell(&mut self, quantity: Option<&Quantity>, members: &[String]) -> YearlyCell {
        let Some(quantity) = quantity else { return YearlyCell::Missing };
        let scenario = self.scenario;
        let position = |(set, member): (&usize, &String)| scenario.sets[*set].members.get_index_of(member);
        self.members_at = self.sets.iter().zip(members).filter_map(position).collect();
        if *self.numbers > MAX_NUMBERS {
            return YearlyCell::Broken;
        }
        let name = if members.is_empty() {
            self.name.to_string()
        } else {
            format!("{}[{}]", self.name, members.join(","))
        };
        match &quantity.kind {
            QuantityKind::ByYear { linear, entries } => {
                let contents: Vec<(i32, CellContent)> = entries
                    .iter()
                    .map(|(year, inner)| (*year, self.content(inner, format!("{name}.{}", label(year)))))
                    .collect();
                if *linear { YearlyCell::Linear(contents) } else { YearlyCell::Steps(contents) }
            }
            QuantityKind::Broken => YearlyCell::Broken,
            QuantityKind::ByMember(_) if self.astray => YearlyCell::Broken,
            QuantityKind::ByMember(_) => {
                self.diagnostics.push(
                    Diagnostic::missing(
                        quantity.place,
                        message!("model-data-no-further-set", name = self.name),
                    )
                    .help(key!("model-data-no-further-set.help")),
                );
                YearlyCell::Broken
            }
            _ => YearlyCell::Fixed(self.content(quantity, name)),
        }
    }

    fn input(
        &mut self,
        quantity: &Quantity,
        name: String,
        distribution: &Distribution,
        written: &str,
        adjustment: Option<Adjustment>,
    ) -> CellContent {
        *self.numbers += distribution.size();
        self.inputs.push(Input {
            stream: draw::stream(&Input::draw_name(&name, self.kind, distribution)),
            varying: None,
            name,
            kind: self.kind,
            distribution: distribution.clone(),
            written: written.to_owned(),
            provenance: quantity.provenance.clone(),
            place: quantity.place,
            adjustment,
        });
        CellContent::Input(self.inputs.len() - 1)
    }

    fn content(&mut self, quantity: &Quantity, name: String) -> CellContent {
        *self.numbers += 1;
        let adjustment = self.scenario.adjusted.get(&name).copied();
        if let Some(distribution) = self.scenario.estimated.get(&name) {
            return self.input(quantity, name, distribution, "", adjustment);
        }
        match &quantity.kind {
            QuantityKind::Chance(distribution, written) => {
                self.input(quantity, name, distribution, written, adjustment)
            }
            QuantityKind::Varying(varying, written) => {
                let cell = self.input(quantity, name, &varying.standard(), written, adjustment);
                let variation = InputVariation {
                    distribution: (**varying).clone(),
                    sets: self.sets.clone(),
                    members: self.members_at.clone(),
                    of_set: self.of_set,
                };
                if let Some(input) = self.inputs.last_mut() {
                    input.varying = Some(Box::new(variation));
                }
                cell
            }
            QuantityKind::Number(number) => {
                CellContent::Number(adjustment.map_or(*number, |it| it.factor * number + it.add))
            }
            QuantityKind::ByYear { .. } | QuantityKind::ByMember(_) | QuantityKind::Broken => {
                self.diagnostics.error(quantity.place, key!("model-data-year"));
                CellContent::Number(f64::NAN)
            }
        }
    }
}

/// Values by member.
type Entries<'q> = IndexMap<&'q str, &'q Quantity>;

/// A member's value: its own where values are by member, or else the one for all.
fn of<'q>(entries: Option<&Entries<'q>>, whole: Option<&'q Quantity>, member: &str) -> Option<&'q Quantity> {
    match entries {
        Some(entries) => entries.get(member).copied(),
        None => whole,
    }
}

/// Two inputs whose names hash to the same stream would share their luck.
fn streams_differ(inputs: &[Input], diagnostics: &mut DiagnosticList) {
    let mut seen: IndexMap<u32, &Input> = IndexMap::new();
    for input in inputs {
        let shares = |other: &Input| {
            input.rows().is_some() && other.rows() == input.rows() && other.kind == input.kind
        };
        if let Some(other) = seen.insert(input.stream, input).filter(|other| !shares(other)) {
            diagnostics.push(
                Diagnostic::error(
                    input.place,
                    message!("model-data-same-numbers", one = &other.name, other = &input.name),
                )
                .help(key!("model-data-same-numbers.help")),
            );
        }
    }
}
