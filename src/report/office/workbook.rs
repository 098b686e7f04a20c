//! The workbook: goals, targets, bands, metrics, drivers, assumptions, a sheet each, and the figures as pictures.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Image, Workbook, Worksheet,
};
use unicode_width::UnicodeWidthStr;

use super::{OfficeError, Picture, pictures};
use crate::report::figure::{target_title, variable_title};
use crate::report::page::{PageContent, PageFigure, heading, summaries};
use crate::report::side_by_side::title;
use crate::report::{goals, lead, scorecard, wording};
use crate::result::Summary;
use crate::result::summary::{Assumption, Estimate, MetricSummary, Probability, VariableSummary};
use crate::text::number::{exponent, fixed, hundredth};
use crate::text::unit::{self, Shown};
use crate::text::{Language, period, visible};
use crate::tr;

/// A cell of a table.
enum Cell {
    Empty,
    Text(String),
    /// A number and how it is shown.
    Number(f64, String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// A share as per cent.
fn share(value: Option<f64>, decimals: usize) -> Cell {
    let format = if decimals == 0 { "0%".to_owned() } else { format!("0.{}%", "0".repeat(decimals)) };
    value.map_or(Cell::Empty, |value| number(value, format))
}

/// A number that may be infinite, which no number of a workbook is.
fn number(value: f64, format: String) -> Cell {
    if value.is_finite() { Cell::Number(value, format) } else { Cell::Text(fixed(value, 0)) }
}

/// How numbers are shown: with so many decimals.
fn with_decimals(decimals: i32) -> String {
    let decimals = decimals.clamp(0, 15) as usize;
    if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) }
}

/// How numbers that stand beside each other are shown: with the digits by which they differ, and two more.
fn format_of(values: &[f64], is_year: bool) -> String {
    if is_year {
        return "0".to_owned();
    }
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let largest = finite().map(f64::abs).fold(0.0, crate::num::max);
    let estimates: Vec<Estimate> =
        finite().map(|value| Estimate { value: Some(value), error: None }).collect();
    let spread = Estimate::spread(&estimates);
    if largest != 0.0 && !(-6..12).contains(&exponent(largest)) {
        return "0.000E+00".to_owned();
    }
    if spread > 0.0 { with_decimals(2 - exponent(spread)) } else { with_decimals(3 - exponent(largest)) }
}

/// A column: its head, and its width in letters.
type Column = (String, f64);

fn column(head: &str, width: f64) -> Column {
    (head.to_owned(), width)
}

/// Results as a workbook of Excel (.xlsx).
///
/// # Errors
/// When a figure cannot be made a picture, or there is more than a workbook holds.
pub fn workbook(content: &PageContent, language: Language) -> Result<Vec<u8>, OfficeError> {
    let runs = summaries(content);
    let mut workbook = Workbook::new();
    // The day is a fixed one, lest the same results give other bytes tomorrow.
    let properties = DocProperties::new()
        .set_title(heading(content, language))
        .set_author("plancast")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    workbook.push_worksheet(brief(&runs, language)?);
    let tables = [
        goals_table(&runs, language),
        targets(&runs, language),
        changes(content, language),
        bands(&runs, language),
        metrics(&runs, language),
        drivers(&runs, language),
        assumptions(&runs, language),
    ];
    for table in tables.into_iter().filter(|table| !table.rows.is_empty()) {
        workbook.push_worksheet(table.sheet()?);
    }
    let beside = content.comparison.iter().flat_map(|(_, figures)| figures.iter());
    let figures: Vec<&PageFigure> = beside.chain(content.figures.iter().flatten()).collect();
    if !figures.is_empty() {
        workbook.push_worksheet(drawn(&pictures(&figures)?, language)?);
    }
    Ok(workbook.save_to_buffer()?)
}

/// A sheet's table.
struct Table {
    name: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    fn sheet(self) -> Result<Worksheet, OfficeError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.name)?;
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(0xE8ECF0))
            .set_border_bottom(FormatBorder::Medium);
        let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (column, (title, width)) in (0..).zip(&self.columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, title, &head)?;
        }
        let heads = self.columns.iter().map(|(title, width)| lines(title, *width));
        sheet.set_row_height(0, height(heads))?;
        for (row, cells) in (1..).zip(&self.rows) {
            let needed = cells.iter().zip(&self.columns).map(|(cell, (_, width))| match cell {
                Cell::Text(text) => lines(text, *width),
                Cell::Empty | Cell::Number(..) => 1,
            });
            sheet.set_row_height(row, height(needed))?;
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Empty => {}
                    Cell::Text(text) => {
                        sheet.write_string_with_format(row, column, written(text), &words)?;
                    }
                    Cell::Number(value, shown) => {
                        let format = Format::new().set_num_format(shown).set_align(FormatAlign::Top);
                        sheet.write_number_with_format(row, column, *value, &format)?;
                    }
                }
            }
        }
        let last = (self.rows.len() as u32, self.columns.len() as u16 - 1);
        sheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.autofilter(0, 0, last.0, last.1)?;
        for_print(&mut sheet);
        Ok(sheet)
    }
}

/// How many lines a text takes in a column so many letters wide. Not every program looks for that itself.
fn lines(text: &str, width: f64) -> usize {
    let of_line = |line: &str| ((1.1 * line.width() as f64 / (width - 1.0)).ceil() as usize).max(1);
    text.lines().map(of_line).sum::<usize>().max(1)
}

/// The height of a row in points whose cells take so many lines: not more than a sheet knows.
fn height(lines: impl Iterator<Item = usize>) -> f64 {
    let lines = lines.max().unwrap_or(1).min(27);
    15.0 * lines as f64
}

/// A text as a cell takes it: without control characters, and not too long.
fn written(text: &str) -> String {
    visible::lines(text).chars().take(32_000).collect()
}

/// On A4, as wide as the sheet.
fn for_print(sheet: &mut Worksheet) {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
}

/// The width of a column of sentences, in letters.
const WIDE: f64 = 110.0;

/// The first sheet: what the results come to in words, and how they came about.
fn brief(runs: &[&Summary], language: Language) -> Result<Worksheet, OfficeError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(tr!(language, "report-office-brief"))?.set_column_width(0, WIDE)?;
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let strong = words.clone().set_bold();
    let large = strong.clone().set_font_size(16);
    let mut row = 0;
    let mut write = |text: &str, format: &Format| -> Result<(), OfficeError> {
        sheet.write_string_with_format(row, 0, written(text), format)?;
        if format == &large {
            sheet.set_row_height(row, 24)?;
        } else {
            sheet.set_row_height(row, height(std::iter::once(lines(text, WIDE))))?;
        }
        row += 1;
        Ok(())
    };
    for run in runs {
        write(title(&run.scenario, language), &large)?;
        let region = run.scenario.region.get(language);
        for line in [region, run.scenario.summary.get(language).trim()] {
            if !line.is_empty() {
                write(line, &words)?;
            }
        }
        if let Some(lead) = lead::sentence(run, language) {
            write(&lead, &strong)?;
        }
        for sentence in wording::sentences(run, language) {
            write(&sentence, &words)?;
        }
        if let Some(condition) = goals::condition(run, language) {
            write(&condition, &words)?;
        }
        write("", &words)?;
        write(tr!(language, "report-page-method"), &strong)?;
        for paragraph in wording::method(run, language) {
            write(&paragraph, &words)?;
        }
        write("", &words)?;
    }
    for_print(&mut sheet);
    Ok(sheet)
}

/// Probability, standard error and the ends of the interval; of what is decided only that it is.
fn chance(known: &Probability, language: Language) -> [Cell; 5] {
    let open = |value: Option<f64>| share(value.filter(|_| known.decided.is_none()), 2);
    let decided = known.decided.map_or("", |decided| decided.words(language));
    let numbers =
        [Some(known.probability), known.standard_error, Some(known.low), Some(known.high)].map(open);
    let [probability, error, low, high] = numbers;
    [probability, error, low, high, decided.into()]
}

fn chance_columns(language: Language) -> [Column; 5] {
    [
        column(tr!(language, "report-page-odds"), 12.0),
        column(tr!(language, "report-office-error"), 12.0),
        column(tr!(language, "report-office-low"), 12.0),
        column(tr!(language, "report-office-high"), 12.0),
        column(tr!(language, "report-office-decided"), 16.0),
    ]
}

fn goals_table(runs: &[&Summary], language: Language) -> Table {
    let led = runs.first().map_or_else(Vec::new, |first| scorecard::headline(first));
    let mut rows = Vec::new();
    for (name, goal) in led {
        for run in runs {
            let Some(target) = run.targets.get(name) else { continue };
            let said = scorecard::words(&target.probability, language);
            let mut row: Vec<Cell> =
                vec![target_title(name, goal, language).into(), title(&run.scenario, language).into()];
            row.push(said.into());
            row.extend(chance(&target.probability, language));
            rows.push(row);
        }
    }
    let mut columns = vec![
        column(tr!(language, "report-page-target"), 50.0),
        column(tr!(language, "report-office-scenario"), 24.0),
        column(tr!(language, "report-office-words"), 26.0),
    ];
    columns.extend(chance_columns(language));
    Table { name: tr!(language, "report-office-goals"), columns, rows }
}

fn targets(runs: &[&Summary], language: Language) -> Table {
    let mut rows = Vec::new();
    for run in runs {
        for (name, target) in run.ordered_targets() {
            let mut row: Vec<Cell> =
                vec![target_title(name, target, language).into(), title(&run.scenario, language).into()];
            row.extend(chance(&target.probability, language));
            let goal = run.targets.get(&target.variant_of);
            let source = run.assumptions.sources.get(&target.source);
            row.extend([
                crate::text::group::title(&target.group, language).into(),
                goal.map_or("", |goal| target_title(&target.variant_of, goal, language)).into(),
                Cell::from(target.require.as_str()),
                source.map_or(target.source.as_str(), |source| source.title.get(language)).into(),
                target.note.get(language).trim().into(),
                name.into(),
            ]);
            rows.push(row);
        }
    }
    let mut columns = vec![
        column(tr!(language, "report-page-target"), 50.0),
        column(tr!(language, "report-office-scenario"), 24.0),
    ];
    columns.extend(chance_columns(language));
    columns.extend([
        column(tr!(language, "report-office-group"), 16.0),
        column(tr!(language, "report-office-reading"), 30.0),
        column(tr!(language, "report-office-condition"), 40.0),
        column(tr!(language, "report-page-source"), 40.0),
        column(tr!(language, "report-office-note"), 50.0),
        column(tr!(language, "report-office-name"), 24.0),
    ]);
    Table { name: tr!(language, "report-page-targets"), columns, rows }
}

/// How the probabilities change from the reference, where runs were simulated together.
fn changes(content: &PageContent, language: Language) -> Table {
    let mut rows = Vec::new();
    if let Some((comparison, _)) = content.comparison {
        for alternative in &comparison.alternatives {
            for (name, target) in alternative.difference.ordered_targets() {
                let heading = Some(target.title.get(language)).filter(|title| !title.is_empty());
                let points = |value: f64| number(100.0 * value, "+0.00;-0.00;0.00".to_owned());
                rows.push(vec![
                    heading.unwrap_or(name).into(),
                    title(&alternative.summary.scenario, language).into(),
                    points(target.change),
                    points(target.low),
                    points(target.high),
                    name.into(),
                ]);
            }
        }
    }
    let columns = vec![
        column(tr!(language, "report-page-target"), 50.0),
        column(tr!(language, "report-office-scenario"), 24.0),
        column(tr!(language, "report-page-change"), 14.0),
        column(tr!(language, "report-office-low"), 12.0),
        column(tr!(language, "report-office-high"), 12.0),
        column(tr!(language, "report-office-name"), 24.0),
    ];
    Table { name: tr!(language, "report-office-changes"), columns, rows }
}

/// The heads of quantiles, by their levels in the results.
fn levels(runs: &[&Summary]) -> Vec<String> {
    let variable = runs.iter().flat_map(|run| run.variables.values()).next();
    let metric = runs.iter().flat_map(|run| run.metrics.values()).next();
    let of_variable = variable.map(|variable| variable.quantiles.keys().cloned().collect());
    of_variable
        .or_else(|| metric.map(|metric| metric.quantiles.keys().cloned().collect()))
        .unwrap_or_default()
}

fn level_heads(levels: &[String], language: Language) -> Vec<String> {
    let head = |level: &String| match level.as_str() {
        "0.5" => tr!(language, "report-page-median").to_owned(),
        level => {
            let percent = level
                .parse::<f64>()
                .map_or_else(|_| level.to_owned(), |share| crate::text::number::trimmed(100.0 * share, 6));
            tr!(language, "report-page-level", level = percent)
        }
    };
    levels.iter().map(head).collect()
}

/// Statistics in the unit in which they are shown, with the digits by which they differ.
fn numbers(values: &[Option<f64>], shown: &Shown) -> Vec<Cell> {
    let scaled: Vec<Option<f64>> =
        values.iter().map(|value| value.map(|value| value * shown.factor)).collect();
    let known: Vec<f64> = scaled.iter().copied().flatten().collect();
    let format = format_of(&known, shown.is_year);
    scaled.into_iter().map(|value| value.map_or(Cell::Empty, |value| number(value, format.clone()))).collect()
}

/// A year as a number; a quarter or month as it is called.
fn period_cell(year: i32) -> Cell {
    let label = period::label(year);
    match label.parse::<i32>() {
        Ok(number) => Cell::Number(f64::from(number), "0".to_owned()),
        Err(_) => label.into(),
    }
}

fn bands(runs: &[&Summary], language: Language) -> Table {
    let levels = levels(runs);
    let mut rows = Vec::new();
    for run in runs {
        for (name, variable) in run.ordered_variables() {
            let shown = variable.shown(language);
            for (place, year) in variable.years.iter().enumerate() {
                let mut row: Vec<Cell> = vec![
                    variable_title(run, name, language).into(),
                    title(&run.scenario, language).into(),
                    shown.unit.as_str().into(),
                    period_cell(*year),
                ];
                row.extend(numbers(&statistics(variable, place, &levels), &shown));
                row.push(name.into());
                rows.push(row);
            }
        }
    }
    let heads = level_heads(&levels, language);
    let start = runs.first().map_or(0, |run| run.scenario.start);
    let mut columns = vec![
        column(tr!(language, "report-office-variable"), 36.0),
        column(tr!(language, "report-office-scenario"), 24.0),
        column(tr!(language, "report-office-unit"), 16.0),
        column(period::heading(start, language), 8.0),
    ];
    columns.push(column(tr!(language, "report-page-mean"), 12.0));
    columns.extend(heads.into_iter().map(|head| (head, 12.0)));
    columns.push(column(tr!(language, "report-office-name"), 24.0));
    Table { name: tr!(language, "report-page-bands"), columns, rows }
}

fn statistics(variable: &VariableSummary, place: usize, levels: &[String]) -> Vec<Option<f64>> {
    let quantiles = levels.iter().map(|level| variable.quantile(level, place).value);
    [variable.mean_at(place).value].into_iter().chain(quantiles).collect()
}

fn metrics(runs: &[&Summary], language: Language) -> Table {
    let levels = levels(runs);
    let mut rows = Vec::new();
    for run in runs {
        for (name, metric) in run.ordered_metrics() {
            let shown = metric.shown(language);
            let heading = metric.title.or_name(name, language);
            let mut row: Vec<Cell> =
                vec![heading.into(), title(&run.scenario, language).into(), shown.unit.as_str().into()];
            row.extend(numbers(&statistics_of(metric, &levels), &shown));
            row.extend([share(Some(metric.never).filter(|never| *never > 0.0), 2), name.into()]);
            rows.push(row);
        }
    }
    let mut columns = vec![
        column(tr!(language, "report-office-metric"), 50.0),
        column(tr!(language, "report-office-scenario"), 24.0),
        column(tr!(language, "report-office-unit"), 16.0),
        column(tr!(language, "report-page-mean"), 12.0),
    ];
    columns.extend(level_heads(&levels, language).into_iter().map(|head| (head, 12.0)));
    columns.push(column(tr!(language, "report-office-never"), 12.0));
    columns.push(column(tr!(language, "report-office-name"), 24.0));
    Table { name: tr!(language, "report-office-metrics"), columns, rows }
}

fn statistics_of(metric: &MetricSummary, levels: &[String]) -> Vec<Option<f64>> {
    let quantiles = levels.iter().map(|level| metric.quantile(level).value);
    [metric.mean().value].into_iter().chain(quantiles).collect()
}

/// What drives each outcome: its inputs, the strongest first.
fn drivers(runs: &[&Summary], language: Language) -> Table {
    let mut rows = Vec::new();
    for run in runs {
        for (outcome, inputs) in &run.sensitivity {
            for input in inputs {
                rows.push(vec![
                    outcome_title(run, outcome, language).into(),
                    title(&run.scenario, language).into(),
                    input.title.or_name(&input.input, language).into(),
                    share(Some(input.first_order), 1),
                    share(Some(input.standard_error), 1),
                    input.grade.as_str().into(),
                    input.input.as_str().into(),
                ]);
            }
        }
    }
    let columns = vec![
        column(tr!(language, "report-office-outcome"), 50.0),
        column(tr!(language, "report-office-scenario"), 24.0),
        column(tr!(language, "report-page-input"), 40.0),
        column(tr!(language, "report-page-share"), 12.0),
        column(tr!(language, "report-office-error"), 12.0),
        column(tr!(language, "report-page-grade"), 8.0),
        column(tr!(language, "report-office-name"), 30.0),
    ];
    Table { name: tr!(language, "report-office-drivers"), columns, rows }
}

/// What an outcome is called: a target, a metric, or a variable in a year.
fn outcome_title(run: &Summary, outcome: &str, language: Language) -> String {
    if let Some(target) = run.targets.get(outcome) {
        return target_title(outcome, target, language).to_owned();
    }
    if let Some((name, year)) = outcome.rsplit_once('@') {
        return tr!(
            language,
            "report-lead-outcome",
            title = variable_title(run, name, language),
            year = year.to_owned()
        );
    }
    run.metrics.get(outcome).map_or(outcome, |metric| metric.title.or_name(outcome, language)).to_owned()
}

fn assumptions(runs: &[&Summary], language: Language) -> Table {
    let mut rows = Vec::new();
    for run in runs {
        let assumed = &run.assumptions;
        for value in &assumed.values {
            let source = assumed.sources.get(&value.source);
            let words = value.figures.iter().filter_map(|id| assumed.figures.get(id));
            let words: Vec<&str> = words.map(|figure| figure.words.get(language)).collect();
            rows.push(vec![
                value.title.or_name(&value.name, language).into(),
                title(&run.scenario, language).into(),
                as_written(value),
                unit::as_written(&value.unit, language).into(),
                source.map_or(value.source.as_str(), |source| source.title.get(language)).into(),
                assumed.grade(value).into(),
                words.join("\n").into(),
                value.note.get(language).trim().into(),
                value.name.as_str().into(),
            ]);
        }
    }
    let columns = vec![
        column(tr!(language, "report-page-value"), 40.0),
        column(tr!(language, "report-office-scenario"), 24.0),
        column(tr!(language, "report-page-written"), 30.0),
        column(tr!(language, "report-office-unit"), 16.0),
        column(tr!(language, "report-page-source"), 50.0),
        column(tr!(language, "report-page-grade"), 8.0),
        column(tr!(language, "report-office-quoted"), 40.0),
        column(tr!(language, "report-office-note"), 50.0),
        column(tr!(language, "report-office-name"), 30.0),
    ];
    Table { name: tr!(language, "report-office-assumptions"), columns, rows }
}

/// A number with the digits that it is written with, and per cent as per cent; a distribution as it is written.
fn as_written(value: &Assumption) -> Cell {
    let text = value.written.trim();
    let percent = text.strip_suffix('%').map(str::trim);
    let digits = percent.unwrap_or(text);
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match (percent, digits.parse::<f64>()) {
        (Some(digits), Ok(_)) if is_plain => share(hundredth(digits), decimals),
        (None, Ok(year)) if unit::is_calendar(&value.unit) => number(year, "0".to_owned()),
        (None, Ok(number)) if is_plain => Cell::Number(number, with_decimals(decimals as i32)),
        (None, Ok(value)) => number(value, "0.00E+00".to_owned()),
        _ => text.into(),
    }
}

/// How much of its size a figure has in the workbook: so that one fits on a screen.
const PART: f64 = 0.8;

/// Pixels of a row, where nothing else is said.
const ROW: f64 = 20.0;

/// The figures, one below the other, each under its title.
fn drawn(pictures: &[Picture], language: Language) -> Result<Worksheet, OfficeError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(tr!(language, "report-page-figures"))?;
    let strong = Format::new().set_bold();
    let mut row = 0;
    for picture in pictures {
        sheet.write_string_with_format(row, 0, written(&picture.caption), &strong)?;
        let image = Image::new_from_buffer(&picture.bytes)?
            .set_alt_text(written(&picture.caption))
            .set_scale_width(PART)
            .set_scale_height(PART);
        sheet.insert_image(row + 1, 0, &image)?;
        row += 3 + (f64::from(picture.size.1) * PART / ROW).ceil() as u32;
    }
    for_print(&mut sheet);
    Ok(sheet)
}
