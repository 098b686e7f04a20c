//! Distributions whose arguments are made of other data, and so are not the same on every path.

use super::forms::Argument;
use super::inadmissible;
use super::parse::Written;
use crate::formula::Expr;
use crate::formula::token::{Span, SyntaxError};
use crate::message;
use crate::num::{ArgumentError, Distribution};

/// A distribution with arguments of which some vary.
#[derive(Clone, Debug, PartialEq)]
pub struct VaryingDistribution {
    /// Its name in the language: one of those whose arguments may vary.
    pub family: &'static str,
    /// Its arguments, in their order.
    pub arguments: Vec<VaryingArgument>,
    /// The ends of a truncation of it.
    pub ends: Option<[VaryingArgument; 2]>,
}

/// An argument of a distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum VaryingArgument {
    /// The same on every path.
    Number(f64),
    /// Made of other data.
    Formula {
        /// The tree; its places count from the beginning of `text`.
        tree: Expr,
        /// As written.
        text: String,
        /// Where it stands in the text of the quantity.
        span: Span,
    },
}

/// A family and its arguments: name, and whether it may vary.
type Family = (&'static str, &'static [(&'static str, bool)]);

/// The families of which arguments may vary.
const FAMILIES: [Family; 15] = [
    ("normal", &[("mean", true), ("sd", true)]),
    ("lognormal", &[("mu", true), ("sigma", true)]),
    ("lognormal_mean", &[("mean", true), ("sd", true)]),
    ("lognormal_between", &[("low", true), ("high", true)]),
    ("uniform", &[("min", true), ("max", true)]),
    ("triangular", &[("min", true), ("mode", true), ("max", true)]),
    ("two_piece_normal", &[("mode", true), ("sd_low", true), ("sd_high", true)]),
    ("student_t", &[("df", false), ("location", true), ("scale", true)]),
    ("cauchy", &[("location", true), ("scale", true)]),
    ("gamma", &[("shape", false), ("scale", true)]),
    ("exponential", &[("rate", true)]),
    ("weibull", &[("shape", true), ("scale", true)]),
    ("pareto", &[("shape", true), ("min", true)]),
    ("generalized_pareto", &[("shape", true), ("threshold", true), ("scale", true)]),
    ("bernoulli", &[("p", true)]),
];

/// Those of which truncations may vary, too.
const TRUNCATED: [&str; 4] = ["normal", "lognormal", "lognormal_mean", "lognormal_between"];

/// What is inadmissible in an argument that is a number, beside others that vary.
fn inadmissible_number(family: &str, argument: &'static str, value: f64) -> Option<ArgumentError> {
    let (name, shown) = (argument, format!("{family}(…)"));
    match (family, argument) {
        _ if !value.is_finite() => Some(ArgumentError::NotFinite { name, shown, value }),
        ("generalized_pareto", "shape") => None,
        ("pareto", "min")
        | ("lognormal_mean", "mean")
        | ("lognormal_between", _)
        | (_, "scale" | "shape" | "rate" | "df")
            if value <= 0.0 =>
        {
            Some(ArgumentError::NotAboveZero { name, shown, value })
        }
        (_, "sd" | "sigma" | "sd_low" | "sd_high") if value < 0.0 => {
            Some(ArgumentError::BelowZero { name, shown, value })
        }
        ("student_t" | "gamma", "df" | "shape") => {
            let standard = if family == "gamma" {
                Distribution::Gamma { shape: value, scale: 1.0 }
            } else {
                Distribution::StudentT { df: value, location: 0.0, scale: 1.0 }
            };
            standard.validate().err()
        }
        _ => None,
    }
}

impl From<Argument> for VaryingArgument {
    fn from(argument: Argument) -> Self {
        match argument {
            Argument::Number(number) => Self::Number(number),
            Argument::Formula(formula, _) => formula,
        }
    }
}

impl VaryingDistribution {
    /// A family with arguments of which some vary.
    pub(super) fn new(
        name: &str,
        name_span: Span,
        signature: &str,
        arguments: Vec<Argument>,
    ) -> Result<Self, SyntaxError> {
        let first = arguments.iter().find_map(|argument| match argument {
            Argument::Formula(VaryingArgument::Formula { text, .. }, span) => Some((text.clone(), *span)),
            _ => None,
        });
        let (text, span) = first.unwrap_or_else(|| (String::new(), name_span));
        let Some((family, known)) = FAMILIES.iter().find(|(family, _)| *family == name) else {
            let message =
                message!("scenario-varying-argument", argument = signature, family = name, text = text);
            let help = message!("scenario-varying-argument.help", may = "none", family = name, names = "");
            return Err(SyntaxError::new(span, message).help(help));
        };
        if known.len() != arguments.len() {
            let message = message!(
                "scenario-quantity-count",
                name = name,
                count = known.len(),
                signature = signature,
                given = arguments.len()
            );
            return Err(SyntaxError::new(name_span, message));
        }
        for ((argument, may_vary), given) in known.iter().zip(&arguments) {
            if let (false, Argument::Formula(VaryingArgument::Formula { text, .. }, span)) = (may_vary, given)
            {
                let names: Vec<&str> =
                    known.iter().filter(|(_, may_vary)| *may_vary).map(|(name, _)| *name).collect();
                let message =
                    message!("scenario-varying-argument", argument = *argument, family = name, text = text);
                let names = names.join(", ");
                let help =
                    message!("scenario-varying-argument.help", may = "some", family = name, names = names);
                return Err(SyntaxError::new(*span, message).help(help));
            }
        }
        for ((argument, _), given) in known.iter().zip(&arguments) {
            if let Argument::Number(number) = given
                && let Some(error) = inadmissible_number(family, argument, *number)
            {
                return Err(SyntaxError::new(name_span, inadmissible::message(&error)));
            }
        }
        let arguments = arguments.into_iter().map(VaryingArgument::from).collect();
        Ok(Self { family, arguments, ends: None })
    }

    /// A truncation of which the distribution or an end varies.
    pub(super) fn truncated(inner: Written, ends: Vec<Argument>, span: Span) -> Result<Self, SyntaxError> {
        let mut ends = ends.into_iter().map(VaryingArgument::from);
        let (Some(low), Some(high)) = (ends.next(), ends.next()) else { unreachable!("two were read") };
        let ends = Some([low, high]);
        let number = VaryingArgument::Number;
        let found = match inner {
            Written::Fixed(Distribution::Normal { mean, sd }) => {
                Self { family: "normal", arguments: vec![number(mean), number(sd)], ends }
            }
            Written::Fixed(Distribution::LogNormal { mu, sigma }) => {
                Self { family: "lognormal", arguments: vec![number(mu), number(sigma)], ends }
            }
            Written::Varying(varying) if varying.ends.is_none() && TRUNCATED.contains(&varying.family) => {
                Self { ends, ..*varying }
            }
            Written::Fixed(other) => return Err(Self::not_truncated(other.name(), span)),
            Written::Varying(varying) => return Err(Self::not_truncated(varying.family, span)),
        };
        Ok(found)
    }

    fn not_truncated(family: &str, span: Span) -> SyntaxError {
        SyntaxError::new(span, message!("scenario-varying-truncated", family = family))
            .help(message!("scenario-varying-truncated.help", families = TRUNCATED.join(", ")))
    }

    /// The text of the first argument that varies.
    pub(super) fn first_formula(&self) -> &str {
        let text = |argument: &'_ VaryingArgument| match argument {
            VaryingArgument::Formula { .. } => true,
            VaryingArgument::Number(_) => false,
        };
        let all = self.arguments.iter().chain(self.ends.iter().flatten());
        match all.into_iter().find(|argument| text(argument)) {
            Some(VaryingArgument::Formula { text, .. }) => text,
            _ => "",
        }
    }

    /// All its arguments, those of a truncation last.
    pub fn all(&self) -> impl Iterator<Item = &VaryingArgument> {
        self.arguments.iter().chain(self.ends.iter().flatten())
    }

    /// All its arguments, and whether each is a value in the unit of the quantity.
    pub fn with_roles(&self) -> impl Iterator<Item = (&VaryingArgument, bool)> {
        let is_value = |number: usize| {
            !matches!(
                (self.family, number),
                ("lognormal" | "exponential" | "bernoulli", _)
                    | ("student_t" | "gamma" | "weibull" | "pareto" | "generalized_pareto", 0)
            )
        };
        let own = self.arguments.iter().enumerate().map(move |(number, own)| (own, is_value(number)));
        own.chain(self.ends.iter().flatten().map(|end| (end, true)))
    }

    /// The distribution of which a draw is made into one of this: normal scores, uniforms, or what a shape that does not
    /// vary has.
    pub fn standard(&self) -> Distribution {
        let shape = match self.arguments.first() {
            Some(VaryingArgument::Number(shape)) => *shape,
            _ => 1.0,
        };
        match self.family {
            _ if self.ends.is_some() => Distribution::Uniform { min: 0.0, max: 1.0 },
            "normal" | "lognormal" | "lognormal_mean" | "lognormal_between" => {
                Distribution::Normal { mean: 0.0, sd: 1.0 }
            }
            "student_t" => Distribution::StudentT { df: shape, location: 0.0, scale: 1.0 },
            "cauchy" => Distribution::Cauchy { location: 0.0, scale: 1.0 },
            "gamma" => Distribution::Gamma { shape, scale: 1.0 },
            _ => Distribution::Uniform { min: 0.0, max: 1.0 },
        }
    }
}
