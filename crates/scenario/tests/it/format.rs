//! What a sound text becomes.

use jumpline_measure::{PowerId, ShipId, Span, Time};
use jumpline_scenario::render;
use jumpline_world::law::{Begin, Gauge, OpTarget, Regard};
use jumpline_world::ledger::audit;
use jumpline_world::state::{Fate, Status};

use crate::support::{HEADER, codes, loaded, try_over_base};

#[test]
fn the_base_war_is_sound() {
    let (loaded, problems) = try_over_base(HEADER);
    assert!(loaded.is_some() && problems.is_empty(), "{}", render(&problems));
}

#[test]
fn numbers_become_whole_base_units() {
    let law = loaded(HEADER).law;
    assert_eq!(law.turn, Span(3_600));
    assert_eq!(law.begins, Time(0));
    assert_eq!(law.ends, Time(2 * 86_400));
    let gun = &law.codex.weapons[0];
    assert_eq!((gun.range_m, gun.recharge_ms, gun.shot_speed_mps), (90_000, 3_000, 60_000));
    assert_eq!(law.codex.chart.body_by_key("home-world").map(|b| b.mass_pt), Some(5_972_200));
    assert_eq!(law.codex.chart.system_by_key("away").map(|s| s.position_mly), Some([4_000, 0, 0]));
}

#[test]
fn what_is_left_out_is_neutral() {
    let law = loaded(HEADER).law;
    let doctrine = &law.codex.doctrines[0];
    assert_eq!((doctrine.range_permille, doctrine.pack_max), (700, 20));
    assert!(doctrine.supports_allies && doctrine.prefers.is_empty());
    let red = &law.codex.powers[2];
    assert_eq!((red.mind.aggression_permille, red.mind.caution_permille), (900, 500));
    assert_eq!(red.gunnery_permille, 1_000);
}

#[test]
fn forces_become_groups_and_ships() {
    let loaded = loaded(HEADER);
    let state = loaded.opening(7);
    assert_eq!(state.seed, 7);
    assert_eq!(state.ships.len(), 30);
    let keys: Vec<&str> = state.groups.iter().map(|group| group.key.as_str()).collect();
    assert_eq!(keys, ["friends", "guard-1", "guard-2", "guard-3"]);
    assert_eq!(state.ships[5].name.as_deref(), Some("First"));
    assert!(state.ships.iter().all(|ship| ship.status == Status::Present));
    assert_eq!(state.people[0].fate, Fate::Aboard(ShipId(8)));
    assert!(audit(&loaded.law, &state).is_empty());
}

#[test]
fn relations_follow_alliances_and_what_is_said_narrowly_counts() {
    let state = loaded(HEADER).opening;
    let [blue, green, red] = [0, 1, 2].map(PowerId);
    assert_eq!(state.regard(blue, green), Regard::Allied);
    assert_eq!(state.regard(green, red), Regard::Hostile);
    let text =
        format!("{HEADER}[[relation]]\none = \"red\"\nother = \"green\"\nregard = \"neutral\"\n");
    // Lists are replaced whole, so the scenario's relations are the only ones now.
    let state = loaded(&text).opening;
    assert_eq!(state.regard(blue, red), Regard::Neutral);
    assert_eq!(state.regard(blue, green), Regard::Allied);
}

#[test]
fn the_plan_is_in_the_order_written() {
    let law = loaded(HEADER).law;
    let keys: Vec<&str> = law.plan.operations.iter().map(|op| op.key.as_str()).collect();
    assert_eq!(keys, ["strike", "meet", "follow"]);
    let strike = &law.plan.operations[0];
    assert_eq!(strike.begin, Begin::At(Time(43_200)));
    assert_eq!(strike.forces, ["raiders", "raiders-cargo"]);
    assert!(
        matches!(strike.tasks[0].task, OpTarget::Move { spot: Some(spot), .. } if spot.altitude_m == 3_000_000)
    );
    let begin = &law.plan.operations[2].begin;
    assert_eq!(begin, &Begin::After { operation: "meet".into(), delay: Span(3_600) });
    let Gauge::Count(count) = &law.plan.expectations[0].gauge else { panic!("a count") };
    assert_eq!(count.powers, [PowerId(0), PowerId(1)]);
}

#[test]
fn an_arrival_without_a_spot_comes_out_where_it_brakes() {
    let law = loaded(HEADER).law;
    let arrival = &law.plan.arrivals[0];
    let toward = law.codex.chart.heading(arrival.forces.body, arrival.from, arrival.at);
    assert_eq!(arrival.forces.spot.bearing, toward);
    assert!(arrival.forces.spot.altitude_m > 0);
}

#[test]
fn a_scenario_overrides_key_by_key() {
    let law = loaded(&format!("{HEADER}[class.cruiser]\nhull = 9\n")).law;
    let cruiser = &law.codex.classes[0];
    assert_eq!((cruiser.hull, cruiser.shield), (9, 5_000));
}

#[test]
fn a_fault_in_an_override_points_at_it_and_at_what_it_replaces() {
    let (_, problems) = try_over_base(&format!("{HEADER}[class.cruiser]\nhull = -9\n"));
    let [problem] = problems.as_slice() else { panic!("{}", render(&problems)) };
    assert_eq!((problem.file.as_str(), problem.line, problem.column), ("test.toml", 5, 8));
    assert_eq!(problem.labels[0].file, "base/base.toml");
}

#[test]
fn all_problems_are_told_at_once() {
    let text = format!(
        "{HEADER}turm = 3\n[class.cruiser]\nhull = \"x\"\ndrive = \"comon\"\n[body.home-star]\nmass_pt = 0\n[forse.x]\n"
    );
    assert_eq!(codes(&text), ["E0201", "E0203", "E0401", "E0301", "E0204"]);
}

#[test]
fn any_number_of_warnings_is_still_a_war() {
    let class = |n| format!("[class.wide-{n}]\n{}\nradius_m = \"60 km\"\n", like_a_cruiser());
    let text = format!("{HEADER}{}", (0..250).map(class).collect::<String>());
    let (loaded, problems) = try_over_base(&text);
    assert!(loaded.is_some(), "{}", render(&problems));
    assert_eq!(problems.len(), jumpline_scenario::caps::PROBLEMS_MAX + 1);
    assert!(problems.iter().all(|problem| problem.code.starts_with('W')));
}

/// The base war's cruiser without its header and radius.
fn like_a_cruiser() -> String {
    let (_, after) = crate::support::BASE.split_once("[class.cruiser]\n").expect("a cruiser");
    let (body, _) = after.split_once("\n\n").expect("an end");
    body.lines().filter(|line| !line.starts_with("radius_m")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_order_of_files_changes_nothing() {
    use jumpline_scenario::{Texts, load};
    let parts: Vec<String> = crate::support::BASE.split("\n\n").map(str::to_owned).collect();
    let read = |reversed: bool| {
        let mut texts = Texts::new();
        let mut numbered: Vec<(usize, &String)> = parts.iter().enumerate().collect();
        if reversed {
            numbered.reverse();
        }
        for (number, part) in numbered {
            texts.add_ruleset(format!("part-{number:03}.toml"), format!("{part}\n"));
        }
        texts.add_ruleset("rules.toml", crate::support::RULES.as_str());
        texts.add_scenario("a.toml", HEADER);
        let (loaded, problems) = load("test", &texts);
        // Each part but the first lacks the format line, which only the files with a header need.
        let loaded = loaded.map(|l| serde_json::to_string(&(l.law, l.opening)).expect("json"));
        (loaded, render(&problems))
    };
    assert_eq!(read(false), read(true));
}
