//! A client that was built again goes into the binary again. The folder must be there, be it empty: its true path is looked up now.

fn main() {
    drop(std::fs::create_dir_all("../../web/dist"));
    println!("cargo:rerun-if-changed=../../web/dist");
    println!("cargo:rerun-if-changed=build.rs");
}
