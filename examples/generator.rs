//! Scenarios that a program writes: one for each number of sectors, `cargo run --release --example generator`.

use std::fmt::Write;

use plancast::text::Language;
use plancast::{Options, Study, StudyError};

/// A scenario of so many sectors that grow by chance, and the target that their sum grows by half.
fn scenario(sectors: usize) -> String {
    let mut text = String::from(
        r#"
[time]
start = 2025
end = 2035

[sets.sector]
title = "Sector"

[shocks]
luck = { over = "sector", dist = "normal(4%, 5%)", unit = "1" }

[variables]
"output[sector]" = { start = "1", formula = "prev(output[sector]) * (1 + luck[sector])", unit = "1" }
total = { formula = "sum(sector: output[sector])", unit = "1", report = true }

[targets]
half_more = { require = "total@2035 >= 1.5 * total@2025" }

[sector]
"#,
    );
    for number in 1..=sectors {
        let _ = writeln!(text, "s{number}.title = \"Sector {number}\"");
    }
    text
}

fn main() -> Result<(), StudyError> {
    for sectors in [1, 4, 16] {
        let study = Study::from_text("generated", &scenario(sectors))?;
        let run = study.run(&Options::default().paths(20_000).drivers(false))?;
        println!("{sectors:2} sectors: {}", run.probability("half_more")?.words(Language::En));
    }
    Ok(())
}
