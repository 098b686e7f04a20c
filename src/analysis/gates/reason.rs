//! Why a gate is undecided or an error not known, in a sentence.

use serde::{Serialize, Serializer};

use crate::ensemble::MOST_PATHS;
use crate::message;
use crate::result::interval::UnknownError;
use crate::text::number::{digits, trimmed};
use crate::text::{Language, Message};

/// Why the paths do not tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Undecided {
    /// The interval reaches across the bound.
    Close {
        /// So many paths would tell if the estimate were right; `None` where no number of paths that can be counted would.
        needed: Option<u64>,
    },
    /// What is computed of several statistics, or of one, and compared may lie on either side.
    Together {
        /// About so many paths would tell if the estimates were right; `None` where no number of paths that can be counted would.
        needed: Option<u64>,
    },
    /// What is compared has no value, as 0 / 0 has none.
    NoValue,
    /// The bound lies inside a counting cell.
    Cell {
        /// The bound.
        bound: f64,
        /// The lowest value of the cell.
        low: f64,
        /// Its highest.
        high: f64,
        /// How many paths it holds.
        paths: u64,
    },
    /// A quantile lies in a counting cell that is too wide, however many paths it holds.
    Resolution {
        /// Half of the cell's width.
        half: f64,
    },
    /// The condition of a probability never holds.
    NeverDefined,
    /// The condition of a probability held on no path.
    ConditionNotSeen {
        /// How many paths there were.
        paths: u64,
    },
    /// There are too few values, or their sum is not finite.
    TooLarge,
    /// Some values are infinite or not a number.
    NotFinite {
        /// On how many paths it is infinite.
        infinite: u64,
        /// On how many paths it is not a number.
        nan: u64,
        /// The first such path.
        first: u64,
    },
    /// A quantile falls among values that are infinite.
    InfiniteQuantile {
        /// Whether it is a year that never comes.
        never: bool,
        /// On how many paths the value is infinite.
        infinite: u64,
        /// Among so many.
        paths: u64,
    },
    /// All paths have the same value, and others are possible.
    NoSpread,
    /// All paths of the share that a shortfall is of have the same value, and others are possible.
    NoSpreadBelow,
    /// Single paths may be so extreme that the mean of all does not settle.
    HeavyTail {
        /// The shape of the Pareto distribution that the tail is like.
        shape: f64,
    },
    /// Few paths carry the spread.
    FewPaths {
        /// So many carry half of it.
        carry: u64,
        /// Among so many.
        paths: u64,
    },
    /// Draws that are more extreme than these paths show well make much of the mean or the spread.
    RareExtremes {
        /// So many paths show it; infinite where no number is known to.
        needed: f64,
    },
    /// Something that the values depend on occurred on few paths.
    RareCase {
        /// The inputs that decide it.
        inputs: Vec<String>,
        /// On how many paths it occurred.
        seen: u64,
        /// Among so many.
        paths: u64,
    },
    /// An input takes an extreme value too rarely.
    RareDraw {
        /// The input.
        input: String,
        /// So many paths would show it.
        needed: u64,
    },
}

impl Undecided {
    /// Why an interval of some finite values is not known.
    pub fn of(unknown: UnknownError, paths: u64) -> Self {
        match unknown {
            UnknownError::NotFinite => Self::TooLarge,
            UnknownError::NoSpread => Self::NoSpread,
            UnknownError::HeavyTail { shape } => Self::HeavyTail { shape },
            UnknownError::FewPaths { carry } => Self::FewPaths { carry, paths },
            UnknownError::RareExtremes { needed } => Self::RareExtremes { needed },
        }
    }

    /// Whether more paths may tell.
    pub fn more_paths_help(&self) -> bool {
        !matches!(
            self,
            Self::NeverDefined
                | Self::NoValue
                | Self::Resolution { .. }
                | Self::NotFinite { .. }
                | Self::InfiniteQuantile { .. }
        )
    }

    /// The reason as a sentence without its full stop.
    pub fn text(&self, language: Language) -> String {
        self.message().text(language)
    }

    /// The reason in no language yet.
    pub fn message(&self) -> Message {
        match self {
            Self::Close { needed: Some(needed) } => {
                message!("analysis-gates-close", needed = digits(*needed as f64, 1))
            }
            Self::Close { needed: None } => message!("analysis-gates-on-bound"),
            Self::Together { needed: Some(needed) } => {
                message!("analysis-gates-together", needed = digits(*needed as f64, 1))
            }
            Self::Together { needed: None } => message!("analysis-gates-together-never"),
            Self::NoValue => message!("analysis-gates-no-value"),
            Self::Cell { bound, low, high, paths } => message!(
                "analysis-gates-cell",
                bound = trimmed(*bound, 6),
                low = trimmed(*low, 9),
                high = trimmed(*high, 9),
                paths = *paths
            ),
            Self::Resolution { half } => message!("analysis-gates-resolution", half = digits(*half, 2)),
            Self::NeverDefined => message!("analysis-gates-never-defined"),
            Self::ConditionNotSeen { paths } => {
                message!("analysis-gates-condition-not-seen", paths = *paths)
            }
            Self::TooLarge => message!("analysis-gates-too-large"),
            Self::NotFinite { infinite, nan, first } => not_finite(*infinite, *nan, *first),
            Self::InfiniteQuantile { never: true, infinite, paths } => {
                message!("analysis-gates-never", infinite = *infinite, paths = *paths)
            }
            Self::InfiniteQuantile { infinite, paths, .. } => {
                message!("analysis-gates-infinite-quantile", infinite = *infinite, paths = *paths)
            }
            Self::NoSpread => message!("analysis-gates-no-spread"),
            Self::NoSpreadBelow => message!("analysis-gates-no-spread-below"),
            Self::HeavyTail { .. }
            | Self::FewPaths { .. }
            | Self::RareExtremes { .. }
            | Self::RareCase { .. }
            | Self::RareDraw { .. } => self.of_tails(),
        }
    }

    /// The reason where it lies in the tails, or in what is rare.
    fn of_tails(&self) -> Message {
        match self {
            Self::HeavyTail { shape } => message!("analysis-gates-heavy-tail", shape = digits(*shape, 2)),
            Self::FewPaths { carry: 1, paths } => message!("analysis-gates-one-path", paths = *paths),
            Self::FewPaths { carry, paths } => {
                message!("analysis-gates-few-paths", carry = *carry, paths = *paths)
            }
            Self::RareExtremes { needed } if *needed > MOST_PATHS as f64 => {
                message!("analysis-gates-too-rare")
            }
            Self::RareExtremes { needed } => {
                message!("analysis-gates-rare-extremes", needed = digits(*needed, 1))
            }
            Self::RareCase { inputs, seen, paths } if inputs.is_empty() => {
                message!("analysis-gates-rare-case", seen = *seen, paths = *paths)
            }
            Self::RareCase { inputs, seen, paths } => {
                let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
                message!(
                    "analysis-gates-rare-case-of",
                    inputs = inputs.as_slice(),
                    seen = *seen,
                    paths = *paths
                )
            }
            Self::RareDraw { input, needed } => {
                message!("analysis-gates-rare-draw", input = input, needed = digits(*needed as f64, 2))
            }
            _ => Message::default(),
        }
    }
}

fn not_finite(infinite: u64, nan: u64, first: u64) -> Message {
    let first = first.to_string();
    match (infinite, nan) {
        (_, 0) => message!("analysis-gates-infinite", infinite = infinite, first = first),
        (0, _) => message!("analysis-gates-not-a-number", nan = nan, first = first),
        _ => message!("analysis-gates-not-finite", infinite = infinite, nan = nan, first = first),
    }
}

/// In English.
impl Serialize for Undecided {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.message())
    }
}
