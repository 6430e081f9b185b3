#![doc = include_str!("../README.md")]

mod beats;
mod burn;
mod castaways;
mod clash;
mod closing;
mod covers;
mod eyes;
mod fall;
mod ground;
mod handling;
mod jumps;
mod landing;
mod loss;
mod meet;
mod memory;
mod mend;
mod mine_work;
mod mines;
mod officers;
mod opening;
mod orders;
mod people;
mod reach;
mod recover;
mod refuse;
mod reinforcements;
mod retreat;
mod stage;
mod sweep;
mod ways;
mod wings;
mod words;
mod yards;

pub use jumpline_battle::Watcher;
pub use memory::Memory;
pub use refuse::refuse;

use jumpline_measure::{ShipId, Time};
use jumpline_world::state::{Due, DueKind};
use jumpline_world::{Event, Law, Order, State};
use stage::Stage;

/// What a turn hands back beside the changed state.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Ships times battle ticks played: a measure of the work, the same on every machine.
    pub ship_ticks: u64,
}

/// How far a turn has come, for whoever waits for it.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The moment reached.
    pub now: Time,
    /// The deadline at which the turn ends.
    pub end: Time,
    /// Battles in progress.
    pub battles: usize,
    /// Ships that fight in them.
    pub fighting: usize,
    /// Events so far.
    pub events: usize,
}

/// Plays one turn: from the state's deadline to the next. The same law, state and orders give the same outcome on any number
/// of threads.
pub fn play(law: &Law, state: &mut State, orders: &[Order], threads: usize) -> Outcome {
    play_watched(law, state, orders, threads, &mut |_| {})
}

/// Plays one turn and says how far it has come whenever a battle has had a beat or the sensors have swept.
pub fn play_watched(
    law: &Law,
    state: &mut State,
    orders: &[Order],
    threads: usize,
    watch: &mut dyn FnMut(&Progress),
) -> Outcome {
    play_remembering(law, state, orders, threads, &mut Memory::default(), watch)
}

/// The same with what earlier turns of the same law left: it saves work and changes nothing.
pub fn play_remembering(
    law: &Law,
    state: &mut State,
    orders: &[Order],
    threads: usize,
    memory: &mut Memory,
    watch: &mut dyn FnMut(&Progress),
) -> Outcome {
    play_seen(law, state, orders, threads, memory, watch, None)
}

/// The same, with somebody who looks on at every battle that is fought ship by ship.
pub fn play_seen<'a>(
    law: &'a Law,
    state: &'a mut State,
    orders: &[Order],
    threads: usize,
    memory: &'a mut Memory,
    watch: &mut dyn FnMut(&Progress),
    battles: Option<&'a mut (dyn Watcher + 'a)>,
) -> Outcome {
    let mut stage = Stage::open(law, state, threads, memory);
    stage.battles = battles;

    opening::wind(&mut stage);
    orders::take(&mut stage, orders);

    while let Some(next) = stage.next_due() {
        // Whatever is due, every battle is played up to it first.
        clash::advance(&mut stage, next.at);
        let Some(due) = stage.take_due() else { break };
        stage.now = due.at.max(stage.now);
        happen(&mut stage, &due);
        if matches!(due.kind, DueKind::BattleBeat | DueKind::Sweep) {
            watch(&stage.progress());
        }
    }
    let end = stage.end;
    clash::advance(&mut stage, end);

    closing::close(&mut stage);
    Outcome { events: stage.events, ship_ticks: stage.ship_ticks }
}

/// The list of what can be due, in the order in which it happens within one second.
fn happen(stage: &mut Stage, due: &Due) {
    match due.kind {
        DueKind::Reinforcement => reinforcements::come(stage, due.subject),
        DueKind::Depart => ship(due).into_iter().for_each(|id| jumps::depart(stage, id)),
        DueKind::Arrive => ship(due).into_iter().for_each(|id| jumps::arrive(stage, id)),
        DueKind::Reach => reach::reach(stage, due.subject),
        DueKind::Handled => handling::handled(stage, due.subject),
        DueKind::Launch => wings::go_out(stage, due.subject),
        DueKind::Recover => wings::come_in(stage, due.subject),
        DueKind::Rearmed => wings::rearmed(stage, due.subject),
        DueKind::Boats => castaways::boats(stage, due.subject),
        DueKind::Salvaged => officers::salvaged(stage, due.subject),
        DueKind::Touchdown => ship(due).into_iter().for_each(|id| landing::touch_down(stage, id)),
        DueKind::SiteShield => landing::shield_stands(stage, due.subject),
        DueKind::Burn => burn::burn(stage, due.subject),
        DueKind::FieldClear => mine_work::clear(stage, due.subject),
        DueKind::MinesLaid => mine_work::laid(stage, due.subject),
        DueKind::MinesRecovered => mine_work::recovered(stage, due.subject),
        DueKind::Officer => officers::act(stage, due),
        DueKind::BattleBeat => beats::beat(stage, due.subject),
        DueKind::Sweep => sweep::sweep(stage),
        DueKind::Spar => wings::spar(stage),
        DueKind::Yard => yards::launch(stage, due.subject),
        DueKind::Word => words::word(stage, due.subject),
    }
}

fn ship(due: &Due) -> Option<ShipId> {
    u32::try_from(due.subject).ok().map(ShipId)
}
