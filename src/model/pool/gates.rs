//! The gates of a pool: what its worlds say of their statistics, put together.

use crate::model::compile::Model;
use crate::model::gates::{Gate, NeverDrawn, RareDraw, Statistic, StatisticKind};
use crate::model::program::{Instruction, Operand, Program};
use crate::num::{Interval, max, min};

/// The gates of a pool, and by world the program that records what they speak of. All of these record the same series: first
/// those of the statistics, and then the branches of every world, which are not a number in the others.
pub(super) fn merged(worlds: &[Model], weights: &[f64]) -> (Vec<Gate>, Vec<Program>) {
    let common = worlds.iter().map(own_series).min().unwrap_or_default();
    let mut first = common;
    let firsts: Vec<u32> = (worlds.iter())
        .map(|world| {
            let own = first;
            first += world.judging.series - common;
            own
        })
        .collect();
    let programs =
        worlds.iter().zip(&firsts).map(|(world, own)| program(&world.judging, common, *own, first));
    let gate = |(number, gate): (usize, &Gate)| {
        let statistics = (0..gate.statistics.len()).map(|place| {
            let all: Vec<&Statistic> =
                worlds.iter().map(|world| &world.gates[number].statistics[place]).collect();
            statistic(&all, weights, common, &firsts)
        });
        Gate { statistics: statistics.collect(), ..gate.clone() }
    };
    let gates = worlds.first().map_or(&[][..], |world| &world.gates);
    (gates.iter().enumerate().map(gate).collect(), programs.collect())
}

/// How many of a world's series are not branches.
fn own_series(world: &Model) -> u32 {
    let branches = world.gates.iter().flat_map(|gate| &gate.statistics).flat_map(|one| &one.branches);
    branches.map(|branch| branch.series).min().unwrap_or(world.judging.series)
}

/// A world's program, with its branches from `own` on among `all` series.
fn program(judging: &Program, common: u32, own: u32, all: u32) -> Program {
    let mut program = judging.clone();
    let branches = judging.series - common;
    for instruction in &mut program.instructions {
        if let Instruction::Record { series, .. } = instruction
            && *series >= common
        {
            *series = *series - common + own;
        }
    }
    let others = (common..all).filter(|series| !(own..own + branches).contains(series));
    let nothing = |series| Instruction::Record { series, value: Operand::Constant(f64::NAN) };
    program.instructions.extend(others.map(nothing));
    program.series = all;
    program
}

/// A statistic of all worlds together.
fn statistic(all: &[&Statistic], weights: &[f64], common: u32, firsts: &[u32]) -> Statistic {
    let range = hull(all.iter().map(|one| one.range));
    let known = match all[0].kind {
        StatisticKind::Sd if !range.is_point() => {
            Interval { low: 0.0, high: 0.5 * range.high - 0.5 * range.low }
        }
        _ => hull(all.iter().map(|one| one.known)),
    };
    let mut found = Statistic {
        range,
        known,
        is_drawn: all.iter().any(|one| one.is_drawn),
        beyond: all.iter().map(|one| one.beyond).fold(NeverDrawn::default(), NeverDrawn::or),
        is_undefined: all.iter().all(|one| one.is_undefined),
        is_recorded: all.iter().all(|one| one.is_recorded),
        branches: Vec::new(),
        rare_draws: Vec::new(),
        ..all[0].clone()
    };
    let sum: f64 = weights.iter().sum();
    for ((one, weight), first) in all.iter().zip(weights).zip(firsts) {
        for branch in &one.branches {
            let mut branch = branch.clone();
            branch.series = branch.series - common + first;
            found.branches.push(branch);
        }
        let rare = |draw: &RareDraw| RareDraw { share: draw.share * weight / sum, ..draw.clone() };
        found.rare_draws.extend(one.rare_draws.iter().map(rare));
    }
    found
}

/// The least interval that holds all of these.
fn hull(all: impl Iterator<Item = Interval>) -> Interval {
    let both = |a: Interval, b: Interval| Interval { low: min(a.low, b.low), high: max(a.high, b.high) };
    all.reduce(both).unwrap_or(Interval::UNKNOWN)
}
