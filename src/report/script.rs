//! The page's own script, and the policy that lets nothing else run.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The script.
pub(super) const SCRIPT: &str = concat!("//<![CDATA[\n", include_str!("page.js"), "//]]>");

/// A content security policy: nothing is fetched from anywhere, and only this script runs.
pub(super) fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

/// The script's words as JSON that may stand in a page.
pub(super) fn words(save: &str, step: &str) -> String {
    let words = serde_json::json!({ "save": save, "step": step }).to_string();
    words.replace('<', "\\u003c").replace('&', "\\u0026")
}
