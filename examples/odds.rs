//! How likely each target of a plan is: `cargo run --release --example odds`.

use plancast::text::Language;
use plancast::{Options, Study, StudyError};

fn main() -> Result<(), StudyError> {
    let study = Study::open("plan")?;
    let run = study.run(&Options::default().paths(20_000).drivers(false))?;
    for (name, target) in run.summary.ordered_targets().take(10) {
        println!("{name:32} {}", target.probability.words(Language::En));
    }
    Ok(())
}
