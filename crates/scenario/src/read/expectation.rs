//! `[expectation.KEY]`: statements about the course of the war that are checked over many seeds.

use std::collections::BTreeSet;

use jumpline_measure::{BodyId, ClassId, PowerId, Time};
use jumpline_world::event::EVENT_NAMES;
use jumpline_world::law::{Across, Count, Expectation, Gauge, Mark, Present};

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::codex::members;
use crate::read::fleet::Dates;
use crate::read::operation;
use crate::read::power::{DECADE_S, POWERS_MAX};
use crate::read::words;
use crate::shape::record::{Checked, MapKey, Record};
use crate::shape::{Fallback, Kind, Shape, choice, quantity, set, table};
use crate::text::quantity::SPAN_S;
use crate::text::quote::quoted;
use crate::text::suggest;

/// Bound on anything that can be counted.
const COUNT_MAX: i64 = 1_000_000_000_000_000;

fn powers() -> Kind {
    set(Kind::Ref(&["power", "alliance"]), 0, 2 * POWERS_MAX)
}

fn roles() -> Kind {
    set(choice(words::ROLES), 0, 32)
}

fn mark_shape() -> Shape {
    Shape::new("a moment", "A moment of the run: the first event that matches.")
        .need("event", Kind::Text(40), "The event's name (`shields_down`, `ship_lost`, …)")
        .may("power", Kind::Ref(&["power"]), "Whose")
        .may("class", Kind::Ref(&["class"]), "Of which class")
        .may("body", Kind::Ref(&["body"]), "Where")
}

fn count_shape() -> Shape {
    Shape::new("a count", "Events that match, counted or summed.")
        .need("event", Kind::Text(40), "The event's name")
        .or(
            "powers",
            powers(),
            Fallback::Empty,
            "Of which powers (an alliance stands for its members); all if left out",
        )
        .or("roles", roles(), Fallback::Empty, "Of which roles; all if left out")
        .may("class", Kind::Ref(&["class"]), "Of which class")
        .may("body", Kind::Ref(&["body"]), "Where; everywhere if left out")
        .or("how", choice(words::HOWS), Fallback::Text(""), "How; in any way if left out")
        .may("from", Kind::Date, "From when")
        .may("until", Kind::Date, "Until when")
        .may("before", table(mark_shape()), "Until the first event that matches this")
        .or(
            "sum",
            Kind::Text(40),
            Fallback::Text(""),
            "Sum this quantity of each event instead of counting events",
        )
        .flag("distinct", false, "Count each ship once")
}

fn present_shape() -> Shape {
    Shape::new("a muster", "Ships present at a moment.")
        .or("powers", powers(), Fallback::Empty, "Of which powers; all if left out")
        .or("roles", roles(), Fallback::Empty, "Of which roles; all if left out")
        .may(
            "body",
            Kind::Ref(&["body"]),
            "At which body or in flight round it; everywhere if left out",
        )
        .need("at", Kind::Date, "When")
        .flag(
            "share_of_opening",
            false,
            "As permille of those ships' opening number instead of a count",
        )
}

pub(crate) fn shape() -> Shape {
    let share = Shape::new("a share", "Events counted, as permille of another count.")
        .need("part", table(count_shape()), "The part")
        .need("whole", table(count_shape()), "The whole");
    let peak =
        Shape::new("a peak", "The most matching events within any window, divided by its length.")
            .need("count", table(count_shape()), "Which events")
            .need("window_s", quantity(&SPAN_S, 1, DECADE_S), "The window");
    let ratio = Shape::new("a ratio", "Present ships of one side as permille of another's at the same moment (8,000 is eight to one).")
        .need("one", table(present_shape()), "The first")
        .need("other", table(present_shape()), "The second");
    let hull_lost =
        Shape::new("a wound", "Hull lost by the first ship of a class at a moment, permille.")
            .need("class", Kind::Ref(&["class"]), "Which class")
            .need("when", table(mark_shape()), "When");
    let at_least =
        Shape::new("a share of runs", "At least this share of runs lies between the bounds.")
            .need_n("at_least_permille", 1, 1_000, "The share of runs");
    let across = Kind::Either(
        [
            choice(&[
                ("median", "The median of all runs lies between the bounds"),
                ("every", "Every run lies between the bounds"),
            ]),
            table(at_least),
        ]
        .into(),
    );
    let rough = Shape::new("bounds", "Bounds for battles played as aggregates.")
        .need_n("least", -COUNT_MAX, COUNT_MAX, "Least value, inclusive")
        .need_n("most", -COUNT_MAX, COUNT_MAX, "Greatest value, inclusive");
    Shape::new("an expectation", "A statement about the course of the war that `jumpline test` checks over many seeds. It has exactly one of `count`, `share`, `peak`, `present`, `ratio`, `hull_lost`.")
        .or("canon", Kind::Text(20), Fallback::Text(""), "The figure or system of the source that it holds (\"1\", \"B4\")")
        .need("says", Kind::Text(400), "What it says, for people")
        .need_n("least", -COUNT_MAX, COUNT_MAX, "Least value, inclusive")
        .need_n("most", -COUNT_MAX, COUNT_MAX, "Greatest value, inclusive")
        .or("across", across, Fallback::Text("median"), "How runs are put together")
        .may("aggregate", table(rough), "Wider bounds for `--resolution aggregate` and `auto`; without them the same ones hold")
        .may("count", table(count_shape()), "Events counted or summed")
        .may("share", table(share), "Events counted, as permille of another count")
        .may("peak", table(peak), "The most events within a window, a second")
        .may("present", table(present_shape()), "Ships present")
        .may("ratio", table(ratio), "Present ships of one side as permille of another's")
        .may("hull_lost", table(hull_lost), "Hull lost by the first ship of a class, permille")
}

/// All expectations, in the order written.
pub(crate) fn build(reading: &Reading, dates: Dates) -> Vec<Expectation> {
    let entries = reading.written("expectation");
    entries
        .into_iter()
        .filter_map(|(key, record)| expectation(reading, dates, key, record))
        .collect()
}

fn expectation(
    reading: &Reading,
    dates: Dates,
    key: &MapKey,
    record: &Record,
) -> Option<Expectation> {
    let judge = Judge { reading, dates };
    let (least, most) = (record.whole("least"), record.whole("most"));
    if record.has("least") && record.has("most") && least > most {
        let message = format!("no number is at least {least} and at most {most}");
        reading.note(finding(&codes::EXPECTATION, record.place_of("least"), message));
    }
    let gauges = ["count", "share", "peak", "present", "ratio", "hull_lost"];
    let given: Vec<&str> = gauges.into_iter().filter(|gauge| record.has(gauge)).collect();
    if given.len() != 1 && record.is_clean {
        let message = match given.len() {
            0 => format!("{} measures nothing", quoted(&key.text)),
            _ => format!("{} measures several things", quoted(&key.text)),
        };
        let hint = format!("give exactly one of {}", suggest::list(&gauges));
        reading.note(finding(&codes::EXPECTATION, key.place, message).hint(hint));
    }
    let gauge = given.first().and_then(|gauge| judge.gauge(gauge, record.record(gauge)?));
    let across = match record.get("across").map(|item| &item.value) {
        Some(Checked::Text(word)) if word == "every" => Across::Every,
        Some(Checked::Record(share)) => Across::AtLeast(share.whole("at_least_permille")),
        _ => Across::Median,
    };
    let aggregate =
        record.record("aggregate").map(|rough| (rough.whole("least"), rough.whole("most")));
    if let Some((low, high)) = aggregate
        && record.is_clean
        && (low > least || high < most)
    {
        let message = format!("the bounds for aggregates, {low} to {high}, are not the wider ones");
        reading.note(finding(&codes::EXPECTATION, record.place_of("aggregate"), message));
    }
    Some(Expectation {
        key: key.text.clone(),
        canon: record.string("canon"),
        says: record.string("says"),
        gauge: gauge?,
        least,
        most,
        across,
        aggregate,
    })
}

/// Reads gauges and judges whether they can ever measure anything.
struct Judge<'a> {
    reading: &'a Reading<'a>,
    dates: Dates,
}

impl Judge<'_> {
    fn gauge(&self, name: &str, record: &Record) -> Option<Gauge> {
        Some(match name {
            "count" => Gauge::Count(self.count(record)),
            "share" => Gauge::Share {
                part: self.count(record.record("part")?),
                whole: self.count(record.record("whole")?),
            },
            "peak" => Gauge::Peak {
                count: self.count(record.record("count")?),
                window_s: record.whole("window_s"),
            },
            "present" => Gauge::Present(self.present(record)),
            "ratio" => Gauge::Ratio {
                one: self.present(record.record("one")?),
                other: self.present(record.record("other")?),
            },
            _ => Gauge::HullLost {
                class: ClassId::from_index(record.reference("class")),
                when: self.mark(record.record("when")?),
            },
        })
    }

    fn event(&self, record: &Record) -> String {
        let event = record.string("event");
        if !event.is_empty() && !EVENT_NAMES.iter().any(|(name, _)| *name == event) {
            let message = format!("no event is called {}", quoted(&event));
            let names = EVENT_NAMES.iter().map(|(name, _)| *name);
            let hint = suggest::nearest(&event, names)
                .map(|name| format!("did you mean {}?", quoted(name)));
            let hint = hint.or_else(|| Some("the events are listed in the reference".to_owned()));
            self.reading.note(
                finding(&codes::UNKNOWN_ID, record.place_of("event"), message).maybe_hint(hint),
            );
        }
        event
    }

    fn mark(&self, record: &Record) -> Mark {
        Mark {
            event: self.event(record),
            power: record.maybe_ref("power").map(PowerId::from_index),
            class: record.maybe_ref("class").map(ClassId::from_index),
            body: record.maybe_ref("body").map(BodyId::from_index),
        }
    }

    fn count(&self, record: &Record) -> Count {
        let event = self.event(record);
        let sum = record.string("sum");
        let known = EVENT_NAMES.iter().find(|(name, _)| *name == event).map(|(_, sums)| *sums);
        if let Some(sums) = known.filter(|sums| !sum.is_empty() && !sums.contains(&sum.as_str())) {
            let message = format!("{} has no quantity {}", quoted(&event), quoted(&sum));
            let hint = match sums.is_empty() {
                true => "this event can only be counted: leave `sum` out".to_owned(),
                false => format!("its quantities: {}", suggest::list(sums)),
            };
            self.reading
                .note(finding(&codes::EXPECTATION, record.place_of("sum"), message).hint(hint));
        }
        let how = record.string("how");
        if !how.is_empty() && event != "ship_lost" {
            let message = format!("only `ship_lost` says how, not {}", quoted(&event));
            self.reading.note(finding(&codes::EXPECTATION, record.place_of("how"), message));
        }
        let from = self.moment(record, "from");
        let until = self.moment(record, "until");
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            let message = "the count ends before it begins";
            self.reading.note(finding(&codes::EXPECTATION, record.place_of("until"), message));
        }
        Count {
            event,
            powers: self.powers(record),
            roles: operation::roles(record),
            class: record.maybe_ref("class").map(ClassId::from_index),
            body: record.maybe_ref("body").map(BodyId::from_index),
            how,
            from,
            until,
            before: record.record("before").map(|mark| self.mark(mark)),
            sum,
            distinct: record.flag("distinct"),
        }
    }

    fn present(&self, record: &Record) -> Present {
        Present {
            powers: self.powers(record),
            roles: operation::roles(record),
            body: record.maybe_ref("body").map(BodyId::from_index),
            at: self.moment(record, "at").unwrap_or(self.dates.begins),
            share_of_opening: record.flag("share_of_opening"),
        }
    }

    /// A date of the war; one outside it can never be measured.
    fn moment(&self, record: &Record, key: &str) -> Option<Time> {
        let at = Time(record.maybe_whole(key)?);
        if !(self.dates.begins <= at && at <= self.dates.ends) {
            let message = "the date lies outside the war";
            self.reading.note(finding(&codes::DATE_ORDER, record.place_of(key), message));
        }
        Some(at)
    }

    /// Powers named one by one or by their alliance, each once.
    fn powers(&self, record: &Record) -> Vec<PowerId> {
        let mut out: BTreeSet<usize> = BTreeSet::new();
        for item in record.list("powers") {
            match item.value {
                Checked::Ref("power", number) => {
                    out.insert(number);
                }
                Checked::Ref(_, number) => out.extend(members(self.reading, number)),
                _ => {}
            }
        }
        out.into_iter().map(PowerId::from_index).collect()
    }
}
