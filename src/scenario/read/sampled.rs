//! Columns of files that distributions are made of, and which samples share a row.

use crate::text::Message;
use indexmap::IndexMap;

use super::MAX_SAMPLED;
use crate::num::Distribution;
use crate::scenario::quantity::FileColumns;
use crate::scenario::{history, rows};
use crate::text::{Diagnostic, Place};

/// What has been read from files for distributions so far.
#[derive(Default)]
pub(super) struct SampleFiles {
    /// How many values.
    values: usize,
    /// Files whose rows are drawn under the file's own name, by that name: their text.
    files: IndexMap<String, String>,
    /// By the name of a draw: how many rows there are, and their weights.
    rows: IndexMap<String, (usize, Vec<f64>)>,
}

impl SampleFiles {
    /// The columns of a file whose text is given by `read`.
    pub(super) fn columns(
        &mut self,
        wanted: &FileColumns<'_>,
        read: impl FnOnce() -> Result<String, Message>,
    ) -> Result<Vec<Vec<f64>>, String> {
        if self.values > MAX_SAMPLED {
            return Err(format!("the samples have more than {} million values", MAX_SAMPLED / 1_000_000));
        }
        let text = read().map_err(|message| message.to_string())?;
        let columns = if let Some(draw) = wanted.rows {
            self.is_the_only(wanted.file, draw, &text)?;
            rows::whole_columns(wanted.file, &text, wanted.names)?
        } else {
            let rows = history::columns(wanted.file, &text, wanted.names)?;
            let column = |number: usize| rows.iter().map(|row| row.cells[number]).collect();
            (0..wanted.names.len()).map(column).collect()
        };
        // Reading the file takes time too, however few values it gives.
        self.values += columns.iter().map(Vec::len).sum::<usize>().max(text.len() / 20);
        Ok(columns)
    }

    /// Whether no other file of the same name is drawn under that name.
    fn is_the_only(&mut self, file: &str, draw: &str, text: &str) -> Result<(), String> {
        if file.rsplit(['/', '\\']).next() != Some(draw) {
            return Ok(());
        }
        match self.files.get(draw) {
            Some(known) if known != text => Err(format!(
                "two different files are called {draw}: their rows would be drawn together; name the draw of this one: resample('{file}', 'column', 'a name')"
            )),
            Some(_) => Ok(()),
            None => {
                self.files.insert(draw.to_string(), text.to_string());
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
            format!(
                "this sample has {} rows, and another that is drawn with it as '{name}' {count}",
                values.len()
            )
        } else if known != weights {
            format!(
                "the rows of this sample have other weights than those of another that is drawn with it as '{name}'"
            )
        } else {
            return Ok(());
        };
        Err(Diagnostic::error(place, message).help(
            "samples that share a row have as many rows and the same weights; for a draw of its own write 'own' as the last argument",
        ))
    }
}
