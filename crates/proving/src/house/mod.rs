//! A host's house under misfortune: the power cut at any write, the server or the database killed at any moment, a disk that is full or
//! does not sync. Each is played against a war that says what was acknowledged; what was must be there afterwards.

pub mod guest;
pub mod served;
pub mod war;
