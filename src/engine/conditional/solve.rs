//! The paths of a block, moved to what was observed.

use std::collections::BTreeMap;

use super::Conditioning;
use super::directions::log_likelihood;
use super::matrix::{backward, cholesky, forward, solve, times};
use super::stages::Stage;
use crate::engine::block::{BlockDraws, Machine};
use crate::num::draw::{Column, stream, uniform_column};
use crate::num::{BLOCK, exp, ln, max, min, normal};
use crate::text::period::ordinal;

/// The share of paths that keep their own shocks. Without them a path that no solution reaches would be missing, in silence.
pub(super) const KEPT: f64 = 0.1;

/// Most points that are tried for a path.
const MOST_STEPS: usize = 9;

/// The step of the derivatives: 2^-20.
const STEP: f64 = 1.0 / (1 << 20) as f64;

/// A path is there when it is so near, in standard deviations of the error.
const NEAR: f64 = 1e-6;

/// And no nearer than numbers tell.
const ROUNDING: f64 = 1e-13;

/// A start whose derivative is a smaller part of the usual one is no start: the usual one is taken.
const FLAT: f64 = 0.05;

/// Solves for the shocks of one block after another.
pub(super) struct Solver<'c> {
    set: &'c Conditioning,
    machine: Machine<'c>,
    seed: u64,
    kept_stream: u32,
    /// By moved draw: the values that a program reads in its place.
    pub(super) values: Vec<Column>,
    /// By stage: the logarithm of the weight of each path so far.
    pub(super) log_weights: Vec<Column>,
    /// By stage: on how many paths no solution was found, and on how many of those that keep their own none came back to it.
    pub(super) unsolved: Vec<[u64; 2]>,
    /// How many paths keep their own.
    pub(super) kept: Vec<u64>,
    /// Uniforms of the next block that are not those of their address, by stream and year; none of a draw that is moved.
    pub(super) shifted: BTreeMap<(u32, u32), Column>,
}

/// What is known of each path of a block while a stage is solved; `m` numbers a path, or `m * m`.
struct StagePaths {
    m: usize,
    /// Which keep their own shocks.
    kept: [bool; BLOCK],
    own: Vec<f64>,
    target: Vec<f64>,
    /// The best point so far, how far it is from the target, and the step from there.
    best: Vec<f64>,
    distance: [f64; BLOCK],
    step: Vec<f64>,
    part: [f64; BLOCK],
    /// The point that is tried.
    trial: Vec<f64>,
    state: [StageState; BLOCK],
    /// The logarithm of the determinant of the derivative at the solution, and the values there.
    log_slope: [f64; BLOCK],
    reached: Vec<f64>,
    /// The distribution of the proposed values: their mean, the factor of their variance and its log determinant.
    mean: Vec<f64>,
    factor: Vec<f64>,
    log_variance: [f64; BLOCK],
}

#[derive(Clone, Copy, PartialEq)]
enum StageState {
    Trying,
    Solved,
    Lost,
}

impl<'c> Solver<'c> {
    pub(super) fn new(set: &'c Conditioning, seed: u64) -> Self {
        let stages = set.stages.years.len();
        Self {
            set,
            machine: Machine::new(&set.stages.program),
            seed,
            kept_stream: stream("(kept)"),
            values: vec![[0.0; BLOCK]; set.stages.moved.len()],
            log_weights: vec![[0.0; BLOCK]; stages],
            unsolved: vec![[0; 2]; stages],
            kept: vec![0; stages],
            shifted: BTreeMap::new(),
        }
    }

    /// Solves a block of which the first `paths` paths are counted.
    pub(super) fn block(&mut self, block: u64, paths: usize) {
        let mut log_weights = [0.0; BLOCK];
        for number in 0..self.set.stages.years.len() {
            self.stage(number, block, paths, &mut log_weights);
            self.log_weights[number] = log_weights;
        }
    }

    fn stage(&mut self, number: usize, block: u64, paths: usize, log_weights: &mut Column) {
        let stage = &self.set.stages.years[number];
        self.machine.steps(BlockDraws::new(self.seed, block, &self.shifted), &stage.before);
        let mut scores = self.draw(stage, block);
        let mut solved = (stage.solved > 0).then(|| {
            let own = self.project(number, &mut scores);
            let mut state = StagePaths::new(stage.solved, own);
            self.propose(number, block, &scores, &mut state);
            self.newton(number, block, &scores, &mut state);
            state
        });
        if let Some(state) = &mut solved {
            self.settle(number, block, &scores, state);
            self.count(number, state, paths);
        } else {
            self.machine.steps(BlockDraws::new(self.seed, block, &self.shifted), &stage.within);
        }
        for (lane, weight) in log_weights.iter_mut().enumerate() {
            let known = stage.observed.iter().zip(&stage.values);
            let of = |(place, slot): (&usize, &u32)| {
                log_likelihood(&self.set.observed[*place], self.machine.slot(*slot)[lane])
            };
            let proposed = solved.as_ref().map_or(0.0, |state| state.log_ratio(lane));
            let sum = *weight + known.map(of).sum::<f64>() + proposed;
            *weight = if sum.is_nan() { f64::NEG_INFINITY } else { sum };
        }
    }

    /// Draws the shocks of a stage as they are without observations, and gives their scores.
    fn draw(&mut self, stage: &Stage, block: u64) -> Vec<Column> {
        let mut scores = Vec::new();
        for place in &stage.moved {
            let moved = &self.set.stages.moved[*place];
            let (mut uniforms, mut z) = ([0.0; BLOCK], [0.0; BLOCK]);
            uniform_column(self.seed, moved.stream, block, moved.year, &mut uniforms);
            normal::score_column(&uniforms, &mut z);
            self.values[*place] = if moved.is_score { z } else { uniforms };
            *self.machine.slot_mut(moved.slot) = self.values[*place];
            scores.push(z);
        }
        scores
    }

    /// The coordinates of the scores along the directions, path by path; the scores keep the rest.
    fn project(&self, number: usize, scores: &mut [Column]) -> Vec<f64> {
        let (m, basis) = (self.set.stages.years[number].solved, &self.set.directions[number].basis);
        let mut own = vec![0.0; m * BLOCK];
        for (z, basis) in scores.iter().zip(basis.chunks_exact(m)) {
            for lane in 0..BLOCK {
                (0..m).for_each(|k| own[lane * m + k] += basis[k] * z[lane]);
            }
        }
        for (z, basis) in scores.iter_mut().zip(basis.chunks_exact(m)) {
            for lane in 0..BLOCK {
                (0..m).for_each(|k| z[lane] -= basis[k] * own[lane * m + k]);
            }
        }
        own
    }

    /// Computes the observed values with the shocks at these coordinates: one column for each that is solved for.
    fn evaluate(&mut self, number: usize, block: u64, scores: &[Column], at: &[f64]) -> Vec<Column> {
        let stage = &self.set.stages.years[number];
        let (m, basis) = (stage.solved, &self.set.directions[number].basis);
        for ((place, rest), basis) in stage.moved.iter().zip(scores).zip(basis.chunks_exact(m)) {
            let moved = &self.set.stages.moved[*place];
            let column = self.machine.slot_mut(moved.slot);
            for lane in 0..BLOCK {
                let along = (0..m).fold(rest[lane], |z, k| z + basis[k] * at[lane * m + k]);
                column[lane] = if moved.is_score { along } else { uniform_of(along) };
            }
        }
        self.machine.steps(BlockDraws::new(self.seed, block, &self.shifted), &stage.within);
        self.read(number)
    }

    fn read(&self, number: usize) -> Vec<Column> {
        let stage = &self.set.stages.years[number];
        let read = |row: usize| {
            let values = self.machine.slot(stage.values[row]);
            if self.set.logs[stage.observed[row]] { values.map(ln) } else { *values }
        };
        (0..stage.solved).map(read).collect()
    }

    /// The values at a point and their derivatives there: by path m values, then m rows of derivatives. The machine stays at
    /// the point.
    fn derive(&mut self, number: usize, block: u64, scores: &[Column], at: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let m = self.set.stages.years[number].solved;
        let mut ahead = Vec::new();
        for k in 0..m {
            let mut moved = at.to_vec();
            moved.chunks_exact_mut(m).for_each(|point| point[k] += STEP);
            ahead.push(self.evaluate(number, block, scores, &moved));
        }
        let here = self.evaluate(number, block, scores, at);
        let (mut values, mut slopes) = (vec![0.0; m * BLOCK], vec![0.0; m * m * BLOCK]);
        for lane in 0..BLOCK {
            for row in 0..m {
                values[lane * m + row] = here[row][lane];
                for k in 0..m {
                    // The step that was taken, as it was rounded.
                    let taken = (at[lane * m + k] + STEP) - at[lane * m + k];
                    slopes[(lane * m + row) * m + k] = (ahead[k][row][lane] - here[row][lane]) / taken;
                }
            }
        }
        (values, slopes)
    }

    /// Decides for each path what is aimed at, and where the search begins.
    fn propose(&mut self, number: usize, block: u64, scores: &[Column], state: &mut StagePaths) {
        let set = self.set;
        let (stage, direction) = (&set.stages.years[number], &set.directions[number]);
        let m = stage.solved;
        // What a kept path aims at: the values that its own shocks give.
        let own = self.read_prior(number, block);
        let (middle, slopes) = self.derive(number, block, scores, &vec![0.0; m * BLOCK]);
        let mut kept = [0.0; BLOCK];
        uniform_column(self.seed, self.kept_stream, block, ordinal(stage.year) as u32, &mut kept);
        let mut blur = Vec::new();
        for place in &stage.observed[..m] {
            let (mut uniforms, mut z) = ([0.0; BLOCK], [0.0; BLOCK]);
            let errors = set.observed[*place].stream("error");
            uniform_column(self.seed, errors, block, ordinal(stage.year) as u32, &mut uniforms);
            normal::score_column(&uniforms, &mut z);
            blur.push(z);
        }
        let observed: Vec<(f64, f64)> = stage.observed[..m].iter().map(|place| set.scaled(*place)).collect();
        for lane in 0..BLOCK {
            let slope = &slopes[lane * m * m..][..m * m];
            let steep = solve(&mut slope.to_vec(), &mut vec![0.0; m]).abs() >= FLAT * direction.determinant;
            let slope = if steep { slope } else { &direction.slopes[..] };
            let errors: Vec<f64> = blur.iter().map(|z| z[lane]).collect();
            let here = &middle[lane * m..][..m];
            state.kept[lane] = kept[lane] < KEPT;
            let target = state.gain(lane, here, slope, &observed, &errors);
            for row in 0..m {
                let aim = if state.kept[lane] { own[row][lane] } else { target[row] };
                state.target[lane * m + row] = aim;
            }
            state.begin(lane, here, slope, &observed);
        }
    }

    /// The values that the shocks give as they are without observations.
    fn read_prior(&mut self, number: usize, block: u64) -> Vec<Column> {
        let stage = &self.set.stages.years[number];
        self.machine.steps(BlockDraws::new(self.seed, block, &self.shifted), &stage.within);
        self.read(number)
    }

    /// Newton's method with steps that are halved where they lead away, for all paths at once.
    fn newton(&mut self, number: usize, block: u64, scores: &[Column], state: &mut StagePaths) {
        let set = self.set;
        let m = state.m;
        let errors: Vec<f64> =
            set.stages.years[number].observed[..m].iter().map(|place| set.scaled(*place).1).collect();
        for _ in 0..MOST_STEPS {
            if state.state.iter().all(|state| *state != StageState::Trying) {
                break;
            }
            let (values, slopes) = self.derive(number, block, scores, &state.trial);
            for lane in (0..BLOCK).filter(|lane| state.state[*lane] == StageState::Trying).collect::<Vec<_>>()
            {
                state.step(lane, &values[lane * m..][..m], &slopes[lane * m * m..][..m * m], &errors);
            }
        }
    }

    /// Puts every path where it stays: at its solution, or at its own shocks.
    fn settle(&mut self, number: usize, block: u64, scores: &[Column], state: &mut StagePaths) {
        let stage = &self.set.stages.years[number];
        let (m, basis) = (stage.solved, &self.set.directions[number].basis);
        for lane in 0..BLOCK {
            state.come_back(lane);
        }
        for ((place, rest), basis) in stage.moved.iter().zip(scores).zip(basis.chunks_exact(m)) {
            let moved = &self.set.stages.moved[*place];
            for lane in (0..BLOCK).filter(|lane| state.is_moved(*lane)) {
                let along = (0..m).fold(rest[lane], |z, k| z + basis[k] * state.trial[lane * m + k]);
                self.values[*place][lane] = if moved.is_score { along } else { uniform_of(along) };
            }
            *self.machine.slot_mut(moved.slot) = self.values[*place];
        }
        self.machine.steps(BlockDraws::new(self.seed, block, &self.shifted), &stage.within);
    }

    fn count(&mut self, number: usize, state: &StagePaths, paths: usize) {
        for lane in 0..paths {
            let lost = u64::from(state.state[lane] != StageState::Solved);
            if state.kept[lane] {
                self.kept[number] += 1;
                self.unsolved[number][1] += lost;
            } else {
                self.unsolved[number][0] += lost;
            }
        }
    }
}

impl StagePaths {
    fn new(m: usize, own: Vec<f64>) -> Self {
        let (numbers, matrices) = (vec![0.0; m * BLOCK], vec![0.0; m * m * BLOCK]);
        Self {
            m,
            kept: [false; BLOCK],
            own,
            target: numbers.clone(),
            best: numbers.clone(),
            distance: [f64::INFINITY; BLOCK],
            step: numbers.clone(),
            part: [1.0; BLOCK],
            trial: numbers.clone(),
            state: [StageState::Trying; BLOCK],
            log_slope: [0.0; BLOCK],
            reached: numbers.clone(),
            mean: numbers,
            factor: matrices,
            log_variance: [0.0; BLOCK],
        }
    }

    /// Finds how the proposed values of a path are distributed, as if values were linear in the shocks; gives one of them.
    fn gain(
        &mut self,
        lane: usize,
        here: &[f64],
        slope: &[f64],
        observed: &[(f64, f64)],
        errors: &[f64],
    ) -> Vec<f64> {
        let m = self.m;
        // S + R, with S = J Jᵀ.
        let mut sum = vec![0.0; m * m];
        for i in 0..m {
            for j in 0..m {
                sum[i * m + j] = (0..m).map(|k| slope[i * m + k] * slope[j * m + k]).sum();
            }
        }
        let spread = sum.clone();
        (0..m).for_each(|i| sum[i * m + i] += observed[i].1 * observed[i].1);
        let mut target = vec![f64::NAN; m];
        if cholesky(&mut sum, m).is_none() {
            self.state[lane] = StageState::Lost;
            return target;
        }
        // K x = S (S + R)⁻¹ x
        let gain = |x: &mut Vec<f64>| {
            forward(&sum, x);
            backward(&sum, x);
            let mut out = vec![0.0; m];
            times(&spread, x, &mut out);
            out
        };
        let mut off: Vec<f64> = (0..m).map(|i| observed[i].0 - here[i]).collect();
        let mean: Vec<f64> = gain(&mut off).iter().zip(here).map(|(x, here)| here + x).collect();
        // The variance (S⁻¹ + R⁻¹)⁻¹ = K R.
        let factor = &mut self.factor[lane * m * m..][..m * m];
        for j in 0..m {
            let mut unit = vec![0.0; m];
            unit[j] = observed[j].1 * observed[j].1;
            gain(&mut unit).iter().enumerate().for_each(|(i, x)| factor[i * m + j] = *x);
        }
        for i in 0..m {
            for j in 0..i {
                let both = 0.5 * (factor[i * m + j] + factor[j * m + i]);
                (factor[i * m + j], factor[j * m + i]) = (both, both);
            }
        }
        match cholesky(factor, m) {
            Some(log_variance) => self.log_variance[lane] = log_variance,
            None => self.state[lane] = StageState::Lost,
        }
        let mut linear = vec![0.0; m];
        times(slope, &self.own[lane * m..][..m], &mut linear);
        linear.iter_mut().zip(here).for_each(|(x, here)| *x += here);
        let mut off: Vec<f64> =
            (0..m).map(|i| observed[i].0 - linear[i] - observed[i].1 * errors[i]).collect();
        for (i, x) in gain(&mut off).into_iter().enumerate() {
            target[i] = linear[i] + x;
            self.mean[lane * m + i] = mean[i];
        }
        target
    }

    /// The first step of a search, from the middle.
    fn begin(&mut self, lane: usize, here: &[f64], slope: &[f64], observed: &[(f64, f64)]) {
        let m = self.m;
        let errors: Vec<f64> = observed.iter().map(|(_, sd)| *sd).collect();
        self.distance[lane] = self.distance_of(lane, here, &errors);
        let mut step: Vec<f64> = (0..m).map(|i| self.target[lane * m + i] - here[i]).collect();
        let determinant = solve(&mut slope.to_vec(), &mut step);
        if !(determinant.abs() > 0.0 && step.iter().all(|x| x.is_finite())) {
            self.state[lane] = StageState::Lost;
            step.fill(0.0);
        }
        self.step[lane * m..][..m].copy_from_slice(&step);
        self.trial[lane * m..][..m].copy_from_slice(&step);
    }

    /// How far values are from the target, in standard deviations of the errors.
    fn distance_of(&self, lane: usize, values: &[f64], errors: &[f64]) -> f64 {
        let each = (0..self.m).map(|i| (values[i] - self.target[lane * self.m + i]).abs() / errors[i]);
        let most = each.fold(0.0, |most, x| if x.is_nan() || x > most { x } else { most });
        if most.is_nan() { f64::INFINITY } else { most }
    }

    /// Takes or refuses a point that was tried, and chooses the next one.
    fn step(&mut self, lane: usize, values: &[f64], slopes: &[f64], errors: &[f64]) {
        let m = self.m;
        let distance = self.distance_of(lane, values, errors);
        let rounding = (0..m).fold(0.0, |most, i| max(most, ROUNDING * values[i].abs() / errors[i]));
        let mut step: Vec<f64> = (0..m).map(|i| self.target[lane * m + i] - values[i]).collect();
        let determinant = solve(&mut slopes.to_vec(), &mut step).abs();
        let is_regular = determinant > 0.0 && step.iter().all(|x| x.is_finite());
        if distance <= max(NEAR, rounding) {
            self.state[lane] = if is_regular { StageState::Solved } else { StageState::Lost };
            self.log_slope[lane] = ln(determinant);
            self.reached[lane * m..][..m].copy_from_slice(values);
            return;
        }
        if distance < self.distance[lane] && is_regular {
            self.distance[lane] = distance;
            for k in 0..m {
                self.best[lane * m + k] = self.trial[lane * m + k];
            }
            self.step[lane * m..][..m].copy_from_slice(&step);
            self.part[lane] = 1.0;
        } else {
            self.part[lane] *= 0.5;
        }
        for k in 0..m {
            let at = lane * m + k;
            self.trial[at] = self.best[at] + self.part[lane] * self.step[at];
        }
    }

    /// Of a path that keeps its own shocks: whether the search came back to them.
    fn come_back(&mut self, lane: usize) {
        let m = self.m;
        if self.state[lane] == StageState::Trying {
            self.state[lane] = StageState::Lost;
        }
        if !self.kept[lane] {
            return;
        }
        let far = |k: usize| {
            let (own, found) = (self.own[lane * m + k], self.trial[lane * m + k]);
            (own - found).abs() > 1e-4 * (1.0 + own.abs())
        };
        if (0..m).any(far) {
            self.state[lane] = StageState::Lost;
        }
    }

    /// Whether a path ends elsewhere than at its own shocks.
    fn is_moved(&self, lane: usize) -> bool {
        !self.kept[lane] && self.state[lane] == StageState::Solved
    }

    /// The density of the shocks over that with which they are proposed, as a logarithm.
    fn log_ratio(&self, lane: usize) -> f64 {
        let m = self.m;
        let is_solved = self.state[lane] == StageState::Solved;
        if !self.kept[lane] && !is_solved {
            return f64::NEG_INFINITY;
        }
        let at = if self.kept[lane] { &self.own } else { &self.trial };
        let size: f64 = at[lane * m..][..m].iter().map(|x| x * x).sum();
        let whole = m as f64 * ln(std::f64::consts::TAU);
        let prior = -0.5 * (size + whole);
        if !is_solved {
            return -ln(KEPT);
        }
        let mut off: Vec<f64> =
            (0..m).map(|i| self.reached[lane * m + i] - self.mean[lane * m + i]).collect();
        forward(&self.factor[lane * m * m..][..m * m], &mut off);
        let distance: f64 = off.iter().map(|x| x * x).sum();
        let moved = -0.5 * (distance + self.log_variance[lane] + whole) + self.log_slope[lane];
        let (kept, moved) = (ln(KEPT) + prior, ln(1.0 - KEPT) + moved);
        let (less, more) = (min(kept, moved), max(kept, moved));
        prior - (more + ln(1.0 + exp(less - more)))
    }
}

/// The uniform of a score, strictly between 0 and 1.
fn uniform_of(z: f64) -> f64 {
    min(max(normal::cdf(z), f64::EPSILON / 2.0), 1.0 - f64::EPSILON / 2.0)
}
