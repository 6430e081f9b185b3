//! English: counts, plurals, lists, shares and spans of time as a writer would put them.
//!
//! Knows nothing of wars. Exact figures belong in tables; here 783 becomes "some 780" on purpose.

const SMALL: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// A count exactly: words to twelve, then figures with commas.
pub fn exact(n: i64) -> String {
    match usize::try_from(n).ok().and_then(|n| SMALL.get(n)) {
        Some(word) => (*word).to_owned(),
        None => figures(n),
    }
}

/// Figures with commas: `12,400`.
pub fn figures(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    if n < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count as a writer rounds it: exact below a hundred, then "some 780", "nearly 800", "just over 2,000".
pub fn about(n: i64) -> String {
    if n < 100 {
        return exact(n);
    }
    let round = |step: i64| n.saturating_add(step / 2) / step * step;
    let scale = 10_i64.pow(n.ilog10());
    let big = round(if n >= scale * 3 { scale } else { scale / 2 });
    if big == n {
        return figures(n);
    }
    let off = i128::from((n - big).abs()) * 1_000;
    if off <= i128::from(big) * 20 {
        let word = if n < big { "nearly" } else { "just over" };
        return format!("{word} {}", figures(big));
    }
    let fine = round(scale / 10);
    if fine == n { figures(n) } else { format!("some {}", figures(fine)) }
}

/// The plural of a noun phrase whose last word is the noun: `Cajdital cruiser` -> `Cajdital cruisers`.
pub fn plural(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let ends = |tails: &[&str]| tails.iter().any(|tail| lower.ends_with(tail));
    if lower.is_empty() || ends(&["craft", "shrapnel"]) {
        return noun.to_owned();
    }
    if ends(&["s", "x", "z", "ch", "sh"]) {
        return format!("{noun}es");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// The noun in the number asked for, without the number.
pub fn noun(n: i64, noun: &str) -> String {
    if n == 1 { noun.to_owned() } else { plural(noun) }
}

/// "three cruisers", "some 780 cruisers".
pub fn counted(n: i64, what: &str) -> String {
    format!("{} {}", about(n), noun(n, what))
}

/// "three cruisers", "783 cruisers": exactly.
pub fn counted_exactly(n: i64, what: &str) -> String {
    format!("{} {}", exact(n), noun(n, what))
}

/// The noun with "a" or "an".
pub fn a(noun: &str) -> String {
    let lower = noun.trim_start_matches('*').to_lowercase();
    let starts = |heads: &[&str]| heads.iter().any(|head| lower.starts_with(head));
    let vowel = starts(&["a", "e", "i", "o", "u"])
        && !starts(&["uni", "use", "usu", "eu", "one", "ura", "uti"]);
    format!("{} {noun}", if vowel || starts(&["hour", "heir"]) { "an" } else { "a" })
}

/// "first", "second", … in words to twelfth, then "13th".
pub fn ordinal(n: i64) -> String {
    const WORDS: [&str; 13] = [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
        "ninth", "tenth", "eleventh", "twelfth",
    ];
    if let Some(word) = usize::try_from(n).ok().and_then(|n| WORDS.get(n)) {
        return (*word).to_owned();
    }
    let tail = match (n.rem_euclid(10), n.rem_euclid(100)) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{tail}", figures(n))
}

/// "a", "a and b", "a, b and c".
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A span of time: "40 seconds", "a quarter of an hour", "three hours", "a day and a half".
pub fn span(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let halves = |n: i64, one: &str, more: &str| -> String {
        // `n` counts halves.
        match (n / 2, n % 2) {
            (0, _) => format!("half {one}"),
            (1, 0) => one.to_owned(),
            (1, _) => {
                let (article, unit) = one.split_once(' ').unwrap_or(("a", one));
                format!("{article} {unit} and a half")
            }
            (whole, 0) => format!("{} {more}", exact(whole)),
            (whole, _) => format!("{} and a half {more}", exact(whole)),
        }
    };
    match seconds {
        0 => "a moment".to_owned(),
        1 => "a second".to_owned(),
        2..=75 => format!(
            "{} seconds",
            exact(if seconds > 20 { (seconds + 5) / 10 * 10 } else { seconds })
        ),
        76..=105 => "a minute and a half".to_owned(),
        106..=750 => format!("{} minutes", exact((seconds + 30) / 60)),
        751..=1_050 => "a quarter of an hour".to_owned(),
        1_051..=1_500 => "twenty minutes".to_owned(),
        1_501..=2_100 => "half an hour".to_owned(),
        2_101..=3_000 => "three quarters of an hour".to_owned(),
        3_001..=36_000 => halves(((seconds + 900) / 1_800).max(2), "an hour", "hours"),
        36_001..=79_200 => format!("{} hours", exact((seconds + 1_800) / 3_600)),
        _ => halves(((seconds.saturating_add(21_600)) / 43_200).max(2), "a day", "days"),
    }
}

/// A share in words: "a third", "just over half", "nearly all".
pub fn share(part: i64, whole: i64) -> String {
    if whole <= 0 || part <= 0 {
        return "none".to_owned();
    }
    if part >= whole {
        return "all".to_owned();
    }
    const MARKS: [(i64, &str); 9] = [
        (100, "a tenth"),
        (200, "a fifth"),
        (250, "a quarter"),
        (333, "a third"),
        (400, "two fifths"),
        (500, "half"),
        (600, "three fifths"),
        (667, "two thirds"),
        (750, "three quarters"),
    ];
    let permille = i64::try_from(i128::from(part) * 1_000 / i128::from(whole)).unwrap_or(0);
    match permille {
        0..=14 => return "hardly any".to_owned(),
        15..=64 => return "a few in a hundred".to_owned(),
        960.. => return "nearly all".to_owned(),
        860..=959 => return "nine tenths".to_owned(),
        780..=859 => return "four fifths".to_owned(),
        _ => {}
    }
    let Some((mark, word)) = MARKS.iter().min_by_key(|(mark, _)| (mark - permille).abs()) else {
        return "some".to_owned();
    };
    match permille - mark {
        -12..=12 => (*word).to_owned(),
        off if off < 0 => format!("nearly {word}"),
        _ => format!("just over {word}"),
    }
}

/// The first letter made great (past any mark-up), for the start of a sentence.
pub fn sentence(text: &str) -> String {
    let start = text.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
    let (head, rest) = text.split_at(start);
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) => format!("{head}{}{}", first.to_uppercase(), letters.as_str()),
        None => text.to_owned(),
    }
}

/// One of several ways to say a thing: the same for the same seed, and spread well over neighbours.
pub fn way<'a>(seed: u32, ways: &[&'a str]) -> &'a str {
    let mixed = seed.wrapping_mul(2_654_435_761) >> 16;
    let place = (mixed as usize).checked_rem(ways.len()).unwrap_or(0);
    ways.get(place).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_rounded_as_a_writer_rounds() {
        for (n, text) in [
            (0, "no"),
            (1, "one"),
            (12, "twelve"),
            (13, "13"),
            (86, "86"),
            (100, "100"),
            (104, "some 100"),
            (783, "some 780"),
            (795, "nearly 800"),
            (800, "800"),
            (808, "just over 800"),
            (2_010, "just over 2,000"),
            (1_444, "some 1,400"),
            (9_870, "nearly 10,000"),
            (123_456, "some 120,000"),
        ] {
            assert_eq!(about(n), text, "{n}");
        }
    }

    #[test]
    fn nouns_and_articles() {
        assert_eq!(plural("Valerie"), "Valeries");
        assert_eq!(plural("Kvash battery"), "Kvash batteries");
        assert_eq!(plural("Urik'kadel craft"), "Urik'kadel craft");
        assert_eq!(plural("cutlass"), "cutlasses");
        assert_eq!(a("invoker"), "an invoker");
        assert_eq!(a("*Unfading*"), "an *Unfading*");
        assert_eq!(a("unit"), "a unit");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn spans_and_shares() {
        for (seconds, text) in [
            (40, "40 seconds"),
            (90, "a minute and a half"),
            (300, "five minutes"),
            (900, "a quarter of an hour"),
            (3_600, "an hour"),
            (5_400, "an hour and a half"),
            (10_800, "three hours"),
            (72_000, "20 hours"),
            (86_400, "a day"),
            (129_600, "a day and a half"),
            (259_200, "three days"),
        ] {
            assert_eq!(span(seconds), text);
        }
        assert_eq!(share(749, 1_000), "three quarters");
        assert_eq!(share(330, 1_000), "a third");
        assert_eq!(share(530, 1_000), "just over half");
        assert_eq!(share(1, 1_000), "hardly any");
        assert_eq!(share(1_000, 1_000), "all");
        assert_eq!(sentence("*the Unfading* fell"), "*The Unfading* fell");
        assert_eq!(ordinal(23), "23rd");
    }
}
