//! Why a gate is undecided or an error not known, in a sentence.

use serde::{Serialize, Serializer};

use crate::ensemble::MOST_PATHS;
use crate::result::interval::UnknownError;
use crate::text::Language;
use crate::text::number::{count, digits, paths as paths_of, trimmed};

/// Why the paths do not tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Undecided {
    /// The interval reaches across the bound.
    Close {
        /// So many paths would tell if the estimate were right; `None` where no number of paths that can be counted would.
        needed: Option<u64>,
    },
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
        !matches!(self, Self::NeverDefined | Self::NotFinite { .. } | Self::InfiniteQuantile { .. })
    }

    /// The reason as a sentence without its full stop.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.english(),
            Language::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Close { needed: Some(needed) } => format!(
                "the interval reaches across the bound: if the estimate is right, some {} paths tell (--max-paths); if the value lies on the bound, none do, and less must be asked for",
                digits(*needed as f64, 1)
            ),
            Self::Close { needed: None } => {
                "the interval reaches across the bound, which lies on the value as far as it is known: no number of paths may tell, ask for a little less".into()
            }
            Self::Cell { bound, low, high, paths } => format!(
                "{} lies inside one counting cell [{}, {}] of {}",
                trimmed(*bound, 6),
                trimmed(*low, 9),
                trimmed(*high, 9),
                paths_of(*paths)
            ),
            Self::NeverDefined => "its condition never holds".into(),
            Self::ConditionNotSeen { paths } => {
                format!("its condition held on none of {}", paths_of(*paths))
            }
            Self::TooLarge => "there are too few values, or they are too large to add up".into(),
            Self::NotFinite { infinite, nan, first } => {
                let infinite = (*infinite > 0).then(|| format!("infinite on {}", paths_of(*infinite)));
                let nan = (*nan > 0).then(|| format!("not a number on {}", paths_of(*nan)));
                let what: Vec<String> = infinite.into_iter().chain(nan).collect();
                format!("its value is {} (the first: --path {first})", what.join(" and "))
            }
            Self::InfiniteQuantile { never: true, infinite, paths } => format!(
                "it never comes on {} of {}, and the quantile falls there: it is no year",
                count(*infinite),
                paths_of(*paths)
            ),
            Self::InfiniteQuantile { infinite, paths, .. } => format!(
                "the value is infinite on {} of {}, and the quantile falls there",
                count(*infinite),
                paths_of(*paths)
            ),
            Self::NoSpread => "all paths have the same value, although others are possible".into(),
            Self::NoSpreadBelow => {
                "the lowest paths, of which it is the mean, all have the same value, although others are possible".into()
            }
            Self::HeavyTail { shape } => format!(
                "single paths may be so extreme that the average of all does not settle (Pareto shape {}, at most 0.45 is safe)",
                digits(*shape, 2)
            ),
            Self::FewPaths { carry: 1, paths } => format!(
                "a single one of {} makes half of the spread: the tail is so heavy, or the case so rare, that more paths may not help",
                paths_of(*paths)
            ),
            Self::FewPaths { carry, paths } => {
                format!(
                    "half of the spread comes from {} of {}: too few to rely on",
                    count(*carry),
                    paths_of(*paths)
                )
            }
            Self::RareExtremes { needed } if *needed > MOST_PATHS as f64 => {
                "much of it comes from draws so extreme that no number of paths shows them well".into()
            }
            Self::RareExtremes { needed } => format!(
                "much of it comes from draws so extreme that about {} paths are needed to show them well (--max-paths)",
                digits(*needed, 1)
            ),
            Self::RareCase { inputs, seen, paths } => format!(
                "a case that it depends on{} occurred on {} of {}: too few to know what it does",
                if inputs.is_empty() {
                    String::new()
                } else {
                    format!(" (decided by {})", inputs.join(", "))
                },
                count(*seen),
                paths_of(*paths)
            ),
            Self::RareDraw { input, needed } => format!(
                "{input} takes an extreme value so rarely that about {} paths are needed to see what it does",
                digits(*needed as f64, 2)
            ),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Close { needed: Some(needed) } => format!(
                "区间跨过门槛值：若估计值无误，约需{}条路径才能判定（--max-paths）；若真值恰在门槛上，则任何路径数都无法判定，须放宽要求",
                digits(*needed as f64, 1)
            ),
            Self::Close { needed: None } => {
                "区间跨过门槛值，而目前所知的数值恰在门槛上：任何路径数都可能无法判定，请略微放宽要求".into()
            }
            Self::Cell { bound, low, high, paths } => format!(
                "门槛值{}落在同一个计数区间[{}, {}]之内，其中有{}条路径",
                trimmed(*bound, 6),
                trimmed(*low, 9),
                trimmed(*high, 9),
                count(*paths)
            ),
            Self::NeverDefined => "其条件永远不成立".into(),
            Self::ConditionNotSeen { paths } => format!("在{}条路径中，其条件一次也没有成立", count(*paths)),
            Self::TooLarge => "数值太少，或太大而无法相加".into(),
            Self::NotFinite { infinite, nan, first } => {
                let infinite = (*infinite > 0).then(|| format!("在{}条路径上为无穷", count(*infinite)));
                let nan = (*nan > 0).then(|| format!("在{}条路径上无有效数值", count(*nan)));
                let what: Vec<String> = infinite.into_iter().chain(nan).collect();
                format!("其数值{}（第一条：--path {first}）", what.join("，"))
            }
            Self::InfiniteQuantile { never: true, infinite, paths } => format!(
                "在{}条路径中有{}条从不出现，该分位数落在其中，不是某一年份",
                count(*paths),
                count(*infinite)
            ),
            Self::InfiniteQuantile { infinite, paths, .. } => {
                format!("在{}条路径中有{}条为无穷，该分位数落在其中", count(*paths), count(*infinite))
            }
            Self::NoSpread => "所有路径的数值都相同，但也可能出现其他数值".into(),
            Self::NoSpreadBelow => "所平均的最低部分路径数值都相同，但也可能出现其他数值".into(),
            Self::HeavyTail { shape } => {
                format!(
                    "个别路径可能极端到使全部路径的平均值无法稳定（帕累托形状参数{}，不超过0.45才可靠）",
                    digits(*shape, 2)
                )
            }
            Self::FewPaths { carry: 1, paths } => format!(
                "{}条路径中仅一条就占离散程度的一半：尾部过厚或情形过于罕见，增加路径数未必有用",
                count(*paths)
            ),
            Self::FewPaths { carry, paths } => {
                format!("一半的离散程度来自{}条路径（共{}条）：太少，不足为据", count(*carry), count(*paths))
            }
            Self::RareExtremes { needed } if *needed > MOST_PATHS as f64 => {
                "它在很大程度上取决于极端抽样值，而这种抽样值罕见到任何路径数都难以充分显示".into()
            }
            Self::RareExtremes { needed } => format!(
                "它在很大程度上取决于罕见的极端抽样值，约需{}条路径才能充分显示（--max-paths）",
                digits(*needed, 1)
            ),
            Self::RareCase { inputs, seen, paths } => format!(
                "它所依赖的一种情形{}在{}条路径中只出现{}次：太少，无法得知其影响",
                if inputs.is_empty() {
                    String::new()
                } else {
                    format!("（取决于{}）", inputs.join("、"))
                },
                count(*paths),
                count(*seen)
            ),
            Self::RareDraw { input, needed } => {
                format!("{input}极少取到极端值，约需{}条路径才能看出其影响", digits(*needed as f64, 2))
            }
        }
    }
}

impl Serialize for Undecided {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english())
    }
}
