//! Minding without a plan.

use crate::{body, contact, group, lines, orders, view_of, war};
use jumpline_measure::Purpose;
use jumpline_world::order::{Say, Task};

#[test]
fn home_is_held_when_the_enemy_comes() {
    let (law, state) = war("");
    let mut view = view_of(&law, &state, "blue");
    for group in &mut view.groups {
        if group.key == "guard-2" {
            group.body = body(&law, "home-moon");
        }
    }
    contact(&law, &mut view, "red", "home-moon", "cruiser", 14);
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.contains(&"guard-2: guard home-moon".to_owned()), "{said:?}");
    assert!(said.contains(&"guard-1: guard home-moon".to_owned()), "{said:?}");
    assert!(!said.iter().any(|line| line.starts_with("fort")), "a fort goes nowhere: {said:?}");
}

#[test]
fn the_bold_gather_and_then_strike_what_they_can_beat() {
    let (law, state) = war("");
    let mut view = view_of(&law, &state, "red");
    view.groups.retain(|group| !group.key.starts_with("raiders"));
    contact(&law, &mut view, "blue", "home-world", "cruiser", 6);
    // Half of the fleet stands elsewhere: first it gathers.
    for group in &mut view.groups {
        if group.key == "red-main-2" {
            group.body = body(&law, "away-star");
        }
    }
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(!said.iter().any(|line| line.contains("assault")), "never piecemeal: {said:?}");
    assert!(said.iter().any(|line| line.contains(": move away-")), "{said:?}");
    for group in &mut view.groups {
        group.body = body(&law, "away-world");
    }
    let given = orders(&law, &view);
    let said = lines(&law, &view, &given);
    assert!(said.iter().any(|line| line.contains("assault home-world")), "{said:?}");
    // Against too many it stays at home.
    contact(&law, &mut view, "blue", "home-world", "cruiser", 90);
    contact(&law, &mut view, "blue", "home-moon", "cruiser", 90);
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(!said.iter().any(|line| line.contains("assault")), "{said:?}");
}

#[test]
fn while_nothing_is_known_somebody_looks() {
    let (law, state) =
        war("[power.red]\nmind = { caution_permille = 1000, aggression_permille = 0 }\n");
    let mut view = view_of(&law, &state, "red");
    view.groups.retain(|group| !group.key.starts_with("raiders"));
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.iter().any(|line| line.ends_with("detach 1")), "{said:?}");
    // The scouts, once split off, go to a place of which nothing is known.
    let mut scouts = view.groups[0].clone();
    scouts.id = jumpline_measure::GroupId(900);
    scouts.key = "scouts".to_owned();
    scouts.name = "Scouts 1".to_owned();
    scouts.tags.clear();
    scouts.ships.truncate(1);
    view.groups.push(scouts);
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.iter().any(|line| line.starts_with("scouts: move")), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("lost-star")), "no line leads there: {said:?}");
}

#[test]
fn remnants_join_and_the_beaten_go_home() {
    let (law, state) = war("");
    let mut view = view_of(&law, &state, "blue");
    for group in &mut view.groups {
        match group.key.as_str() {
            "guard-2" => group.ships.truncate(2),
            "guard-3" => {
                group.body = body(&law, "between-star");
                for ship in &mut group.ships {
                    ship.hull /= 8;
                    ship.armour = 0;
                    ship.parts.guns_lost_permille = 800;
                }
            }
            _ => {}
        }
    }
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.contains(&"guard-2: merge guard-1".to_owned()), "{said:?}");
    assert!(
        said.contains(&"guard-3: move home-world".to_owned())
            || said.contains(&"guard-3: move home-moon".to_owned()),
        "{said:?}"
    );
}

#[test]
fn hopeless_odds_are_left_but_not_by_the_ruthless() {
    for (mind, leaves) in
        [("ruthlessness_permille = 100", true), ("ruthlessness_permille = 950", false)]
    {
        let (law, state) = war(&format!("[power.blue]\nmind = {{ {mind} }}\n"));
        let mut view = view_of(&law, &state, "blue");
        for group in &mut view.groups {
            if group.key == "guard-1" {
                group.body = body(&law, "between-star");
                group.fighting = true;
            }
        }
        contact(&law, &mut view, "red", "between-star", "cruiser", 80);
        let said = lines(&law, &view, &orders(&law, &view));
        assert_eq!(
            said.iter().any(|line| line.starts_with("guard-1: withdraw")),
            leaves,
            "{said:?}"
        );
    }
}

#[test]
fn carriers_are_emptied_where_the_enemy_is() {
    let (law, state) = war("");
    let mut view = view_of(&law, &state, "red");
    contact(&law, &mut view, "blue", "away-star", "cruiser", 2);
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(said.contains(&"raiders: unload".to_owned()), "{said:?}");
}

/// Random views: whatever a power may come to see, its mind gives orders that hold together, and quickly.
#[test]
fn odd_views_make_sound_orders() {
    let (law, state) = war("");
    let dice = jumpline_measure::Dice::new(11);
    for round in 0..300_u64 {
        let mut view = view_of(&law, &state, ["blue", "red", "green"][round as usize % 3]);
        let mut n = 0;
        let mut roll = |most: u32| {
            n += 1;
            dice.roll(Purpose::Spare, round, 0, n).below(most)
        };
        view.turn = roll(300_000);
        view.now = jumpline_measure::Time(i64::from(roll(1_000_000)));
        view.luck = u64::from(roll(1 << 30));
        for group in &mut view.groups {
            group.body = jumpline_measure::BodyId(roll(9));
            group.fighting = roll(4) == 0;
            group.withdrawing = roll(6) == 0;
            group.jumping = roll(6) == 0;
            let keep = 1 + roll(10) as usize;
            group.ships.truncate(keep);
            for ship in &mut group.ships {
                ship.hull = i32::try_from(roll(9_000)).unwrap() - 100;
                ship.parts.gravity_drives_lost = u16::try_from(roll(9)).unwrap();
                ship.parts.guns_lost_permille = u16::try_from(roll(1_200)).unwrap();
            }
        }
        for _ in 0..roll(6) {
            let of = ["red", "blue", "green"][roll(3) as usize];
            let at = ["home-world", "away-world", "between-star", "lost-star"][roll(4) as usize];
            let count = roll(40);
            contact(&law, &mut view, of, at, "cruiser", count);
        }
        let given = orders(&law, &view);
        for order in &given {
            let Say::Group { group: id, task, .. } = &order.say else { continue };
            let group = view.groups.iter().find(|group| group.id == *id).unwrap();
            let fort = group.key == "fort";
            assert!(!fort || matches!(task, Task::Guard { .. }), "{task:?}");
        }
        let mut once: Vec<_> = given
            .iter()
            .filter_map(|order| match &order.say {
                Say::Group { group, queued: false, .. } => Some(*group),
                _ => None,
            })
            .collect();
        let count = once.len();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), count, "no group is told two things at once");
    }
    let _ = group;
}
