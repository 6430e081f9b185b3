//! Tokens, ids and passwords. A token is shown once; what is kept is its hash.

use crate::fault::Fault;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Letters drawn by the system, five bits each.
pub(crate) fn draw(letters: usize) -> Result<String, Fault> {
    let mut bytes = vec![0_u8; letters];
    getrandom::fill(&mut bytes).map_err(|error| Fault::internal(&error.to_string()))?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
}

/// A seed drawn by the system.
pub(crate) fn seed() -> Result<u64, Fault> {
    getrandom::u64().map_err(|error| Fault::internal(&error.to_string()))
}

/// What is kept of a token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// What is kept of a password. Slow on purpose: never on a thread that serves others.
pub(crate) fn seal(password: &str) -> Result<String, Fault> {
    let sealed = Argon2::default().hash_password(password.as_bytes());
    sealed.map(|sealed| sealed.to_string()).map_err(|error| Fault::internal(&error.to_string()))
}

/// Is it that password? Slow on purpose.
pub(crate) fn fits(password: &str, sealed: &str) -> bool {
    PasswordHash::new(sealed).is_ok_and(|sealed| {
        PasswordVerifier::<PasswordHash>::verify_password(
            &Argon2::default(),
            password.as_bytes(),
            &sealed,
        )
        .is_ok()
    })
}
