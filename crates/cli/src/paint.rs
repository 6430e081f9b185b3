//! Markdown as a terminal shows it: headings that stand out, tables whose columns stand under each other, powers in a colour of their own.
//! What goes into a file or a pipe stays Markdown. Knows nothing of wars but the names that are to be coloured.

use std::io::IsTerminal;

/// When to paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum When {
    /// On a terminal, without colours if `NO_COLOR` is set.
    Auto,
    /// Also into a file or a pipe.
    Always,
    /// Not at all: plain Markdown.
    Never,
}

/// How a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Markdown,
    Plain,
    Coloured,
}

impl When {
    fn look(self) -> Look {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        match self {
            When::Never => Look::Markdown,
            When::Always => Look::Coloured,
            When::Auto if !std::io::stdout().is_terminal() => Look::Markdown,
            When::Auto if no_color || dumb => Look::Plain,
            When::Auto => Look::Coloured,
        }
    }
}

/// Colours of powers: of the sixteen that every terminal has, those that colour-blind people tell apart, in an order in which neighbours
/// differ in brightness too.
const POWERS: [&str; 6] = ["36", "93", "95", "34", "92", "33"];
const HEADING: &str = "1;4";
const STRONG: &str = "1";
const FAINT: &str = "2";
const LOSS: &str = "31";

/// Shows a Markdown text. `powers` are names or keys that stand for powers, those of one power side by side.
pub fn show(text: &str, when: When, powers: &[Vec<String>]) -> String {
    match when.look() {
        Look::Markdown => text.to_owned(),
        Look::Plain => Painter { colours: false, powers }.show(text),
        Look::Coloured => Painter { colours: true, powers }.show(text),
    }
}

struct Painter<'a> {
    colours: bool,
    powers: &'a [Vec<String>],
}

impl Painter<'_> {
    fn show(&self, text: &str) -> String {
        let mut out = String::new();
        let mut table: Vec<&str> = Vec::new();
        // The power whose curve is being drawn: its name stands beside the first line only.
        let mut curve = None;
        for line in text.lines() {
            if line.starts_with('|') {
                table.push(line);
                continue;
            }
            self.table(&mut table, &mut out);
            if let Some(drawn) = line.strip_prefix("    ") {
                curve = self.power_before(drawn).or(curve);
                out.push_str(&self.coloured(line, curve.unwrap_or(FAINT)));
            } else if let Some(heading) = line.strip_prefix('#') {
                let heading = heading.trim_start_matches('#').trim_start();
                out.push_str(&self.coloured(heading, HEADING));
                curve = None;
            } else {
                out.push_str(line);
            }
            out.push('\n');
        }
        self.table(&mut table, &mut out);
        out
    }

    fn coloured(&self, text: &str, code: &str) -> String {
        if self.colours && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// The colour of the power that a cell names.
    fn power(&self, cell: &str) -> Option<&'static str> {
        self.first(|name| cell.to_lowercase() == name.to_lowercase())
    }

    /// The colour of the power that a line begins with.
    fn power_before(&self, line: &str) -> Option<&'static str> {
        self.first(|name| line.to_lowercase().starts_with(&name.to_lowercase()))
    }

    fn first(&self, is: impl Fn(&str) -> bool) -> Option<&'static str> {
        let found = self.powers.iter().position(|names| names.iter().any(|name| is(name)))?;
        POWERS.get(found % POWERS.len()).copied()
    }

    /// Puts the lines of a table out, columns under each other.
    fn table(&self, lines: &mut Vec<&str>, out: &mut String) {
        let rows: Vec<Vec<&str>> = lines.iter().map(|line| cells(line)).collect();
        lines.clear();
        let [head, rule, body @ ..] = rows.as_slice() else { return };
        let width = |column: usize| {
            let cells = body.iter().chain([head]).filter_map(|row| row.get(column));
            cells.map(|cell| plain(cell).chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let right: Vec<bool> = rule.iter().map(|cell| cell.ends_with(':')).collect();
        let put = |row: &[&str], out: &mut String, kind: Option<&str>| {
            let mut line = String::new();
            for (column, width) in widths.iter().enumerate() {
                let cell = row.get(column).copied().unwrap_or("");
                let text = plain(cell);
                let fill = " ".repeat(width.saturating_sub(text.chars().count()));
                let heading = head.get(column).copied().unwrap_or("");
                let code = match kind {
                    Some(kind) => Some(kind),
                    None if heading == "lost" && text != "0" => Some(LOSS),
                    None if cell.starts_with("**") => Some(STRONG),
                    None => self.power(text),
                };
                let shown = code.map_or_else(|| text.to_owned(), |code| self.coloured(text, code));
                let gap = if column == 0 { "" } else { "  " };
                match right.get(column) {
                    Some(true) => line.push_str(&format!("{gap}{fill}{shown}")),
                    _ => line.push_str(&format!("{gap}{shown}{fill}")),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        };
        put(head, out, Some(FAINT));
        let whole = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        out.push_str(&self.coloured(&"─".repeat(whole), FAINT));
        out.push('\n');
        for row in body {
            put(row, out, None);
        }
    }
}

fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim().trim_start_matches('|');
    inner.strip_suffix('|').unwrap_or(inner).split('|').map(str::trim).collect()
}

/// A cell without the marks of strong print.
fn plain(cell: &str) -> &str {
    cell.strip_prefix("**").and_then(|cell| cell.strip_suffix("**")).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# War\n\n| power | lost |\n|---|--:|\n| The Reds | 3 |\n|  | **12** |\n\n    the Reds  ▇▅\n              ██\n";

    fn powers() -> Vec<Vec<String>> {
        vec![vec!["the Blues".to_owned()], vec!["the Reds".to_owned(), "reds".to_owned()]]
    }

    #[test]
    fn a_file_gets_markdown() {
        assert_eq!(show(TEXT, When::Never, &powers()), TEXT);
    }

    #[test]
    fn without_colours_columns_stand_under_each_other() {
        let shown = Painter { colours: false, powers: &powers() }.show(TEXT);
        assert_eq!(
            shown,
            "War\n\npower     lost\n──────────────\nThe Reds     3\n            12\n\n    the Reds  ▇▅\n              ██\n"
        );
    }

    #[test]
    fn a_power_has_one_colour_in_table_and_curve() {
        let shown = Painter { colours: true, powers: &powers() }.show(TEXT);
        assert!(shown.contains("\u{1b}[93mThe Reds\u{1b}[0m"), "{shown}");
        assert!(shown.contains("\u{1b}[93m    the Reds  ▇▅\u{1b}[0m"), "{shown}");
        assert!(shown.contains("\u{1b}[93m              ██\u{1b}[0m"), "{shown}");
        assert!(shown.contains("\u{1b}[31m3\u{1b}[0m"), "losses stand out: {shown}");
        assert!(!shown.contains("**"), "{shown}");
    }
}
