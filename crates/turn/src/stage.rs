//! What every phase holds: the law, the state, now, the dice, the events so far, and two indices kept in step with the
//! ships (who stands at which body; who is aboard whom).
//!
//! Ships change status and group only through here, so the indices cannot go stale. Refuses to decide anything.

use crate::memory::Memory;
use jumpline_battle::Watcher;
use jumpline_chart::{ChartIndex, Drive, Line, Route, Spot};
use jumpline_measure::{
    BodyId, DoctrineId, EngagementId, EventId, GroupId, PowerId, Purpose, Roll, ShipId, Time,
};
use jumpline_measure::{Dice, Span};
use jumpline_world::law::{Class, Doctrine};
use jumpline_world::state::{Due, DueKind, Group, Ship, Status};
use jumpline_world::{Cause, Codex, Event, Law, State, What};
use std::collections::BTreeMap;

/// One turn in progress.
pub(crate) struct Stage<'a> {
    /// The law.
    pub law: &'a Law,
    /// What every power may know, for short.
    pub codex: &'a Codex,
    /// The state, changed in place.
    pub state: &'a mut State,
    /// The war's luck.
    pub dice: Dice,
    /// Now.
    pub now: Time,
    /// The deadline at which this turn ends.
    pub end: Time,
    /// Threads a battle may use.
    pub threads: usize,
    /// Who looks on at battles.
    pub battles: Option<&'a mut dyn Watcher>,
    /// Events so far.
    pub events: Vec<Event>,
    /// Ship-ticks fought so far.
    pub ship_ticks: u64,
    /// Standing ships by body and group.
    present: Vec<BTreeMap<GroupId, u32>>,
    /// Ships aboard, by carrier.
    aboard: BTreeMap<ShipId, Vec<ShipId>>,
    /// What is known of ways between stars.
    pub memory: &'a mut Memory,
    /// Lines looked at lately: (from, to) to when and what.
    lines: BTreeMap<(BodyId, BodyId), (Time, Option<Line>)>,
}

impl<'a> Stage<'a> {
    /// Takes up a state at its deadline.
    pub fn open(
        law: &'a Law,
        state: &'a mut State,
        threads: usize,
        memory: &'a mut Memory,
    ) -> Stage<'a> {
        let mut present = vec![BTreeMap::new(); law.codex.chart.bodies.len()];
        let mut aboard: BTreeMap<ShipId, Vec<ShipId>> = BTreeMap::new();
        for ship in &state.ships {
            match (ship.status, ship.carrier) {
                (Status::Present, _) => {
                    *present[ship.body.index()].entry(ship.group).or_insert(0_u32) += 1;
                }
                (Status::Aboard, Some(carrier)) => aboard.entry(carrier).or_default().push(ship.id),
                _ => {}
            }
        }
        let now = state.now;
        Stage {
            law,
            codex: &law.codex,
            dice: Dice::new(state.seed),
            now,
            end: now.saturating_add(law.turn),
            threads,
            battles: None,
            events: Vec::new(),
            ship_ticks: 0,
            present,
            aboard,
            memory,
            lines: BTreeMap::new(),
            state,
        }
    }

    // --- Telling ------------------------------------------------------------------------------------------------------

    /// Tells of something that happened now.
    pub fn tell(&mut self, body: Option<BodyId>, what: What, because: Vec<Cause>) -> EventId {
        let id = EventId(self.state.next_event);
        self.state.next_event = self.state.next_event.saturating_add(1);
        self.events.push(Event { id, at: self.now, body, what, because });
        id
    }

    /// Why a group does what it does: its order, and the latest event that explains it.
    pub fn why(&self, group: GroupId) -> Vec<Cause> {
        let group = self.state.group(group);
        let mut because: Vec<Cause> = group
            .tasks
            .first()
            .and_then(|standing| standing.cause)
            .into_iter()
            .chain(group.cause)
            .map(Cause::Event)
            .collect();
        because.dedup();
        because
    }

    /// Why something happens in a battle: the event that told of its beginning.
    pub fn why_battle(&self, engagement: Option<EngagementId>) -> Vec<Cause> {
        engagement
            .and_then(|id| self.state.engagements.get(&id))
            .and_then(|engagement| engagement.event)
            .map(Cause::Event)
            .into_iter()
            .collect()
    }

    // --- Time and luck ------------------------------------------------------------------------------------------------

    /// Puts a thing into the queue, never in the past.
    pub fn put(&mut self, at: Time, kind: DueKind, subject: u64) {
        self.state.due.put(at.max(self.now), kind, subject);
    }

    /// A group's officers act after a delay.
    pub fn call_officers(&mut self, group: GroupId, after: Span) {
        self.put(self.now.saturating_add(after), DueKind::Officer, u64::from(group.0));
    }

    /// The next thing due before the deadline.
    pub fn next_due(&self) -> Option<Due> {
        self.state.due.peek_before(self.end)
    }

    /// Takes the next thing due before the deadline out of the queue.
    pub fn take_due(&mut self) -> Option<Due> {
        self.state.due.pop_before(self.end)
    }

    /// How far the turn has come.
    pub fn progress(&self) -> crate::Progress {
        let fighting = self.state.engagements.values().map(|battle| battle.columns.id.len()).sum();
        crate::Progress {
            now: self.now,
            end: self.end,
            battles: self.state.engagements.len(),
            fighting,
            events: self.events.len(),
        }
    }

    /// The time between two sweeps of all sensors: the rules', but no more than 24 in a turn.
    pub fn sweep_interval(&self) -> Span {
        Span(self.codex.rules.sight.sweep_s.max(self.law.turn.0 / 24).max(1))
    }

    /// A roll about a subject, now.
    pub fn roll(&self, purpose: Purpose, subject: u64, n: u32) -> Roll {
        self.dice.roll(purpose, subject, self.now.0, n)
    }

    /// How long a power's officers take to act on news.
    pub fn reaction(&self, power: PowerId) -> Span {
        Span(self.codex.power(power).reaction.0.max(0))
    }

    // --- Things by id -------------------------------------------------------------------------------------------------

    pub fn ship(&self, id: ShipId) -> &Ship {
        self.state.ship(id)
    }

    pub fn ship_mut(&mut self, id: ShipId) -> &mut Ship {
        &mut self.state.ships[id.index()]
    }

    pub fn group(&self, id: GroupId) -> &Group {
        self.state.group(id)
    }

    pub fn group_mut(&mut self, id: GroupId) -> &mut Group {
        &mut self.state.groups[id.index()]
    }

    pub fn class_of(&self, ship: ShipId) -> &'a Class {
        self.codex.class(self.state.ship(ship).class)
    }

    /// Lends the table of neighbours to a question.
    pub fn with_index<T>(&mut self, ask: impl FnOnce(&Codex, &ChartIndex) -> T) -> T {
        ask(self.codex, self.memory.index(self.codex))
    }

    /// The quickest route for a drive from a body (or a spot of it) to another, as the chart stands now.
    pub fn route(
        &mut self,
        from: BodyId,
        spot: Option<&Spot>,
        to: BodyId,
        drive: &Drive,
    ) -> Option<Route> {
        let (codex, now) = (self.codex, self.now);
        let (chart, nav) = (&codex.chart, &codex.rules.navigation);
        let goal = chart.body(to)?.system;
        let (index, least) = self.memory.ways(codex, goal, drive);
        chart.route_drawn(nav, index, least, from, spot, to, now, drive)
    }

    /// The line from one body to another, if it is open. Looked at afresh every minute: bodies move slowly.
    pub fn line(&mut self, from: BodyId, to: BodyId) -> Option<Line> {
        if let Some((when, line)) = self.lines.get(&(from, to))
            && self.now.0 - when.0 < 60
        {
            return *line;
        }
        let line = self.codex.chart.line(&self.codex.rules.navigation, from, to, self.now).ok();
        self.lines.insert((from, to), (self.now, line));
        line
    }

    // --- Groups -------------------------------------------------------------------------------------------------------

    /// Groups with ships standing at a body, by id.
    pub fn groups_at(&self, body: BodyId) -> Vec<GroupId> {
        self.present[body.index()].keys().copied().collect()
    }

    /// Standing ships at a body by group.
    pub fn standing_at(&self, body: BodyId) -> &BTreeMap<GroupId, u32> {
        &self.present[body.index()]
    }

    /// A group's ships that stand at its own body.
    pub fn standing(&self, group: GroupId) -> Vec<ShipId> {
        let at = self.group(group).body;
        self.state
            .ships_of(group)
            .filter(|ship| ship.stands() && ship.body == at)
            .map(|ship| ship.id)
            .collect()
    }

    /// How many of a group's ships stand at a body.
    pub fn count_at(&self, group: GroupId, body: BodyId) -> u32 {
        self.present[body.index()].get(&group).copied().unwrap_or(0)
    }

    /// Is anything of the group in a battle, and which?
    pub fn battle_of(&self, group: GroupId) -> Option<EngagementId> {
        if self.state.engagements.is_empty() {
            return None;
        }
        self.state.ships_of(group).find_map(|ship| ship.engagement)
    }

    /// Is the group flying to its spot?
    pub fn flying(&self, group: GroupId) -> bool {
        self.group(group).there_at > self.now
    }

    /// The greatest ship of a group: its flagship, by toughness, then by id.
    pub fn greatest(&self, group: GroupId) -> Option<ShipId> {
        self.state
            .ships_of(group)
            .max_by_key(|ship| {
                (self.codex.class(ship.class).toughness(), std::cmp::Reverse(ship.id))
            })
            .map(|ship| ship.id)
    }

    /// The doctrine a group fights by, if its order or its own says: none leaves each class its own.
    pub fn doctrine_id(&self, group: GroupId) -> Option<DoctrineId> {
        let group = self.group(group);
        group.tasks.first().and_then(|standing| standing.doctrine).or(group.doctrine)
    }

    /// The doctrine that decides for the group as a whole: its own, or that of its greatest ship's class.
    pub fn doctrine(&self, group: GroupId) -> Option<&'a Doctrine> {
        let id = self.doctrine_id(group).or_else(|| {
            self.greatest(group).map(|ship| self.codex.class(self.ship(ship).class).doctrine)
        })?;
        Some(self.codex.doctrine(id))
    }

    // --- Ships --------------------------------------------------------------------------------------------------------

    /// Changes where a ship is in her life and at which body, and keeps the index in step.
    pub fn place(&mut self, id: ShipId, status: Status, body: BodyId) {
        let ship = &mut self.state.ships[id.index()];
        let (was, at, group) = (ship.status, ship.body, ship.group);
        ship.status = status;
        ship.body = body;
        if was == Status::Present {
            self.fewer(at, group);
        }
        if status == Status::Present {
            *self.present[body.index()].entry(group).or_insert(0) += 1;
        }
    }

    fn fewer(&mut self, body: BodyId, group: GroupId) {
        let here = &mut self.present[body.index()];
        if let Some(count) = here.get_mut(&group) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                here.remove(&group);
            }
        }
    }

    /// Takes a ship that was just made into the indices.
    pub fn adopt(&mut self, id: ShipId) {
        let (status, body, group, carrier) = {
            let ship = self.ship(id);
            (ship.status, ship.body, ship.group, ship.carrier)
        };
        match (status, carrier) {
            (Status::Present, _) => {
                *self.present[body.index()].entry(group).or_insert(0) += 1;
            }
            (Status::Aboard, Some(carrier)) => {
                let list = self.aboard.entry(carrier).or_default();
                if let Err(place) = list.binary_search(&id) {
                    list.insert(place, id);
                }
            }
            _ => {}
        }
    }

    /// Ships aboard a carrier, in id order.
    pub fn aboard(&self, carrier: ShipId) -> &[ShipId] {
        self.aboard.get(&carrier).map_or(&[], Vec::as_slice)
    }

    /// Takes a ship aboard a carrier.
    pub fn embark(&mut self, id: ShipId, carrier: ShipId) {
        let body = self.ship(carrier).body;
        self.place(id, Status::Aboard, body);
        self.ship_mut(id).carrier = Some(carrier);
        let list = self.aboard.entry(carrier).or_default();
        if let Err(place) = list.binary_search(&id) {
            list.insert(place, id);
        }
    }

    /// Puts a ship out of her carrier, into space beside it.
    pub fn disembark(&mut self, id: ShipId) {
        let Some(carrier) = self.ship_mut(id).carrier.take() else { return };
        if let Some(list) = self.aboard.get_mut(&carrier) {
            list.retain(|other| *other != id);
        }
        let body = self.ship(carrier).body;
        self.place(id, Status::Present, body);
    }

    /// Berths in use aboard a carrier.
    pub fn berths_used(&self, carrier: ShipId) -> i64 {
        self.aboard(carrier)
            .iter()
            .map(|ship| self.class_of(*ship).berth_size.max(1))
            .fold(0, i64::saturating_add)
    }

    /// Takes a ship that is no more off its group's list.
    pub fn strike_off(&mut self, id: ShipId) {
        let group = self.ship(id).group;
        let list = &mut self.group_mut(group).ships;
        if let Ok(place) = list.binary_search(&id) {
            list.remove(place);
        }
    }

    /// Puts ships under another group's command.
    pub fn regroup(&mut self, ships: &[ShipId], into: GroupId) {
        for id in ships {
            let (group, status, body) = {
                let ship = self.ship(*id);
                (ship.group, ship.status, ship.body)
            };
            if group == into {
                continue;
            }
            self.strike_off(*id);
            if status == Status::Present {
                self.fewer(body, group);
                *self.present[body.index()].entry(into).or_insert(0) += 1;
            }
            self.ship_mut(*id).group = into;
            let list = &mut self.group_mut(into).ships;
            if let Err(place) = list.binary_search(id) {
                list.insert(place, *id);
            }
        }
        let count = u32::try_from(self.group(into).ships.len()).unwrap_or(u32::MAX);
        let group = self.group_mut(into);
        group.opening_ships = group.opening_ships.max(count);
    }

    /// A group's name with a word about it, said once.
    pub fn labelled(&self, group: GroupId, word: &str) -> String {
        let name = &self.group(group).name;
        if name.contains(word) { name.clone() } else { format!("{name} ({word})") }
    }

    /// Makes a new group of some ships of an old one, at a place, with the same master.
    pub fn split_off(
        &mut self,
        from: GroupId,
        ships: &[ShipId],
        name: String,
        body: BodyId,
        spot: Spot,
    ) -> GroupId {
        let id = GroupId::from_index(self.state.groups.len());
        let old = self.group(from);
        let group = Group {
            id,
            key: format!("{}+{}", old.key, id.0),
            name,
            power: old.power,
            tags: old.tags.clone(),
            ships: Vec::new(),
            opening_ships: 0,
            body,
            spot,
            there_at: self.now,
            doctrine: old.doctrine,
            tasks: Vec::new(),
            withdrawing: false,
            busy_until: self.now,
            cause: old.cause,
            since: self.now,
            hop: None,
            home: body,
        };
        let power = group.power;
        self.state.groups.push(group);
        self.regroup(ships, id);
        let because = self.why(from);
        let count = u32::try_from(ships.len()).unwrap_or(u32::MAX);
        self.tell(Some(body), What::Regrouped { from, into: id, power, ships: count }, because);
        id
    }
}
