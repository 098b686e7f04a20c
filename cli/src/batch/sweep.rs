//! `--sweep NAME=VALUES`: a list of values, or a range.

use plancast::message;
use plancast::text::Message;

/// The most runs that a sweep may have.
const MOST_RUNS: usize = 10_000;

/// All combinations of the values of some sweeps, the last one changing fastest; one empty combination for none.
///
/// A list is `-2%,0%,normal(1%, 1%)` (commas in brackets do not part), a range `0:200:50` is 0, 50, …, 200.
pub(super) fn combinations(sweeps: &[String]) -> Result<Vec<Vec<(String, String)>>, Message> {
    let mut all: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for sweep in sweeps {
        let Some((name, values)) = sweep.split_once('=') else {
            return Err(message!("cli-batch-sweep-form", sweep = sweep));
        };
        let values =
            values_of(values).map_err(|why| message!("cli-batch-sweep-wrong", sweep = sweep, why = why))?;
        let name = name.trim();
        all = all
            .iter()
            .flat_map(|so_far| {
                values.iter().map(move |value| {
                    let mut longer = so_far.clone();
                    longer.push((name.to_owned(), value.clone()));
                    longer
                })
            })
            .collect();
        if all.len() > MOST_RUNS {
            return Err(message!("cli-batch-sweep-many", most = MOST_RUNS.to_string()));
        }
    }
    Ok(all)
}

fn values_of(text: &str) -> Result<Vec<String>, Message> {
    if let [from, to, step] = text.split(':').collect::<Vec<_>>()[..] {
        return range(from, to, step);
    }
    let (mut values, mut depth) = (vec![String::new()], 0);
    for c in text.chars() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        match (c, depth, values.last_mut()) {
            (',', 0, _) => values.push(String::new()),
            (_, _, Some(value)) => value.push(c),
            _ => {}
        }
    }
    let values: Vec<String> = values.iter().map(|value| value.trim().to_owned()).collect();
    if values.iter().any(String::is_empty) { Err(message!("cli-batch-sweep-missing")) } else { Ok(values) }
}

/// The values of a range, both ends included. Counted in steps from the start, so that 0:1:0.1 ends at 1.
fn range(from: &str, to: &str, step: &str) -> Result<Vec<String>, Message> {
    let percent = from.trim().ends_with('%') || to.trim().ends_with('%');
    let number = |text: &str| {
        let plain = text.trim().trim_end_matches('%');
        let found = plain.parse::<f64>().ok().filter(|x| x.is_finite());
        found.ok_or_else(|| message!("cli-batch-sweep-no-number", text = text))
    };
    let (from, to, step) = (number(from)?, number(to)?, number(step)?);
    if step == 0.0 || (to - from) / step < 0.0 {
        return Err(message!("cli-batch-sweep-away"));
    }
    let steps = ((to - from) / step + 1e-9).floor();
    if steps > MOST_RUNS as f64 {
        return Err(message!("cli-batch-sweep-range", most = MOST_RUNS.to_string()));
    }
    let ending = if percent { "%" } else { "" };
    // Rounded to twelve digits, lest a third step of 0.1 be written 0.30000000000000004.
    let shown = |x: f64| format!("{x:.12e}").parse::<f64>().unwrap_or(x);
    Ok((0..=steps as u32).map(|k| format!("{}{ending}", shown(from + f64::from(k) * step))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        values_of(text).unwrap()
    }

    #[test]
    fn values_are_listed_or_ranged() {
        assert_eq!(values("-2%,0%, 2%"), ["-2%", "0%", "2%"]);
        assert_eq!(values("normal(1%, 1%),3%"), ["normal(1%, 1%)", "3%"]);
        assert_eq!(values("0:200:50"), ["0", "50", "100", "150", "200"]);
        assert_eq!(values("1%:2%:0.5%"), ["1%", "1.5%", "2%"]);
        assert_eq!(values("0:0.3:0.1"), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(values("3:1:-1"), ["3", "2", "1"]);
    }

    #[test]
    fn what_is_no_sweep_is_said() {
        for wrong in
            ["price", "price=", "price=1,,2", "price=0:1:0", "price=0:1:-1", "price=a:b:c", "price=0:1:1e-9"]
        {
            assert!(combinations(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn several_sweeps_are_combined() {
        let found = combinations(&["a=1,2".to_owned(), "b=x,y,z".to_owned()]).unwrap();
        assert_eq!(found.len(), 6);
        let pair = |a: &str, b: &str| vec![("a".to_owned(), a.to_owned()), ("b".to_owned(), b.to_owned())];
        assert_eq!((&found[0], &found[1], &found[5]), (&pair("1", "x"), &pair("1", "y"), &pair("2", "z")));
        assert_eq!(combinations(&[]).unwrap(), [vec![]]);
    }
}
