//! The results that the library's own tests of tables and figures are about.

use plancast::result::{comparison, summary, wilson};
use plancast::text::Text;

#[path = "../../src/result/sample.rs"]
pub(crate) mod sample;
