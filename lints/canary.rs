//! A planted defect for each kind of thing a pure room may not call. `cargo xtask lint` compiles this under the pure
//! rooms' list and fails unless clippy catches every line marked `caught`.
#![allow(dead_code, unused)]

fn hash_order() -> usize {
    let a = std::collections::HashMap::<u8, u8>::new(); // caught
    let b = std::collections::HashSet::<u8>::new(); // caught
    a.len() + b.len()
}

fn clock() {
    std::time::SystemTime::now(); // caught
    std::thread::sleep(std::time::Duration::ZERO); // caught
}

fn files() {
    let _ = std::fs::read_to_string("x"); // caught
    let _ = std::fs::write("x", "y"); // caught
    let _ = std::env::var("X"); // caught
}

fn talk() {
    println!("x"); // caught
    eprintln!("x"); // caught
}

fn threads() {
    let _ = std::thread::spawn(|| ()); // caught
}

fn platform_maths(x: f64, y: f32) -> f64 {
    let a = x.sin(); // caught
    let b = x.powf(2.5); // caught
    let c = x.mul_add(2.0, 1.0); // caught
    let d = y.atan2(1.0); // caught
    let e = y.exp(); // caught
    x.sqrt() + a + b + c + f64::from(d) + f64::from(e)
}
