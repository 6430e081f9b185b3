//! The schemas and the reader say the same: what the reader takes, the schemas take; what one refuses for its shape,
//! the other refuses.

use std::fs;

use jumpline_scenario::{generator, printed};
use serde_json::Value as Json;

use crate::support::{BASE, HEADER, codes, root, toml_files};

/// The part of JSON Schema that our schemas use; patterns are the reader's to judge.
fn faults(schema: &Json, value: &Json, at: &str, out: &mut Vec<String>) {
    let mut fault = |what: String| out.push(format!("{at}: {what}"));
    if let Some(only) = schema.get("const")
        && only != value
    {
        fault(format!("is not {only}"));
    }
    let fits = match schema.get("type").and_then(Json::as_str) {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !fits {
        return fault(format!("{value} is of another type"));
    }
    if let Some(number) = value.as_i64() {
        let bound = |key: &str| schema.get(key).and_then(Json::as_i64);
        if bound("minimum").is_some_and(|least| number < least)
            || bound("maximum").is_some_and(|most| number > most)
        {
            fault(format!("{number} is out of range"));
        }
    }
    let bound =
        |key: &str| schema.get(key).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
    if let Some(text) = value.as_str() {
        let length = text.chars().count();
        if bound("minLength").is_some_and(|n| length < n)
            || bound("maxLength").is_some_and(|n| length > n)
        {
            fault(format!("{length} characters"));
        }
    }
    if let Some(items) = value.as_array() {
        let length = items.len();
        if bound("minItems").is_some_and(|n| length < n)
            || bound("maxItems").is_some_and(|n| length > n)
        {
            fault(format!("{length} elements"));
        }
        if let Some(of) = schema.get("items") {
            for (number, item) in items.iter().enumerate() {
                faults(of, item, &format!("{at}[{number}]"), out);
            }
        }
    }
    if let Some(fields) = value.as_object() {
        for key in schema.get("required").and_then(Json::as_array).into_iter().flatten() {
            let key = key.as_str().unwrap_or("");
            if !fields.contains_key(key) {
                out.push(format!("{at}: lacks {key}"));
            }
        }
        for (key, field) in fields {
            let at = format!("{at}.{key}");
            let known = schema.get("properties").and_then(|properties| properties.get(key));
            match (known, schema.get("additionalProperties")) {
                (Some(of), _) => faults(of, field, &at, out),
                (None, Some(Json::Bool(false))) => out.push(format!("{at}: is not known")),
                (None, Some(of)) => faults(of, field, &at, out),
                (None, None) => {}
            }
        }
    }
    for (key, exactly) in [("oneOf", true), ("anyOf", false)] {
        let Some(choices) = schema.get(key).and_then(Json::as_array) else { continue };
        let tried: Vec<Vec<String>> = choices
            .iter()
            .map(|choice| {
                let mut out = Vec::new();
                faults(choice, value, at, &mut out);
                out
            })
            .collect();
        let fitting = tried.iter().filter(|faults| faults.is_empty()).count();
        if fitting == 0 || exactly && fitting > 1 {
            let least = tried.into_iter().min_by_key(Vec::len).unwrap_or_default();
            out.push(format!("{at}: {fitting} choices fit: {least:?}"));
        }
    }
}

fn judge(name: &str, text: &str) -> Vec<String> {
    let schemas = printed::schemas();
    let schema = &schemas.iter().find(|(known, _)| *known == name).expect("a schema").1;
    let table: toml::Table = toml::from_str(text).expect("TOML");
    let mut out = Vec::new();
    faults(schema, &serde_json::to_value(table).expect("json"), "", &mut out);
    out
}

#[test]
fn every_shipped_file_conforms() {
    for (folder, name) in [("content", "ruleset"), ("scenarios", "scenario")] {
        for file in toml_files(&root().join(folder)) {
            let text = fs::read_to_string(&file).expect("a readable file");
            let faults = judge(name, &text);
            // A file of orders stands beside a scenario and is not a part of it.
            let is_orders = text.lines().any(|line| line.trim_start().starts_with("[[order]]"));
            assert!(is_orders || faults.is_empty(), "{}: {faults:#?}", file.display());
        }
    }
}

#[test]
fn generated_files_and_the_base_war_conform() {
    for (file, text) in generator::generate(30, 5, 7) {
        let faults = judge("scenario", &text);
        assert!(faults.is_empty(), "{file}: {faults:#?}");
    }
    let (ruleset, _) = BASE.split_once("[ruleset]").expect("a header");
    let rest = BASE.split_once("[scenario]").expect("a header").1;
    let faults = judge("scenario", &format!("{ruleset}[scenario]{rest}"));
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_the_reader_refuses_for_its_shape_the_schemas_refuse() {
    let cases = [
        "[class.cruiser]\nshields = 5\n",
        "[class.cruiser]\nhull = -1\n",
        "[class.cruiser]\nhull = \"9\"\n",
        "[class.cruiser]\nrole = \"crusier\"\n",
        "[class.cruiser]\nbatteries = [{ weapon = \"gun\", mounts = 1 }]\n",
        "[classes.cruiser]\nhull = 1\n",
        "[system.home]\nposition_mly = [1, 2]\n",
        "[operation.strike]\ntasks = []\n",
        "[operation.strike]\ntasks = [{ do = \"hold\", body = \"home-world\" }]\n",
        "[expectation.losses]\nacross = \"some\"\n",
        "[expectation.losses]\nacross = { at_least_permille = 0 }\n",
        "[power.blue]\nname = \"\"\n",
    ];
    for case in cases {
        let text = format!("{HEADER}{case}");
        assert!(!codes(&text).is_empty(), "the reader takes {case}");
        assert!(
            judge("scenario", &text).iter().any(|fault| !fault.starts_with(".scenario: lacks")),
            "the schema takes {case}"
        );
    }
}
