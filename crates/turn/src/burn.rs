//! The end of a fall: a ship that nobody pushed out burns, or strikes the ground.

use crate::loss::{Loss, holder, lose};
use crate::stage::Stage;
use jumpline_chart::{BodyKind, Spot};
use jumpline_measure::ShipId;
use jumpline_world::{Cause, How, What};

/// She is down.
pub(crate) fn burn(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(ShipId) else { return };
    let ship = stage.ship(id);
    if !ship.stands() || ship.falls.is_none_or(|at| at > stage.now) {
        return;
    }
    if ship.engagement.is_some() {
        crate::clash::take_out(stage, id);
    }
    let (body, group) = (stage.ship(id).body, stage.ship(id).group);
    let star = stage.codex.chart.body(body).is_some_and(|body| body.kind == BodyKind::Star);
    let how = if star { How::Star } else { How::Air };
    let because = stage.why(group);
    let spot = Some(Spot::new(0, stage.group(group).spot.bearing));
    let ground = stage
        .codex
        .chart
        .body(body)
        .is_some_and(|body| matches!(body.kind, BodyKind::Planet | BodyKind::Moon));
    let (power, class) = (stage.ship(id).power, stage.ship(id).class);
    let missed = stage.ship(id).turned;
    let event = lose(stage, Loss { ship: id, how, by: None, engagement: None, spot, because });
    if let Some(holder) = holder(stage, body).filter(|_| ground) {
        let what = What::CameDown { ship: id, power, class, holder, missed };
        stage.tell(Some(body), what, event.map(Cause::Event).into_iter().collect());
    }
}
