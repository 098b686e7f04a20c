//! The common spread of inputs that a t copula correlates: an input of its own, drawn once per path or every year.

use super::data::{Data, Input, InputKind};
use crate::num::{Distribution, draw};
use crate::scenario::quantity::Provenance;
use crate::text::Place;

/// Adds the input whose draws divide the scores of a group: a chi-squared variable over its degrees of freedom.
pub(super) fn add(data: &mut Data, first: usize, df: f64, place: Place) -> usize {
    let distribution = Distribution::Gamma { shape: 0.5 * df, scale: 2.0 / df };
    let kind: InputKind = data.inputs[first].kind;
    let name = format!("{}.tails", data.inputs[first].name);
    data.inputs.push(Input {
        stream: draw::stream(&name),
        name,
        kind,
        written: distribution.to_string(),
        distribution,
        varying: None,
        provenance: Provenance::default(),
        place,
        adjustment: None,
    });
    data.inputs.len() - 1
}
