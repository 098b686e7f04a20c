//! Things that are costly to make, lent to whoever works on a piece of much work.

use std::sync::{Mutex, PoisonError};

/// Things that were made for one piece of work and may be used for the next. Each is lent to one at a time, so that there are as
/// many as threads work at once.
#[derive(Debug)]
pub struct Spares<T>(Mutex<Vec<T>>);

impl<T> Default for Spares<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Spares<T> {
    /// Does some work with one that is free, or with a new one.
    pub fn lend<R>(&self, make: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut lent = free.unwrap_or_else(make);
        let done = work(&mut lent);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(lent);
        done
    }
}
