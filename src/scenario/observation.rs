//! Observations: values of variables in years that became known, each with its measurement error and, where known, the
//! day on which it was published. Read from a table of a scenario or from a CSV file with a line for each.

use indexmap::IndexMap;

use super::quantity::speaks_of_percent;
use super::separated::quoted;
use super::table::{
    MOST_TOLD, Skipped, Table, TableRow, is_part_of_a_year, period_of, wide_cells, wide_columns,
};
use crate::message;
use crate::text::number::hundredth;
use crate::text::period::{Step, label, of_another_length, step_of, year_of};
use crate::text::{Message, Place};

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

impl Date {
    /// Reads `2024-03-01`, `2024-03` or `2024`; of a month or a year the last day is meant.
    ///
    /// ```
    /// use plancast::scenario::observation::Date;
    /// assert_eq!(Date::parse("2024-02"), Some(Date { year: 2024, month: 2, day: 29 }));
    /// assert_eq!(Date::parse("2023-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let number = |part: &str, digits: usize| -> Option<u32> {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
        };
        let (year, month, day) = match parts.as_slice() {
            [year] => (number(year, 4)?, 12, None),
            [year, month] => (number(year, 4)?, number(month, 2)?, None),
            [year, month, day] => (number(year, 4)?, number(month, 2)?, Some(number(day, 2)?)),
            _ => return None,
        };
        let last = last_day(year as i32, month)?;
        let day = day.unwrap_or(last);
        (year > 0 && (1..=last).contains(&day)).then_some(Self { year: year as i32, month, day })
    }

    /// The last day of a year, quarter or month: when its value is taken as known where no day of publication is given.
    pub fn end_of(period: i32) -> Self {
        let step = step_of(period);
        let part = period - step.first_of(year_of(period)) + 1;
        let (year, month) = (year_of(period), (part * 12 / step.per_year()) as u32);
        Self { year, month, day: last_day(year, month).unwrap_or(31) }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How many days a month has.
fn last_day(year: i32, month: u32) -> Option<u32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

/// A measurement error as it is written: the standard deviation of what was measured around what is true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MeasurementError {
    /// In the unit of the variable.
    Absolute(f64),
    /// As a share of the value: `"1%"` is 0.01.
    Relative(f64),
}

impl MeasurementError {
    /// Reads `3` or `1%`. A number below zero is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let spread = match text.strip_suffix('%') {
            Some(number) => Self::Relative(hundredth(number.trim())?),
            None => Self::Absolute(text.parse().ok()?),
        };
        let (Self::Absolute(number) | Self::Relative(number)) = spread;
        (number.is_finite() && number >= 0.0).then_some(spread)
    }

    /// The standard deviation of a value in the variable's unit. `"1%"` of a variable in per cent is one point, as its
    /// values are: 1 where they are written as 4.5, and 0.01 where they are written as 0.045.
    pub fn of(self, value: f64, unit: &str) -> f64 {
        match self {
            Self::Absolute(sd) => sd,
            Self::Relative(share) => match unit.trim() {
                "%" => 100.0 * share,
                "1/yr" | "%/yr" => share,
                _ => share * value.abs(),
            },
        }
    }
}

/// A value of a variable in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The year.
    pub year: i32,
    /// The value, brought to the model's base.
    pub value: f64,
    /// The standard deviation of its measurement, in the variable's unit; `None` where nothing is said of it.
    pub sd: Option<f64>,
    /// When it was published.
    pub published: Option<Date>,
}

impl Observation {
    /// When it was known: the day of its publication, or else the end of its year.
    pub fn known(&self) -> Date {
        self.published.unwrap_or(Date::end_of(self.year))
    }
}

/// What became known of one variable: the newest value of each year as of a day, in the order of the years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// The values.
    pub values: Vec<Observation>,
    /// Where its name stands in the scenario; nowhere for those of a file.
    pub place: Place,
}

/// The columns of a table that are read, by their titles.
#[derive(Clone, Copy, Debug, Default)]
pub struct ObservationColumns<'a> {
    /// Of years, where it is said; else `year`, or the years are columns.
    pub year: Option<&'a str>,
    /// Of values, where it is said; else `value`.
    pub value: Option<&'a str>,
    /// Of the names of variables.
    pub variable: Option<&'a str>,
    /// Of what is observed side by side: regions, firms.
    pub unit: Option<&'a str>,
    /// Of measurement errors.
    pub sd: Option<&'a str>,
    /// Of days of publication.
    pub published: Option<&'a str>,
    /// How long the periods are that are looked for.
    pub step: Step,
}

/// A line of a file of observations.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservationLine {
    /// Its number, from 1.
    pub line: u64,
    /// The variable; empty where no column names it.
    pub variable: String,
    /// The unit of a panel; empty where no column names it.
    pub unit: String,
    /// The year.
    pub year: i32,
    /// The value.
    pub value: f64,
    /// The number before the per cent sign, where the value has one.
    pub percent: Option<f64>,
    /// The measurement error, where one is written.
    pub sd: Option<MeasurementError>,
    /// The day of publication, where one is written.
    pub published: Option<Date>,
}

impl ObservationLine {
    /// The value in a unit: in per cent, 5 is what is written `5%`.
    pub fn value_in(&self, unit: &str) -> f64 {
        self.percent.filter(|_| speaks_of_percent(unit)).unwrap_or(self.value)
    }
}

/// Reads a table of observations. A line without a value is none: it is not known yet.
///
/// # Errors
/// A sentence for everything that is wrong with the file, with its line.
pub fn lines(
    table: &mut Table,
    columns: &ObservationColumns<'_>,
) -> Result<Vec<ObservationLine>, Vec<Message>> {
    let is_long = columns.year.is_some() || columns.value.is_some() || table.has("year");
    let years = if is_long { Vec::new() } else { wide_columns(table, columns.step) };
    let (lines, wrong, skipped) =
        if years.is_empty() { long(table, columns)? } else { wide(table, columns, &years)? };
    table.skipped.blank += skipped.blank;
    table.skipped.flagged += skipped.flagged;
    if !wrong.is_empty() {
        return Err(wrong);
    }
    signs_alike(table, &lines)?;
    Ok(lines)
}

/// Lines, what is wrong with others, and what was passed over.
type Found = (Vec<ObservationLine>, Vec<Message>, Skipped);

/// The lines of a table with a row for each value.
fn long(table: &Table, columns: &ObservationColumns<'_>) -> Result<Found, Vec<Message>> {
    let titles = [
        Some(columns.year.unwrap_or("year")),
        Some(columns.value.unwrap_or("value")),
        columns.variable,
        columns.unit,
        columns.sd,
        columns.published,
    ];
    let wanted: Vec<&str> = titles.into_iter().flatten().collect();
    let found = table.positions(&wanted).map_err(|messages| with_quarters(table, columns.step, messages))?;
    let mut found = found.into_iter();
    let [year, value, variable, unit, sd, published] = titles.map(|title| title.and_then(|_| found.next()));
    let (mut lines, mut wrong, mut skipped) = (Vec::new(), Vec::new(), Skipped::default());
    for row in &table.rows {
        let cell = |place: Option<usize>| place.map_or("", |place| row.cell(place));
        if table.is_missing(cell(value)) {
            skipped.blank += 1;
            continue;
        }
        if wrong.len() > MOST_TOLD {
            break;
        }
        let mut bad = |place: Option<usize>, why: Message| {
            let at = table.at(row.number, place.unwrap_or_default());
            wrong.push(message!("scenario-table-cell", at = at, why = why));
        };
        let number = table.number(cell(value)).map_err(|why| bad(value, why)).ok();
        let mut when = period_of(cell(year), columns.step);
        if when.is_none() {
            let text = quoted(cell(year));
            bad(year, message!("scenario-observation-no-year", text = text, step = columns.step.name()));
        }
        if let Some(found) = when.filter(|found| step_of(*found) != columns.step) {
            bad(year, of_another_length(found, columns.step));
            when = None;
        }
        let spread = MeasurementError::parse(cell(sd));
        if spread.is_none() && !cell(sd).is_empty() {
            bad(sd, message!("scenario-observation-no-error", text = quoted(cell(sd))));
        }
        let day = Date::parse(cell(published));
        if day.is_none() && !cell(published).is_empty() {
            bad(published, message!("scenario-observation-no-day", text = quoted(cell(published))));
        }
        if variable.is_some() && cell(variable).is_empty() {
            bad(variable, message!("scenario-observation-empty"));
        }
        if let (Some(number), Some(year)) = (number, when) {
            lines.push(ObservationLine {
                line: row.number,
                variable: cell(variable).to_owned(),
                unit: cell(unit).to_owned(),
                year,
                value: number.value,
                percent: number.percent,
                sd: spread,
                published: day,
            });
        }
    }
    Ok((lines, wrong, skipped))
}

/// The lines of a table with a column for each year: of one row, or of one for each unit.
fn wide(
    table: &Table,
    columns: &ObservationColumns<'_>,
    years: &[(usize, i32)],
) -> Result<Found, Vec<Message>> {
    let place = |title: Option<&str>| match title {
        Some(title) => table.positions(&[title]).map(|found| found.first().copied()),
        None => Ok(None),
    };
    let (unit, variable) = (place(columns.unit)?, place(columns.variable)?);
    if let (None, None, [_, second, ..]) = (unit, variable, table.rows.as_slice()) {
        return Err(vec![several_rows(table, second, years)]);
    }
    let mut seen = std::collections::BTreeMap::new();
    for (column, year) in years {
        if let Some(first) = seen.insert(*year, *column) {
            let (first, second) = (first + 1, column + 1);
            let name = label(*year);
            return Err(vec![message!(
                "scenario-separated-two-columns",
                file = &table.file,
                name = name,
                first = first,
                second = second
            )]);
        }
    }
    let (mut lines, mut wrong, mut skipped) = (Vec::new(), Vec::new(), Skipped::default());
    for row in 0..table.rows.len() {
        let of_row = |place: Option<usize>| {
            place.map_or_else(String::new, |place| table.rows[row].cell(place).to_owned())
        };
        for found in wide_cells(table, row, years) {
            if table.is_missing(found.cell) {
                skipped.blank += 1;
                continue;
            }
            match table.number(found.cell) {
                Ok(number) => {
                    skipped.flagged += usize::from(table.has_flag(found.cell));
                    lines.push(ObservationLine {
                        line: found.row,
                        variable: of_row(variable),
                        unit: of_row(unit),
                        year: found.year,
                        value: number.value,
                        percent: number.percent,
                        sd: None,
                        published: None,
                    });
                }
                Err(why) if wrong.len() <= MOST_TOLD => {
                    let at = table.at(found.row, found.column);
                    wrong.push(message!("scenario-table-cell", at = at, why = why));
                }
                Err(_) => {}
            }
        }
    }
    Ok((lines, wrong, skipped))
}

/// Several rows are left of a wide table where there must be one: the columns by which they can be told apart.
fn several_rows(table: &Table, second: &TableRow, years: &[(usize, i32)]) -> Message {
    let is_year = |column: usize| years.iter().any(|(year, _)| *year == column);
    let differs = |column: &usize| !is_year(*column) && table.rows[0].cell(*column) != second.cell(*column);
    let column = (0..table.header.len()).find(differs);
    let column = column.map_or("", |column| table.header.get(column).unwrap_or_default());
    message!(
        "scenario-table-several-rows",
        file = &table.file,
        count = table.rows.len(),
        column = quoted(column),
        first = table.rows[0].number.to_string(),
        second = second.number.to_string()
    )
}

/// Says of a table without years that its columns are quarters or months, where they are.
fn with_quarters(table: &Table, step: Step, mut messages: Vec<Message>) -> Vec<Message> {
    if let Some(title) = table.header.iter().find(|title| is_part_of_a_year(title)) {
        messages = vec![message!(
            "scenario-table-quarters",
            file = &table.file,
            title = quoted(title),
            step = step.name()
        )];
    }
    messages
}

/// Whether all values of a table are written with a per cent sign, or none is.
fn signs_alike(table: &Table, lines: &[ObservationLine]) -> Result<(), Vec<Message>> {
    let of_one = |line: &&ObservationLine| line.variable == lines[0].variable && line.value != 0.0;
    let with = lines.iter().filter(of_one).find(|line| line.percent.is_some());
    let without = lines.iter().filter(of_one).find(|line| line.percent.is_none());
    match (with, without) {
        (Some(with), Some(without)) => Err(vec![message!(
            "scenario-table-signs",
            file = &table.file,
            with = with.year,
            without = without.year
        )]),
        _ => Ok(()),
    }
}

/// Of lines about one variable the newest of each year that was known on a day, in the order of the years.
///
/// # Errors
/// A sentence for each year that stands twice without a day of publication that tells which is newer.
pub fn newest<'a>(
    file: &str,
    lines: impl IntoIterator<Item = &'a ObservationLine>,
    as_of: Option<Date>,
) -> Result<Vec<&'a ObservationLine>, Vec<Message>> {
    let mut by_year: IndexMap<i32, &ObservationLine> = IndexMap::new();
    let mut wrong = Vec::new();
    for line in lines {
        let known = line.published.unwrap_or(Date::end_of(line.year));
        if as_of.is_some_and(|day| known > day) {
            continue;
        }
        match by_year.get(&line.year) {
            Some(other) if other.published == line.published => wrong.push(message!(
                "scenario-observation-year-twice",
                file = file,
                line = line.line.to_string(),
                year = line.year,
                other = other.line.to_string()
            )),
            Some(other) if other.published > line.published => {}
            _ => {
                by_year.insert(line.year, line);
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    by_year.sort_keys();
    Ok(by_year.into_values().collect())
}

/// The lines of each unit, in the order in which the file first names them.
pub fn by_unit(lines: &[ObservationLine]) -> IndexMap<&str, Vec<&ObservationLine>> {
    let mut units: IndexMap<&str, Vec<&ObservationLine>> = IndexMap::new();
    for line in lines {
        units.entry(line.unit.as_str()).or_default().push(line);
    }
    units
}

/// The newest line of each unit and year.
///
/// # Errors
/// As [`newest`].
pub fn newest_by_unit<'a>(
    file: &str,
    lines: &'a [ObservationLine],
) -> Result<Vec<&'a ObservationLine>, Vec<Message>> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for own in by_unit(lines).into_values() {
        match newest(file, own, None) {
            Ok(lines) => found.extend(lines),
            Err(messages) => wrong.extend(messages),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// Reads a file of observations of any variables: the columns `variable`, `year` and `value`, and `sd`, `published` and
/// `unit` (in which a variable is measured) where it has them. By variable, in the order of the file; `unit_of` gives the unit of a variable
/// that there is, and `factor` what brings a value of one unit to another, `None` where that cannot be.
///
/// # Errors
/// A sentence for everything that is wrong with the file.
pub fn observed_in(
    table: &mut Table,
    as_of: Option<Date>,
    step: Step,
    unit_of: impl Fn(&str) -> Option<String>,
    factor: impl Fn(&str, &str) -> Option<f64>,
) -> Result<IndexMap<String, Observations>, Vec<Message>> {
    let optional = |name| table.has(name).then_some(name);
    let columns = ObservationColumns {
        year: Some("year"),
        value: Some("value"),
        variable: Some("variable"),
        unit: optional("unit"),
        step,
        sd: optional("sd"),
        published: optional("published"),
    };
    let file = table.file.clone();
    let lines = lines(table, &columns)?;
    let mut by_variable: IndexMap<String, Vec<&ObservationLine>> = IndexMap::new();
    for line in &lines {
        by_variable.entry(super::claims::element(&line.variable)).or_default().push(line);
    }
    let mut wrong = Vec::new();
    let mut found = IndexMap::new();
    for (variable, lines) in by_variable {
        let written = lines[0].unit.clone();
        if let Some(other) = lines.iter().find(|line| line.unit != written) {
            let line = other.line;
            wrong.push(message!(
                "scenario-observation-units",
                file = &file,
                line = line.to_string(),
                variable = quoted(&variable),
                unit = quoted(&other.unit),
                written = quoted(&written)
            ));
        }
        let unit = unit_of(&variable);
        let is_own = unit.as_ref().is_none_or(|unit| written.is_empty() || written == *unit);
        let unit = unit.unwrap_or_default();
        let scale = if is_own { Some(1.0) } else { factor(&written, &unit) };
        let Some(scale) = scale else {
            let (line, variable, written) = (lines[0].line.to_string(), quoted(&variable), quoted(&written));
            wrong.push(if unit.is_empty() {
                message!(
                    "scenario-observation-no-unit",
                    file = &file,
                    line = line,
                    variable = variable,
                    written = written
                )
            } else {
                message!(
                    "scenario-observation-not-converted",
                    file = &file,
                    line = line,
                    variable = variable,
                    written = written,
                    unit = unit
                )
            });
            continue;
        };
        match newest(&file, lines, as_of) {
            Ok(lines) => {
                let values = lines.into_iter().map(|line| observation(line, scale, None, &unit)).collect();
                found.insert(variable, Observations { values, place: Place::default() });
            }
            Err(messages) => wrong.extend(messages),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// The observation of a line: its value times `scale`, and its error, or else the one given for all.
pub fn observation(
    line: &ObservationLine,
    scale: f64,
    sd: Option<MeasurementError>,
    unit: &str,
) -> Observation {
    let value = line.value_in(unit) * scale;
    let own = line.sd.map(|sd| match sd {
        MeasurementError::Absolute(sd) => MeasurementError::Absolute(sd * scale.abs()),
        relative @ MeasurementError::Relative(_) => relative,
    });
    let sd = own.or(sd).map(|sd| sd.of(value, unit));
    Observation { year: line.year, value, sd, published: line.published }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::table::DataFile;

    fn read(text: &str, as_of: Option<&str>) -> Result<IndexMap<String, Observations>, Vec<Message>> {
        let mut table = Table::plain("a.csv", &DataFile::from(text)).map_err(|message| vec![message])?;
        observed_in(
            &mut table,
            as_of.and_then(Date::parse),
            Step::Year,
            |_| Some("1e8 CNY".to_owned()),
            |_, _| Some(10.0),
        )
    }

    #[test]
    fn a_day_is_read_and_a_month_or_year_ends_with_its_last_day() {
        let date = |year, month, day| Some(Date { year, month, day });
        assert_eq!(Date::parse("2024-03-01"), date(2024, 3, 1));
        assert_eq!(Date::parse("1900-02"), date(1900, 2, 28));
        assert_eq!(Date::parse("2000-02"), date(2000, 2, 29));
        assert_eq!(Date::parse("2024"), date(2024, 12, 31));
        for wrong in
            ["", "24-03-01", "2024-13", "2024-04-31", "2024-3-1", "2024-03-01-01", "0000", "2024-00-10"]
        {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
        assert!(Date::parse("2024-03-01") < Date::parse("2024-03"));
    }

    #[test]
    fn a_share_of_a_value_in_per_cent_is_points() {
        let one = MeasurementError::parse("1%").unwrap();
        assert_eq!((one.of(1650.0, "1e8 CNY"), one.of(-50.0, ""), one.of(4.5, "%")), (16.5, 0.5, 1.0));
        assert_eq!(one.of(0.045, "1/yr"), 0.01);
        assert_eq!(MeasurementError::parse("3").unwrap().of(1650.0, "1e8 CNY"), 3.0);
        assert_eq!(
            (MeasurementError::parse("-1"), MeasurementError::parse("x"), MeasurementError::parse("nan%")),
            (None, None, None)
        );
    }

    #[test]
    fn observations_are_by_variable_and_year_with_their_errors() {
        let text = "variable,year,value,sd\ngdp,2022,1790,1%\ngdp,2021,1650,20\nco2,2021,55,\nco2,2022,,\n";
        let found = read(text, None).unwrap();
        let gdp: Vec<_> = found["gdp"].values.iter().map(|o| (o.year, o.value, o.sd)).collect();
        assert_eq!(gdp, [(2021, 1650.0, Some(20.0)), (2022, 1790.0, Some(17.900000000000002))]);
        assert_eq!(found["co2"].values.len(), 1, "a year without a value is not known yet");
        assert_eq!(found["co2"].values[0].sd, None, "an error is never invented");
    }

    #[test]
    fn as_of_a_day_the_newest_value_that_was_known_counts() {
        let text = "variable,year,value,published\ngdp,2021,1650,2022-03-01\ngdp,2021,1638,2022-12-20\ngdp,2022,1790,2023-03-01\n";
        let at = |day| -> Vec<(i32, f64)> {
            read(text, day)
                .unwrap()
                .get("gdp")
                .map_or(Vec::new(), |found| found.values.iter().map(|o| (o.year, o.value)).collect())
        };
        assert_eq!(at(Some("2022-02-28")), []);
        assert_eq!(at(Some("2022-03-01")), [(2021, 1650.0)]);
        assert_eq!(at(Some("2022-12-31")), [(2021, 1638.0)]);
        assert_eq!(at(None), [(2021, 1638.0), (2022, 1790.0)]);
    }

    /// A file of data may hold what is not for the eyes of who reads messages.
    #[test]
    fn messages_quote_the_beginnings_of_cells_and_of_few_columns() {
        let long = "9x".repeat(1000);
        let cells =
            format!("variable,year,value,sd,published,unit\n{long},{long},{long},{long},{long},{long}\n");
        let units = format!("variable,year,value,unit\n{long},2021,1,{long}\n{long},2022,1,x{long}\n");
        let names: Vec<String> = (0..500).map(|number| format!("{number}{long}")).collect();
        for (text, messages) in [(cells, 4), (units, 1), (names.join(","), 3)] {
            let wrong = read(&text, None).unwrap_err();
            assert_eq!(wrong.len(), messages, "{wrong:?}");
            assert!(wrong.iter().all(|message| message.to_string().chars().count() < 1000), "{wrong:?}");
        }
    }

    #[test]
    fn a_column_that_stands_twice_is_not_guessed() {
        let wrong = read("variable,year,value,value\ngdp,2021,1,2\n", None).unwrap_err();
        assert_eq!(wrong, ["a.csv has two columns \"value\", numbers 3 and 4: name one of them otherwise"]);
    }

    #[test]
    fn everything_that_is_wrong_is_said_with_its_line() {
        let text = "variable,year,value,sd,published\ngdp,20x1,1650,,\n,2021,1,-3,soon\ngdp,2021,inf,,\n";
        let wrong = read(text, None).unwrap_err();
        assert_eq!(wrong.len(), 5, "{wrong:?}");
        assert!(
            wrong[0].to_string().contains("line 2, column \"year\": \"20x1\" is no whole year"),
            "{wrong:?}"
        );
        assert_eq!(
            read("variable,jahr,value\n", None).unwrap_err(),
            ["a.csv has no column \"year\"; it has variable, jahr, value"]
        );
        let twice = read("variable,year,value\ngdp,2021,1\ngdp,2021,2\n", None).unwrap_err();
        let twice = twice[0].to_string();
        assert!(twice.contains("line 3") && twice.contains("line 2 already"), "{twice}");
    }
}
