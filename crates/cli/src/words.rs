//! Sentences that several commands say.

use jumpline_campaign::Difference;

/// Where a replay left its record.
pub fn difference(difference: &Difference) -> String {
    let mut text = match difference.turn {
        0 => "the opening differs from its record".to_owned(),
        turn => format!("turn {turn} is the first to differ from its record"),
    };
    text.push_str(&format!(
        "\n  recorded {}\n  replayed {}",
        difference.recorded, difference.replayed
    ));
    if let Some(part) = &difference.part {
        text.push_str(&format!("\n  part: {part}"));
    }
    match &difference.field {
        Some(field) => {
            text.push_str(&format!("\n  first field, recorded against replayed: {field}"))
        }
        None => text
            .push_str("\n  the recorded state of that turn was not kept, so no field can be named"),
    }
    text
}
