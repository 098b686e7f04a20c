//! Data as cells: what a parameter, field or shock is for each combination of members and each year, and
//! the inputs that its distributions are.

use indexmap::IndexMap;

use crate::num::{Distribution, draw};
use crate::scenario::quantity::{Provenance, Quantity, QuantityKind};
use crate::scenario::{Scenario, written::Field};
use crate::text::{Place, Problem, Problems, suggest::did_you_mean};

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
    /// Its stream of draws: a hash of its name.
    pub stream: u32,
    /// Unit, source and note.
    pub provenance: Provenance,
    /// Where it stands.
    pub place: Place,
}

/// What stands in a cell in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Content {
    Number(f64),
    /// Position in [`Data::inputs`].
    Input(usize),
}

/// A cell over the years.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Missing,
    /// What was written is no value, and that was said.
    Broken,
    Fixed(Content),
    Steps(Vec<(i32, Content)>),
    Linear(Vec<(i32, Content)>),
}

/// A parameter, field or shock.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Datum {
    pub(super) name: String,
    /// The sets it is indexed by.
    pub(super) sets: Vec<usize>,
    /// Its cells, the last index running fastest.
    pub(super) cells: Vec<Cell>,
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
}

/// Most cells of one datum.
const MAX_CELLS: usize = 1_000_000;

/// Makes cells and inputs of all data.
pub(super) fn collect(scenario: &Scenario, problems: &mut Problems) -> Data {
    let mut data = Data::default();
    for (number, set) in scenario.sets.values().enumerate() {
        for (name, field) in &set.fields {
            let datum = collect_field(scenario, number, name, field, &mut data.inputs, problems);
            data.fields.insert((number, name.clone()), data.data.len());
            data.data.push(datum);
        }
    }
    let parameters =
        scenario.parameters.iter().map(|(name, p)| (name, &p.over, &p.value, p.place, InputKind::Parameter));
    let shocks = scenario.shocks.iter().map(|(name, s)| (name, &s.over, &s.dist, s.place, InputKind::Shock));
    for (name, over, value, place, kind) in parameters.chain(shocks) {
        let sets: Vec<usize> =
            over.iter().filter_map(|(set, at)| find_set(scenario, set, *at, problems)).collect();
        let mut builder = Builder { scenario, name, kind, inputs: &mut data.inputs, problems };
        let mut cells = Vec::new();
        if size(scenario, &sets) <= MAX_CELLS {
            builder.cells(Some(value), &sets, &mut Vec::new(), &mut cells);
        } else {
            builder.problems.error(place, format!("{name} has more than {MAX_CELLS} cells"));
        }
        data.by_name.insert(name.clone(), data.data.len());
        data.data.push(Datum { name: name.clone(), sets, cells, kind, place });
    }
    streams_differ(&data.inputs, problems);
    data
}

fn collect_field(
    scenario: &Scenario,
    number: usize,
    name: &str,
    field: &Field,
    inputs: &mut Vec<Input>,
    problems: &mut Problems,
) -> Datum {
    let further = field.over.as_ref().and_then(|(set, at)| find_set(scenario, set, *at, problems));
    let mut cells = Vec::new();
    for (member_name, member) in &scenario.sets[number].members {
        let written = member.values.get(name).map(|(_, quantity)| quantity);
        check_range(field, name, written, problems);
        let further: Vec<usize> = further.into_iter().collect();
        let mut builder = Builder { scenario, name, kind: InputKind::Parameter, inputs, problems };
        builder.cells_or(
            written,
            field.default.as_ref(),
            &further,
            &mut vec![member_name.clone()],
            &mut cells,
        );
    }
    let mut sets = vec![number];
    sets.extend(further);
    Datum { name: name.into(), sets, cells, kind: InputKind::Parameter, place: field.place }
}

fn check_range(field: &Field, name: &str, quantity: Option<&Quantity>, problems: &mut Problems) {
    let Some(quantity) = quantity else { return };
    match &quantity.kind {
        QuantityKind::Number(number) => {
            let (low, high) = (field.min.unwrap_or(f64::NEG_INFINITY), field.max.unwrap_or(f64::INFINITY));
            if !(low..=high).contains(number) {
                problems.error(
                    quantity.place,
                    format!("{name} must lie between {low} and {high}; {number} does not"),
                );
            }
        }
        QuantityKind::Chance(..) | QuantityKind::Broken => {}
        QuantityKind::ByYear { entries, .. } => {
            entries.iter().for_each(|(_, quantity)| check_range(field, name, Some(quantity), problems));
        }
        QuantityKind::ByMember(entries) => {
            entries.iter().for_each(|(_, _, quantity)| check_range(field, name, Some(quantity), problems));
        }
    }
}

fn find_set(scenario: &Scenario, name: &str, place: Place, problems: &mut Problems) -> Option<usize> {
    let found = scenario.sets.get_index_of(name);
    if found.is_none() {
        let sets: Vec<&str> = scenario.sets.keys().map(String::as_str).collect();
        let mut problem = Problem::error(place, format!("there is no set \"{name}\""));
        problem.help = did_you_mean(name, &sets, "sets");
        problems.push(problem);
    }
    found
}

fn size(scenario: &Scenario, sets: &[usize]) -> usize {
    sets.iter().fold(1, |size: usize, set| size.saturating_mul(scenario.sets[*set].members.len()))
}

struct Builder<'a> {
    scenario: &'a Scenario,
    name: &'a str,
    kind: InputKind,
    inputs: &'a mut Vec<Input>,
    problems: &'a mut Problems,
}

impl Builder<'_> {
    /// The cells of `sets` in order; what the quantity does not say comes from the default.
    fn cells_or(
        &mut self,
        quantity: Option<&Quantity>,
        default: Option<&Quantity>,
        sets: &[usize],
        members: &mut Vec<String>,
        out: &mut Vec<Cell>,
    ) {
        let Some((set, rest)) = sets.split_first() else {
            out.push(self.cell(quantity.or(default), members));
            return;
        };
        let scenario = self.scenario;
        let set_name = scenario.sets.get_index(*set).map_or("", |(name, _)| name.as_str());
        let known = &scenario.sets[*set].members;
        for quantity in [quantity, default].into_iter().flatten() {
            if let QuantityKind::ByMember(entries) = &quantity.kind {
                for (name, place, _) in entries {
                    if !known.contains_key(name) {
                        let names: Vec<&str> = known.keys().map(String::as_str).collect();
                        let mut problem =
                            Problem::error(*place, format!("the set {set_name} has no member \"{name}\""));
                        problem.help = did_you_mean(name, &names, "members");
                        self.problems.push(problem);
                    }
                }
            }
        }
        for member in known.keys() {
            members.push(member.clone());
            let of = |quantity: Option<&'_ Quantity>| -> Option<Quantity> {
                match &quantity?.kind {
                    QuantityKind::ByMember(entries) => {
                        entries.iter().find(|(name, ..)| name == member).map(|(_, _, inner)| inner.clone())
                    }
                    _ => quantity.cloned(),
                }
            };
            let (own, default) = (of(quantity), of(default));
            self.cells_or(own.as_ref(), default.as_ref(), rest, members, out);
            members.pop();
        }
    }

    fn cells(
        &mut self,
        quantity: Option<&Quantity>,
        sets: &[usize],
        members: &mut Vec<String>,
        out: &mut Vec<Cell>,
    ) {
        self.cells_or(quantity, None, sets, members, out);
    }

    fn cell(&mut self, quantity: Option<&Quantity>, members: &[String]) -> Cell {
        let Some(quantity) = quantity else { return Cell::Missing };
        let name = if members.is_empty() {
            self.name.to_string()
        } else {
            format!("{}[{}]", self.name, members.join(","))
        };
        match &quantity.kind {
            QuantityKind::ByYear { linear, entries } => {
                let contents: Vec<(i32, Content)> = entries
                    .iter()
                    .map(|(year, inner)| (*year, self.content(inner, format!("{name}.{year}"))))
                    .collect();
                if *linear { Cell::Linear(contents) } else { Cell::Steps(contents) }
            }
            QuantityKind::Broken => Cell::Broken,
            QuantityKind::ByMember(_) => {
                self.problems.push(
                    Problem::error(quantity.place, format!("{} is not indexed by a further set", self.name))
                        .help("values by member need `over = \"set\"` in the declaration"),
                );
                Cell::Broken
            }
            _ => Cell::Fixed(self.content(quantity, name)),
        }
    }

    fn content(&mut self, quantity: &Quantity, name: String) -> Content {
        match &quantity.kind {
            QuantityKind::Chance(distribution, written) => {
                self.inputs.push(Input {
                    stream: draw::stream(&name),
                    name,
                    kind: self.kind,
                    distribution: distribution.clone(),
                    written: written.clone(),
                    provenance: quantity.provenance.clone(),
                    place: quantity.place,
                });
                Content::Input(self.inputs.len() - 1)
            }
            QuantityKind::Number(number) => Content::Number(*number),
            QuantityKind::ByYear { .. } | QuantityKind::ByMember(_) | QuantityKind::Broken => {
                self.problems.error(quantity.place, "a year's value is a number or a distribution");
                Content::Number(f64::NAN)
            }
        }
    }
}

/// Two inputs whose names hash to the same stream would share their luck.
fn streams_differ(inputs: &[Input], problems: &mut Problems) {
    let mut seen: IndexMap<u32, &Input> = IndexMap::new();
    for input in inputs {
        if let Some(other) = seen.insert(input.stream, input) {
            problems.push(
                Problem::error(input.place, format!("the inputs {} and {} would draw the same numbers", other.name, input.name))
                    .help("their names have the same 32-bit hash, a chance of one in four thousand million: rename one of them"),
            );
        }
    }
}
