//! Schemas, the reference and the page of codes are printed from the code and kept beside it: a change of the code
//! that forgets them fails here. `UPDATE=1` rewrites them.

use jumpline_scenario::{codes, printed};
use serde_json::Value as Json;

use crate::support::{golden, root};

#[test]
fn schemas_are_fresh() {
    for (name, schema) in printed::schemas() {
        let text = serde_json::to_string_pretty(&schema).expect("json") + "\n";
        let path = root().join("docs/schema").join(format!("{name}.schema.json"));
        golden(&path, &text)
            .unwrap_or_else(|fault| panic!("{}", fault.lines().next().unwrap_or("")));
    }
}

#[test]
fn the_reference_is_fresh() {
    let path = root().join("docs/schema/reference.md");
    golden(&path, &printed::reference())
        .unwrap_or_else(|fault| panic!("{}", fault.lines().next().unwrap_or("")));
}

#[test]
fn the_page_of_codes_is_fresh_and_complete() {
    let page = codes::page();
    for code in codes::CODES {
        assert!(page.contains(&format!("| {} |", code.id)), "{}", code.id);
    }
    let path = root().join("docs/book/diagnostics.md");
    golden(&path, &page).unwrap_or_else(|fault| panic!("{}", fault.lines().next().unwrap_or("")));
}

#[test]
fn no_code_has_two_meanings() {
    let mut ids: Vec<&str> = codes::CODES.iter().map(|code| code.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), codes::CODES.len());
}

#[test]
fn every_field_of_the_schemas_is_described() {
    fn walk(at: &str, schema: &Json, faults: &mut Vec<String>) {
        if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
            for (key, property) in properties {
                let described =
                    property.get("description").and_then(Json::as_str).is_some_and(|d| d.len() > 3);
                if !described && property.get("const").is_none() {
                    faults.push(format!("{at}.{key}"));
                }
                walk(&format!("{at}.{key}"), property, faults);
            }
        }
        for inner in ["items", "additionalProperties"] {
            if let Some(schema) = schema.get(inner) {
                walk(at, schema, faults);
            }
        }
        for inner in ["oneOf", "anyOf"] {
            for schema in schema.get(inner).and_then(Json::as_array).into_iter().flatten() {
                walk(at, schema, faults);
            }
        }
    }
    let mut faults = Vec::new();
    for (name, schema) in printed::schemas() {
        walk(name, &schema, &mut faults);
    }
    assert!(faults.is_empty(), "{faults:?}");
}
