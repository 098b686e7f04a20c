//! What two policies buy, on the same draws: `cargo run --release --example policies`.

use plancast::text::Language;
use plancast::{Options, Study, StudyError};

/// A town that saves a share of what it earns.
const TOWN: &str = r#"
[scenario]
id = "today"

[time]
start = 2025
end = 2035

[parameters]
saved = { value = "20%", unit = "1", title = "Share of income that is saved" }

[shocks]
luck = { dist = "normal(0, 2%)", unit = "1" }

[variables]
income = { start = "100", formula = "prev(income) * (1 + 0.25 * saved - 2% + luck)", unit = "1", report = true }

[targets]
well_off = { require = "income@2035 >= 140" }
"#;

fn main() -> Result<(), StudyError> {
    let today = Study::from_text("town", TOWN)?;
    let thrifty = Study::from_text("town", &TOWN.replace("\"today\"", "\"thrifty\""))?.set("saved", "22%")?;
    let options = Options::default().paths(20_000);
    let comparison = today.compare(&[&thrifty], &options)?;
    for summary in comparison.summaries() {
        println!("{:8} {}", summary.scenario.id, summary.targets["well_off"].probability.words(Language::En));
    }
    let gained = &comparison.alternatives[0].difference.targets["well_off"];
    println!("the difference is {:+.1} percentage points", 100.0 * gained.change);
    Ok(())
}
