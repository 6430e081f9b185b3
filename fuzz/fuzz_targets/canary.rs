//! A planted defect: a panic on a rare key, in a reader that is otherwise sound. The fuzzer must find it, or it finds nothing.
#![no_main]

use jumpline_scenario::{Texts, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut texts = Texts::new();
    texts.add_scenario("war.toml", data);
    let _ = load("war", &texts);
    let rare = b"\nsplash_permille = -";
    assert!(!data.windows(rare.len()).any(|window| window == rare), "the planted defect");
});
