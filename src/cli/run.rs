//! `plancast run`: from files to odds.

use super::arguments::RunOptions;
use super::{Failure, Outcome, diagnose};
use crate::engine::{self, Request, Watch};
use crate::model::{Model, Record, compile};
use crate::scenario::{Loaded, load};

pub fn run(options: &RunOptions) -> Outcome {
    for name in &options.scenarios {
        let mut loaded = load(name, &options.overrides.set);
        let model = model(&mut loaded, &Record::Headlines)?;
        let request = Request { seed: options.seed, paths: options.paths, threads: options.threads };
        let t = std::time::Instant::now();
        let ensemble = engine::simulate(&model.program, &[], &request, Watch::default()).map_err(|error| Failure::Machine(error.to_string()))?;
        eprintln!("{} instr {} slots {} series {:?}", model.program.instructions.len(), model.program.slots, model.program.series, t.elapsed());
        for (k, target) in model.labels.targets.iter().enumerate() {
            println!("{:30} {:.4}", target.name, ensemble.odds.met[k] as f64 / options.paths as f64);
        }
        for v in &model.labels.variables {
            println!("{:30} {:?}", v.name, v.central);
        }
    }
    Ok(())
}

fn model(loaded: &mut Loaded, record: &Record) -> Result<Model, Failure> {
    let model = compile(&loaded.scenario, record, &mut loaded.problems);
    loaded.problems.sort();
    diagnose::report(&loaded.files, &loaded.problems);
    model.ok_or(Failure::Input)
}
