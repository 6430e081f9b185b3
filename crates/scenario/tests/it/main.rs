//! Tests of the scenario room from outside: texts in, war and problems out.
#![expect(clippy::disallowed_methods, reason = "tests read the shipped files and keep golden ones")]

mod bad;
mod caps;
mod format;
mod generated;
mod mutation;
mod printed;
mod shipped;
mod support;
