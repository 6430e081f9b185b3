//! From the text of a file of orders to its orders, with every fault on the way.

use std::rc::Rc;

use jumpline_measure::{BodyId, ClassId, ContactId, DoctrineId, PowerId, Time};
use jumpline_world::law::{Forces, Law, Role};
use jumpline_world::order::{Quarry, Task};
use jumpline_world::state::State;

use super::{Dated, OrderBook, Which, Wish};
use crate::codes;
use crate::load::tree_of;
use crate::problem::{Problem, Sink, finding};
use crate::read::fleet::place;
use crate::read::power::POWERS_MAX;
use crate::read::weapon::REACH_MAX_M;
use crate::read::{Reading, force, words};
use crate::shape::check::Checker;
use crate::shape::ids::Ids;
use crate::shape::record::{Item, Record};
use crate::shape::{Fallback, Kind, Shape, choice, list, set, table, variant, whole};
use crate::text::quote::quoted;
use crate::texts::{Place, Texts};

/// Most orders in one file.
const ORDERS_MAX: usize = 20_000;
/// Most ships named in one order.
const NAMES_MAX: usize = 10_000;

/// Reads a file of orders for a war. The book is there exactly if no problem is an error.
pub fn load_orders(
    law: &Law,
    opening: &State,
    name: &str,
    bytes: &[u8],
) -> (Option<OrderBook>, Vec<Problem>) {
    let mut texts = Texts::new();
    texts.add_scenario(name, bytes);
    let sink = Sink::default();
    let book = book(law, opening, &texts, &sink).filter(|_| sink.errors() == 0);
    (book, sink.finish(&texts))
}

fn book(law: &Law, opening: &State, texts: &Texts, sink: &Sink) -> Option<OrderBook> {
    let (file, text) = texts.numbered().next()?;
    let tree = tree_of(file, text, sink)?;
    let root = Rc::new(shape());
    let ids = ids(law, opening, &tree);
    let checker = Checker::new(sink, &ids, Some(&law.calendar));
    let record = checker.table(&root, &tree, Place::new(file, 0, 0));
    let reading = Reading::new(&record, &ids, sink);
    let mut book = OrderBook {
        plays: record.refs("plays").into_iter().map(PowerId::from_index).collect(),
        orders: Vec::new(),
    };
    for order in record.records("order") {
        own_group(&reading, law, opening, order);
        book.orders.extend(dated(&reading, law, texts, order));
    }
    book.orders.sort_by_key(|dated| dated.at);
    Some(book)
}

/// What a file of orders may say.
pub(crate) fn shape() -> Shape {
    Shape::new(
        "a file of orders",
        "Orders that persons have written down beforehand, each with its date.",
    )
    .or(
        "plays",
        set(Kind::Ref(&["power"]), 0, POWERS_MAX),
        Fallback::Empty,
        "Powers that persons play: their minds are silent",
    )
    .or("order", list(order(), 0, ORDERS_MAX), Fallback::Empty, "The orders")
}

fn order() -> Kind {
    let body = || Kind::Ref(&["body"]);
    let group = || Kind::Ref(&["group"]);
    let roles = || set(choice(words::ROLES), 0, 32);
    let class = || Kind::Ref(&["class"]);
    let contact = || whole(0, i64::from(u32::MAX));
    let of = |about: &str| {
        Shape::new("an order", about)
            .need(
                "at",
                Kind::Date,
                "When it is handed in; it counts from the first deadline at or after",
            )
            .need("power", Kind::Ref(&["power"]), "Whose order it is")
            .need("group", group(), "For whom: the key of a group")
            .flag("queued", false, "After the tasks the group already has, instead of at once")
            .may("doctrine", Kind::Ref(&["doctrine"]), "Doctrine from now on, if it changes")
            .or("reason", Kind::Text(400), Fallback::Text(""), "Why, as the chronicle will tell it")
    };
    let line = |about: &str| {
        of(about).need("from", body(), "Start of the line").need("to", body(), "End of the line")
    };
    variant(
        "do",
        vec![
            (
                "hold",
                of("Stay, and fight what comes.").may(
                    "until",
                    Kind::Date,
                    "Until when; for good if left out",
                ),
            ),
            (
                "move",
                of("Go to a body.")
                    .need("to", body(), "Where to")
                    .may("spot", table(force::spot()), "Where in its space")
                    .or_n("pace_permille", 1, 1_000, 1_000, "Share of full pace"),
            ),
            (
                "guard",
                of("Go to a body and fight whoever is hostile.").need("body", body(), "Which").may(
                    "spot",
                    table(force::spot()),
                    "Where in its space",
                ),
            ),
            (
                "ambush",
                line("Wait beside the end of a jumpline.").need_n(
                    "standoff_m",
                    0,
                    REACH_MAX_M,
                    "Distance from the line",
                ),
            ),
            (
                "intercept",
                of("Go where a contact is bound and meet it.").need(
                    "contact",
                    contact(),
                    "Its number in the power's own book, as `show` prints it",
                ),
            ),
            (
                "hunt",
                of("Follow a quarry from body to body.")
                    .or("roles", roles(), Fallback::Empty, "Which roles; all if left out")
                    .may("class", class(), "Which class")
                    .may("contact", contact(), "Which contact of the power's own book"),
            ),
            (
                "raid",
                of("Strike at a body and come away.").need("body", body(), "Where").or(
                    "roles",
                    roles(),
                    Fallback::Empty,
                    "Which roles; all if left out",
                ),
            ),
            (
                "assault",
                of("Attack at a body and stay.")
                    .need("body", body(), "Where")
                    .or("roles", roles(), Fallback::Empty, "Which roles first; all if left out")
                    .may("class", class(), "Which class first")
                    .may("contact", contact(), "Which contact first"),
            ),
            (
                "lay_mines",
                line("Lay mines on a jumpline.")
                    .need_n("offset_m", 0, REACH_MAX_M, "How far from the start")
                    .need_n("count", 1, 10_000_000, "How many"),
            ),
            ("recover_mines", line("Take up mines again.")),
            (
                "patrol",
                of("Fly circuits round a body for good; wings aboard a carrier go out for it by turns.")
                    .need("body", body(), "Round which")
                    .need_n("altitude_m", 0, REACH_MAX_M, "How high")
                    .or_n("points", 2, 64, 6, "Over how many points"),
            ),
            (
                "salvage",
                of("Take from wrecks what mends the group's own ships.").need(
                    "body",
                    body(),
                    "Where",
                ),
            ),
            ("unload", of("Put out the ships aboard.")),
            ("load", of("Take a group aboard.").need("tag", group(), "Which: its key")),
            (
                "land",
                of("Run for the ground.").need("body", body(), "Where").or_n(
                    "sites",
                    1,
                    1_000,
                    1,
                    "In how many places",
                ),
            ),
            (
                "withdraw",
                of("Break off and go.").may(
                    "to",
                    body(),
                    "Where to; the nearest refuge if left out",
                ),
            ),
            (
                "escort",
                of("Stay with a group and protect it.").need("tag", group(), "Whom: its key"),
            ),
            (
                "detach",
                of("Split ships off as a group of their own.")
                    .need("name", Kind::Text(80), "The new group's name")
                    .may("class", class(), "Ships of this class")
                    .or_n("count", 1, 1_000_000, 1, "How many of that class")
                    .or(
                        "ships",
                        set(Kind::Text(80), 0, NAMES_MAX),
                        Fallback::Empty,
                        "Ships by name, instead of by class",
                    ),
            ),
            ("merge", of("Become part of another group.").need("into", group(), "Which: its key")),
            (
                "tow",
                of("Pull a damaged ship out on a slow jump.")
                    .need("ship", Kind::Text(80), "Her name, or her number as `show` prints it")
                    .need("to", body(), "Where to"),
            ),
            (
                "depart",
                of("Leave the theatre by an interstellar line.").need(
                    "star",
                    body(),
                    "By which star",
                ),
            ),
        ],
    )
}

/// Everything an order may name: ids of the law in the law's own order, and groups by key, tag and the names they are given here.
fn ids(law: &Law, opening: &State, tree: &crate::text::tree::Table) -> Ids {
    let mut ids = Ids::default();
    let codex = &law.codex;
    for section in ["body", "class", "doctrine", "group", "power"] {
        ids.open(section);
    }
    codex.chart.bodies.iter().for_each(|body| ids.add("body", &body.key));
    codex.classes.iter().for_each(|class| ids.add("class", &class.key));
    codex.doctrines.iter().for_each(|doctrine| ids.add("doctrine", &doctrine.key));
    codex.powers.iter().for_each(|power| ids.add("power", &power.key));
    for group in &opening.groups {
        ids.add("group", &group.key);
        group.tags.iter().for_each(|tag| ids.add("group", tag));
    }
    for arrival in &law.plan.arrivals {
        group_keys(&arrival.forces, &mut |key| ids.add("group", key));
        arrival.forces.tags.iter().for_each(|tag| ids.add("group", tag));
    }
    named_here(tree, &mut |name| ids.add("group", name));
    ids
}

/// The keys that the groups of a force will have.
fn group_keys(forces: &Forces, add: &mut dyn FnMut(&str)) {
    for aboard in [false, true] {
        let of = |ships: &&jumpline_world::law::ForceShips| ships.aboard == aboard;
        let count = forces.ships.iter().filter(of).map(|ships| u64::from(ships.count));
        let count = count.fold(0, u64::saturating_add);
        let stem = if aboard { format!("{}-cargo", forces.key) } else { forces.key.clone() };
        add(&stem);
        if forces.split > 0 && count > u64::from(forces.split) {
            let parts = count.div_ceil(u64::from(forces.split));
            (1..=parts).for_each(|number| add(&format!("{stem}-{number}")));
        }
    }
}

/// Names that the file itself gives to groups it detaches.
fn named_here(tree: &crate::text::tree::Table, add: &mut dyn FnMut(&str)) {
    use crate::text::tree::Value;
    let Some(Value::List(orders)) = tree.get("order").map(|node| &node.value) else { return };
    for order in orders {
        let Value::Table(order) = &order.value else { continue };
        let text = |key: &str| match order.get(key).map(|node| &node.value) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        if let (Some("detach"), Some(name)) = (text("do"), text("name")) {
            add(name);
        }
    }
}

fn dated(reading: &Reading, law: &Law, texts: &Texts, record: &Record) -> Option<Dated> {
    let at = Time(record.maybe_whole("at")?);
    if at < law.begins || at >= law.ends {
        let message = "the order is given outside the war";
        let hint = format!(
            "from {} to before {}",
            law.calendar.iso(law.begins),
            law.calendar.iso(law.ends)
        );
        reading.note(finding(&codes::DATE_ORDER, record.place_of("at"), message).hint(hint));
    }
    let located = texts.locate(record.place);
    Some(Dated {
        at,
        power: PowerId::from_index(record.reference("power")),
        group: name_of(reading, record, "group"),
        wish: wish(reading, law, record, at)?,
        queued: record.flag("queued"),
        doctrine: record.maybe_ref("doctrine").map(DoctrineId::from_index),
        reason: record.string("reason"),
        place: format!("{}:{}:{}", located.file, located.line, located.column),
    })
}

/// A group that is known to be another power's cannot be ordered.
fn own_group(reading: &Reading, law: &Law, opening: &State, record: &Record) {
    let Some(power) = record.maybe_ref("power").map(PowerId::from_index) else { return };
    let name = name_of(reading, record, "group");
    let mut owners = opening
        .groups
        .iter()
        .filter(|group| group.key == name || group.tags.contains(&name))
        .map(|group| group.power)
        .chain(arriving_owners(law, &name))
        .peekable();
    let Some(first) = owners.peek().copied() else { return };
    if owners.all(|owner| owner != power) {
        let key = |power: PowerId| law.codex.power(power).key.as_str();
        let message = format!("{} is not a group of {}", quoted(&name), key(power));
        let hint = format!("it is a group of {}", key(first));
        reading.note(finding(&codes::WRONG_KIND, record.place_of("group"), message).hint(hint));
    }
}

/// Powers with a force still to come that has a group of that name.
fn arriving_owners(law: &Law, name: &str) -> Vec<PowerId> {
    let mut owners = Vec::new();
    for arrival in &law.plan.arrivals {
        let mut found = arrival.forces.tags.iter().any(|tag| tag == name);
        group_keys(&arrival.forces, &mut |key| found |= key == name);
        if found {
            owners.push(arrival.forces.power);
        }
    }
    owners
}

fn name_of(reading: &Reading, record: &Record, key: &str) -> String {
    let names = reading.ids.of("group");
    record.maybe_ref(key).and_then(|number| names.get(number)).cloned().unwrap_or_default()
}

fn wish(reading: &Reading, law: &Law, record: &Record, at: Time) -> Option<Wish> {
    let body = |key: &str| BodyId::from_index(record.reference(key));
    let spot = |key: &str| {
        let spot = record.record("spot")?;
        Some(place(reading, &law.codex, body(key), spot, at))
    };
    let group = |key: &str| name_of(reading, record, key);
    if record.shape.field("from").is_some()
        && record.has("from")
        && record.maybe_ref("from") == record.maybe_ref("to")
    {
        let message = "a line joins two bodies";
        reading.note(finding(&codes::CYCLE, record.place_of("to"), message));
    }
    Some(Wish::Task(match record.variant? {
        "hold" => Task::Hold { until: record.maybe_whole("until").map(Time) },
        "move" => Task::Move {
            to: body("to"),
            spot: spot("to"),
            pace_permille: record.whole("pace_permille"),
        },
        "guard" => Task::Guard { body: body("body"), spot: spot("body") },
        "ambush" => Task::Ambush {
            from: body("from"),
            to: body("to"),
            standoff_m: record.whole("standoff_m"),
        },
        "intercept" => Task::Intercept { contact: contact(record)? },
        "hunt" => Task::Hunt { quarry: quarry(reading, record) },
        "raid" => Task::Raid { body: body("body"), roles: roles(record) },
        "assault" => Task::Assault { body: body("body"), quarry: quarry(reading, record) },
        "lay_mines" => Task::LayMines {
            from: body("from"),
            to: body("to"),
            offset_m: record.whole("offset_m"),
            count: record.whole("count"),
        },
        "unload" => Task::Unload,
        "land" => Task::Land {
            body: body("body"),
            sites: u32::try_from(record.whole("sites")).unwrap_or(1),
        },
        "patrol" => Task::Patrol {
            body: body("body"),
            altitude_m: record.whole("altitude_m"),
            points: u32::try_from(record.whole("points")).unwrap_or(6),
        },
        "salvage" => Task::Salvage { body: body("body") },
        "withdraw" => Task::Withdraw { to: record.maybe_ref("to").map(BodyId::from_index) },
        "depart" => Task::Depart { star: body("star") },
        "recover_mines" => return Some(Wish::RecoverMines { from: body("from"), to: body("to") }),
        "load" => return Some(Wish::Load { group: group("tag") }),
        "escort" => return Some(Wish::Escort { group: group("tag") }),
        "merge" => return Some(Wish::Merge { into: group("into") }),
        "tow" => return Some(Wish::Tow { ship: record.string("ship"), to: body("to") }),
        _ => {
            let name = record.string("name");
            return which(reading, record).map(|which| Wish::Detach { which, name });
        }
    }))
}

fn which(reading: &Reading, record: &Record) -> Option<Which> {
    let names: Vec<String> =
        record.list("ships").iter().filter_map(Item::text).map(str::to_owned).collect();
    match (record.maybe_ref("class"), names.is_empty()) {
        (Some(class), true) => Some(Which::Class {
            class: ClassId::from_index(class),
            count: u32::try_from(record.whole("count")).unwrap_or(u32::MAX),
        }),
        (None, false) => Some(Which::Named(names)),
        (given, _) => {
            let message = match given {
                None => "the order does not say which ships",
                Some(_) => "the order names ships in two ways",
            };
            let hint = "give `class` (with `count`), or `ships` by name";
            reading.note(finding(&codes::RULES, record.place, message).hint(hint));
            None
        }
    }
}

fn contact(record: &Record) -> Option<ContactId> {
    record.maybe_whole("contact").and_then(|number| u32::try_from(number).ok()).map(ContactId)
}

fn quarry(reading: &Reading, record: &Record) -> Quarry {
    let roles = roles(record);
    let class = record.maybe_ref("class").map(ClassId::from_index);
    let contact = contact(record);
    let given = [!roles.is_empty(), class.is_some(), contact.is_some()];
    if given.iter().filter(|given| **given).count() > 1 {
        let message = "the order names its quarry in more than one way";
        let hint = "give one of `roles`, `class`, `contact`";
        reading.note(finding(&codes::RULES, record.place, message).hint(hint));
    }
    match (contact, class) {
        (Some(contact), _) => Quarry::Contact(contact),
        (None, Some(class)) => Quarry::Class(class),
        (None, None) => Quarry::Roles(roles),
    }
}

fn roles(record: &Record) -> Vec<Role> {
    record.list("roles").iter().filter_map(Item::text).filter_map(words::meant).collect()
}
