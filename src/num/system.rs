//! Systems of equations x = f(x), solved on several lanes at a time, each by itself.
//!
//! By Newton's method where the derivatives of the formulas are known: at x, with the derivatives J, the step d solves
//! (I - J) d = f(x) - x. A step that does not bring the formulas nearer to x is halved. A lane is solved when its step is
//! as small as the tolerance says, relative to the value it is added to or, where that is smaller, to the largest of the
//! terms that make it up: the step is an estimate of the error, and it is still taken. Where the formulas are further away than
//! such a step explains, it has to be as small once more. Else, and where Newton's method ends without a solution, by
//! substitution: f(x) is put in the place of x until what remains to be gone, judged by how the changes shrink, is as small.
//! Nothing that one lane does depends on another, so a lane has the same bits alone.
//!
//! Where the solution is zero nothing is small beside it, and what is left is the rounding of terms of about 1 that cancel:
//! a lane is solved where steps and distances are no more than that, and neither a share of a step nor many steps lead on.

use super::lu::LuFactors;
use super::max;

/// How far an unknown and its formula may be apart, relative to what the formula is made of, for a small step to end the search.
const NEAR: f64 = 1e-3;

/// How many tolerances an unknown and its formula may be apart where a single small step ends the search.
const WITHIN: f64 = 100.0;

/// What rounding leaves of terms of the size 1 that cancel.
const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// Halvings of a step after which f(x) is put in the place of x instead.
const MOST_HALVINGS: u32 = 12;

/// A derivative of a formula that is not zero everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Derivative {
    /// The number of the formula.
    pub formula: u32,
    /// The number of the unknown.
    pub unknown: u32,
    /// Its value.
    pub slope: Slope,
}

/// The value of a derivative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slope {
    /// The same for all x and on all paths.
    Constant(f64),
    /// Evaluated with the formulas: its place among all that are.
    Evaluated(u32),
}

impl Slope {
    fn constant(self) -> Option<f64> {
        match self {
            Self::Constant(slope) => Some(slope),
            Self::Evaluated(_) => None,
        }
    }
}

/// How a system is solved.
#[derive(Clone, Debug, PartialEq)]
pub enum SystemMethod {
    /// Newton's, with these derivatives; the factors of I - J where all are constant.
    Newton(Vec<Derivative>, Option<LuFactors>),
    /// Substitution of f(x) for x.
    Substitution,
}

/// What is known of a system besides its formulas.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemRule {
    /// How many unknowns, and as many formulas.
    pub unknowns: usize,
    /// How it is solved.
    pub method: SystemMethod,
    /// How large an error may be, relative to the value.
    pub tolerance: f64,
    /// How often the formulas may be evaluated.
    pub most: u32,
    /// By unknown where it starts if what it should start from is no number; may be empty.
    pub otherwise: Vec<f64>,
}

impl SystemRule {
    /// A rule; constant derivatives are made use of.
    pub fn new(unknowns: usize, derivatives: Option<Vec<Derivative>>, tolerance: f64, most: u32) -> Self {
        let method = derivatives.map_or(SystemMethod::Substitution, |derivatives| {
            let known: Option<Vec<f64>> =
                derivatives.iter().map(|derivative| derivative.slope.constant()).collect();
            let factors = known.and_then(|constants| {
                let mut cells = identity(unknowns);
                for (derivative, constant) in derivatives.iter().zip(constants) {
                    cells[derivative.formula as usize * unknowns + derivative.unknown as usize] -= constant;
                }
                LuFactors::new(unknowns, cells)
            });
            SystemMethod::Newton(derivatives, factors)
        });
        Self { unknowns, method, tolerance, most, otherwise: Vec::new() }
    }

    /// Whether the system is linear with the same coefficients on all paths, so that it has one solution.
    pub fn is_linear(&self) -> bool {
        matches!(&self.method, SystemMethod::Newton(_, Some(_)))
    }
}

fn identity(size: usize) -> Vec<f64> {
    let mut cells = vec![0.0; size * size];
    cells.iter_mut().step_by(size + 1).for_each(|cell| *cell = 1.0);
    cells
}

/// The formulas of a system.
pub trait Formulas<const LANES: usize> {
    /// Evaluates the formulas and their derivatives.
    fn evaluate(&mut self, x: &[[f64; LANES]]);
    /// The values of a formula where it was evaluated last.
    fn value(&self, formula: usize) -> &[f64; LANES];
    /// The values of a derivative, by its place among those that are evaluated.
    fn derivative(&self, place: usize) -> &[f64; LANES];
}

/// A step towards the solution on one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Iteration {
    /// Where the formulas were evaluated.
    pub x: Vec<f64>,
    /// How far they are from x: the largest distance, relative to the larger of the two.
    pub residual: f64,
    /// The unknown in which that is so.
    pub worst: usize,
    /// Whether the search was begun again by substitution.
    pub is_again: bool,
}

/// How it went on one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LaneState {
    /// Nothing was accepted yet.
    New,
    /// Steps are taken.
    Going,
    /// Solved.
    Solved,
    /// Given up.
    Failed,
}

/// Room to solve systems in, for many of them.
#[derive(Clone, Debug)]
pub struct SystemSolver<const LANES: usize> {
    /// Where the formulas are evaluated.
    x: Vec<[f64; LANES]>,
    /// The last x that was accepted, by unknown, and the step that goes from there.
    best: Vec<[f64; LANES]>,
    step: Vec<[f64; LANES]>,
    /// f(x) - x there.
    gap: Vec<[f64; LANES]>,
    /// What the distances at the accepted x are relative to.
    scale: Vec<[f64; LANES]>,
    /// How far rounding may move the formulas there where their terms cancel.
    rounding: Vec<[f64; LANES]>,
    /// Whether the step before was small.
    was_small: [bool; LANES],
    /// How many steps in a row began where only rounding is left.
    roundings: [u32; LANES],
    state: [LaneState; LANES],
    /// Share of the step that is tried.
    share: [f64; LANES],
    halvings: [u32; LANES],
    /// The largest relative distance at the accepted x; of substitution the largest relative change.
    distance: [f64; LANES],
    iterations: [u32; LANES],
    matrix: LuFactors,
    vector: Vec<f64>,
}

impl<const LANES: usize> Default for SystemSolver<LANES> {
    fn default() -> Self {
        Self {
            x: Vec::new(),
            best: Vec::new(),
            step: Vec::new(),
            gap: Vec::new(),
            scale: Vec::new(),
            rounding: Vec::new(),
            was_small: [false; LANES],
            roundings: [0; LANES],
            state: [LaneState::New; LANES],
            share: [1.0; LANES],
            halvings: [0; LANES],
            distance: [0.0; LANES],
            iterations: [0; LANES],
            matrix: LuFactors::default(),
            vector: Vec::new(),
        }
    }
}

impl<const LANES: usize> SystemSolver<LANES> {
    /// The solution, by unknown; NaN on lanes on which none was found.
    pub fn solution(&self) -> &[[f64; LANES]] {
        &self.x
    }

    /// How often the formulas were evaluated on a lane until it was solved; `None` where it was not.
    pub fn iterations(&self, lane: usize) -> Option<u32> {
        (self.state[lane] == LaneState::Solved).then_some(self.iterations[lane])
    }

    /// Solves a system from these values. `watch` is told of every evaluation on the first lane.
    pub fn solve(
        &mut self,
        rule: &SystemRule,
        start: impl Fn(usize) -> [f64; LANES],
        formulas: &mut impl Formulas<LANES>,
        mut watch: Option<&mut dyn FnMut(Iteration)>,
    ) {
        self.begin(rule, &start);
        self.search(rule, &rule.method, formulas, &mut watch);
        if matches!(rule.method, SystemMethod::Newton(..)) && self.restart(rule, &start) {
            self.search(rule, &SystemMethod::Substitution, formulas, &mut watch);
        }
        for lane in (0..LANES).filter(|lane| self.state[*lane] != LaneState::Solved) {
            self.x.iter_mut().for_each(|x| x[lane] = f64::NAN);
        }
    }

    /// Goes on by a method on all lanes that are not done.
    fn search(
        &mut self,
        rule: &SystemRule,
        method: &SystemMethod,
        formulas: &mut impl Formulas<LANES>,
        watch: &mut Option<&mut dyn FnMut(Iteration)>,
    ) {
        let is_again = *method != rule.method;
        for _ in 0..rule.most {
            formulas.evaluate(&self.x);
            if let Some(watch) = watch
                && matches!(self.state[0], LaneState::New | LaneState::Going)
            {
                watch(Iteration { is_again, ..self.iteration(formulas) });
            }
            let mut goes_on = false;
            for lane in 0..LANES {
                if matches!(self.state[lane], LaneState::New | LaneState::Going) {
                    self.iterations[lane] += 1;
                    match method {
                        SystemMethod::Newton(derivatives, factors) => {
                            self.newton(rule, derivatives, factors.as_ref(), formulas, lane);
                        }
                        SystemMethod::Substitution => self.substitute(rule, formulas, lane),
                    }
                    goes_on |= matches!(self.state[lane], LaneState::New | LaneState::Going);
                }
            }
            if !goes_on {
                break;
            }
        }
    }

    /// Puts lanes that are not solved back to where they started; whether there are any that can be.
    fn restart(&mut self, rule: &SystemRule, start: &impl Fn(usize) -> [f64; LANES]) -> bool {
        let mut any = false;
        let starts: Vec<[f64; LANES]> = (0..rule.unknowns).map(|k| started(rule, k, start)).collect();
        for lane in 0..LANES {
            if self.state[lane] == LaneState::Solved {
                continue;
            }
            self.x.iter_mut().zip(&starts).for_each(|(x, start)| x[lane] = start[lane]);
            let is_finite = starts.iter().all(|start| start[lane].is_finite());
            self.state[lane] = if is_finite { LaneState::New } else { LaneState::Failed };
            self.distance[lane] = f64::INFINITY;
            any |= is_finite;
        }
        any
    }

    fn begin(&mut self, rule: &SystemRule, start: &impl Fn(usize) -> [f64; LANES]) {
        let unknowns = rule.unknowns;
        self.x.clear();
        self.x.extend((0..unknowns).map(|k| started(rule, k, start)));
        for room in [&mut self.best, &mut self.step, &mut self.gap, &mut self.scale, &mut self.rounding] {
            room.clear();
            room.resize(unknowns, [0.0; LANES]);
        }
        self.state = [LaneState::New; LANES];
        self.share = [1.0; LANES];
        self.halvings = [0; LANES];
        self.was_small = [false; LANES];
        self.roundings = [0; LANES];
        self.distance = [f64::INFINITY; LANES];
        self.iterations = [0; LANES];
        self.vector.clear();
        self.vector.resize(unknowns, 0.0);
        if matches!(rule.method, SystemMethod::Newton(_, None)) {
            self.matrix = LuFactors::room(unknowns);
        }
    }

    fn iteration(&self, formulas: &impl Formulas<LANES>) -> Iteration {
        let x: Vec<f64> = self.x.iter().map(|x| x[0]).collect();
        let (mut residual, mut worst) = (0.0, 0);
        for (k, x) in x.iter().enumerate() {
            let distance = relative_distance(*x, formulas.value(k)[0]);
            if distance.is_nan() || distance > residual {
                (residual, worst) = (distance, k);
            }
            if distance.is_nan() {
                break;
            }
        }
        Iteration { x, residual, worst, is_again: false }
    }

    /// One evaluation of Newton's method.
    fn newton(
        &mut self,
        rule: &SystemRule,
        derivatives: &[Derivative],
        factors: Option<&LuFactors>,
        formulas: &impl Formulas<LANES>,
        lane: usize,
    ) {
        let slope = |place: usize| match derivatives[place].slope {
            Slope::Constant(slope) => slope,
            Slope::Evaluated(place) => formulas.derivative(place as usize)[lane],
        };
        let residual = |x: &[[f64; LANES]], k: usize| formulas.value(k)[lane] - x[k][lane];
        let is_finite = (0..rule.unknowns).all(|k| residual(&self.x, k).is_finite())
            && (0..derivatives.len()).all(|place| slope(place).is_finite());
        if self.state[lane] == LaneState::New {
            if !is_finite {
                self.state[lane] = LaneState::Failed;
                return;
            }
        } else {
            let nearer = is_finite && {
                let mut distance = 0.0;
                for k in 0..rule.unknowns {
                    distance = max(distance, ratio(residual(&self.x, k).abs(), self.scale[k][lane]));
                }
                // Substitution is taken whatever it leads to, if that is a number.
                distance < self.distance[lane] || self.halvings[lane] > MOST_HALVINGS
            };
            if !nearer {
                self.try_less(lane);
                return;
            }
        }
        self.state[lane] = LaneState::Going;
        self.share[lane] = 1.0;
        self.halvings[lane] = 0;
        for k in 0..rule.unknowns {
            let x = self.x[k][lane];
            self.best[k][lane] = x;
            self.scale[k][lane] = max(x.abs(), formulas.value(k)[lane].abs());
            self.vector[k] = residual(&self.x, k);
            self.rounding[k][lane] = ROUNDING;
        }
        for (place, derivative) in derivatives.iter().enumerate() {
            let (slope, formula) = (slope(place).abs(), derivative.formula as usize);
            let term = slope * self.best[derivative.unknown as usize][lane].abs();
            self.scale[formula][lane] = max(self.scale[formula][lane], term);
            self.rounding[formula][lane] = max(self.rounding[formula][lane], ROUNDING * slope);
        }
        let mut distance = 0.0;
        for k in 0..rule.unknowns {
            distance = max(distance, ratio(self.vector[k].abs(), self.scale[k][lane]));
            self.gap[k][lane] = self.vector[k];
            self.step[k][lane] = self.vector[k];
        }
        self.distance[lane] = distance;
        if distance == 0.0 {
            self.state[lane] = LaneState::Solved;
            return;
        }
        let is_solvable = if let Some(factors) = factors {
            factors.solve(&mut self.vector);
            true
        } else {
            self.factor(rule, derivatives, slope)
        };
        if is_solvable && self.vector.iter().all(|step| step.is_finite()) {
            (0..rule.unknowns).for_each(|k| self.step[k][lane] = self.vector[k]);
        }
        let small = |k: usize| {
            let (x, step) = (self.best[k][lane], self.step[k][lane]);
            step.abs() <= rule.tolerance * max(self.scale[k][lane], (x + step).abs())
        };
        // Far from a solution a step may be small beside what the formulas come to there, which tells nothing.
        let is_small = is_solvable && distance <= NEAR && (0..rule.unknowns).all(small);
        let solved = is_small && (distance <= WITHIN * rule.tolerance || self.was_small[lane]);
        self.was_small[lane] = is_small;
        for k in 0..rule.unknowns {
            self.x[k][lane] = self.best[k][lane] + self.step[k][lane];
        }
        self.roundings[lane] = if self.is_rounding(lane) { self.roundings[lane] + 1 } else { 0 };
        if solved || self.roundings[lane] > MOST_HALVINGS {
            self.state[lane] = LaneState::Solved;
        }
    }

    /// Solves (I - J) d = r for the step; whether that can be done.
    fn factor(
        &mut self,
        rule: &SystemRule,
        derivatives: &[Derivative],
        slope: impl Fn(usize) -> f64,
    ) -> bool {
        let unknowns = rule.unknowns;
        let cells = self.matrix.cells_mut();
        cells.fill(0.0);
        cells.iter_mut().step_by(unknowns + 1).for_each(|cell| *cell = 1.0);
        for (place, derivative) in derivatives.iter().enumerate() {
            cells[derivative.formula as usize * unknowns + derivative.unknown as usize] -= slope(place);
        }
        let done = self.matrix.factor();
        if done {
            self.matrix.solve(&mut self.vector);
        }
        done
    }

    /// Whether all that is left at the accepted x may be what rounding leaves of terms that cancel.
    fn is_rounding(&self, lane: usize) -> bool {
        (0..self.x.len()).all(|k| {
            let most = self.rounding[k][lane];
            let is_within = |size: &Vec<[f64; LANES]>| size[k][lane].abs() <= most;
            self.gap[k][lane] == 0.0 || [&self.best, &self.gap, &self.step].into_iter().all(is_within)
        })
    }

    /// Halves the step, or in the end puts f(x) in the place of x.
    fn try_less(&mut self, lane: usize) {
        if self.halvings[lane] > MOST_HALVINGS {
            self.state[lane] = LaneState::Failed;
            return;
        }
        if self.halvings[lane] == MOST_HALVINGS && self.is_rounding(lane) {
            self.x.iter_mut().zip(&self.best).for_each(|(x, best)| x[lane] = best[lane]);
            self.state[lane] = LaneState::Solved;
            return;
        }
        self.halvings[lane] += 1;
        self.share[lane] *= 0.5;
        let share = self.share[lane];
        let substitutes = self.halvings[lane] > MOST_HALVINGS;
        for k in 0..self.x.len() {
            let step = if substitutes { self.gap[k][lane] } else { share * self.step[k][lane] };
            self.x[k][lane] = self.best[k][lane] + step;
        }
    }

    /// One evaluation of substitution.
    fn substitute(&mut self, rule: &SystemRule, formulas: &impl Formulas<LANES>, lane: usize) {
        let (mut change, mut is_finite) = (0.0, true);
        for k in 0..rule.unknowns {
            let (x, next) = (self.x[k][lane], formulas.value(k)[lane]);
            is_finite &= next.is_finite() && x.is_finite();
            change = max(change, relative_distance(x, next));
            self.x[k][lane] = next;
        }
        if !is_finite {
            self.state[lane] = LaneState::Failed;
            return;
        }
        // Changes that shrink by this factor add up to so many times the last one.
        let shrinking = change / self.distance[lane];
        let rest = if shrinking < 1.0 { max(1.0, shrinking / (1.0 - shrinking)) } else { f64::INFINITY };
        let is_first = self.state[lane] == LaneState::New;
        self.state[lane] = LaneState::Going;
        self.distance[lane] = change;
        if change == 0.0 || (!is_first && change * rest <= rule.tolerance) {
            self.state[lane] = LaneState::Solved;
        }
    }
}

/// Where an unknown starts on all lanes.
fn started<const LANES: usize>(
    rule: &SystemRule,
    unknown: usize,
    start: &impl Fn(usize) -> [f64; LANES],
) -> [f64; LANES] {
    let otherwise = rule.otherwise.get(unknown).copied().unwrap_or(f64::NAN);
    start(unknown).map(|x| if x.is_nan() { otherwise } else { x })
}

/// How far two numbers lie from each other, relative to the larger one.
fn relative_distance(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { (a - b).abs() / max(a.abs(), b.abs()) }
}

/// A distance relative to a scale; none where both are zero.
fn ratio(distance: f64, scale: f64) -> f64 {
    if distance == 0.0 { 0.0 } else { distance / scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formulas of one unknown with their derivative.
    struct One<const LANES: usize> {
        of: fn(f64) -> (f64, f64),
        value: [f64; LANES],
        slope: [f64; LANES],
    }

    impl<const LANES: usize> Formulas<LANES> for One<LANES> {
        fn evaluate(&mut self, x: &[[f64; LANES]]) {
            for (lane, x) in x[0].iter().enumerate() {
                (self.value[lane], self.slope[lane]) = (self.of)(*x);
            }
        }

        fn value(&self, _formula: usize) -> &[f64; LANES] {
            &self.value
        }

        fn derivative(&self, _place: usize) -> &[f64; LANES] {
            &self.slope
        }
    }

    fn solved<const LANES: usize>(
        of: fn(f64) -> (f64, f64),
        newton: bool,
        start: [f64; LANES],
    ) -> ([f64; LANES], [Option<u32>; LANES]) {
        let slope = Derivative { formula: 0, unknown: 0, slope: Slope::Evaluated(0) };
        let rule = SystemRule::new(1, newton.then(|| vec![slope]), 1e-12, 100);
        let mut solver = SystemSolver::<LANES>::default();
        let mut formulas = One { of, value: [0.0; LANES], slope: [0.0; LANES] };
        solver.solve(&rule, |_| start, &mut formulas, None);
        (solver.solution()[0], std::array::from_fn(|lane| solver.iterations(lane)))
    }

    fn omega(x: f64) -> (f64, f64) {
        let f = crate::num::exp(-x);
        (f, -f)
    }

    #[test]
    fn the_omega_constant_is_found_by_both_ways() {
        // x e^x = 1 at 0.567143290409783873 (OEIS A030178).
        for newton in [true, false] {
            let ([x], [iterations]) = solved(omega, newton, [1.0]);
            assert!((x - 0.567_143_290_409_783_9).abs() < 1e-12, "{x}");
            assert!(iterations.unwrap() <= if newton { 6 } else { 60 }, "{iterations:?}");
        }
    }

    #[test]
    fn a_lane_has_the_bits_that_it_has_alone() {
        let starts = [1.0, -3.0, 700.0, 0.567, f64::NAN];
        for newton in [true, false] {
            let (joint, times) = solved(omega, newton, starts);
            for (lane, start) in starts.into_iter().enumerate() {
                let ([alone], [time]) = solved(omega, newton, [start]);
                assert_eq!((alone.to_bits(), time), (joint[lane].to_bits(), times[lane]), "{start}");
            }
            assert!(joint[4].is_nan() && times[4].is_none());
        }
    }

    /// x = 3 (e^-x - 1) at 0 alone: near it the formula is a multiple of what rounds 1, which is never small beside x.
    #[test]
    fn a_solution_that_is_zero_is_found() {
        let of = |x: f64| (3.0 * (crate::num::exp(-x) - 1.0), -3.0 * crate::num::exp(-x));
        let ([x], [iterations]) = solved(of, true, [1.0]);
        assert!(x.abs() < 1e-14 && iterations.is_some(), "{x} {iterations:?}");
        // Rounding keeps this one from being zero at zero: 0.1 + 0.2 - 0.3 is 5.6e-17.
        let of = |x: f64| {
            let e = crate::num::exp(-x);
            (7.0 * (e - 1.0) + (0.1 + 0.2 - 0.3), -7.0 * e)
        };
        let ([x], [iterations]) = solved(of, true, [1.0]);
        assert!(x.abs() < 1e-14 && iterations.is_some(), "{x} {iterations:?}");
    }

    /// x = tanh(3 x) + 0.6 has one solution. From -0.1 Newton's method is caught beside it, where 1 - 3 / cosh² is zero; f(f(f(…)))
    /// goes there.
    #[test]
    fn where_newtons_method_is_caught_substitution_goes_on() {
        let of = |x: f64| {
            let t = crate::num::tanh(3.0 * x);
            (t + 0.6, 3.0 * (1.0 - t * t))
        };
        // By bisection of x - tanh(3 x) - 0.6 over [1, 2], in plain arithmetic.
        let (mut low, mut high) = (1.0_f64, 2.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if middle - crate::num::tanh(3.0 * middle) < 0.6 { low = middle } else { high = middle }
        }
        for start in [-0.1, -0.3, -0.5, -1.0, 0.3, 2.0] {
            let ([x], [iterations]) = solved(of, true, [start]);
            assert!((x - low).abs() < 1e-11 && iterations.is_some(), "{start}: {x}, not {low}");
        }
    }

    #[test]
    fn what_starts_at_no_number_starts_where_it_is_said() {
        let slope = Derivative { formula: 0, unknown: 0, slope: Slope::Evaluated(0) };
        let rule = SystemRule { otherwise: vec![1.0], ..SystemRule::new(1, Some(vec![slope]), 1e-12, 100) };
        let mut solver = SystemSolver::<1>::default();
        let mut formulas = One { of: omega, value: [0.0; 1], slope: [0.0; 1] };
        solver.solve(&rule, |_| [f64::NAN], &mut formulas, None);
        assert!((solver.solution()[0][0] - 0.567_143_290_409_783_9).abs() < 1e-12);
    }

    #[test]
    fn where_there_is_no_solution_none_is_found() {
        // x = x + 1, and x = 1 + x^2, whose solutions are complex.
        for of in [(|x| (x + 1.0, 1.0)) as fn(f64) -> (f64, f64), |x| (1.0 + x * x, 2.0 * x)] {
            for newton in [true, false] {
                let ([x], [iterations]) = solved(of, newton, [2.0]);
                assert!(x.is_nan() && iterations.is_none());
            }
        }
    }

    #[test]
    fn a_step_that_leads_away_is_halved() {
        // For x = x - arctan-like x / sqrt(1 + x^2), Newton's whole step from 2 leads to -8 and away.
        let of = |x: f64| {
            let root = (1.0 + x * x).sqrt();
            (x - x / root, 1.0 - 1.0 / (root * root * root))
        };
        let ([x], [iterations]) = solved(of, true, [2.0]);
        assert!(x.abs() < 1e-12 && iterations.is_some(), "{x}");
    }

    #[test]
    fn constant_derivatives_solve_a_linear_system_in_two_evaluations() {
        struct Linear([[f64; 1]; 2]);
        impl Formulas<1> for Linear {
            fn evaluate(&mut self, x: &[[f64; 1]]) {
                let (x, y) = (x[0][0], x[1][0]);
                self.0 = [[0.5 * y + 1.0], [0.25 * x + 2.0]];
            }
            fn value(&self, formula: usize) -> &[f64; 1] {
                &self.0[formula]
            }
            fn derivative(&self, _place: usize) -> &[f64; 1] {
                unreachable!("all are constant")
            }
        }
        let derivative = |formula, unknown, x| Derivative { formula, unknown, slope: Slope::Constant(x) };
        let rule = SystemRule::new(2, Some(vec![derivative(0, 1, 0.5), derivative(1, 0, 0.25)]), 1e-10, 100);
        let mut solver = SystemSolver::<1>::default();
        solver.solve(&rule, |_| [0.0], &mut Linear([[0.0]; 2]), None);
        // x = 2/0.875, y = 2.25/0.875.
        assert!((solver.solution()[0][0] - 2.0 / 0.875).abs() < 1e-14);
        assert!((solver.solution()[1][0] - 2.25 / 0.875).abs() < 1e-14);
        assert_eq!(solver.iterations(0), Some(2));
        assert!(rule.is_linear());
    }
}
