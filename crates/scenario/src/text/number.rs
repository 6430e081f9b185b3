//! Written numbers to numbers, with an error for what cannot be held.

/// Why a written number is refused, ready to follow "`text` ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberFault {
    TooLarge,
    NotFinite,
    TooSmall,
    Unreadable,
}

impl NumberFault {
    /// The words of the message.
    pub(crate) fn say(self) -> &'static str {
        match self {
            NumberFault::TooLarge => "is too large to be held",
            NumberFault::NotFinite => "is not a number that can be used here",
            NumberFault::TooSmall => "is too near to zero to be held",
            NumberFault::Unreadable => "cannot be read as a number",
        }
    }
}

/// A whole number. `digits` holds no prefix and no underscores; a sign may lead.
pub(crate) fn integer(digits: &str, radix: u32) -> Result<i64, NumberFault> {
    match i64::from_str_radix(digits, radix) {
        Ok(n) => Ok(n),
        Err(_) => {
            let bare = digits.trim_start_matches(['+', '-']);
            let readable = !bare.is_empty() && bare.chars().all(|c| c.is_digit(radix));
            Err(if readable { NumberFault::TooLarge } else { NumberFault::Unreadable })
        }
    }
}

/// A fraction. Refuses `nan`, `inf`, what overflows to infinity and what vanishes to zero. Minus zero
/// becomes zero.
pub(crate) fn float(text: &str) -> Result<f64, NumberFault> {
    let bare = text.trim_start_matches(['+', '-']);
    if bare == "nan" || bare == "inf" {
        return Err(NumberFault::NotFinite);
    }
    let Ok(number) = text.parse::<f64>() else {
        return Err(NumberFault::Unreadable);
    };
    if !number.is_finite() {
        return Err(NumberFault::TooLarge);
    }
    if number == 0.0 {
        let mantissa = bare.split(['e', 'E']).next().unwrap_or("");
        if mantissa.chars().any(|c| matches!(c, '1'..='9')) {
            return Err(NumberFault::TooSmall);
        }
        return Ok(0.0);
    }
    if !number.is_normal() {
        return Err(NumberFault::TooSmall);
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stop_at_their_edges() {
        assert_eq!(integer("9223372036854775807", 10), Ok(i64::MAX));
        assert_eq!(integer("9223372036854775808", 10), Err(NumberFault::TooLarge));
        assert_eq!(integer("-9223372036854775808", 10), Ok(i64::MIN));
        assert_eq!(integer("ff", 16), Ok(255));
        assert_eq!(integer("", 10), Err(NumberFault::Unreadable));
    }

    #[test]
    fn fractions_are_finite_and_not_lost() {
        assert_eq!(float("1e308"), Ok(1e308));
        assert_eq!(float("1e309"), Err(NumberFault::TooLarge));
        assert_eq!(float("1e-400"), Err(NumberFault::TooSmall));
        assert_eq!(float("nan"), Err(NumberFault::NotFinite));
        assert_eq!(float("-inf"), Err(NumberFault::NotFinite));
        assert_eq!(float("-0.0").map(f64::to_bits), Ok(0));
        assert_eq!(float("0e-999"), Ok(0.0));
    }
}
