//! The front door, on the smallest war there is.
#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use jumpline_campaign::expect::{Watch, judge};
use jumpline_campaign::{Campaign, Giver, Options, compare, replay, sound};
use jumpline_measure::{BodyId, GroupId, OrderId, PowerId, ShipId, Time};
use jumpline_scenario::orders::{OrderBook, load_orders};
use jumpline_scenario::{Loaded, Texts, load, render, ruleset_of};
use jumpline_world::digest::digest;
use jumpline_world::law::{Across, Count, Expectation, Gauge, Present};
use jumpline_world::order::{Order, Refusal, Say, Task};
use jumpline_world::state::{Ship, State, Status};
use std::path::{Path, PathBuf};

fn texts_of(folder: &Path, texts: &mut Texts, ruleset: bool) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts_of(&path, texts, ruleset);
        } else {
            let name = path.display().to_string();
            let bytes = std::fs::read(&path).unwrap();
            if ruleset { texts.add_ruleset(name, bytes) } else { texts.add_scenario(name, bytes) }
        }
    }
}

fn shipped(name: &str) -> Loaded {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Texts::new();
    texts_of(&root.join("scenarios").join(name), &mut texts, false);
    let ruleset = ruleset_of(&texts);
    texts_of(&root.join("content").join(ruleset), &mut texts, true);
    let (loaded, problems) = load(name, &texts);
    loaded.unwrap_or_else(|| panic!("{}", render(&problems)))
}

fn first_light() -> Loaded {
    shipped("first-light")
}

fn opened(seed: u64, threads: usize) -> Campaign {
    Campaign::open(first_light(), Options::new(seed, threads))
}

/// Plays two wars side by side and names the first turn and field in which they differ.
fn side_by_side(mut one: Campaign, mut other: Campaign, turns: u32) -> Result<(), String> {
    for _ in 0..turns {
        one.advance();
        other.advance();
        if let Some(found) = compare(one.state(), other.state()) {
            return Err(format!("turn {}: {}", found.turn, found.field.unwrap_or_default()));
        }
    }
    Ok(())
}

#[test]
fn threads_change_nothing() {
    for scenario in ["first-light", "duel"] {
        for threads in [2, 8] {
            let with = |threads| Campaign::open(shipped(scenario), Options::new(3, threads));
            let turns = with(1).law().turns();
            side_by_side(with(1), with(threads), turns)
                .unwrap_or_else(|found| panic!("{scenario} on {threads} threads: {found}"));
        }
    }
}

#[test]
fn what_differs_is_found_and_named() {
    let (law, mut state, _) = opened(3, 1).close();
    state.ships[5].skill_permille += 1;
    let changed = Campaign::resume(law, state, None, 1);
    let found = side_by_side(opened(3, 1), changed, 3).unwrap_err();
    assert_eq!(found.split(':').next(), Some("turn 1"));
    assert!(found.contains(".ships[5].skill_permille"), "{found}");
}

/// Save, load, go on: unobservable after every turn of the shipped scenarios (of the great one, its opening hours).
#[test]
fn a_state_put_into_bytes_and_back_goes_on_the_same() {
    for (scenario, most) in [("first-light", u32::MAX), ("duel", u32::MAX), ("pagalis", 7)] {
        let mut straight = Campaign::open(shipped(scenario), Options::new(6, 2));
        let mut before = None;
        let mut state = straight.state().clone();
        for turn in 1..=straight.law().turns().min(most) {
            let bytes = postcard::to_allocvec(&state).unwrap();
            let loaded: State = postcard::from_bytes(&bytes).unwrap();
            assert!(compare(&state, &loaded).is_none(), "{scenario}: lost on the way to bytes");
            let law = straight.law().clone();
            let mut broken = Campaign::resume(law, loaded, before, 1);
            before = Some(state.now);
            broken.advance();
            straight.advance();
            let found = compare(straight.state(), broken.state());
            assert!(found.is_none(), "{scenario}, turn {turn}: {found:?}");
            state = broken.close().1;
        }
    }
}

#[test]
fn other_seeds_are_other_wars() {
    assert!(side_by_side(opened(3, 1), opened(4, 1), 20).is_err());
}

#[test]
fn every_turn_replays_from_its_record() {
    let mut campaign = opened(7, 1);
    let law = campaign.law().clone();
    let mut again = campaign.state().clone();
    let mut kept: Vec<State> = Vec::new();
    for _ in 0..law.turns() {
        campaign.advance();
        kept.push(campaign.state().clone());
    }
    for (turn, kept) in campaign.turns().iter().zip(&kept) {
        replay(&law, &mut again, turn, 2, || Some(kept.clone()))
            .unwrap_or_else(|found| panic!("{found:?}"));
    }
    let mut lied = campaign.turns()[6].clone();
    lied.digest.whole[0] ^= 1;
    let mut before = kept[5].clone();
    assert!(replay(&law, &mut before, &lied, 1, || None).is_err(), "a false digest was believed");
}

#[test]
fn wars_balance_after_every_turn_and_states_are_sound() {
    for scenario in ["first-light", "duel"] {
        let mut campaign = Campaign::open(shipped(scenario), Options::new(11, 1));
        while !campaign.reached(campaign.law().ends) {
            let turn = campaign.advance();
            assert_eq!(turn.imbalances, [], "{scenario}, turn {}", turn.number);
            sound(campaign.law(), campaign.state()).unwrap();
        }
    }
}

#[test]
fn forged_states_are_not_sound() {
    let (law, state, _) = opened(1, 1).close();
    sound(&law, &state).unwrap();
    let forgeries: [fn(&mut State); 8] = [
        |state| state.ships[0].class.0 = 9_999,
        |state| state.ships[0].id = ShipId(7),
        |state| state.ships[1].body = BodyId(u32::MAX),
        |state| state.groups[0].ships.push(ShipId(77_777)),
        |state| state.groups[0].power = PowerId(40),
        |state| drop(state.books.pop()),
        |state| state.regards[0].push(jumpline_world::law::Regard::Allied),
        |state| state.people[0].fate = jumpline_world::state::Fate::Aboard(ShipId(99_999)),
    ];
    for (number, forge) in forgeries.into_iter().enumerate() {
        let mut forged = state.clone();
        forge(&mut forged);
        assert!(sound(&law, &forged).is_err(), "forgery {number} passed");
    }
}

fn book(loaded: &Loaded, text: &str) -> OrderBook {
    let (book, problems) =
        load_orders(&loaded.law, &loaded.opening, "orders.toml", text.as_bytes());
    book.unwrap_or_else(|| panic!("{}", render(&problems)))
}

fn group(campaign: &Campaign, key: &str) -> GroupId {
    campaign.state().groups.iter().find(|group| group.key == key).unwrap().id
}

const AWAY: &str = r#"
[[order]]
at = "2401-03-01T07:00"
power = "blue-accord"
group = "blue-guard"
do = "withdraw"
to = "ember-star"
reason = "The second squadron is there."
"#;

#[test]
fn an_order_counts_from_the_first_deadline_at_or_after_its_date() {
    let loaded = first_light();
    let book = book(&loaded, AWAY);
    let mut campaign = Campaign::open(loaded, Options::new(1, 1));
    campaign.hand_in(book);
    let persons = |campaign: &mut Campaign| {
        let turn = campaign.advance();
        turn.orders.iter().filter(|given| given.by == Giver::Person).count()
    };
    assert_eq!([persons(&mut campaign), persons(&mut campaign)], [0, 0]);
    assert_eq!(persons(&mut campaign), 1);
    let receipts = campaign.receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!((receipts[0].refusal.clone(), receipts[0].at), (None, Time(12 * 3_600)));
    assert_eq!(receipts[0].place, "orders.toml:2:1");
    let mut without = opened(1, 1);
    (0..3).for_each(|_| drop(without.advance().digest.long()));
    assert_ne!(campaign.digest(), without.digest(), "the order changed nothing");
}

/// Handing the same orders in from a file or from a seat at the table is the same war.
#[test]
fn a_seat_and_a_file_are_the_same_door() {
    let loaded = first_light();
    let book = book(&loaded, AWAY);
    let mut by_file = Campaign::open(loaded, Options::new(1, 1));
    by_file.hand_in(book);
    let mut by_seat = opened(1, 1);
    for turn in 0..4 {
        if turn == 2 {
            let given = &by_file_orders()[0];
            let mut order = given.clone();
            if let Say::Group { group: to, .. } = &mut order.say {
                *to = group(&by_seat, "blue-guard");
            }
            assert_eq!(by_seat.order(vec![order.clone(), order]), [Ok(()), Ok(())]);
        }
        by_file.advance();
        by_seat.advance();
        assert!(compare(by_file.state(), by_seat.state()).is_none(), "turn {turn}");
    }
}

fn by_file_orders() -> Vec<Order> {
    let loaded = first_light();
    let book = book(&loaded, AWAY);
    let mut campaign = Campaign::open(loaded, Options::new(1, 1));
    campaign.hand_in(book);
    (0..3).for_each(|_| drop(campaign.advance().digest.long()));
    let persons = campaign.turns()[2].orders.iter().filter(|given| given.by == Giver::Person);
    persons.map(|given| given.order.clone()).collect()
}

#[test]
fn orders_are_answered_at_once_and_count_once() {
    let mut campaign = opened(1, 1);
    let blue = campaign.law().codex.power_by_key("blue-accord").unwrap();
    let amber = group(&campaign, "amber-fleet");
    let guard = group(&campaign, "blue-guard");
    let order = |id: u32, group: GroupId, reason: &str| Order {
        id: OrderId(id),
        power: blue,
        say: Say::Group { group, task: Task::Hold { until: None }, queued: false, doctrine: None },
        reason: reason.to_owned(),
    };
    let answers = campaign.order(vec![
        order(1, guard, "stay"),
        order(1, guard, "stay"),
        order(1, guard, "go"),
        order(2, amber, "stay"),
        order(3, GroupId(4_000), "stay"),
        Order { power: PowerId(77), ..order(4, guard, "stay") },
    ]);
    let refused = |refusal| Err::<(), _>(refusal);
    assert_eq!(
        answers,
        [
            Ok(()),
            Ok(()),
            refused(Refusal::IdTaken),
            refused(Refusal::NoSuchGroup),
            // Another's group and no group at all get the same answer.
            refused(Refusal::NoSuchGroup),
            refused(Refusal::NoSuchPower),
        ]
    );
    let turn = campaign.advance();
    let persons: Vec<_> = turn.orders.iter().filter(|given| given.by == Giver::Person).collect();
    assert_eq!(persons.iter().filter(|given| given.refusal.is_none()).count(), 1);
}

#[test]
fn a_person_silences_a_mind() {
    let mut campaign = opened(1, 1);
    let blue = campaign.law().codex.power_by_key("blue-accord").unwrap();
    campaign.seat(blue);
    for _ in 0..6 {
        let turn = campaign.advance();
        assert!(turn.orders.iter().all(|given| given.order.power != blue));
    }
}

/// The mind goes on with every other group, and takes this one back when the person's tasks are done.
#[test]
fn a_group_that_a_person_has_ordered_answers_to_nobody_else() {
    let loaded = first_light();
    let book = book(&loaded, AWAY);
    let mut campaign = Campaign::open(loaded, Options::new(1, 1));
    campaign.hand_in(book);
    let guard = group(&campaign, "blue-guard");
    let mut held = 0;
    for _ in 0..12 {
        let claimed = campaign
            .state()
            .group(guard)
            .tasks
            .iter()
            .any(|standing| jumpline_campaign::is_persons(standing.order));
        let turn = campaign.advance();
        let to_guard = |given: &&jumpline_campaign::Given| {
            given.by == Giver::Mind
                && matches!(given.order.say, Say::Group { group, .. } if group == guard)
        };
        if claimed {
            held += 1;
            assert_eq!(turn.orders.iter().filter(to_guard).count(), 0, "turn {}", turn.number);
        }
    }
    assert!(held > 0, "the order never stood");
}

#[test]
fn a_fork_with_the_same_orders_is_the_same_war() {
    let mut parent = opened(9, 1);
    let mut forks = Vec::new();
    let mut before = None;
    for _ in 0..20 {
        forks.push((parent.state().clone(), before));
        before = Some(parent.state().now);
        parent.advance();
    }
    for (state, before) in forks.into_iter().step_by(5) {
        let mut fork = Campaign::resume(parent.law().clone(), state, before, 2);
        while !fork.reached(parent.state().now) {
            fork.advance();
        }
        assert_eq!(fork.digest(), parent.digest());
    }
}

fn expectation(key: &str, gauge: Gauge, least: i64, most: i64, across: Across) -> Expectation {
    let (canon, says) = ("1".to_owned(), String::new());
    Expectation { key: key.to_owned(), canon, says, gauge, least, most, across, aggregate: None }
}

/// Every gauge on one war, against the same counted by hand from the state and the events.
#[test]
fn gauges_measure_what_they_say() {
    let mut loaded = first_light();
    let blue = loaded.law.codex.power_by_key("blue-accord").unwrap();
    let losses = |until| Count {
        event: "ship_lost".to_owned(),
        powers: vec![blue],
        until,
        ..Count::default()
    };
    let all = Count { event: "ship_lost".to_owned(), ..Count::default() };
    let (begins, ends) = (loaded.law.begins, loaded.law.ends);
    let present = |at, share_of_opening| Present {
        powers: vec![blue],
        at,
        share_of_opening,
        ..Present::default()
    };
    loaded.law.plan.expectations = vec![
        expectation("lost", Gauge::Count(losses(None)), 0, 0, Across::Every),
        expectation("lost-early", Gauge::Count(losses(Some(begins))), 0, 0, Across::Every),
        expectation(
            "share",
            Gauge::Share { part: losses(None), whole: all.clone() },
            1,
            1_000,
            Across::Median,
        ),
        expectation(
            "peak",
            Gauge::Peak { count: all, window_s: 1 },
            1,
            1_000,
            Across::AtLeast(1_000),
        ),
        expectation("opening", Gauge::Present(present(begins, false)), 36, 36, Across::Every),
        expectation("left", Gauge::Present(present(ends, true)), 0, 1_000, Across::Every),
        expectation("never", Gauge::Present(present(Time(ends.0 * 9), true)), 0, 1, Across::Every),
    ];
    let mut campaign = Campaign::open(loaded, Options::new(2, 1));
    let mut watch = Watch::new(campaign.law(), campaign.state());
    while !campaign.reached(ends) {
        campaign.advance();
        let turn = campaign.turns().last().unwrap();
        watch.see(campaign.law(), campaign.state(), turn);
    }
    let values = watch.values(campaign.law(), campaign.turns());
    let ships = |fits: &dyn Fn(&Ship) -> bool| {
        campaign.state().ships.iter().filter(|ship| fits(ship)).count() as i64
    };
    let blue_lost = ships(&|ship| ship.power == blue && ship.status == Status::Lost);
    let blue_left = ships(&|ship| ship.power == blue && ship.exists());
    let all_lost = ships(&|ship| ship.status == Status::Lost);
    assert!(blue_lost > 0);
    assert_eq!(values[0], Some(blue_lost));
    assert_eq!(values[1], Some(0));
    assert_eq!(values[2], Some(blue_lost * 1_000 / all_lost));
    assert!(values[3].unwrap() >= 1);
    assert_eq!(values[4], Some(36));
    assert_eq!(values[5], Some(blue_left * 1_000 / 36));
    assert_eq!(values[6], None);
    let verdicts = judge(campaign.law(), &[values]);
    let passed: Vec<bool> = verdicts.iter().map(|verdict| verdict.passed).collect();
    assert_eq!(passed, [false, true, true, true, true, true, false]);
    assert_eq!(digest(campaign.state()), campaign.digest());
}
