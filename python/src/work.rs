//! Long questions: they are answered by threads of their own while Python goes on, and Ctrl-C ends them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use plancast::StudyError;
use plancast::study::Watch;
use plancast::text::Language;
use pyo3::prelude::*;

use crate::errors::{failed, raised};

/// Between two looks whether Python was interrupted.
const LOOK: Duration = Duration::from_millis(50);

/// Bytes of the stack of each thread: formulas may be nested deeply.
const STACK: usize = 16 << 20;

/// Does what is short without the GIL; on a thread of its own, so that a process that was forked can do it too.
pub(crate) fn apart<T: Send>(py: Python<'_>, job: impl FnOnce() -> T + Send) -> PyResult<T> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK);
    let pool = pool.build().map_err(|error| failed(py, &error.to_string()))?;
    Ok(py.detach(|| pool.install(job)))
}

/// Who wants an answer: with how many threads (none are one for each core), and in which language errors speak.
#[derive(Clone, Copy)]
pub(crate) struct Asker {
    pub(crate) threads: Option<usize>,
    pub(crate) language: Language,
}

impl Asker {
    /// Answers a question without the GIL. The threads are made for it, so that a process that was forked can ask too.
    /// On an interrupt the job is told to stop; one that does not look at its [`Watch`] ends by itself, unheard.
    pub(crate) fn work<T: Send + 'static>(
        self,
        py: Python<'_>,
        job: impl FnOnce(Watch) -> Result<T, StudyError> + Send + 'static,
    ) -> PyResult<T> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0)).stack_size(STACK);
        let pool = pool.build().map_err(|error| failed(py, &error.to_string()))?;
        let stop = Arc::new(AtomicBool::new(false));
        let (sender, mut receiver) = mpsc::channel();
        let flag = Arc::clone(&stop);
        pool.spawn(move || {
            let watch = Watch { finished: None, stop: Some(&flag) };
            // Nobody may listen any more.
            let _ = sender.send(catch_unwind(AssertUnwindSafe(|| job(watch))));
        });
        loop {
            let heard;
            (heard, receiver) = py.detach(move || (receiver.recv_timeout(LOOK), receiver));
            match heard {
                Ok(Ok(answer)) => return answer.map_err(|error| raised(py, &error, self.language)),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(failed(py, "an error in plancast itself ended the run; please report it"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    py.check_signals().inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
                }
            }
        }
    }
}
