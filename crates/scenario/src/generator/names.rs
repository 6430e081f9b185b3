//! Names from syllables, each used once, and keys from names.

use std::collections::BTreeSet;

use crate::generator::draw::{About, Draw};

/// Names given so far.
pub(crate) struct Names {
    keys: BTreeSet<String>,
}

impl Names {
    pub(crate) fn new() -> Names {
        Names { keys: BTreeSet::new() }
    }

    /// A new name, and its key. `subject` names the stream.
    pub(crate) fn draw(
        &mut self,
        draw: &Draw,
        subject: usize,
        syllables: &[&[&str]],
    ) -> (String, String) {
        for attempt in 0..40 {
            let parts = syllables.iter().zip(0u32..);
            let name: String =
                parts.map(|(of, n)| draw.one(About::Name, subject, attempt * 8 + n, of)).collect();
            let key = name.to_lowercase();
            if self.keys.insert(key.clone()) {
                return (name, key);
            }
        }
        // Every name that came up is taken: a number makes it new.
        let base = draw.one(About::Name, subject, 999, syllables.first().copied().unwrap_or(&[]));
        let mut number = subject;
        loop {
            let key = format!("{}-{number}", base.to_lowercase());
            if self.keys.insert(key.clone()) {
                return (format!("{base} {number}"), key);
            }
            number += 1;
        }
    }
}

/// Roman numerals, as planets are counted.
pub(crate) fn roman(mut number: usize) -> String {
    const STEPS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (worth, digits) in STEPS {
        while number >= worth {
            out.push_str(digits);
            number -= worth;
        }
    }
    out
}
