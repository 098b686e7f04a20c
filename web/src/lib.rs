//! The engine of a page: the library behind three functions that any host of WebAssembly can call.
//!
//! A question is JSON, written by the host into the memory that [`input`] gives; [`ask`] answers it and says how many bytes
//! stand at [`output`]. What may be asked is documented in `session.rs`.

// What an exported function is called is its contract with the page; there is no other unsafe code here.
#![allow(unsafe_code)]

mod session;

use std::cell::RefCell;

pub use session::{Question, Session};

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SESSION: RefCell<Session> = RefCell::new(Session::default());
}

/// Room for a question of so many bytes, until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(bytes, 0);
        input.as_mut_ptr()
    })
}

/// Answers the question that was written; gives the number of bytes of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    let answer = INPUT.with_borrow(|question| SESSION.with_borrow_mut(|session| session.answer(question)));
    let bytes = answer.len();
    OUTPUT.with_borrow_mut(|output| *output = answer);
    bytes
}

/// Where the answer stands, until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}
