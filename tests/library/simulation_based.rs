//! Simulation-based calibration (S. Talts, M. Betancourt, D. Simpson, A. Vehtari and A. Gelman 2018): where a truth is drawn from
//! the priors and a record from the truth, what is concluded from the record puts the truth at a rank that is uniform.
//!
//! Truths and records are drawn by this file's own generator. The distance of Kolmogorov and Smirnov times the root of the number of
//! ranks is above 1.95 with a probability below 0.001.

use plancast::analysis::fit::{FitRequest, fit};
use plancast::scenario::load;
use plancast::{Options, Study, StudyError};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

fn repeated(few: u64) -> u64 {
    if std::env::var_os("PLANCAST_LONG").is_some() { 200 } else { few }
}

fn normal(random: &mut StdRng) -> f64 {
    let (u, v): (f64, f64) = (random.random::<f64>().max(1e-300), random.random());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

fn are_uniform(what: &str, mut ranks: Vec<f64>) {
    ranks.sort_by(f64::total_cmp);
    let n = ranks.len() as f64;
    let off = |(place, rank): (usize, &f64)| (rank - place as f64 / n).max((place + 1) as f64 / n - rank);
    let distance = ranks.iter().enumerate().map(off).fold(0.0, f64::max);
    let tenths: Vec<usize> = (0..10)
        .map(|k| ranks.iter().filter(|rank| (**rank * 10.0).floor().min(9.0) == f64::from(k)).count())
        .collect();
    println!("{what}: {n} ranks, by tenths {tenths:?}, distance {:.2} of 1.95", distance * n.sqrt());
    assert!(distance * n.sqrt() < 1.95, "{what}: {ranks:?}");
}

/// Growth with an unknown trend and an unknown volatility, observed as a level for three years: neither linear nor normal.
#[test]
fn ranks_of_the_truth_are_uniform_after_a_record() {
    let (mut trends, mut nexts) = (Vec::new(), Vec::new());
    for seed in 1..=repeated(24) {
        let random = &mut StdRng::seed_from_u64(seed);
        let (trend, v) = (0.02 + 0.03 * normal(random), -3.0 + 0.5 * normal(random));
        let mut level = 100.0;
        let mut step = |random: &mut StdRng| {
            level *= (trend + v.exp() * normal(random)).exp();
            level
        };
        let mut observe = |random: &mut StdRng| step(random) + 2.0 * normal(random);
        let record = [observe(random), observe(random), observe(random)];
        let next = step(random);
        let text = format!(
            "[time]\nstart = 2020\nend = 2024\n[parameters]\ntrend = \"normal(0.02, 0.03)\"\nv = \"normal(-3, 0.5)\"\n[shocks]\neps = \"normal(0, 1)\"\n[variables]\nlevel = {{ start = \"100\", formula = \"prev(level) * exp(trend + exp(v) * eps)\", report = true }}\nof_trend = {{ formula = \"trend\" }}\n[targets]\nbelow = \"of_trend@2024 <= {trend}\"\nnext = \"level@2024 <= {next}\"\n[observations.level]\nvalues = {{ 2021 = {}, 2022 = {}, 2023 = {} }}\nsd = 2\n",
            record[0], record[1], record[2]
        );
        let study = Study::from_text("test", &text).unwrap();
        let options = Options::default().paths(4_000).seed(seed).drivers(false).allow_implausible(true);
        // No record is left out because it is a rare one.
        let found = match study.run(&options) {
            Err(StudyError::FewEffectivePaths { needed, .. }) => study.run(&options.paths(needed)),
            found => found,
        };
        let found = found.unwrap_or_else(|error| panic!("{seed}: {error}"));
        trends.push(found.probability("below").unwrap().probability);
        nexts.push(found.probability("next").unwrap().probability);
    }
    are_uniform("trend after a record", trends);
    are_uniform("the next year after a record", nexts);
}

/// Twenty years of an autoregression whose mean, persistence and volatility are drawn from the priors.
#[test]
fn ranks_of_the_truth_are_uniform_after_a_fit() {
    let mut ranks: [Vec<f64>; 3] = Default::default();
    for seed in 1..=repeated(24) {
        let random = &mut StdRng::seed_from_u64(1000 + seed);
        let truth =
            [6.0 + 2.0 * normal(random), 0.9 * random.random::<f64>(), 0.5 + 3.5 * random.random::<f64>()];
        let [mean, coefficient, sd] = truth;
        let mut off = sd / (1.0 - coefficient * coefficient).sqrt() * normal(random);
        let years: Vec<String> = (2001..=2020)
            .map(|year| {
                let written = format!("{year} = {}", mean + off);
                off = coefficient * off + sd * normal(random);
                written
            })
            .collect();
        let text = format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\ntrend = 'normal(6, 2)'\npersistence = 'uniform(0, 0.9)'\nvolatility = 'uniform(0.5, 4)'\n[shocks]\nnews = 'normal(0, 1)'\n[variables]\ngrowth = {{ start = '6', formula = 'trend + persistence * (prev(growth) - trend) + volatility * news', report = true }}\n[history.growth]\nvalues = {{ {} }}\n[fit.cycle]\nof = 'growth'\nmethod = 'ar1'\ndraws = 500\nfree = {{ mean = 'trend', coefficient = 'persistence', sd = 'volatility' }}\n",
            years.join(", ")
        );
        let loaded = load::from_text("town", &text);
        assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
        let found = fit(&loaded.scenario, FitRequest { seed, diagnostics: false })
            .unwrap_or_else(|error| panic!("{seed}: {error:?}"));
        for (place, input) in ["trend", "persistence", "volatility"].into_iter().enumerate() {
            let draws = found[0].draws.column(input).unwrap();
            let below = draws.iter().filter(|draw| **draw < truth[place]).count();
            ranks[place].push((below as f64 + 0.5) / (draws.len() as f64 + 1.0));
        }
    }
    let [means, coefficients, sds] = ranks;
    are_uniform("mean after a fit", means);
    are_uniform("coefficient after a fit", coefficients);
    are_uniform("volatility after a fit", sds);
}
