//! How an assumption is marked as one wherever it shows.

/// ` [C]` or ` [D]` after what rests on a source that is unconfirmed or assumed; nothing after the rest.
pub fn mark(grade: &str) -> String {
    if matches!(grade, "C" | "D") { format!(" [{grade}]") } else { String::new() }
}
