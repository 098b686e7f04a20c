//! What is asked of `discover`.

/// A target whose misses are to be told by ranges of inputs.
///
/// ```
/// let request = plancast::study::DiscoverRequest::new("growth").boxes(1).paths(5_000);
/// assert_eq!(request.boxes, 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscoverRequest {
    /// The target.
    pub target: String,
    /// Most boxes that are looked for; usually 3.
    pub boxes: usize,
    /// How many paths; usually as the scenario's `[run]` says, or 20 000.
    pub paths: Option<u64>,
    /// The seed of all draws; usually as the scenario's `[run]` says, or 1.
    pub seed: Option<u64>,
}

impl DiscoverRequest {
    /// A request for a target.
    pub fn new(target: impl Into<String>) -> Self {
        Self { target: target.into(), boxes: 3, paths: None, seed: None }
    }

    /// The same with at most so many boxes.
    #[must_use]
    pub fn boxes(mut self, most: usize) -> Self {
        self.boxes = most;
        self
    }

    /// The same with so many paths.
    #[must_use]
    pub fn paths(mut self, paths: u64) -> Self {
        self.paths = Some(paths);
        self
    }

    /// The same with another seed of all draws.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}
