//! Quantities as people write them ("12 km", "3.5 h", "40 %") to whole numbers of one unit.
//!
//! The arithmetic is exact: the written decimal is a ratio of two integers and never a float, so
//! "0.1 km" is 100 m on every machine.

/// A unit that may be written, and how many thousandths of the base unit it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// As written after the number.
    pub name: &'static str,
    /// Worth in thousandths of the base unit.
    pub milli_base: i128,
}

/// A kind of quantity: what it measures, the unit it is stored in, and the units it may be written in.
#[derive(Debug, PartialEq, Eq)]
pub struct Dimension {
    /// The word for messages: "a length".
    pub name: &'static str,
    /// The unit stored, such as "m".
    pub base: &'static str,
    /// The units that may be written.
    pub units: &'static [Unit],
    /// An example for hints.
    pub example: &'static str,
}

const fn unit(name: &'static str, milli_base: i128) -> Unit {
    Unit { name, milli_base }
}

/// Lengths in metres (`_m`).
pub const LENGTH: Dimension = Dimension {
    name: "a length",
    base: "m",
    units: &[
        unit("m", 1_000),
        unit("km", 1_000_000),
        unit("Mm", 1_000_000_000),
        unit("Gm", 1_000_000_000_000),
        unit("AU", 149_597_870_700_000),
        unit("ly", 9_460_730_472_580_800_000),
    ],
    example: "12 km",
};

/// Distances between stars in thousandths of a light-year (`_mly`).
pub const STAR_DISTANCE: Dimension = Dimension {
    name: "a distance between stars",
    base: "mly",
    units: &[unit("mly", 1_000), unit("ly", 1_000_000)],
    example: "4.2 ly",
};

/// Areas in square metres (`_m2`).
pub const AREA: Dimension = Dimension {
    name: "an area",
    base: "m2",
    units: &[unit("m2", 1_000), unit("km2", 1_000_000_000)],
    example: "9000 m2",
};

/// Spans of time in whole seconds (`_s`, and spans without a suffix).
pub const SPAN_S: Dimension = Dimension {
    name: "a span of time",
    base: "s",
    units: &[
        unit("s", 1_000),
        unit("min", 60_000),
        unit("h", 3_600_000),
        unit("d", 86_400_000),
        unit("weeks", 7 * 86_400_000),
        unit("years", 31_557_600_000),
    ],
    example: "3.5 h",
};

/// Short spans of time in milliseconds (`_ms`).
pub const SPAN_MS: Dimension = Dimension {
    name: "a span of time",
    base: "ms",
    units: &[
        unit("ms", 1_000),
        unit("s", 1_000_000),
        unit("min", 60_000_000),
        unit("h", 3_600_000_000),
        unit("d", 86_400_000_000),
    ],
    example: "2.5 s",
};

/// Speeds in metres a second (`_mps`).
pub const SPEED: Dimension = Dimension {
    name: "a speed",
    base: "m/s",
    units: &[unit("m/s", 1_000), unit("km/s", 1_000_000), unit("c", 299_792_458_000)],
    example: "40 km/s",
};

/// Accelerations in metres a second each second (`_mps2`).
pub const ACCELERATION: Dimension = Dimension {
    name: "an acceleration",
    base: "m/s2",
    units: &[unit("m/s2", 1_000), unit("km/s2", 1_000_000), unit("g", 9_807)],
    example: "30 m/s2",
};

/// Masses of ships in kilotonnes (`_kt`).
pub const SHIP_MASS: Dimension = Dimension {
    name: "a mass",
    base: "kt",
    units: &[unit("t", 1), unit("kt", 1_000), unit("Mt", 1_000_000), unit("Gt", 1_000_000_000)],
    example: "250 kt",
};

/// Masses of worlds in petatonnes, 10^15 tonnes (`_pt`).
pub const WORLD_MASS: Dimension = Dimension {
    name: "a mass",
    base: "Pt",
    units: &[
        unit("Pt", 1_000),
        unit("Et", 1_000_000),
        unit("earths", 5_972_200_000),
        unit("jupiters", 1_898_130_000_000),
        unit("suns", 1_988_410_000_000_000),
    ],
    example: "1.2 earths",
};

/// Shares in thousandths (`_permille`).
pub const PERMILLE: Dimension = Dimension {
    name: "a share",
    base: "permille",
    units: &[unit("%", 10_000), unit("‰", 1_000), unit("permille", 1_000)],
    example: "40 %",
};

/// Shares in millionths (`_ppm`).
pub const PPM: Dimension = Dimension {
    name: "a share",
    base: "ppm",
    units: &[
        unit("%", 10_000_000),
        unit("‰", 1_000_000),
        unit("permille", 1_000_000),
        unit("ppm", 1_000),
    ],
    example: "0.5 %",
};

/// Angles in millionths of a degree (`_udeg`).
pub const ANGLE: Dimension = Dimension {
    name: "an angle",
    base: "udeg",
    units: &[
        unit("deg", 1_000_000_000),
        unit("°", 1_000_000_000),
        unit("mdeg", 1_000_000),
        unit("udeg", 1_000),
    ],
    example: "30 deg",
};

/// The dimension that a key's suffix promises: `range_m` is a length in metres. Of a rate, what counts is
/// before the `per`: `overshoot_m_per_permille` is a length, `arcs_per_s` a plain number.
pub(crate) fn of_key(key: &str) -> Option<&'static Dimension> {
    let counted = key.split_once("_per_").map_or(key, |(counted, _)| counted);
    let (_, suffix) = counted.rsplit_once('_')?;
    Some(match suffix {
        "m" => &LENGTH,
        "mly" => &STAR_DISTANCE,
        "m2" => &AREA,
        "s" => &SPAN_S,
        "ms" => &SPAN_MS,
        "mps" => &SPEED,
        "mps2" => &ACCELERATION,
        "kt" => &SHIP_MASS,
        "pt" => &WORLD_MASS,
        "permille" => &PERMILLE,
        "ppm" => &PPM,
        "udeg" => &ANGLE,
        _ => return None,
    })
}

/// Why a written quantity is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QuantityFault {
    /// There is no number at the start.
    NoNumber,
    /// A number and nothing after it.
    NoUnit,
    /// The word after the number is no unit of this dimension.
    UnknownUnit(String),
    /// The quantity cannot be held.
    TooLarge,
    /// More digits after the point than the stored unit can tell apart.
    TooFine,
}

/// Digits of a number beyond which it cannot matter.
const DIGITS_MAX: usize = 30;

/// Reads a quantity into whole base units.
pub(crate) fn parse(text: &str, dimension: &Dimension) -> Result<i64, QuantityFault> {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | '_') || (*at == 0 && matches!(c, '+' | '-')))
        })
        .map_or(text.len(), |(at, _)| at);
    let (number, unit_name) = text.split_at(end);
    let unit_name = unit_name.trim();
    let (mantissa, decimals) = decimal(number)?;
    if unit_name.is_empty() {
        return Err(QuantityFault::NoUnit);
    }
    let Some(unit) = dimension.units.iter().find(|unit| unit.name == unit_name) else {
        return Err(QuantityFault::UnknownUnit(unit_name.to_owned()));
    };
    let Some(milli) = mantissa.checked_mul(unit.milli_base) else {
        return Err(QuantityFault::TooLarge);
    };
    let Some(divisor) = 10i128.checked_pow(decimals).and_then(|d| d.checked_mul(1_000)) else {
        return Err(QuantityFault::TooFine);
    };
    // Half a unit rounds away from zero: a person who writes 1.5 does not mean 1.
    let half = if milli < 0 { -(divisor / 2) } else { divisor / 2 };
    let Some(rounded) = milli.checked_add(half).map(|n| n / divisor) else {
        return Err(QuantityFault::TooLarge);
    };
    if rounded == 0 && mantissa != 0 {
        return Err(QuantityFault::TooFine);
    }
    i64::try_from(rounded).map_err(|_| QuantityFault::TooLarge)
}

/// `-12_000.5` as (-120005, 1): an integer and how many of its digits stand after the point.
fn decimal(text: &str) -> Result<(i128, u32), QuantityFault> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut mantissa = 0i128;
    let mut decimals = 0u32;
    let mut seen = 0usize;
    let mut point = false;
    for c in digits.chars() {
        match c {
            '_' => continue,
            '.' if point => return Err(QuantityFault::NoNumber),
            '.' => {
                point = true;
                continue;
            }
            _ => {}
        }
        let Some(digit) = c.to_digit(10) else {
            return Err(QuantityFault::NoNumber);
        };
        seen += 1;
        if seen > DIGITS_MAX {
            return Err(if point { QuantityFault::TooFine } else { QuantityFault::TooLarge });
        }
        mantissa = mantissa * 10 + i128::from(digit);
        decimals += u32::from(point);
    }
    if seen == 0 {
        return Err(QuantityFault::NoNumber);
    }
    Ok((if negative { -mantissa } else { mantissa }, decimals))
}

/// Writes a stored number in the largest unit that keeps it whole: 12000 m is "12 km".
pub fn show(value: i64, dimension: &Dimension) -> String {
    let milli = i128::from(value) * 1_000;
    let best = dimension
        .units
        .iter()
        .filter(|unit| milli % unit.milli_base == 0)
        .filter(|unit| value == 0 || (milli / unit.milli_base).unsigned_abs() >= 1)
        .max_by_key(|unit| if value == 0 { -unit.milli_base } else { unit.milli_base });
    match best {
        Some(unit) => format!("{} {}", milli / unit.milli_base, unit.name),
        None => format!("{value} {}", dimension.base),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_exact() {
        assert_eq!(parse("12 km", &LENGTH), Ok(12_000));
        assert_eq!(parse("0.1km", &LENGTH), Ok(100));
        assert_eq!(parse("3.5 h", &SPAN_S), Ok(12_600));
        assert_eq!(parse("40 %", &PERMILLE), Ok(400));
        assert_eq!(parse("30 deg", &ANGLE), Ok(30_000_000));
        assert_eq!(parse("2 min", &SPAN_MS), Ok(120_000));
        assert_eq!(parse("-1_500 m", &LENGTH), Ok(-1_500));
        assert_eq!(parse("1 AU", &LENGTH), Ok(149_597_870_700));
        assert_eq!(parse("1.0000000001 m", &LENGTH), Ok(1));
    }

    #[test]
    fn what_is_not_a_quantity_says_why() {
        assert_eq!(parse("12", &LENGTH), Err(QuantityFault::NoUnit));
        assert_eq!(parse("km", &LENGTH), Err(QuantityFault::NoNumber));
        assert_eq!(parse("1.2.3 km", &LENGTH), Err(QuantityFault::NoNumber));
        assert_eq!(parse("3 h", &LENGTH), Err(QuantityFault::UnknownUnit("h".into())));
        assert_eq!(parse("9999999 ly", &LENGTH), Err(QuantityFault::TooLarge));
        assert_eq!(
            parse(&format!("{} m", "9".repeat(4000)), &LENGTH),
            Err(QuantityFault::TooLarge)
        );
        assert_eq!(parse("0.0000001 m", &LENGTH), Err(QuantityFault::TooFine));
        assert_eq!(parse("", &LENGTH), Err(QuantityFault::NoNumber));
    }

    #[test]
    fn showing_and_reading_agree() {
        for value in [0, 1, 100, 12_000, 149_597_870_700, -5_000, i64::MAX, i64::MIN] {
            assert_eq!(parse(&show(value, &LENGTH), &LENGTH), Ok(value));
        }
    }
}
