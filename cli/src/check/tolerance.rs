//! `--tolerance`: `1%` of everything, `probability=1%` of every probability, `gdp=0.5%`.

use plancast::analysis::diff::Tolerance;
use plancast::message;
use plancast::text::Message;
use plancast::text::number::hundredth;

/// Reads tolerances; a later one of the same name wins.
pub(super) fn read(texts: &[String]) -> Result<Tolerance, Message> {
    let mut tolerance = Tolerance::default();
    for text in texts {
        let (name, amount) = match text.rsplit_once('=') {
            Some((name, amount)) => (Some(name.trim()), amount),
            None => (None, text.as_str()),
        };
        let amount = amount_of(amount).ok_or_else(|| message!("cli-check-tolerance", tolerance = text))?;
        match name {
            None => tolerance.all = amount,
            // What it was called before.
            Some("probability" | "odds") => tolerance.probability = Some(amount),
            Some(name) => {
                tolerance.by_name.insert(name.to_owned(), amount);
            }
        }
    }
    Ok(tolerance)
}

fn amount_of(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = match text.strip_suffix('%') {
        Some(percent) => hundredth(percent)?,
        None => text.parse().ok()?,
    };
    Some(number).filter(|x| *x >= 0.0 && x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_are_of_all_of_probabilities_or_of_one_name() {
        let read = |texts: &[&str]| read(&texts.iter().map(ToString::to_string).collect::<Vec<_>>());
        let found = read(&["1%", "probability=0.02", "gdp=0.5%"]).unwrap();
        assert_eq!((found.all, found.probability, found.by_name["gdp"]), (0.01, Some(0.02), 0.005));
        assert_eq!(read(&["odds=0.02"]).unwrap().probability, Some(0.02), "as it was written before");
        assert!(read(&["much"]).is_err() && read(&["gdp=-1%"]).is_err());
    }
}
