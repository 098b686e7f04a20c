//! A scenario that is compiled for one run, and the settings of the run.

use crate::analysis::statement::add_condition;
use crate::model::{Model, RecordedVariables, compile, compile_with_gates};
use crate::result::assemble;
use crate::result::drivers::{self, DriverQuestion};
use crate::scenario::{Loaded, require};
use crate::text::suggest::did_you_mean;
use crate::text::{Diagnostic, Place, Severity};
use crate::{key, message};

use super::{Diagnostics, Options, Settings, StudyError, observed};

/// A scenario that is compiled for one run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Prepared {
    /// The scenario, the texts that it was read from, and its warnings.
    pub loaded: Loaded,
    /// The compiled model.
    pub model: Model,
    /// What shapes the results.
    pub settings: Settings,
    /// The precision at which the run may end.
    pub(super) until: Option<super::Precision>,
    /// What the run is conditioned on.
    pub(super) observing: Option<super::Observing>,
}

/// The option that a precision's statistic is read under.
const UNTIL: &str = "--until";

impl Prepared {
    /// Compiles what a run of these options needs; `gates` says whether gates are to be judged.
    ///
    /// # Errors
    /// What is wrong with the scenario or the options.
    pub fn new(loaded: Loaded, options: &Options, gates: bool) -> Result<Self, StudyError> {
        let settings = Settings::of(options, &loaded.scenario);
        Self::with(loaded, settings, options, gates)
    }

    /// The same with settings that are already known, such as those of the scenario that this one is compared with.
    ///
    /// # Errors
    /// What is wrong with the scenario or the options.
    pub fn with(
        mut loaded: Loaded,
        settings: Settings,
        options: &Options,
        gates: bool,
    ) -> Result<Self, StudyError> {
        observed::apply(&mut loaded, options)?;
        for statement in &options.require {
            require(&mut loaded, "--require", statement);
        }
        let statistic = options.until.as_ref().and_then(|until| until.statistic.as_ref());
        if let Some(statistic) = statistic {
            require(&mut loaded, UNTIL, &format!("{statistic} >= 0"));
        }
        let own = loaded.scenario.run.given.as_ref().filter(|_| options.given.is_none());
        if let Some((own, place)) = own.filter(|(own, _)| Some(own) != settings.given.as_ref()) {
            let message = message!("study-prepared-given", id = &loaded.scenario.id, given = own);
            loaded
                .diagnostics
                .push(Diagnostic::error(*place, message).help(key!("study-prepared-given.help")));
        }
        if let Some(condition) = &settings.given {
            let added = add_condition(&mut loaded, "--given", condition);
            added.err().into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
        }
        let gates = gates || statistic.is_some();
        let (loaded, model) = compiled(loaded, &record(&settings.record), gates)?;
        let observing = observed::observing(&loaded.scenario, &settings)?;
        Ok(Self { loaded, model, settings, until: options.until.clone(), observing })
    }

    /// The names by which a run of this is known: its scenario's id.
    pub fn id(&self) -> &str {
        &self.loaded.scenario.id
    }

    /// Gives the run another id, as each run of a sweep has.
    pub fn rename(&mut self, id: String) {
        self.model.labels.id.clone_from(&id);
        self.loaded.scenario.id = id;
    }

    /// The targets that are counted together: those of each group, and those of which every two are asked for.
    ///
    /// # Errors
    /// When pairs of a target that does not exist are asked for.
    pub fn counted_together(&self) -> Result<Vec<Vec<u32>>, StudyError> {
        let labels = &self.model.labels;
        assemble::counted_together(labels, &self.settings.pairs).map_err(|unknown| {
            let names: Vec<&str> = labels.targets.iter().map(|target| target.name.as_str()).collect();
            let help = did_you_mean(unknown, &names, crate::key!("text-kind-targets")).unwrap_or_default();
            StudyError::UnknownTarget { name: unknown.to_owned(), help }
        })
    }

    /// What is asked of the run about its drivers; `None` where nothing is.
    pub fn question(&self) -> Option<DriverQuestion> {
        // A run of as many paths as an error asks for is looked at as one of the most that it may take.
        let paths = self.until.as_ref().map_or(self.settings.paths, |until| until.most_paths);
        if self.settings.drivers { drivers::ask(&self.model, paths) } else { None }
    }
}

/// What is recorded of variables with these names.
pub fn record(names: &[String]) -> RecordedVariables {
    if names.is_empty() {
        RecordedVariables::Headlines
    } else if names.iter().any(|name| name == "all") {
        RecordedVariables::All
    } else {
        RecordedVariables::Also(names.to_vec())
    }
}

/// Compiles a scenario, and gives it back with its warnings.
pub(super) fn compiled(
    mut loaded: Loaded,
    record: &RecordedVariables,
    gates: bool,
) -> Result<(Loaded, Model), Diagnostics> {
    let compile = if gates { compile_with_gates } else { compile };
    let model = compile(&loaded.scenario, record, &mut loaded.diagnostics);
    // A precision's statistic is made a statement that nobody wrote, and is not warned of.
    let Loaded { files, diagnostics, .. } = &mut loaded;
    let written = |place: Place| files.get(place.file).is_none_or(|file| file.name != UNTIL);
    diagnostics
        .0
        .retain(|diagnostic| diagnostic.severity == Severity::Error || diagnostic.place.is_none_or(written));
    diagnostics.sort();
    match model {
        Some(model) if !loaded.diagnostics.has_errors() => Ok((loaded, model)),
        _ => Err(Diagnostics { files: loaded.files, diagnostics: loaded.diagnostics }),
    }
}
