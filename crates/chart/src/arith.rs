//! Small whole-number arithmetic shared by the laws: products that cannot overflow, roots that are exact.

/// `a * b / c` without overflow on the way, rounded towards nought and stopped at the ends of `i64`; 0 when `c` is 0.
pub(crate) fn mul_div(a: i64, b: i64, c: i64) -> i64 {
    if c == 0 {
        return 0;
    }
    clamp(i128::from(a) * i128::from(b) / i128::from(c))
}

/// A share of a number: `a * permille / 1000`.
pub(crate) fn permille(a: i64, permille: i64) -> i64 {
    mul_div(a, permille, 1_000)
}

pub(crate) fn clamp(n: i128) -> i64 {
    i64::try_from(n).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })
}

/// The square root of `n / d` in thousandths, rounded down; 0 when either is not positive.
pub(crate) fn root_ratio_milli(n: i64, d: i64) -> i64 {
    if n <= 0 || d <= 0 {
        return 0;
    }
    let square = (n.unsigned_abs() as u128 * 1_000_000) / d.unsigned_abs() as u128;
    i64::try_from(square.isqrt()).unwrap_or(i64::MAX)
}

/// The fourth root of `a * b` in thousandths, rounded down; 0 when either is not positive.
pub(crate) fn fourth_root_milli(a: i64, b: i64) -> i64 {
    if a <= 0 || b <= 0 {
        return 0;
    }
    let product = a.unsigned_abs() as u128 * b.unsigned_abs() as u128;
    // 10^8 inside the outer root and 10^8 more inside the inner one make 10^3 outside both.
    let root = product.saturating_mul(10_000).isqrt() * 10_000;
    i64::try_from(root.isqrt()).unwrap_or(i64::MAX)
}

/// `f` as a whole number, stopped at the ends of `i64`; not-a-number is 0.
pub(crate) fn whole(f: f64) -> i64 {
    libm::round(f) as i64
}
