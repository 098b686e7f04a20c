//! The figures of a run that are asked for.

use std::collections::BTreeSet;

use crate::chart::Size;
use crate::report::{CatalogueItem, Material};
use crate::text::suggest::nearest;

use super::{Chart, ChartKind, ChartRefusal, ChartRequest, LackingForChart};

/// The figures of one run that are asked for. Kinds that show several runs are left to those who have them.
///
/// # Errors
/// When there is no such figure.
pub fn drawn(material: &Material<'_>, request: &ChartRequest) -> Result<Vec<Chart>, ChartRefusal> {
    let mut items = Vec::new();
    for kind in request.kinds.iter().filter(|kind| !kind.is_of_several()) {
        items.extend(of_kind(material, *kind, request)?);
    }
    let asks = request.names_any();
    if request.all || request.kinds.is_empty() {
        let all = if asks || request.all { material.all() } else { material.usual() };
        items.extend(all.into_iter().filter(|item| is_named(item, request)));
    }
    if items.is_empty() && asks && !request.kinds.iter().any(|kind| kind.is_of_several()) {
        let wanted = request.variables.iter().chain(&request.group).cloned().collect::<Vec<_>>();
        return Err(unknown(&wanted.join(", "), &material.all()));
    }
    let size = Size { width: request.width, height: request.height };
    let draw = |item: &CatalogueItem| material.draw(item, request.year, size, request.language);
    Ok(items.iter().filter_map(draw).collect())
}

/// Whether a figure shows what was named, if anything was.
fn is_named(item: &CatalogueItem, request: &ChartRequest) -> bool {
    let mut wanted = request.variables.iter().chain(&request.group).peekable();
    wanted.peek().is_none() || wanted.any(|name| item.of.contains(name))
}

/// The figures of a kind that are asked for.
fn of_kind(
    material: &Material<'_>,
    kind: ChartKind,
    request: &ChartRequest,
) -> Result<Vec<CatalogueItem>, ChartRefusal> {
    let available = material.of_kind(kind);
    let wanted: Vec<CatalogueItem> = match kind {
        ChartKind::Scatter if request.variables.len() == 2 => {
            let known = |name: &String| material.summary.variables.contains_key(name);
            if let Some(name) = request.variables.iter().find(|name| !known(name)) {
                return Err(unknown(name, &material.of_kind(ChartKind::Fan)));
            }
            return Ok(vec![CatalogueItem { kind, of: request.variables.clone() }]);
        }
        ChartKind::Scatter if !request.variables.is_empty() => return Err(ChartRefusal::NoPair),
        ChartKind::Scorecard | ChartKind::Joint | ChartKind::Conditional => {
            request.group.iter().map(|group| CatalogueItem { kind, of: vec![group.clone()] }).collect()
        }
        _ => request.variables.iter().map(|name| CatalogueItem { kind, of: vec![name.clone()] }).collect(),
    };
    if available.is_empty() {
        return Err(none_of(material, kind));
    }
    if wanted.is_empty() {
        return Ok(available);
    }
    match wanted.iter().find(|item| !available.contains(item)) {
        Some(item) => Err(unknown(&item.of.join(", "), &available)),
        None => Ok(wanted),
    }
}

/// That a run has no figure of a kind, and which kinds it has.
fn none_of(material: &Material<'_>, kind: ChartKind) -> ChartRefusal {
    let mut has: Vec<ChartKind> = material.all().iter().map(|item| item.kind).collect();
    has.dedup();
    let lacks = match (material.distributions, material.replayed) {
        (Some(_), Some(_)) => None,
        (None, _) => Some(LackingForChart::Distributions),
        (_, None) => Some(LackingForChart::Paths),
    };
    ChartRefusal::NoneOfKind { kind, has, lacks }
}

/// That no figure shows something, and what there is.
pub fn unknown(name: &str, available: &[CatalogueItem]) -> ChartRefusal {
    let mut names: Vec<&str> = available.iter().flat_map(|item| &item.of).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let kinds: BTreeSet<ChartKind> = available.iter().map(|item| item.kind).collect();
    let kind = kinds.first().copied().filter(|_| kinds.len() == 1);
    let near = nearest(name, names.iter().copied()).map(str::to_owned);
    let available = names.into_iter().map(str::to_owned).collect();
    ChartRefusal::Unknown { name: name.to_owned(), kind, near, available }
}
