//! Every limit a text is held to, in one table.
//!
//! A scenario file may come from a stranger. These caps keep any file, however strange, from costing
//! more than two seconds and 256 MiB for each MiB of text. Each cap is tested at one below, at, and
//! one above. The limits on game quantities (ships in a class, metres, tonnes) are not here: they
//! stand beside the field they bind, in [`crate::fields`].

/// Bytes in one file.
pub const FILE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes in all files together: scenario and ruleset.
pub const ALL_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Files in one scenario, its ruleset included.
pub const FILES_MAX: usize = 256;
/// Characters in the name of a file.
pub const FILE_NAME_CHARS_MAX: usize = 200;
/// Levels of tables, lists and dotted keys inside one another.
pub const NESTING_MAX: usize = 64;
/// Keys, values and list elements in one file.
pub const NODES_MAX: usize = 600_000;
/// Bytes in one key.
pub const KEY_BYTES_MAX: usize = 64;
/// Problems reported for one load; the rest are counted and not shown.
pub const PROBLEMS_MAX: usize = 200;
/// Syntax errors taken from one file; the rest are counted.
pub const SYNTAX_ERRORS_MAX: usize = 50;
/// Characters of a written word that are compared to find what was meant.
pub const SUGGEST_CHARS_MAX: usize = 64;
/// Known words that a misspelt one is compared with.
pub const SUGGEST_WORDS_MAX: usize = 20_000;
/// Characters of the reader's text quoted inside a message.
pub const QUOTE_CHARS_MAX: usize = 60;
/// Columns of a source line shown under a problem.
pub const SOURCE_LINE_COLUMNS_MAX: usize = 100;

/// Ships of one duel, all sides together.
pub const DUEL_SHIPS_MAX: usize = 100_000;
/// Sides of one duel.
pub const DUEL_SIDES_MAX: usize = 8;
/// Rows of ships of one side of a duel.
pub const DUEL_ROWS_MAX: usize = 32;
/// Battles of one duel.
pub const DUEL_RUNS_MAX: usize = 100_000;

/// Ticks of one battle; it is then ended by rule.
pub const BATTLE_TICKS_MAX: usize = 1_000_000;

/// One cap, as a person reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// What is limited, with its unit.
    pub what: &'static str,
    /// The greatest value allowed.
    pub most: usize,
}

/// The table of all caps, in the order the text meets them.
pub const CAPS: &[Cap] = &[
    Cap { what: "files in one scenario, ruleset included", most: FILES_MAX },
    Cap { what: "characters in the name of a file", most: FILE_NAME_CHARS_MAX },
    Cap { what: "bytes in one file", most: FILE_BYTES_MAX },
    Cap { what: "bytes in all files together", most: ALL_BYTES_MAX },
    Cap { what: "levels of tables, lists and dotted keys", most: NESTING_MAX },
    Cap { what: "keys, values and list elements in one file", most: NODES_MAX },
    Cap { what: "bytes in one key", most: KEY_BYTES_MAX },
    Cap { what: "syntax errors shown for one file", most: SYNTAX_ERRORS_MAX },
    Cap { what: "problems shown for one load", most: PROBLEMS_MAX },
    Cap { what: "ships of one duel, all sides together", most: DUEL_SHIPS_MAX },
    Cap { what: "sides of one duel", most: DUEL_SIDES_MAX },
    Cap { what: "rows of ships of one side of a duel", most: DUEL_ROWS_MAX },
    Cap { what: "battles of one duel", most: DUEL_RUNS_MAX },
    Cap { what: "ticks of one battle, which is then ended by rule", most: BATTLE_TICKS_MAX },
];
