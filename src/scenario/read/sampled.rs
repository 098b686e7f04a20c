//! Columns of files that distributions are made of, and which samples share a row.

use crate::text::Message;
use indexmap::IndexMap;

use super::MAX_SAMPLED;
use crate::num::Distribution;
use crate::scenario::quantity::FileColumns;
use crate::scenario::table::{DataFile, DataName, Dialect, Table};
use crate::scenario::{history, rows};
use crate::text::{Diagnostic, Place};
use crate::{key, message};

/// What has been read from files for distributions so far.
#[derive(Default)]
pub(super) struct SampleFiles {
    /// How many values.
    values: usize,
    /// Files whose rows are drawn under the file's own name, by that name: what stands in them.
    files: IndexMap<String, DataFile>,
    /// By the name of a file that is no table: what is wrong with it. It is read once, however often it is named.
    broken: IndexMap<String, Message>,
    /// By the name of a draw: how many rows there are, and their weights.
    rows: IndexMap<String, (usize, Vec<f64>)>,
}

impl SampleFiles {
    /// The columns of a file whose text is given by `read`.
    pub(super) fn columns(
        &mut self,
        wanted: &FileColumns<'_>,
        read: impl FnOnce(&str) -> Result<DataFile, Message>,
    ) -> Result<Vec<Vec<f64>>, Message> {
        if self.values > MAX_SAMPLED {
            return Err(message!("scenario-sampled-many", count = MAX_SAMPLED / 1_000_000));
        }
        let name = DataName::parse(wanted.file)?;
        let data = read(name.path)?;
        if let Some(why) = self.broken.get(wanted.file) {
            return Err(why.clone());
        }
        let table = Table::of(&name, &data, &Dialect::default()).map_err(first_of);
        let table = table.inspect_err(|why| _ = self.broken.insert(wanted.file.to_owned(), why.clone()))?;
        let columns = if let Some(draw) = wanted.rows {
            self.is_the_only(wanted.file, draw, &data)?;
            rows::whole_columns(&table, wanted.names)?
        } else {
            let rows = history::columns(&table, wanted.names).map_err(first_of)?;
            let column = |number: usize| rows.iter().map(|row| row.cells[number]).collect();
            (0..wanted.names.len()).map(column).collect()
        };
        // Reading the file takes time too, however few values it gives.
        self.values += columns.iter().map(Vec::len).sum::<usize>().max(data.len() / 20);
        Ok(columns)
    }

    /// Whether no other file of the same name is drawn under that name.
    fn is_the_only(&mut self, file: &str, draw: &str, data: &DataFile) -> Result<(), Message> {
        if file.rsplit(['/', '\\']).next() != Some(draw) {
            return Ok(());
        }
        match self.files.get(draw) {
            Some(known) if known != data => {
                Err(message!("scenario-sampled-same-name", draw = draw, file = file))
            }
            Some(_) => Ok(()),
            None => {
                self.files.insert(draw.to_string(), data.clone());
                Ok(())
            }
        }
    }

    /// Notes a sample, which has as many rows as all that share its draw, and the same weights.
    pub(super) fn share_rows(&mut self, distribution: &Distribution, place: Place) -> Result<(), Diagnostic> {
        let Distribution::Resample { values, weights, rows: Some(name) } = distribution else {
            return Ok(());
        };
        let (count, known) = self.rows.entry(name.clone()).or_insert_with(|| (values.len(), weights.clone()));
        let message = if *count != values.len() {
            message!("scenario-sampled-rows", rows = values.len(), name = name, count = *count)
        } else if known != weights {
            message!("scenario-sampled-weights", name = name)
        } else {
            return Ok(());
        };
        Err(Diagnostic::error(place, message).help(key!("scenario-sampled-rows.help")))
    }
}

/// The first of several messages, and how many more there are.
fn first_of(mut messages: Vec<Message>) -> Message {
    let more = messages.len() - 1;
    let first = messages.swap_remove(0);
    if more == 0 { first } else { message!("scenario-table-more", first = first, count = more) }
}
