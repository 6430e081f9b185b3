//! All types as one TypeScript file: what the browser's code is checked against.

use crate::{account, advice, chart, event, game, live, order, preview, view};
use ts_rs::{Config, TS};

/// The text of `web/src/wire/types.ts`.
pub fn typescript() -> String {
    // Everything that goes over the wire as a number fits a double exactly: metres and seconds of a war, never hashes or seeds.
    let config = Config::new().with_large_int("number");
    let mut out = String::from(
        "// Made from crates/wire by its tests (UPDATE=1 cargo test -p jumpline-wire). Never edited by hand.\n\n",
    );
    out.push_str(&format!("export const WIRE_VERSION = {};\n", crate::VERSION));
    macro_rules! types {
        ($($ty:ty),* $(,)?) => {$( declare::<$ty>(&config, &mut out); )*};
    }
    types![
        account::Mode,
        account::Me,
        account::Credentials,
        account::Problem,
        chart::Spot,
        chart::Regard,
        chart::BodyKind,
        chart::System,
        chart::Orbit,
        chart::Body,
        chart::Weapon,
        chart::Battery,
        chart::Class,
        chart::Doctrine,
        chart::Power,
        chart::Alliance,
        chart::Chart,
        order::Quarry,
        order::Task,
        order::Answer,
        order::Phase,
        order::Say,
        order::NewOrder,
        order::NewOrders,
        order::Refusal,
        order::Receipt,
        order::Receipts,
        order::Giver,
        order::Order,
        order::Orders,
        view::Status,
        view::Parts,
        view::Ship,
        view::StandingTask,
        view::Group,
        view::Count,
        view::Ally,
        view::Bound,
        view::Contact,
        view::Minefield,
        view::Stance,
        view::Request,
        view::Operation,
        view::Whereabouts,
        view::Person,
        view::View,
        event::Because,
        event::Event,
        event::Chronicle,
        event::Mark,
        event::Marks,
        event::Battle,
        event::Battles,
        game::OfferedPower,
        game::Scenario,
        game::Scenarios,
        game::Source,
        game::Watching,
        game::Settings,
        game::NewGame,
        game::NewFork,
        game::Stage,
        game::Sitting,
        game::Absence,
        game::Seat,
        game::You,
        game::Forked,
        game::Game,
        game::Games,
        game::Ready,
        game::Pause,
        game::Cover,
        game::Wishes,
        game::NewInvitation,
        game::Invitation,
        game::Join,
        game::ChatLine,
        game::Chat,
        game::NewChatLine,
        live::Push,
        live::News,
        preview::Ask,
        preview::Leg,
        preview::Preview,
        preview::Line,
        preview::Lines,
        advice::Proposal,
        advice::Advice,
    ];
    out
}

fn declare<T: TS>(config: &Config, out: &mut String) {
    if let Some(docs) = T::docs() {
        out.push('\n');
        out.push_str(docs.trim_end());
    }
    out.push_str(&format!("\nexport {}\n", T::decl(config)));
}
