//! Forces as people type them: `power:class*count`, joined by `+`. Stores keys resolved to ids; refuses what the codex does not
//! know, with the word that was likely meant.

use jumpline_measure::{ClassId, DoctrineId, PowerId};
use jumpline_world::law::Codex;

/// Most ships of one duel, all sides together.
pub const SHIPS_MOST: u64 = jumpline_scenario::caps::DUEL_SHIPS_MAX as u64;
/// Most parts of one force.
const PARTS_MOST: usize = jumpline_scenario::caps::DUEL_ROWS_MAX;
/// Most characters of one force.
const CHARS_MOST: usize = 2_000;
/// Most characters of a word that are quoted back.
const QUOTE_MOST: usize = 60;

/// Ships of one class with the crews of one power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whose crews; none are crews of the common measure.
    pub power: Option<PowerId>,
    /// What.
    pub class: ClassId,
    /// How many, at least one.
    pub count: u32,
    /// How they fight, if not as their class does.
    pub doctrine: Option<DoctrineId>,
}

/// One side of a duel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Force {
    /// As it was typed.
    pub typed: String,
    /// What it is called, if it was given a name.
    pub name: Option<String>,
    /// Where it stands, metres from the middle of the field; none takes its corner.
    pub place_m: Option<[i64; 3]>,
    /// Its rows, in the order typed; each power and class once.
    pub rows: Vec<Row>,
}

/// Why a force cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForceError {
    /// Not of the form, or too long.
    #[error(
        "`{part}` is not a force: {why}\n  = hint: write power:class*count, such as hycre:destroyer*20"
    )]
    Form {
        /// What was typed.
        part: String,
        /// What is wrong with it.
        why: String,
    },
    /// No such power.
    #[error("no power is called `{word}`\n  = hint: {hint}")]
    Power {
        /// What was typed.
        word: String,
        /// What may have been meant.
        hint: String,
    },
    /// No such class.
    #[error("no class is called `{word}`\n  = hint: {hint}")]
    Class {
        /// What was typed.
        word: String,
        /// What may have been meant.
        hint: String,
    },
    /// Too many ships.
    #[error("`{part}`: {count} ships; a duel holds at most {SHIPS_MOST} of all sides together")]
    Many {
        /// What was typed.
        part: String,
        /// How many, as typed.
        count: String,
    },
}

impl Force {
    /// Reads one side. A part without a power has the power of the part before it.
    pub fn read(codex: &Codex, typed: &str) -> Result<Force, ForceError> {
        let form = |why: &str| ForceError::Form { part: quoted(typed), why: why.to_owned() };
        if typed.chars().count() > CHARS_MOST {
            return Err(form("it is far too long"));
        }
        let parts: Vec<&str> = typed.split('+').map(str::trim).collect();
        if parts.len() > PARTS_MOST {
            return Err(form("it has more than 32 parts"));
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut power = None;
        for part in parts {
            let row = read_part(codex, part, power)?;
            power = row.power;
            match rows.iter_mut().find(|one| (one.power, one.class) == (row.power, row.class)) {
                Some(one) => one.count = one.count.saturating_add(row.count),
                None => rows.push(row),
            }
        }
        let force = Force { typed: typed.to_owned(), name: None, place_m: None, rows };
        if force.ships() > SHIPS_MOST {
            return Err(ForceError::Many { part: quoted(typed), count: force.ships().to_string() });
        }
        Ok(force)
    }

    /// How many ships.
    pub fn ships(&self) -> u64 {
        self.rows.iter().map(|row| u64::from(row.count)).fold(0, u64::saturating_add)
    }
}

fn read_part(codex: &Codex, part: &str, before: Option<PowerId>) -> Result<Row, ForceError> {
    let form = |why: &str| ForceError::Form { part: quoted(part), why: why.to_owned() };
    if part.is_empty() {
        return Err(form("there is nothing"));
    }
    let (what, count) = match part.split_once('*') {
        Some((what, count)) => (what.trim(), count.trim()),
        None => (part, "1"),
    };
    let digits: String = count.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(form(&format!("`{}` is not a number of ships", quoted(count))));
    }
    let many = || ForceError::Many { part: quoted(part), count: quoted(count) };
    let count: u64 = digits.parse().map_err(|_| many())?;
    if count == 0 {
        return Err(form("no ships at all; a force begins at one"));
    }
    if count > SHIPS_MOST {
        return Err(many());
    }
    let (power, word) = match what.split_once(':') {
        Some((power, class)) => (Some(find_power(codex, power.trim())?), class.trim()),
        None => (before, what),
    };
    if word.is_empty() {
        return Err(form("it names no class"));
    }
    let class = find_class(codex, power, word)?;
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Row { power, class, count, doctrine: None })
}

fn find_power(codex: &Codex, word: &str) -> Result<PowerId, ForceError> {
    codex.power_by_key(word).ok_or_else(|| {
        let known: Vec<&str> = codex.powers.iter().map(|power| power.key.as_str()).collect();
        ForceError::Power { word: quoted(word), hint: hint(word, &known, "powers") }
    })
}

/// The class `power-word` if the ruleset has it, else the class of just that key.
fn find_class(codex: &Codex, power: Option<PowerId>, word: &str) -> Result<ClassId, ForceError> {
    let stem = power.and_then(|power| codex.powers.get(power.index())).map(|one| one.key.as_str());
    let full = stem.map(|stem| format!("{stem}-{word}"));
    let own = full.as_ref().and_then(|key| codex.class_by_key(key));
    if let Some(class) = own.or_else(|| codex.class_by_key(word)) {
        return Ok(class);
    }
    let known: Vec<&str> = codex.classes.iter().map(|class| class.key.as_str()).collect();
    let own: Vec<&str> = match stem {
        Some(stem) => {
            known.iter().filter_map(|key| key.strip_prefix(stem)?.strip_prefix('-')).collect()
        }
        None => Vec::new(),
    };
    let near = nearest(word, &own).or_else(|| nearest(word, &known));
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if own.is_empty() => format!("classes: {}", known.join(", ")),
        None => format!("its classes: {}", own.join(", ")),
    };
    Err(ForceError::Class { word: quoted(full.as_deref().unwrap_or(word)), hint })
}

fn hint(word: &str, known: &[&str], what: &str) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{what}: {}", known.join(", ")),
    }
}

/// The known word nearest to a written one, if it may be a slip of the hand. Ties go to the word first in the alphabet.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let length = word.chars().count();
    if length > QUOTE_MOST {
        return None;
    }
    let low = word.to_lowercase().replace('_', "-");
    known
        .iter()
        .map(|key| (strsim::osa_distance(&low, key), *key))
        .filter(|(distance, _)| *distance <= 1 + length / 4)
        .min()
        .map(|(_, key)| key)
}

/// What a stranger typed, short and without characters that move the cursor.
fn quoted(text: &str) -> String {
    let mut out: String = text.chars().filter(|c| !c.is_control()).take(QUOTE_MOST).collect();
    if text.chars().count() > QUOTE_MOST {
        out.push('…');
    }
    out
}
