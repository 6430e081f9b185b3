//! `jumpline run`: plays a scenario and tells it.

use crate::args::Run;
use crate::failure::Failure;
use crate::meter::Meter;
use crate::report::{Sums, report};
use crate::watch::Watch;
use crate::{files, opened, play, records};
use jumpline_campaign::{Campaign, Options};
use jumpline_chronicle::{Cast, Options as Telling, forces, story};
use jumpline_record::Shelf;
use jumpline_store::{Journal, War};
use jumpline_world::{Event, Law, State};

pub fn command(run: &Run) -> Result<(), Failure> {
    let source = files::source(&run.scenario)?;
    let loaded = opened::open(&source)?;
    let mut opening = loaded.opening(run.seed);
    opening.resolved.asked = run.resolution.into();
    let until = match &run.until {
        Some(text) => play::date(&loaded.law, "--until", text)?,
        None => loaded.law.ends,
    };
    let follow = run.follow.as_deref().map(|who| person(&opening, who)).transpose()?;
    let orders = run.orders.as_deref().map(opened::orders_text).transpose()?;
    let book = opened::orders(&loaded, &opening, orders.as_ref())?;
    let threads = play::threads(run.threads);
    let watch = match run.watch {
        true => Some(Watch::begin(run, &source, &loaded.law, &opening, threads)?),
        false => None,
    };
    let stop = play::interrupts();
    let mut journal = match &run.save {
        Some(path) => {
            let war = War {
                scenario: source.key,
                title: loaded.law.title.clone(),
                seed: run.seed,
                texts: source.texts,
                orders,
                parent: None,
                engine: env!("CARGO_PKG_VERSION").to_owned(),
            };
            Some(Journal::create(path, &war, &opening)?)
        }
        None => None,
    };

    let meter = Meter::start();
    let mut shelf = match &run.record {
        Some(path) => {
            let shelf = Shelf::folder(&loaded.law, run.seed, path, &run.battle);
            Some(shelf.map_err(|problem| records::failed(path, &problem))?)
        }
        None => None,
    };
    let mut seen = watch.as_ref().and_then(Watch::shelf);
    let mut campaign = Campaign::open(
        loaded,
        Options { seed: run.seed, threads, resolution: run.resolution.into() },
    );
    campaign.hand_in(book);
    let battles = shelf.as_mut().or(seen.as_mut());
    let played = play::to(&mut campaign, until, journal.as_mut(), battles, watch.as_ref());
    let (cpu_s, wall_s) = (meter.cpu_s(), meter.wall_s());
    if let Some(journal) = journal {
        journal.finish(campaign.state())?;
    }
    play::receipts(&campaign);
    let recorded = records::finish(shelf)?;
    records::finish(seen)?;
    played?;

    let sums = Sums {
        events: campaign.turns().iter().map(|turn| turn.events.len() as u64).sum(),
        ship_ticks: campaign.turns().iter().map(|turn| turn.ship_ticks).sum(),
        balanced: play::balanced(&campaign, &opening, Vec::new()),
        cpu_s,
        wall_s,
    };
    let report = report(campaign.law(), campaign.state(), &sums);
    if run.json {
        files::say(&report.json())?;
    } else {
        let telling = Telling { full: run.full, follow };
        let text = tell(&campaign, &opening, &telling);
        files::say(&format!("{text}{}{}", report.line(), records::counted(&recorded)))?;
    }
    match watch {
        Some(watch) => watch.stay(campaign.turns().last().map(|turn| turn.begins), &stop),
        None => Ok(()),
    }
}

/// The story of the turns a campaign has played, and the table of forces.
pub fn tell(campaign: &Campaign, opening: &State, telling: &Telling) -> String {
    let turns = campaign.turns();
    let events: Vec<Event> = turns.iter().flat_map(|turn| turn.events.iter().cloned()).collect();
    let mut cast = Cast::between(opening, campaign.state());
    for turn in turns {
        cast.hear(&turn.accepted());
    }
    let law: &Law = campaign.law();
    let told = story(law, &cast, &events, telling);
    let table = forces(law, campaign.state()).markdown();
    format!("{}\n\n## Forces\n\n{table}\n", told.trim_end())
}

/// The key of a person named by key or name.
fn person(opening: &State, who: &str) -> Result<String, Failure> {
    let folded = who.to_lowercase();
    let named = |person: &&jumpline_world::state::Person| {
        person.key == who || person.name.to_lowercase() == folded
    };
    match opening.people.iter().find(named) {
        Some(person) => Ok(person.key.clone()),
        None => {
            let known: Vec<&str> =
                opening.people.iter().map(|person| person.key.as_str()).collect();
            let hint = if known.is_empty() {
                "the scenario names nobody".to_owned()
            } else {
                format!("people: {}", known.join(", "))
            };
            Err(Failure::input(format!("--follow {who}: nobody is called that\n  = hint: {hint}")))
        }
    }
}
