//! Changes of JSON that leave it JSON: most changes of single bytes do not, and end in the parser.

use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Value, json};

use crate::mutation::{Random, put};

/// Changes a text of JSON in one to three places, or, one time in four and where it is no JSON, its bytes.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut random = Random::new(seed);
    let parsed = serde_json::from_slice::<Value>(&data[..size]);
    let Some(mut value) = parsed.ok().filter(|_| random.below(4) > 0) else {
        return fuzzer_mutate(data, size, most);
    };
    for _ in 0..=random.below(3) {
        change(&mut value, &mut random);
    }
    put(data, size, most, value.to_string().as_bytes())
}

/// How many values there are in a value, itself among them.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>(),
        Value::Object(entries) => entries.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

/// The value at a place, counted as [`size`] does.
fn at(value: &mut Value, place: usize) -> &mut Value {
    fn found<'a>(value: &'a mut Value, place: &mut usize) -> Option<&'a mut Value> {
        if *place == 0 {
            return Some(value);
        }
        *place -= 1;
        match value {
            Value::Array(items) => items.iter_mut().find_map(|item| skip(item, place)),
            Value::Object(entries) => entries.values_mut().find_map(|item| skip(item, place)),
            _ => None,
        }
    }
    fn skip<'a>(value: &'a mut Value, place: &mut usize) -> Option<&'a mut Value> {
        let all = size(value);
        if *place < all {
            return found(value, place);
        }
        *place -= all;
        None
    }
    let mut place = place;
    found(value, &mut place).expect("a place within")
}

fn change(value: &mut Value, random: &mut Random) {
    let all = size(value);
    let other = at(value, random.below(all)).clone();
    let chosen = at(value, random.below(all));
    match random.below(8) {
        0 => *chosen = other,
        1 | 2 => *chosen = soft_spot(random),
        3 => shorten(value, random.below(8), random.below(2) == 0),
        _ => alter(chosen, other, random),
    }
}

/// Changes a value a little, as its kind allows.
fn alter(value: &mut Value, other: Value, random: &mut Random) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let (place, target) = (random.below(items.len()), random.below(items.len()));
            match random.below(4) {
                0 => drop(items.remove(place)),
                1 => items.insert(place, items[target].clone()),
                2 => items.push(other),
                _ => items.swap(place, target),
            }
        }
        Value::Object(entries) if !entries.is_empty() => {
            let key = entries.keys().nth(random.below(entries.len())).cloned().unwrap_or_default();
            let held = if random.below(2) == 0 { entries.remove(&key) } else { entries.get(&key).cloned() };
            if random.below(2) == 0 {
                let names =
                    ["", "gdp", "va[a]", "0.5", "1", "0", "-1", "nan", "\u{1b}[31m", "煤", "=1+1", "a,b"];
                entries.insert(names[random.below(names.len())].to_owned(), held.unwrap_or(other));
            }
        }
        Value::Number(number) => {
            let old = number.as_f64().unwrap_or_default();
            *value = match (number.as_i64(), random.below(5)) {
                (Some(whole), 0) => json!(whole.wrapping_add(1)),
                (Some(whole), 1) => json!(whole.wrapping_sub(1)),
                (Some(whole), 2) => json!(whole.wrapping_mul(1000)),
                (_, 3) => json!(-old),
                (_, _) => json!(old * 1e10),
            };
        }
        Value::Bool(held) => *held = !*held,
        other => *other = soft_spot(random),
    }
}

/// Cuts or lengthens every list of a length, as those by year are that must be as long as each other.
fn shorten(value: &mut Value, length: usize, less: bool) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(|item| shorten(item, length, less));
            if items.len() == length && less {
                items.pop();
            } else if items.len() == length
                && let Some(last) = items.last().cloned()
            {
                items.push(last.as_i64().map_or(last, |number| json!(number + 1)));
            }
        }
        Value::Object(entries) => entries.values_mut().for_each(|item| shorten(item, length, less)),
        _ => {}
    }
}

fn soft_spot(random: &mut Random) -> Value {
    let values = [
        "null",
        "0",
        "-1",
        "1",
        "2",
        "0.5",
        "1e-300",
        "1e308",
        "-1e308",
        "5e-324",
        "18446744073709551615",
        "1099511627776",
        "-9223372036854775808",
        "2147483647",
        "-2147483648",
        "9999",
        "\"\"",
        "\"a\\u001b\\n::error::x\"",
        "\"=1+1\"",
        "\"%\"",
        "\"year\"",
        "\"1e8 CNY\"",
        "\"</script>\"",
        "true",
        "[]",
        "{}",
        "[null]",
        "[1,2]",
    ];
    serde_json::from_str(values[random.below(values.len())]).expect("JSON")
}
