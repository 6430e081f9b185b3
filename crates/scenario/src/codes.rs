//! Every code a problem can carry, with the page that explains it.
//!
//! The table below is the only place codes are made; `docs/book/diagnostics.md` is printed from it and
//! a test holds the two together. A code is never given a second meaning.

use crate::caps;
use crate::problem::Severity;

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `E0102`, `W0104`: stable for ever.
    pub id: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What happened, in a few words.
    pub title: &'static str,
    /// Why it is refused and what to do.
    pub about: &'static str,
}

macro_rules! codes {
    ($($(#[$group:meta])* $name:ident $id:literal $severity:ident $title:literal $about:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub const $name: Code = Code {
                id: $id,
                severity: Severity::$severity,
                title: $title,
                about: $about,
            };
        )*
        /// All codes, in order.
        pub const CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    // The bytes.
    NOT_UTF8 "E0101" Error "not UTF-8"
        "The file holds bytes that are not UTF-8 text. Save it as UTF-8.";
    UTF16 "E0102" Error "UTF-16"
        "The file was saved as UTF-16, which some editors call \"Unicode\". Save it as UTF-8.";
    NUL "E0103" Error "NUL byte"
        "A byte of value zero stands in the text. It is often the trace of a damaged file.";
    BYTE_ORDER_MARK "W0104" Warning "byte order mark"
        "The file begins with a mark that UTF-8 does not need. It is ignored.";
    TOO_LARGE "E0105" Error "file too large"
        "A file, or all files together, are larger than the caps below allow.";
    NESTING "E0106" Error "nested too deep"
        "Tables, lists and dotted keys stand inside one another deeper than the cap. Nothing in a scenario \
         needs more than six levels.";
    TOO_MANY "E0107" Error "too many keys or files"
        "The file has more keys and values, or the scenario more files, than the caps allow.";
    FILE_NAME "E0108" Error "file name"
        "The name of a file is empty, too long, given twice or holds hidden characters.";
    NO_FILE "E0109" Error "nothing to read"
        "A scenario needs at least one file of its own with a `[scenario]` table.";

    // The syntax.
    SYNTAX "E0110" Error "not TOML"
        "The text does not follow the rules of TOML 1.1. The parser goes on after the fault, so a later \
         problem may be an echo of an earlier one: mend from the top.";
    DUPLICATE_KEY "E0111" Error "key given twice"
        "One table gives the same key twice. Only one can count, and it is not guessed which.";
    NUMBER "E0112" Error "number that cannot be held"
        "`nan` and `inf` are no quantities; whole numbers must fit 64 bits; fractions must neither overflow \
         nor vanish.";
    KEY_TOO_LONG "E0113" Error "key too long"
        "Keys and ids are short words.";
    HIDDEN "E0114" Error "hidden character"
        "A key or text holds a character that cannot be seen, turns the reading direction, or controls a \
         terminal. Two names could look the same and be different.";
    GIVEN_TWICE "E0115" Error "given in two files"
        "Two files of the same layer give the same key. Only the scenario may override, and only the ruleset.";

    // The shape.
    UNKNOWN_KEY "E0201" Error "unknown key"
        "The table has no such key. Most often it is misspelt, or stands in the wrong table.";
    MISSING_KEY "E0202" Error "missing key"
        "The table must have this key; there is no default that would be right for every war.";
    WRONG_TYPE "E0203" Error "wrong type"
        "The value is of another type than the key needs, such as a number where a quoted text stands.";
    UNKNOWN_SECTION "E0204" Error "unknown section"
        "No section of a scenario has this name.";
    ID_SHAPE "E0205" Error "not an id"
        "Ids are made of the letters a to z, digits and dashes, begin with a letter, and have at most 48 \
         characters.";
    ID_CASE "E0206" Error "ids too alike"
        "Two ids differ only in case, dashes or underscores. People would mix them up.";
    FORMAT "E0207" Error "format version"
        "Every scenario says which version of the format it was written for. A missing, newer or absurd \
         version is refused rather than half understood.";
    TOO_FEW "E0208" Error "list too short"
        "The list must have more elements; an empty list is refused where it would leave nothing to act on.";
    TOO_LONG "E0209" Error "list too long"
        "The list or section has more elements than its cap.";
    TWICE_IN_LIST "E0210" Error "twice in a list"
        "A list in which each element may stand once holds the same one again.";

    // The values.
    RANGE "E0301" Error "out of range"
        "The number or quantity is outside what the field allows. The range is in the message.";
    UNIT "E0302" Error "unit"
        "A quantity is a number and a unit in one text, such as \"12 km\". The unit is missing or unknown.";
    DATE "E0303" Error "date"
        "A date is written \"2470-05-07\" or \"2470-05-07T04:10\", and must be within the years 0 to 9999.";
    CHOICE "E0304" Error "not one of the choices"
        "The field takes one of a few words.";
    TEXT "E0305" Error "text"
        "The text is empty or too long.";

    // What names point at.
    UNKNOWN_ID "E0401" Error "unknown id"
        "Nothing of that kind has this id.";
    WRONG_KIND "E0402" Error "id of the wrong kind"
        "The id exists, but names another kind of thing than the field wants.";
    CYCLE "E0403" Error "cycle"
        "Things that must rest on each other go round in a ring: a moon of its own moon, a ship that carries \
         itself.";

    // The sense.
    PLACE "E0501" Error "impossible place"
        "Stars or bodies stand where they cannot: on one point, inside one another, or too far out.";
    COUNT "E0502" Error "counts that do not fit"
        "Totals are larger than the engine can hold, or a part is larger than its whole.";
    NOTHING_TO_PLAY "E0503" Error "nothing to play"
        "The war has no powers, no system, or no end that can be reached.";
    RULES "E0504" Error "rules that contradict"
        "Two values exclude each other, such as a smallest that is larger than the greatest.";
    EXPECTATION "E0505" Error "expectation that says nothing"
        "The expectation cannot be checked: it names no bound, or its bounds exclude each other.";
    DATE_ORDER "E0506" Error "dates out of order"
        "The date lies outside the war: before its opening or after its last turn.";
    SUSPECT "W0507" Warning "probably not meant"
        "The value is allowed but unusual enough that a slip is likely.";
    UNUSED "W0508" Warning "never used"
        "The thing is described and nothing in the scenario uses it.";

    // The rest.
    MORE "W0901" Warning "more problems"
        "Only the first problems are shown.";
    INTERNAL "E0902" Error "not understood by the engine"
        "The text passed every check and the engine still refused it. Please report it with the text.";
}

/// The page `docs/book/diagnostics.md`.
pub fn page() -> String {
    let mut out = String::from(
        "# Diagnostics\n\n\
         Every problem found in a scenario has a place (file, line, column), a code, the line itself and, \
         where one can be given, a hint. Codes beginning with E refuse the scenario; those with W only warn. \
         All problems are reported in one run.\n\n\
         ```text\n\
         scenarios/first/fleets.toml:4:9: error[E0401]: no class has the id `criuser`\n \
         4 | class = \"criuser\"\n   |         ^^^^^^^^^\n   = hint: did you mean `cruiser`?\n\
         ```\n\n\
         This page is printed from `crates/scenario/src/codes.rs`; do not edit it by hand.\n\n\
         | code | what | why, and what to do |\n|---|---|---|\n",
    );
    for code in CODES {
        out.push_str(&format!("| {} | {} | {} |\n", code.id, code.title, code.about));
    }
    out.push_str("\n## Caps\n\nLimits on the text itself. Limits on a quantity are in the message that reports it.\n\n");
    out.push_str("| what | most |\n|---|---|\n");
    for cap in caps::CAPS {
        out.push_str(&format!("| {} | {} |\n", cap.what, cap.most));
    }
    out
}
