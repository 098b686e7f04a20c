//! From a [`Unit`] to the text that people would write: `tce/1e4 CNY`, `Mtce`, `1e8 CNY`.

use super::algebra::{Base, Unit, WHOLE, same};
use super::table::Units;
use crate::text::unit_table::PREFIXES;

impl Units {
    /// A unit as a scenario would write it; reading it again gives the same unit.
    pub fn print(&self, unit: &Unit) -> String {
        let (above, below): (Vec<_>, Vec<_>) = unit.powers.iter().copied().partition(|(_, power)| *power > 0);
        let mut scale = unit.scale;
        // A scale below one reads better as so many of the unit below: tce/1e4 CNY.
        let under = (scale < 1.0 && !below.is_empty()).then(|| 1.0 / scale).filter(|under| is_round(*under));
        if under.is_some() {
            scale = 1.0;
        }
        let mut first = true;
        let mut out = String::new();
        for (base, power) in above {
            if !first {
                out.push('·');
            } else if let Some(letter) = self.prefix(base, power, scale) {
                out.push(letter);
            } else if !same(scale, 1.0) {
                out = format!("{} ", number(scale));
            }
            first = false;
            out.push_str(&self.powered(base, power));
        }
        if first {
            out = number(scale);
        }
        for (place, (base, power)) in below.into_iter().enumerate() {
            out.push('/');
            if let (0, Some(under)) = (place, under) {
                out = format!("{out}{} ", number(under));
            }
            out.push_str(&self.powered(base, -power));
        }
        out
    }

    /// The prefix that says this scale, where the unit is one that takes prefixes. Money is counted.
    fn prefix(&self, base: Base, power: i32, scale: f64) -> Option<char> {
        let known = self.known(base).filter(|known| power == WHOLE && !known.of.contains(&("CNY", 1)))?;
        let mut fitting = PREFIXES.iter().filter(|prefix| same(prefix.factor, scale));
        fitting.find(|prefix| known.prefixes.contains(prefix.letter)).map(|prefix| prefix.letter)
    }

    fn powered(&self, base: Base, power: i32) -> String {
        let name = self.base_name(base);
        match (name, power) {
            (_, WHOLE) => name.into(),
            ("m", _) if power == 2 * WHOLE || power == 3 * WHOLE => format!("m{}", power / WHOLE),
            _ if power % WHOLE == 0 => format!("{name}^{}", power / WHOLE),
            _ => {
                let divisor = (1..=WHOLE)
                    .rev()
                    .find(|divisor| power % divisor == 0 && WHOLE % divisor == 0)
                    .unwrap_or(1);
                format!("{name}^({}/{})", power / divisor, WHOLE / divisor)
            }
        }
    }
}

/// Whether a scale is a power of ten.
fn is_round(scale: f64) -> bool {
    (1..=18).any(|power| format!("1e{power}").parse().is_ok_and(|ten: f64| same(ten, scale)))
}

pub(super) fn number(scale: f64) -> String {
    // Rounding of the last bits is not worth showing: 0.010000000000000002.
    let text = format!("{scale:.11e}");
    let short = text.parse::<f64>().ok().filter(|short| same(*short, scale)).unwrap_or(scale);
    if (1e-3..1e4).contains(&short) { short.to_string() } else { format!("{short:e}") }
}
