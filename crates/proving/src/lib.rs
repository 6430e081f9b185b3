#![doc = include_str!("../README.md")]

pub mod calibration;
pub mod chance;
pub mod cpu;
pub mod house;
pub mod orders;
pub mod powerloss;
pub mod precedent;
pub mod storm;
pub mod wars;
