//! The page's own script, and the policy that lets nothing else run.

use sha2::{Digest, Sha256};

/// The script.
pub(super) const SCRIPT: &str = concat!("//<![CDATA[\n", include_str!("page.js"), "//]]>");

/// A content security policy: nothing is fetched from anywhere, and only this script runs.
pub(super) fn policy() -> String {
    let hash = base64(&Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

/// The script's words as JSON that may stand in a page.
pub(super) fn words(save: &str, step: &str) -> String {
    let words = serde_json::json!({ "save": save, "step": step }).to_string();
    words.replace('<', "\\u003c").replace('&', "\\u0026")
}

/// Base64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize] as char;
            text.push(if place > three.len() { '=' } else { letter });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10.
    #[test]
    fn base64_is_as_published() {
        let published = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in published {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
