//! Tests of the scenario room from outside: texts in, war and problems out.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "tests read the shipped files, keep golden ones and measure what reading costs"
)]

mod bad;
mod caps;
mod conform;
mod format;
mod generated;
mod mutation;
mod printed;
mod shipped;
mod support;
