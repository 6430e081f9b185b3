//! A host's house: all its games, people and what they said, in one database. Contrast [`crate::Journal`], which is one war in one file
//! for one person at a prompt; here many play at once, and orders are kept before their turn is played.
//!
//! SQLite and PostgreSQL hold the same tables and are asked in the same words ([`Sql`]); the one test suite runs on both.

mod base;
mod chat;
mod error;
mod form;
mod games;
mod keeper;
mod orders;
mod people;
mod seats;
mod sqlite;
mod turns;
mod value;

#[cfg(feature = "postgres")]
mod postgres;

#[cfg(test)]
mod failing;
#[cfg(test)]
mod tests;

pub use base::{Base, Sql};
pub use chat::{ChatRow, add_line, lines};
pub use error::HouseError;
pub use form::try_to_write;
pub use games::{
    GameRow, add_game, freeze, game, games_of, open_games, put_texts, set_left, set_paused,
    set_settings, set_stage, texts,
};
pub use keeper::Keeper;
pub use orders::{
    Kept, OrderRow, count_orders, keep_order, next_number, orders_for, withdraw_order,
};
pub use people::{
    Account, account_by_name, account_name, add_account, add_session, end_session, forget_sessions,
    session, touch_session,
};
pub use seats::{
    InvitationRow, SeatRow, add_invitation, add_watcher, count_invitations, invitation, put_seat,
    remove_seat, seats, use_invitation, watchers,
};
pub use turns::{
    PackedTurn, StateAt, append_turn, copy_turns, digest_of, last_state_before, put_opening, state,
    turn, turn_spans,
};
pub use value::Value;
