//! JSON Schema (2020-12) from shapes, for editors that complete and underline while a person writes.

use serde_json::{Map, Value as Json, json};

use crate::shape::values::ID_CHARS_MAX;
use crate::shape::{Fallback, Field, Kind, Shape};

/// The schema of a file that may hold these sections. No section must stand in any one file, and where a
/// section overrides another layer (`is_partial`) no key must stand in it: that all needed keys are there is
/// the reader's to say.
pub(crate) fn file_schema(
    id: &str,
    about: &str,
    root: &Shape,
    sections: &dyn Fn(&str) -> bool,
    is_partial: &dyn Fn(&str) -> bool,
) -> Json {
    let mut properties = Map::new();
    properties.insert(
        "format".into(),
        json!({"const": crate::load::FORMAT, "description": "The version of the format; first line of a file"}),
    );
    for field in root.fields.iter().filter(|field| sections(&field.key)) {
        let mut schema = described(field);
        if is_partial(&field.key) {
            loosen(&mut schema);
        }
        properties.insert(field.key.clone(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("jumpline/{id}.schema.json"),
        "title": id,
        "description": about,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// Takes out what an override need not say: the needed keys of the table itself, or of a section's entries.
fn loosen(schema: &mut Json) {
    if let Json::Object(map) = schema {
        map.remove("required");
        if let Some(Json::Object(entry)) = map.get_mut("additionalProperties") {
            entry.remove("required");
        }
    }
}

fn described(field: &Field) -> Json {
    let mut schema = kind(&field.kind);
    if let Json::Object(map) = &mut schema {
        map.insert("description".into(), json!(field.about));
        match field.fallback {
            Some(Fallback::Whole(number)) => map.insert("default".into(), json!(number)),
            Some(Fallback::Flag(flag)) => map.insert("default".into(), json!(flag)),
            Some(Fallback::Text(text)) => map.insert("default".into(), json!(text)),
            Some(Fallback::Empty) | None => None,
        };
    }
    schema
}

fn table(shape: &Shape) -> Map<String, Json> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in &shape.fields {
        properties.insert(field.key.clone(), described(field));
        if field.required {
            required.push(json!(field.key));
        }
    }
    let mut out = Map::new();
    out.insert("type".into(), json!("object"));
    out.insert("description".into(), json!(shape.about));
    out.insert("properties".into(), Json::Object(properties));
    if !required.is_empty() {
        out.insert("required".into(), Json::Array(required));
    }
    out.insert("additionalProperties".into(), json!(false));
    out
}

fn id_pattern() -> Json {
    json!(format!("^[a-z0-9][a-z0-9-]{{0,{}}}$", ID_CHARS_MAX - 1))
}

fn kind(of: &Kind) -> Json {
    match of {
        Kind::Text(most) => json!({"type": "string", "minLength": 1, "maxLength": most}),
        Kind::Prose(most) => json!({"type": "string", "maxLength": most}),
        Kind::Word | Kind::Ref(_) => json!({"type": "string", "pattern": id_pattern()}),
        Kind::Whole { least, most } => {
            json!({"type": "integer", "minimum": least, "maximum": most})
        }
        Kind::Quantity { of, least, most } => {
            let units: Vec<String> = of.units.iter().map(|unit| escaped(unit.name)).collect();
            let pattern = format!("^[+-]?[0-9][0-9_]*(\\.[0-9_]+)? ?({})$", units.join("|"));
            json!({"anyOf": [
                {"type": "integer", "minimum": least, "maximum": most},
                {"type": "string", "pattern": pattern},
            ], "examples": [of.example]})
        }
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Choice(words) => {
            let one_of: Vec<Json> = words
                .iter()
                .map(|(word, about)| match about.is_empty() {
                    true => json!({"const": word}),
                    false => json!({"const": word, "description": about}),
                })
                .collect();
            json!({"oneOf": one_of})
        }
        Kind::Date => json!({"type": "string", "examples": ["2470-05-07", "2470-05-07T04:10"]}),
        Kind::List { of, least, most, once } => {
            json!({"type": "array", "items": kind(of), "minItems": least, "maxItems": most, "uniqueItems": once})
        }
        Kind::Table(shape) => Json::Object(table(shape)),
        Kind::Map { of, most } => json!({
            "type": "object",
            "propertyNames": {"pattern": id_pattern()},
            "additionalProperties": kind(of),
            "maxProperties": most,
        }),
        Kind::Variant { tag, shapes } => {
            let one_of: Vec<Json> = shapes
                .iter()
                .map(|(word, shape)| {
                    let mut schema = table(shape);
                    if let Some(Json::Object(properties)) = schema.get_mut("properties") {
                        properties.insert((*tag).to_owned(), json!({"const": word}));
                    }
                    let mut required = vec![json!(tag)];
                    if let Some(Json::Array(more)) = schema.get("required") {
                        required.extend(more.iter().cloned());
                    }
                    schema.insert("required".into(), Json::Array(required));
                    Json::Object(schema)
                })
                .collect();
            json!({"oneOf": one_of})
        }
        Kind::Either(kinds) => json!({"anyOf": kinds.iter().map(kind).collect::<Vec<_>>()}),
    }
}

fn escaped(unit: &str) -> String {
    unit.chars()
        .flat_map(|c| (!c.is_alphanumeric() && c != '/').then_some('\\').into_iter().chain([c]))
        .collect()
}
