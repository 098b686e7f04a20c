//! Figures of runs as files: which are asked for, in which colours and of which kind.

use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::arguments::Charts;
use super::{CommandResult, Failure};
use plancast::chart::{Palette, embed, font, picture};
use plancast::report::RenderedFigure;
use plancast::report::figure::source_words;
use plancast::scenario::Scenario;
use plancast::study::{self, File, Sample};
use plancast::text::{Language, Message};
use plancast::{message, tr};

/// Dots per inch that pictures are made for, as a multiple of the drawing's own size.
const PICTURE_SCALE: f32 = 2.0;

/// The files of figures.
pub(super) fn files(
    drawn: &[RenderedFigure],
    charts: Charts,
    palette: Palette,
) -> Result<Vec<File>, Message> {
    let one = |figure: &RenderedFigure| -> Result<(Vec<File>, Vec<char>), Message> {
        let svg = palette.recolour(&figure.svg);
        let (mut files, lacking) = if matches!(charts, Charts::Png | Charts::Both) {
            let (png, lacking) = picture::png(&svg, PICTURE_SCALE).map_err(|error| error.message())?;
            (vec![(format!("charts/{}.png", figure.name), png)], lacking)
        } else {
            (Vec::new(), picture::lacking(&svg))
        };
        if matches!(charts, Charts::Svg | Charts::Both) {
            files.push((format!("charts/{}.svg", figure.name), embed::with_letters(&svg).into_bytes()));
        }
        Ok((files, lacking))
    };
    let each: Vec<(Vec<File>, Vec<char>)> = drawn.par_iter().map(one).collect::<Result<_, _>>()?;
    let (files, lacking): (Vec<Vec<File>>, Vec<Vec<char>>) = each.into_iter().unzip();
    warn(lacking.concat());
    Ok(files.concat())
}

/// Writes a figure into a file that was named: PNG where its name ends so, else SVG.
pub(super) fn write(path: &Path, svg: &str) -> CommandResult {
    let is_png = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
    let bytes = if is_png {
        let (png, lacks) =
            picture::png(svg, PICTURE_SCALE).map_err(|error| Failure::Machine(error.message()))?;
        warn(lacks);
        png
    } else {
        warn(picture::lacking(svg));
        embed::with_letters(svg).into_bytes()
    };
    super::write_file(path, bytes)
}

/// The foot of a figure that answers a question about a scenario.
pub(super) fn footer(scenario: &Scenario, sample: Sample, language: Language) -> String {
    let (id, seed) = (&scenario.id, sample.seed);
    let foot = tr!(language, "report-figure-footer", id = id, paths = sample.paths, seed = seed.to_string());
    foot + &source_words(&study::source(scenario, language), language)
}

/// Says which characters no font on this machine has.
fn warn(mut lacking: Vec<char>) {
    lacking.sort_unstable();
    lacking.dedup();
    if !lacking.is_empty() {
        let shown = |c: &char| Message::verbatim(format!("{c} (U+{:04X})", u32::from(*c)));
        let letters: Vec<Message> = lacking.iter().map(shown).collect();
        super::warn(message!("cli-figures-letters", family = font::FAMILY, letters = letters));
    }
}
