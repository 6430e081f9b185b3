//! Operations: when they begin and what they become.

use crate::{begun, body, contact, group, lines, orders, view_of, war};
use jumpline_measure::{FieldId, Span, Time};
use jumpline_world::order::Say;
use jumpline_world::state::{Phase, Standing};
use jumpline_world::view::FieldView;

const STRIKE: &str = r#"
[operation.strike]
name = "Strike"
power = "blue"
forces = ["home-fleet"]
begin = { at = "2470-05-02T00:00" }
tasks = [{ do = "move", to = "away-star" }, { do = "assault", body = "away-world", roles = ["cruiser"] }]
reason = "Now or never."
asks = ["green"]

[operation.follow]
name = "Follow"
power = "blue"
forces = ["fort", "guard"]
begin = { after = "strike", delay = "5 h" }
tasks = [{ do = "guard", body = "home-moon" }]
"#;

#[test]
fn an_operation_begins_at_its_date_and_asks_its_allies() {
    let (law, state) = war(STRIKE);
    let view = view_of(&law, &state, "blue");
    let given = orders(&law, &view);
    assert_eq!(
        lines(&law, &view, &given),
        [
            "begin strike",
            "ask green at away-star",
            "guard-1: move away-star",
            "guard-1: then assault away-world",
            "guard-2: move away-star",
            "guard-2: then assault away-world",
            "guard-3: move away-star",
            "guard-3: then assault away-world",
        ]
    );
    assert!(given.iter().all(|order| order.reason == "Now or never."));
}

#[test]
fn an_operation_under_way_is_left_alone_until_what_follows_is_due() {
    let (law, state) = war(STRIKE);
    let mut view = view_of(&law, &state, "blue");
    let began = view.now;
    view.now = began.saturating_add(Span::HOUR);
    view.turn = 1;
    let fleet: Vec<_> = ["guard-1", "guard-2", "guard-3"].map(|key| group(&view, key)).to_vec();
    begun(&mut view, "strike", began, &fleet);
    for group in view.groups.iter_mut().filter(|group| fleet.contains(&group.id)) {
        group.tasks.push(Standing {
            order: jumpline_measure::OrderId(1),
            task: jumpline_world::Task::Move {
                to: body(&law, "away-star"),
                spot: None,
                pace_permille: 1_000,
            },
            phase: Phase::Underway,
            doctrine: None,
            cause: None,
        });
    }
    assert!(orders(&law, &view).is_empty(), "nothing is due");
    // Five hours after the first began the second calls its groups away from it.
    view.now = began.saturating_add(Span(5 * 3_600));
    let given = orders(&law, &view);
    assert_eq!(lines(&law, &view, &given)[0], "begin follow");
    assert!(lines(&law, &view, &given).contains(&"guard-1: guard home-moon".to_owned()));
    assert!(
        !lines(&law, &view, &given).iter().any(|line| line.starts_with("fort")),
        "it cannot go"
    );
}

#[test]
fn an_operation_due_within_the_turn_waits_for_its_moment() {
    let (law, state) = war(&STRIKE.replace("2470-05-02T00:00", "2470-05-02T00:30"));
    let view = view_of(&law, &state, "blue");
    let given = orders(&law, &view);
    assert_eq!(
        lines(&law, &view, &given)[2..5],
        ["guard-1: hold", "guard-1: then move away-star", "guard-1: then assault away-world"]
    );
    let Say::Group { task: jumpline_world::Task::Hold { until }, .. } = &given[2].say else {
        panic!()
    };
    assert_eq!(*until, Some(Time(1_800)));
}

#[test]
fn an_operation_begins_when_enough_is_seen() {
    let (law, state) = war(r#"
[operation.meet]
name = "Meet them"
power = "blue"
forces = ["guard"]
begin = { seen = { body = "home-star", roles = ["jumpship"], count = 3 } }
most_groups = 2
tasks = [{ do = "hunt", class = "jumpship" }]
"#);
    let mut view = view_of(&law, &state, "blue");
    contact(&law, &mut view, "red", "home-star", "jumpship", 2);
    contact(&law, &mut view, "red", "home-star", "cruiser", 9);
    contact(&law, &mut view, "green", "home-star", "jumpship", 9);
    assert!(
        lines(&law, &view, &orders(&law, &view)).is_empty(),
        "kept for the operation, which is not due"
    );
    contact(&law, &mut view, "red", "home-star", "jumpship", 1);
    assert_eq!(
        lines(&law, &view, &orders(&law, &view)),
        ["begin meet", "guard-1: hunt", "guard-2: hunt"]
    );
}

#[test]
fn what_another_operation_left_done_begins_the_next_after_its_rest() {
    let (law, state) = war(r#"
[operation.first]
name = "First"
power = "blue"
forces = ["fort"]
begin = { at = "2470-05-02T00:00" }
tasks = [{ do = "hold" }]

[operation.second]
name = "Second"
power = "blue"
forces = ["guard"]
begin = { done = "first", delay = "2 h" }
tasks = [{ do = "move", to = "home-moon" }]
"#);
    let mut view = view_of(&law, &state, "blue");
    let first = group(&view, "fort");
    begun(&mut view, "first", Time(0), &[first]);
    for (hours, there_at, expected) in
        [(1, 600, false), (2, 600, true), (2, 7_000, false), (4, 7_000, true)]
    {
        view.now = Time(hours * 3_600);
        for group in &mut view.groups {
            group.there_at = Time(there_at);
        }
        let said = lines(&law, &view, &orders(&law, &view));
        assert_eq!(
            said.contains(&"begin second".to_owned()),
            expected,
            "{hours} {there_at}: {said:?}"
        );
    }
}

#[test]
fn cargo_is_named_apart_from_what_carries_it() {
    let (law, state) = war(r#"
[operation.bring]
name = "Bring"
power = "red"
forces = ["raiders"]
begin = { at = "2470-05-02T00:00" }
tasks = [{ do = "move", to = "home-star" }, { do = "unload" }]

[operation.fight]
name = "Fight"
power = "red"
forces = ["raiders-cargo"]
begin = { after = "bring", delay = "0 s" }
tasks = [{ do = "assault", body = "home-world" }]
"#);
    let mut view = view_of(&law, &state, "red");
    assert_eq!(
        lines(&law, &view, &orders(&law, &view)),
        ["begin bring", "raiders: move home-star", "raiders: then unload"]
    );
    // The second waits until the cargo stands in space.
    let carriers = group(&view, "raiders");
    begun(&mut view, "bring", Time(0), &[carriers]);
    view.now = Time(3_600);
    assert!(!lines(&law, &view, &orders(&law, &view)).contains(&"begin fight".to_owned()));
    for ship in view.groups.iter_mut().flat_map(|group| &mut group.ships) {
        ship.status = jumpline_world::state::Status::Present;
        ship.carrier = None;
    }
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.contains(&"begin fight".to_owned()), "{said:?}");
    assert!(said.contains(&"raiders-cargo: assault home-world".to_owned()), "{said:?}");
}

#[test]
fn mines_are_shared_out_and_taken_up_when_they_are_there() {
    let (law, state) = war(r#"
[operation.mine]
name = "Mine"
power = "blue"
forces = ["home-fleet"]
begin = { at = "2470-05-02T00:00" }
tasks = [
  { do = "lay_mines", from = "home-star", to = "away-star", offset_m = "1 Gm", count = 100 },
  { do = "recover_mines", from = "home-star", to = "away-star" },
  { do = "guard", body = "home-world" },
]
"#);
    let mut view = view_of(&law, &state, "blue");
    let said = lines(&law, &view, &orders(&law, &view));
    assert_eq!(
        said[1..4],
        ["guard-1: lay_mines 34", "guard-1: then guard home-world", "guard-2: lay_mines 33"]
    );
    let fleet: Vec<_> = ["guard-1", "guard-2", "guard-3"].map(|key| group(&view, key)).to_vec();
    begun(&mut view, "mine", Time(0), &fleet);
    view.now = Time(36_000);
    view.fields.push(FieldView {
        id: FieldId(4),
        from: body(&law, "home-star"),
        to: body(&law, "away-star"),
        offset_m: 1_000_000_000,
        laid: 100,
        recovered: 0,
        since: Time(7_200),
    });
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.contains(&"guard-1: recover_mines 4".to_owned()), "{said:?}");
    view.fields[0].recovered = 78;
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(!said.iter().any(|line| line.contains("recover_mines")), "once is enough: {said:?}");
}
