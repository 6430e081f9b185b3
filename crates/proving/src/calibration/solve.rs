//! Linear equations with a symmetric positive matrix, by Cholesky's method.

/// Solves `matrix * x = right`, the matrix row by row. What is not positive is made so by as much as it takes.
pub fn solve(mut matrix: Vec<f64>, right: &[f64]) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        for row in column..size {
            let mut sum = matrix[row * size + column];
            for at in 0..column {
                sum -= matrix[row * size + at] * matrix[column * size + at];
            }
            matrix[row * size + column] = if row == column {
                sum.max(1e-12).sqrt()
            } else {
                sum / matrix[column * size + column]
            };
        }
    }
    let mut found = right.to_vec();
    for row in 0..size {
        for at in 0..row {
            found[row] -= matrix[row * size + at] * found[at];
        }
        found[row] /= matrix[row * size + row];
    }
    for row in (0..size).rev() {
        for at in row + 1..size {
            found[row] -= matrix[at * size + row] * found[at];
        }
        found[row] /= matrix[row * size + row];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_solved_fits() {
        let found = solve(vec![4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0], &[1.0, -2.0, 0.5]);
        let back = |row: [f64; 3]| row.iter().zip(&found).map(|(a, x)| a * x).sum::<f64>();
        assert!((back([4.0, 2.0, 0.6]) - 1.0).abs() < 1e-12);
        assert!((back([2.0, 5.0, 1.0]) + 2.0).abs() < 1e-12);
        assert!((back([0.6, 1.0, 3.0]) - 0.5).abs() < 1e-12);
    }
}
