//! The part of a page that can be moved: sliders for what a planner decides, and what the odds then are.
//!
//! The page carries the engine, this library compiled to WebAssembly (`web/`), and the scenario. What it shows of a moved
//! state is made there by the same code that wrote the page, so that it reads alike and the numbers are those of the
//! command.

#[cfg(not(target_family = "wasm"))]
mod engine;
mod levers;
mod part;
mod view;

#[cfg(not(target_family = "wasm"))]
pub use engine::{COMPAT, Engines, FINGERPRINT, SIMD, unpacked};
pub use levers::{LiveLever, MovedForm, levers};
pub use part::{LiveError, LivePart, live};
pub use view::{LiveView, fan, view};
