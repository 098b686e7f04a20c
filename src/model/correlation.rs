//! Correlated inputs: a copula of normals, or of Student's t, by Cholesky's factor.
//!
//! Inputs that are correlated, directly or through others, form a group. The normal score of the k-th is
//! the k-th row of the group's factor L (R = L Lᵀ) times the independent scores of the first k inputs, so
//! an input that joins at the end changes nobody's draws. Where parameters hang together with shocks, the parameters come first: a
//! shock's score has a part that is the same every year, and the rest of its own. Scores of a t copula are divided by a
//! common spread, and their t distribution is made into a normal. R may be singular: inputs with the correlation 1 are one.

use indexmap::{IndexMap, IndexSet};
use ndarray::{Array1, Array2, Axis};

use super::data::{Data, Input, InputKind};
use crate::scenario::Scenario;
use crate::scenario::quantity::QuantityKind;
use crate::scenario::written::{Among, Correlation, CorrelationInputs, MatrixRow};
use crate::text::{Diagnostic, DiagnosticList, Message, Place, suggest::did_you_mean};
use crate::{key, message};

/// Most inputs of one group: the factor takes their number to the third power to find.
pub const MAX_GROUP: usize = 500;

/// Up to how many inputs a wrong matrix is mended: that takes many times as long.
const MAX_MENDED: usize = 30;

/// The groups of correlated inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correlated {
    /// By input: its group and its row there.
    rows: IndexMap<usize, (usize, usize)>,
    groups: Vec<CorrelationGroup>,
    /// The inputs that are the common spread of a group of a t copula, and its group.
    spreads: IndexMap<usize, usize>,
}

/// Inputs that hang together by their correlations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorrelatedInputs {
    /// The inputs, by their place in the model.
    pub inputs: Vec<usize>,
    /// Row by row Cholesky's factor of their correlations.
    pub factor: Vec<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq)]
struct CorrelationGroup {
    inputs: Vec<usize>,
    factor: Array2<f64>,
    /// Whether most rows of the factor begin as those before them: so it is with one common correlation.
    rows_begin_alike: bool,
    /// The degrees of freedom of a t copula, and the input that is the common spread.
    tails: Option<(f64, usize)>,
}

impl Correlated {
    /// The group of inputs that hang together with this one, where it is correlated.
    pub fn cluster(&self, input: usize) -> Option<usize> {
        self.rows.get(&input).map(|(group, _)| *group).or_else(|| self.spreads.get(&input).copied())
    }

    /// Whether an input is the common spread of a t copula.
    pub fn is_spread(&self, input: usize) -> bool {
        self.spreads.contains_key(&input)
    }

    /// The degrees of freedom of the t copula that an input belongs to, and the input that is its common spread.
    pub(super) fn tails(&self, input: usize) -> Option<(f64, usize)> {
        self.rows.get(&input).and_then(|(group, _)| self.groups[*group].tails)
    }

    /// The degrees of freedom of all t copulas.
    pub(super) fn all_tails(&self) -> impl Iterator<Item = f64> + '_ {
        self.groups.iter().filter_map(|group| group.tails).map(|(df, _)| df)
    }

    /// Each group: its inputs, and row by row the factor of their correlations.
    pub(super) fn factors(&self) -> Vec<CorrelatedInputs> {
        let each = self.groups.iter().map(|group| CorrelatedInputs {
            inputs: group.inputs.clone(),
            factor: group.factor.rows().into_iter().map(|row| row.to_vec()).collect(),
        });
        each.collect()
    }

    /// Whether the weighted sums of an input's group begin alike, so that they are quick to write out term by term.
    pub(super) fn shares_sums(&self, input: usize) -> bool {
        self.rows.get(&input).is_none_or(|(group, _)| self.groups[*group].rows_begin_alike)
    }

    /// The weights of other inputs' scores in this input's score, or `None` when it is independent.
    pub fn weights(&self, input: usize) -> Option<Vec<(usize, f64)>> {
        let (group, row) = *self.rows.get(&input)?;
        let group = &self.groups[group];
        // What is determined by others has no score of its own, and an exact copy is made of exactly one score.
        let weights = (0..=row).map(|column| (group.inputs[column], group.factor[[row, column]]));
        Some(weights.filter(|(_, weight)| *weight != 0.0).collect())
    }
}

/// One pair's correlation and where it was written.
type PairCorrelations = IndexMap<(usize, usize), WrittenPair>;

/// A correlation of two inputs, of which copula it is and where it stands.
#[derive(Clone, Copy, Debug)]
struct WrittenPair {
    value: f64,
    df: Option<f64>,
    place: Place,
}

/// Inputs by name.
type InputsByName<'a> = IndexMap<&'a str, usize>;

/// Collects `[[correlations]]`.
pub(super) fn collect(scenario: &Scenario, data: &mut Data, diagnostics: &mut DiagnosticList) -> Correlated {
    let pairs = pairs(scenario, data, diagnostics);
    group(&pairs, data, diagnostics)
}

fn pairs(scenario: &Scenario, data: &Data, diagnostics: &mut DiagnosticList) -> PairCorrelations {
    let mut pairs = PairCorrelations::new();
    let known: InputsByName<'_> =
        data.inputs.iter().enumerate().map(|(n, input)| (input.name.as_str(), n)).collect();
    for correlation in &scenario.correlations {
        match &correlation.inputs {
            CorrelationInputs::Between([a, b], value) => {
                let (a, b) = (find(scenario, &known, a, diagnostics), find(scenario, &known, b, diagnostics));
                if let (Some(a), Some(b)) = (a, b) {
                    add(&mut pairs, data, [a, b], *value, correlation, diagnostics);
                }
            }
            CorrelationInputs::AmongEqual(among, value) => {
                let inputs = among_inputs(scenario, &known, among, diagnostics);
                for (k, a) in inputs.iter().enumerate() {
                    for b in &inputs[k + 1..] {
                        add(&mut pairs, data, [*a, *b], *value, correlation, diagnostics);
                    }
                }
            }
            CorrelationInputs::AmongMatrix(among, matrix) => {
                let inputs = among_inputs(scenario, &known, among, diagnostics);
                let place = match among {
                    Among::Members((_, place)) => *place,
                    Among::Listed(_) => correlation.place,
                };
                if inputs.is_empty() || !square(matrix, &inputs, data, place, diagnostics) {
                    continue;
                }
                for (k, a) in inputs.iter().enumerate() {
                    for (l, b) in inputs.iter().enumerate().skip(k + 1) {
                        let value = matrix[k].cells[l].0;
                        add(&mut pairs, data, [*a, *b], value, correlation, diagnostics);
                    }
                }
            }
        }
    }
    pairs
}

/// Whether a matrix is that of correlations of these inputs; every row and cell in which it is not is told.
fn square(
    matrix: &[MatrixRow],
    inputs: &[usize],
    data: &Data,
    among: Place,
    diagnostics: &mut DiagnosticList,
) -> bool {
    let size = inputs.len();
    let counted = message!("model-correlation-inputs", count = size);
    let mut wrong = Vec::new();
    if matrix.len() != size {
        let place = matrix.get(size).map_or(among, |row| row.place);
        let rows = message!("model-correlation-rows", count = matrix.len());
        wrong.push((place, message!("model-correlation-matrix-size", rows = rows, inputs = &counted)));
    }
    for (k, row) in matrix.iter().enumerate().filter(|(_, row)| row.cells.len() != size) {
        let place = row.cells.get(size).map_or(row.place, |(_, place)| *place);
        let numbers = message!("model-correlation-numbers", count = row.cells.len());
        let message =
            message!("model-correlation-row-size", row = k + 1, numbers = numbers, inputs = &counted);
        wrong.push((place, message));
    }
    if !wrong.is_empty() {
        for (place, message) in wrong {
            diagnostics.push(Diagnostic::missing(place, message).help(key!("model-correlation-size-help")));
        }
        return false;
    }
    let name = |input: usize| &data.inputs[inputs[input]].name;
    for (k, row) in matrix.iter().enumerate() {
        for (l, (value, place)) in row.cells.iter().enumerate() {
            let mirror = matrix[l].cells[k].0;
            let (message, help) = if k == l && *value != 1.0 {
                (
                    message!("model-correlation-diagonal", name = name(k), value = value.to_string()),
                    Some(message!("model-correlation-diagonal.help")),
                )
            } else if !(-1.0..=1.0).contains(value) {
                (message!("model-correlation-beyond", value = value.to_string()), None)
            } else if l < k && *value != mirror {
                (
                    message!(
                        "model-correlation-asymmetric",
                        a = name(k),
                        b = name(l),
                        value = value.to_string(),
                        mirror = mirror.to_string(),
                        row = l + 1
                    ),
                    Some(message!("model-correlation-asymmetric.help")),
                )
            } else {
                continue;
            };
            wrong.push((*place, message.clone()));
            let diagnostic = Diagnostic::error(*place, message);
            diagnostics.push(Diagnostic { help, ..diagnostic });
            if diagnostics.is_full() {
                return false;
            }
        }
    }
    wrong.is_empty()
}

fn find(
    scenario: &Scenario,
    known: &InputsByName<'_>,
    (name, place): &(String, Place),
    diagnostics: &mut DiagnosticList,
) -> Option<usize> {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let found = known.get(plain.as_str()).copied();
    if found.is_none() && !diagnostics.is_full() {
        let names: Vec<&str> = known.keys().copied().collect();
        let mut diagnostic =
            Diagnostic::missing(*place, message!("model-correlation-no-input", plain = &plain));
        let fixed = scenario
            .parameters
            .get(&plain)
            .is_some_and(|own| matches!(own.value.kind, QuantityKind::Number(_)));
        diagnostic.help = if fixed {
            Some(message!("model-correlation-fixed", plain = &plain))
        } else {
            did_you_mean(&plain, &names, key!("text-kind-inputs"))
        };
        diagnostics.push(diagnostic);
    }
    found
}

/// The inputs that are correlated among each other.
fn among_inputs(
    scenario: &Scenario,
    known: &InputsByName<'_>,
    among: &Among,
    diagnostics: &mut DiagnosticList,
) -> Vec<usize> {
    match among {
        Among::Members(text) => inputs_of_members(scenario, known, text, diagnostics),
        Among::Listed(names) => {
            let found: Vec<Option<usize>> =
                names.iter().map(|name| find(scenario, known, name, diagnostics)).collect();
            found.into_iter().collect::<Option<Vec<usize>>>().unwrap_or_default()
        }
    }
}

/// The inputs of `eps[sector]`: one for each member; `trend[sector].2021` for values by year.
fn inputs_of_members(
    scenario: &Scenario,
    known: &InputsByName<'_>,
    (text, place): &(String, Place),
    diagnostics: &mut DiagnosticList,
) -> Vec<usize> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (head, year) = match plain.split_once("].") {
        Some((head, year)) => (format!("{head}]"), format!(".{year}")),
        None => (plain.clone(), String::new()),
    };
    let Some((name, set)) = head.strip_suffix(']').and_then(|head| head.split_once('[')) else {
        diagnostics.push(
            Diagnostic::error(*place, message!("model-correlation-no-index", text = text))
                .help(key!("model-correlation-no-index.help")),
        );
        return Vec::new();
    };
    let Some(members) = scenario.sets.get(set).map(|set| &set.members) else {
        let sets: Vec<&str> = scenario.sets.keys().map(String::as_str).collect();
        let mut diagnostic = Diagnostic::missing(*place, message!("model-correlation-no-set", set = set));
        diagnostic.help = did_you_mean(set, &sets, key!("text-kind-sets"));
        diagnostics.push(diagnostic);
        return Vec::new();
    };
    if members.len() > MAX_GROUP {
        diagnostics.push(too_many(members.len(), *place));
        return Vec::new();
    }
    let names = members.keys().map(|member| (format!("{name}[{member}]{year}"), *place));
    let found: Vec<Option<usize>> = names.map(|name| find(scenario, known, &name, diagnostics)).collect();
    found.into_iter().collect::<Option<Vec<usize>>>().unwrap_or_default()
}

fn add(
    pairs: &mut PairCorrelations,
    data: &Data,
    [a, b]: [usize; 2],
    value: f64,
    correlation: &Correlation,
    diagnostics: &mut DiagnosticList,
) {
    let place = correlation.place;
    let value = if correlation.is_rank { of_normals(value) } else { value };
    let (first, second) = (&data.inputs[a], &data.inputs[b]);
    if a == b {
        diagnostics.error(place, message!("model-correlation-itself", name = &first.name));
        return;
    }
    if let Some(drawn) = [first, second].into_iter().find(|input| input.is_by_rows()) {
        let message = message!("model-correlation-by-rows", name = &drawn.name);
        diagnostics.push(Diagnostic::error(place, message).help(key!("model-correlation-by-rows.help")));
        return;
    }
    if correlation.is_rank
        && let Some(varying) = [first, second].into_iter().find(|input| input.varying.is_some())
    {
        let message = message!("model-correlation-rank-varies", name = &varying.name);
        diagnostics.push(Diagnostic::error(place, message).help(key!("model-correlation-rank-varies.help")));
        return;
    }
    if first.kind != second.kind && correlation.df.is_some() {
        let yearly = if first.kind == InputKind::Shock { first } else { second };
        diagnostics.push(
            Diagnostic::error(place, message!("model-correlation-cannot", a = &first.name, b = &second.name))
                .help(message!("model-correlation-cannot.help", name = &yearly.name)),
        );
        return;
    }
    // As written, not in the order of the data: so data can be moved about and every draw stays.
    let pair = if pairs.contains_key(&(b, a)) { (b, a) } else { (a, b) };
    if let Some(WrittenPair { value: other, .. }) =
        pairs.insert(pair, WrittenPair { value, df: correlation.df, place })
        && other != value
    {
        diagnostics.error(
            place,
            message!(
                "model-correlation-twice",
                a = &first.name,
                b = &second.name,
                other = other.to_string(),
                value = value.to_string()
            ),
        );
    }
}

/// The correlation of normals whose ranks have this one: `2 sin(π ρ / 6)`, by the series of the sine.
fn of_normals(rank: f64) -> f64 {
    if rank.abs() == 1.0 {
        return rank;
    }
    let x = std::f64::consts::PI / 6.0 * rank;
    let (mut term, mut sum) = (x, 0.0);
    for k in 1..=9 {
        sum += term;
        let order = f64::from(2 * k);
        term *= -x * x / (order * (order + 1.0));
    }
    2.0 * sum
}

fn group(pairs: &PairCorrelations, data: &mut Data, diagnostics: &mut DiagnosticList) -> Correlated {
    let mut correlated = Correlated::default();
    for (mut members, pairs) in components(pairs, data.inputs.len()) {
        let inputs = &data.inputs;
        let size = members.len();
        let first = pairs.first().map(|(_, pair)| *pair);
        let place = first.map(|pair| pair.place);
        // What is drawn once comes before what is drawn every year, which may then rest on it.
        members.sort_by_key(|input| inputs[*input].kind == InputKind::Shock);
        let df = first.and_then(|pair| pair.df);
        if let Some((_, other)) = pairs.iter().find(|(_, pair)| pair.df != df) {
            let diagnostic = Diagnostic::error(other.place, key!("model-correlation-copulas"));
            diagnostics.push(diagnostic.help(key!("model-correlation-copulas.help")));
            continue;
        }
        if size > MAX_GROUP {
            diagnostics.push(too_many(size, place));
            continue;
        }
        let rows: IndexMap<usize, usize> =
            members.iter().enumerate().map(|(row, input)| (*input, row)).collect();
        let mut matrix = Array2::<f64>::eye(size);
        for ((a, b), WrittenPair { value, .. }) in pairs {
            matrix[[rows[&a], rows[&b]]] = value;
            matrix[[rows[&b], rows[&a]]] = value;
        }
        let Some(factor) = cholesky(&matrix) else {
            if diagnostics.is_full() {
                break;
            }
            diagnostics.push(invalid(&matrix, &members, inputs, place));
            continue;
        };
        for (input, row) in rows {
            correlated.rows.insert(input, (correlated.groups.len(), row));
        }
        let rows_begin_alike = rows_begin_alike(&factor);
        let tails = df.zip(place).map(|(df, place)| (df, super::tails::add(data, members[0], df, place)));
        if let Some((_, spread)) = tails {
            correlated.spreads.insert(spread, correlated.groups.len());
        }
        correlated.groups.push(CorrelationGroup { inputs: members, factor, rows_begin_alike, tails });
    }
    correlated
}

/// Whether so much of the rows of a triangular matrix is as in the row before that at most four entries a row are new.
fn rows_begin_alike(factor: &Array2<f64>) -> bool {
    let new_in = |row: usize| {
        let (above, own) = (factor.row(row - 1), factor.row(row));
        let alike = above.iter().zip(own).take(row).take_while(|(above, own)| above == own).count();
        row + 1 - alike
    };
    (1..factor.nrows()).map(new_in).sum::<usize>() <= 4 * factor.nrows()
}

fn too_many(size: usize, place: impl Into<Option<Place>>) -> Diagnostic {
    Diagnostic::error(place, message!("model-correlation-many", size = size, max_group = MAX_GROUP))
        .help(key!("model-correlation-many.help"))
}

/// One group: its inputs and the pairs among them.
type Component = (Vec<usize>, Vec<((usize, usize), WrittenPair)>);

/// Inputs that hang together, each group in the order in which its inputs are first named.
fn components(pairs: &PairCorrelations, inputs: usize) -> Vec<Component> {
    // Trees of inputs whose roots stand for groups: the one named first is the root.
    let mut above: Vec<usize> = (0..inputs).collect();
    let root = |above: &mut Vec<usize>, mut at: usize| {
        while above[at] != at {
            above[at] = above[above[at]];
            at = above[at];
        }
        at
    };
    for (a, b) in pairs.keys() {
        let (first, second) = (root(&mut above, *a), root(&mut above, *b));
        above[second] = first;
    }
    let mut groups: IndexMap<usize, (IndexSet<usize>, Vec<_>)> = IndexMap::new();
    for ((a, b), at) in pairs {
        let (members, known) = groups.entry(root(&mut above, *a)).or_default();
        members.extend([*a, *b]);
        known.push(((*a, *b), *at));
    }
    groups.into_values().map(|(members, known)| (members.into_iter().collect(), known)).collect()
}

/// A pivot of this size is nothing but rounding: there the matrix is singular.
const NO_PIVOT: f64 = 1e-10;

/// The lower triangular L with L Lᵀ = `matrix` (Golub and Van Loan, Matrix Computations, 4.2), or `None` when the
/// matrix of correlations is not positive semidefinite.
///
/// A singular matrix has columns of zeros in L: an input that others determine has no score of its own. Accepted is
/// what differs from L Lᵀ by at most 1e-5 in every entry, and in the diagonal by 1e-10.
pub fn cholesky(matrix: &Array2<f64>) -> Option<Array2<f64>> {
    let size = matrix.nrows();
    let mut factor = Array2::<f64>::zeros((size, size));
    for row in 0..size {
        let (above, mut own) = factor.view_mut().split_at(Axis(0), row);
        let own = own.row_mut(0).into_slice()?;
        for column in 0..=row {
            let other = if column == row { &*own } else { above.row(column).to_slice()? };
            let dot: f64 = own[..column].iter().zip(&other[..column]).map(|(a, b)| a * b).sum();
            let rest = matrix[[row, column]] - dot;
            own[column] = if column == row {
                if rest < -NO_PIVOT {
                    return None;
                }
                if rest <= NO_PIVOT { 0.0 } else { rest.sqrt() }
            } else if other[column] > 0.0 {
                rest / other[column]
            } else if rest.abs() <= NO_PIVOT.sqrt() {
                // In a semidefinite matrix an entry is no larger than the root of the product of its pivots.
                0.0
            } else {
                return None;
            };
        }
        // A correlation of 1 or -1 makes a copy: to the last bit.
        if own[row] == 0.0
            && let Some(copied) = (0..row).find(|other| matrix[[row, *other]].abs() == 1.0)
        {
            let sign = matrix[[row, copied]];
            own.iter_mut().zip(above.row(copied)).for_each(|(own, weight)| *own = sign * weight);
        }
    }
    Some(factor)
}

/// Eigenvalues and eigenvectors (columns) of a symmetric matrix by Jacobi's rotations (Golub and Van Loan,
/// 8.5).
pub fn eigen(matrix: &Array2<f64>) -> (Vec<f64>, Array2<f64>) {
    let size = matrix.nrows();
    let (mut a, mut vectors) = (matrix.clone(), Array2::<f64>::eye(size));
    for _ in 0..60 {
        let off: f64 =
            (0..size).flat_map(|p| (0..p).map(move |q| (p, q))).map(|(p, q)| a[[p, q]] * a[[p, q]]).sum();
        if off < 1e-26 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                if a[[p, q]] == 0.0 {
                    continue;
                }
                let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * a[[p, q]]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                rotate(&mut a, &mut vectors, [p, q], [c, t * c]);
            }
        }
    }
    ((0..size).map(|k| a[[k, k]]).collect(), vectors)
}

fn rotate(a: &mut Array2<f64>, vectors: &mut Array2<f64>, [p, q]: [usize; 2], [c, s]: [f64; 2]) {
    for k in 0..a.nrows() {
        let (x, y) = (a[[k, p]], a[[k, q]]);
        a[[k, p]] = c * x - s * y;
        a[[k, q]] = s * x + c * y;
    }
    for k in 0..a.nrows() {
        let (x, y) = (a[[p, k]], a[[q, k]]);
        a[[p, k]] = c * x - s * y;
        a[[q, k]] = s * x + c * y;
        let (x, y) = (vectors[[k, p]], vectors[[k, q]]);
        vectors[[k, p]] = c * x - s * y;
        vectors[[k, q]] = s * x + c * y;
    }
}

/// The nearest correlation matrix whose eigenvalues are at least 1e-4: alternating projections with
/// Dykstra's correction (Higham 2002, IMA Journal of Numerical Analysis 22).
pub fn nearest_valid(matrix: &Array2<f64>) -> Array2<f64> {
    let (mut y, mut correction) = (matrix.clone(), Array2::<f64>::zeros(matrix.raw_dim()));
    for _ in 0..200 {
        let r = &y - &correction;
        let (values, vectors) = eigen(&r);
        let clipped =
            Array2::from_diag(&Array1::from_iter(values.iter().map(|value| crate::num::max(*value, 1e-4))));
        let x = vectors.dot(&clipped).dot(&vectors.t());
        correction = &x - &r;
        y = x;
        y.diag_mut().fill(1.0);
    }
    y
}

fn invalid(matrix: &Array2<f64>, members: &[usize], inputs: &[Input], place: Option<Place>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        place,
        message!(
            "model-correlation-contradict",
            count = members.len(),
            eigenvalue = rounded(smallest_eigenvalue(matrix))
        ),
    );
    if members.len() > MAX_MENDED {
        return diagnostic.help(key!("model-correlation-contradict.towards-zero"));
    }
    let nearest = nearest_valid(matrix);
    let mut changes: Vec<String> = Vec::new();
    for (row, a) in members.iter().enumerate() {
        for (column, b) in members.iter().enumerate().take(row) {
            let value = nearest[[row, column]];
            if (value - matrix[[row, column]]).abs() > 5e-5 {
                changes.push(format!("{} & {}: {value:.4}", inputs[*b].name, inputs[*a].name));
            }
        }
    }
    let more = match changes.len() {
        0..=6 => Message::default(),
        many => message!("model-correlation-nearest-more", count = many - 6),
    };
    changes.truncate(6);
    diagnostic.help(message!(
        "model-correlation-contradict.nearest",
        changes = changes.join("; "),
        more = more
    ))
}

/// With four decimals, or as many digits where that would be 0.
fn rounded(eigenvalue: f64) -> String {
    if eigenvalue.abs() >= 5e-5 { format!("{eigenvalue:.4}") } else { format!("{eigenvalue:.1e}") }
}

/// The smallest eigenvalue of a correlation matrix that is not positive semidefinite, to four decimals: with so
/// much added to the diagonal it just becomes so.
fn smallest_eigenvalue(matrix: &Array2<f64>) -> f64 {
    let size = matrix.nrows();
    if size <= MAX_MENDED {
        return eigen(matrix).0.into_iter().fold(f64::INFINITY, crate::num::min);
    }
    let (mut low, mut high) = (0.0, size as f64);
    while high - low > 2e-5 {
        let middle = f64::midpoint(low, high);
        let shifted = matrix + Array2::<f64>::eye(size) * middle;
        if cholesky(&shifted).is_some() {
            high = middle;
        } else {
            low = middle;
        }
    }
    -high
}

#[cfg(test)]
mod tests;
