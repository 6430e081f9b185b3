// Made from crates/wire by its tests (UPDATE=1 cargo test -p jumpline-wire). Never edited by hand.

export const WIRE_VERSION = 1;

/**
 * How the server knows people.
 */
export type Mode = "local" | "accounts";

/**
 * Answer of `GET /api/me`.
 */
export type Me = { 
/**
 * How the server knows people.
 */
mode: Mode, 
/**
 * The account's name; none when nobody is logged in.
 */
name: string | null, 
/**
 * Version of the program.
 */
version: string, 
/**
 * Version of the wire.
 */
wire: number, };

/**
 * Body of `POST /api/register` and `POST /api/login`.
 */
export type Credentials = { 
/**
 * The account's name.
 */
name: string, 
/**
 * Its password.
 */
password: string, };

/**
 * Body of every answer that is not a success.
 */
export type Problem = { 
/**
 * A word for programs, such as `not_found` or `deadline_passed`.
 */
code: string, 
/**
 * A sentence for people.
 */
message: string, };

/**
 * A place in a body's space.
 */
export type Spot = { 
/**
 * Height above the body's radius, metres.
 */
altitude_m: number, 
/**
 * Direction from the body's centre, millionths along three axes.
 */
bearing_ppm: [number, number, number], };

/**
 * How one power regards another.
 */
export type Regard = "allied" | "neutral" | "hostile";

/**
 * What sort of mass a body is.
 */
export type BodyKind = "star" | "planet" | "gas_giant" | "moon";

/**
 * A star system.
 */
export type System = { 
/**
 * Its number, and its place in [`Chart::systems`].
 */
id: number, 
/**
 * Its key in the scenario.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it is, thousandths of a light-year.
 */
position_mly: [number, number, number], 
/**
 * Its stars.
 */
stars: Array<number>, 
/**
 * Its other bodies.
 */
bodies: Array<number>, };

/**
 * An ellipse about a parent, or about the system's barycentre. `M = phase + 360° · t / period`; Kepler's equation gives the rest.
 */
export type Orbit = { 
/**
 * Half the long axis, metres.
 */
semi_major_m: number, 
/**
 * Time once round, seconds; 0 stands still.
 */
period_s: number, 
/**
 * Mean anomaly at the epoch, millionths of a degree.
 */
phase_udeg: number, 
/**
 * Tilt, millionths of a degree.
 */
incline_udeg: number, 
/**
 * Direction of the near point, millionths of a degree.
 */
node_udeg: number, 
/**
 * Eccentricity, millionths.
 */
eccentricity_ppm: number, };

/**
 * A mass that ships can push off and brake against.
 */
export type Body = { 
/**
 * Its number, and its place in [`Chart::bodies`].
 */
id: number, 
/**
 * Its key in the scenario.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its system.
 */
system: number, 
/**
 * What it is.
 */
kind: BodyKind, 
/**
 * Its mass, petatonnes.
 */
mass_pt: number, 
/**
 * Its radius, metres.
 */
radius_m: number, 
/**
 * Height of its air or corona, metres.
 */
air_m: number, 
/**
 * What it goes round.
 */
parent: number | null, 
/**
 * How it goes round.
 */
orbit: Orbit | null, 
/**
 * Can people live on it?
 */
habitable: boolean, };

/**
 * A weapon.
 */
export type Weapon = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Damage of one shot, points.
 */
damage: number, 
/**
 * Range in space, metres.
 */
range_m: number, 
/**
 * Time between two shots, milliseconds.
 */
recharge_ms: number, };

/**
 * Mounts that fire together.
 */
export type Battery = { 
/**
 * What is mounted.
 */
weapon: number, 
/**
 * How many.
 */
mounts: number, };

/**
 * A ship class.
 */
export type Class = { 
/**
 * Its number, and its place in [`Chart::classes`].
 */
id: number, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for, such as `cruiser` or `starbase`.
 */
role: string, 
/**
 * Hull length, metres.
 */
length_m: number, 
/**
 * Mass, kilotonnes.
 */
mass_kt: number, 
/**
 * People aboard.
 */
crew: number, 
/**
 * Shield of each of six facings, points.
 */
shield: number, 
/**
 * Armour, points.
 */
armour: number, 
/**
 * Hull, points.
 */
hull: number, 
/**
 * Can it jump?
 */
jumps: boolean, 
/**
 * Can it jump between stars?
 */
interstellar: boolean, 
/**
 * Top speed in battle, metres a second.
 */
speed_mps: number, 
/**
 * Its guns.
 */
batteries: Array<Battery>, 
/**
 * Its field weapon's reach from the centre, metres; 0 without one.
 */
field_reach_m: number, 
/**
 * Berths for ships aboard.
 */
berths: number, 
/**
 * Berths it takes.
 */
berth_size: number, 
/**
 * Mines it can carry.
 */
mines: number, 
/**
 * Can it land?
 */
lands: boolean, 
/**
 * Can it tow?
 */
tows: boolean, 
/**
 * Distance at which it sees a hull of 10,000 m², metres.
 */
sight_m: number, 
/**
 * How it fights unless told otherwise.
 */
doctrine: number, 
/**
 * Is each ship of it told of by itself (flagships, starbases)?
 */
noted: boolean, };

/**
 * A way of fighting.
 */
export type Doctrine = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, };

/**
 * A power, as everybody knows it.
 */
export type Power = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name ("the Kvash").
 */
name: string, 
/**
 * Before a noun ("Kvash").
 */
adjective: string, 
/**
 * Bodies it holds at the opening, first its seat.
 */
holds: Array<number>, };

/**
 * Powers that fight together.
 */
export type Alliance = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its members, in rank.
 */
members: Array<number>, };

/**
 * Answer of `GET …/chart`: never changes during a war.
 */
export type Chart = { 
/**
 * The scenario's key.
 */
key: string, 
/**
 * The war's title.
 */
title: string, 
/**
 * The date of time 0, `YYYY-MM-DDThh:mm:ss`; proleptic Gregorian, no zones.
 */
epoch: string, 
/**
 * When the war opens, seconds since the epoch.
 */
begins: number, 
/**
 * When the scenario ends.
 */
ends: number, 
/**
 * From one deadline to the next, seconds.
 */
turn_s: number, 
/**
 * Metres in a thousandth of a light-year.
 */
metres_per_mly: number, 
/**
 * Longest interstellar line, thousandths of a light-year.
 */
line_mly: number, 
/**
 * Systems by number.
 */
systems: Array<System>, 
/**
 * Bodies by number.
 */
bodies: Array<Body>, 
/**
 * Powers by number.
 */
powers: Array<Power>, 
/**
 * Alliances.
 */
alliances: Array<Alliance>, 
/**
 * Classes by number.
 */
classes: Array<Class>, 
/**
 * Weapons by number.
 */
weapons: Array<Weapon>, 
/**
 * Doctrines by number.
 */
doctrines: Array<Doctrine>, };

/**
 * What a group is after.
 */
export type Quarry = { "kind": "contact", 
/**
 * Its number.
 */
contact: number, } | { "kind": "class", 
/**
 * The class.
 */
class: number, } | { "kind": "roles", 
/**
 * Such as `cruiser`.
 */
roles: Array<string>, };

/**
 * What a group is told to do.
 */
export type Task = { "kind": "hold", until: number | null, } | { "kind": "move", to: number, spot: Spot | null, pace_permille: number, } | { "kind": "guard", body: number, spot: Spot | null, } | { "kind": "ambush", from: number, to: number, standoff_m: number, } | { "kind": "intercept", contact: number, } | { "kind": "hunt", quarry: Quarry, } | { "kind": "raid", body: number, roles: Array<string>, } | { "kind": "escort", group: number, } | { "kind": "assault", body: number, quarry: Quarry, } | { "kind": "lay_mines", from: number, to: number, offset_m: number, count: number, } | { "kind": "recover_mines", field: number, } | { "kind": "load", group: number, } | { "kind": "unload" } | { "kind": "land", body: number, sites: number, } | { "kind": "withdraw", to: number | null, } | { "kind": "detach", ships: Array<number>, name: string, } | { "kind": "merge", into: number, } | { "kind": "tow", ship: number, to: number, } | { "kind": "depart", star: number, } | { "kind": "other", word: string, };

/**
 * How a power answers a request.
 */
export type Answer = "agree" | "hesitate" | "refuse";

/**
 * How far a task has come.
 */
export type Phase = "waiting" | "underway" | "engaged" | "leaving";

/**
 * What is said.
 */
export type Say = { "kind": "group", 
/**
 * To whom.
 */
group: number, 
/**
 * What.
 */
task: Task, 
/**
 * After the tasks it has, instead of at once.
 */
queued: boolean, 
/**
 * Doctrine from now on, if it changes.
 */
doctrine: number | null, } | { "kind": "ask", 
/**
 * Whom.
 */
power: number, 
/**
 * Where.
 */
body: number, 
/**
 * Against what.
 */
quarry: Quarry, } | { "kind": "reply", 
/**
 * The request, as the view names it.
 */
request: string, 
/**
 * The answer.
 */
answer: Answer, };

/**
 * One order as a client gives it.
 */
export type NewOrder = { 
/**
 * Made by the client: 1 to 64 letters, digits, `-` or `_`. The same id counts once, whatever is repeated.
 */
id: string, 
/**
 * What.
 */
say: Say, 
/**
 * Why, in words; may be empty.
 */
reason: string, };

/**
 * Body of `POST …/orders`.
 */
export type NewOrders = { 
/**
 * The turn that they are for: the view's `turn`. Another one is refused as a whole.
 */
turn: number, 
/**
 * In the order in which they count.
 */
orders: Array<NewOrder>, };

/**
 * Why an order is refused. What is not seen and what is not there get the same answer.
 */
export type Refusal = { 
/**
 * A word for programs, such as `no_such_group`.
 */
code: string, 
/**
 * A sentence for people.
 */
text: string, };

/**
 * What became of one order when it was given. When this arrives it is on the disk.
 */
export type Receipt = { 
/**
 * The client's id.
 */
id: string, 
/**
 * The order's name in views and events.
 */
order: string, 
/**
 * Why not; none when it was taken.
 */
refusal: Refusal | null, };

/**
 * Answer of `POST …/orders`.
 */
export type Receipts = { 
/**
 * The turn that they are for.
 */
turn: number, 
/**
 * One for each order, in their order.
 */
receipts: Array<Receipt>, };

/**
 * Who gave an order.
 */
export type Giver = "mind" | "person";

/**
 * An order as it stands in the book of one's own power.
 */
export type Order = { 
/**
 * Its name in views and events.
 */
order: string, 
/**
 * The client's id, while it may still be taken back.
 */
id: string | null, 
/**
 * Who gave it.
 */
by: Giver, 
/**
 * What; none for a commander's words that no client can say.
 */
say: Say | null, 
/**
 * Why.
 */
reason: string, 
/**
 * Why it was refused, if it was.
 */
refusal: Refusal | null, };

/**
 * Answer of `GET …/orders`.
 */
export type Orders = { 
/**
 * The turn that they are for.
 */
turn: number, 
/**
 * May they still be changed?
 */
open: boolean, 
/**
 * In the order in which they count.
 */
orders: Array<Order>, };

/**
 * Where a ship is in her life.
 */
export type Status = "present" | "jumping" | "aboard" | "landed" | "lost" | "departed";

/**
 * What of a ship is broken for good.
 */
export type Parts = { 
/**
 * Engines lost, permille.
 */
engine_lost_permille: number, 
/**
 * Gravity drives lost.
 */
gravity_drives_lost: number, 
/**
 * Guns lost, permille.
 */
guns_lost_permille: number, 
/**
 * Shield emitters lost, permille.
 */
emitters_lost_permille: number, 
/**
 * Sensors lost, permille.
 */
sensors_lost_permille: number, 
/**
 * Pylons lost, one bit each.
 */
pylons_lost: number, 
/**
 * Bridge hit.
 */
bridge_hit: boolean, };

/**
 * One's own ship.
 */
export type Ship = { 
/**
 * One's own number for her.
 */
id: number, 
/**
 * Her class.
 */
class: number, 
/**
 * Her own name, if she has one.
 */
name: string | null, 
/**
 * Where she is in her life.
 */
status: Status, 
/**
 * In whose space; while jumping, where she came from.
 */
body: number, 
/**
 * The ship she is aboard.
 */
carrier: number | null, 
/**
 * When she comes out of her jump.
 */
arrives: number | null, 
/**
 * Is she in a battle?
 */
fighting: boolean, 
/**
 * People aboard.
 */
people: number, 
/**
 * Skill of the crew, permille.
 */
skill_permille: number, 
/**
 * Shields: bow, stern, port, starboard, top, keel; points.
 */
shields: [number, number, number, number, number, number], 
/**
 * Armour, points.
 */
armour: number, 
/**
 * Hull, points.
 */
hull: number, 
/**
 * What is broken; none when nothing is.
 */
parts: Parts | null, 
/**
 * Shots left by battery; -1 never runs out.
 */
shots: [number, number, number, number], 
/**
 * Mines aboard.
 */
mines: number, };

/**
 * A task with the order behind it.
 */
export type StandingTask = { 
/**
 * The order's name.
 */
order: string, 
/**
 * What.
 */
task: Task, 
/**
 * How far.
 */
phase: Phase, 
/**
 * Doctrine while it lasts, if it changes.
 */
doctrine: number | null, };

/**
 * One's own group.
 */
export type Group = { 
/**
 * One's own number for it.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Words that operations name it by.
 */
tags: Array<string>, 
/**
 * Where its head is.
 */
body: number, 
/**
 * Where in that body's space.
 */
spot: Spot, 
/**
 * When it reaches that spot.
 */
there_at: number, 
/**
 * What it is to do, first first.
 */
tasks: Array<StandingTask>, 
/**
 * Is it breaking off?
 */
withdrawing: boolean, 
/**
 * Ships at its greatest.
 */
opening_ships: number, 
/**
 * Is any of it in a battle?
 */
fighting: boolean, 
/**
 * Is any of it between two bodies?
 */
jumping: boolean, 
/**
 * Its ships.
 */
ships: Array<Ship>, };

/**
 * Ships of one class.
 */
export type Count = { 
/**
 * The class; none when it is not told apart.
 */
class: number | null, 
/**
 * How many.
 */
count: number, };

/**
 * A group of an ally.
 */
export type Ally = { 
/**
 * Whose.
 */
power: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Where.
 */
body: number, 
/**
 * Where in that body's space.
 */
spot: Spot, 
/**
 * Its ships.
 */
ships: Array<Count>, };

/**
 * Where a contact was seen to jump to.
 */
export type Bound = { 
/**
 * To which body.
 */
body: number, 
/**
 * When it should come out.
 */
at: number, };

/**
 * Somebody else's group as one believes it to be.
 */
export type Contact = { 
/**
 * Its number in one's own book, which orders name it by.
 */
id: number, 
/**
 * Whose it is believed to be.
 */
power: number | null, 
/**
 * Where it was.
 */
body: number, 
/**
 * Where in that body's space.
 */
spot: Spot, 
/**
 * How wrong the place may be, metres.
 */
error_m: number, 
/**
 * When first seen.
 */
first: number, 
/**
 * When last seen.
 */
last: number, 
/**
 * What it is believed to hold.
 */
ships: Array<Count>, 
/**
 * How sure, permille.
 */
sure_permille: number, 
/**
 * The ally that told of it.
 */
told_by: number | null, 
/**
 * Where it was seen to jump to.
 */
bound: Bound | null, 
/**
 * Pylons of a field weapon known to be gone.
 */
pylons_lost: number, 
/**
 * Greatest share of hull known to be lost by a ship of it, permille.
 */
hurt_permille: number, };

/**
 * One's own minefield.
 */
export type Minefield = { 
/**
 * One's own number for it.
 */
id: number, 
/**
 * The line's start.
 */
from: number, 
/**
 * The line's end.
 */
to: number, 
/**
 * How far from the start, metres.
 */
offset_m: number, 
/**
 * Mines laid.
 */
laid: number, 
/**
 * Mines taken up again.
 */
recovered: number, 
/**
 * Since when.
 */
since: number, };

/**
 * How one regards another power.
 */
export type Stance = { 
/**
 * Whom.
 */
power: number, 
/**
 * How.
 */
regard: Regard, };

/**
 * A request that one made or was asked.
 */
export type Request = { 
/**
 * Its name, for replies.
 */
id: string, 
/**
 * Who asks.
 */
from: number, 
/**
 * Whom.
 */
to: number, 
/**
 * Where.
 */
body: number, 
/**
 * Against what.
 */
quarry: Quarry, 
/**
 * When asked.
 */
at: number, 
/**
 * The answer so far.
 */
answer: Answer | null, };

/**
 * One of one's own operations, as the scenario intends it.
 */
export type Operation = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Why.
 */
reason: string, 
/**
 * When it began, if it has.
 */
began: number | null, 
/**
 * One's own groups that took part.
 */
groups: Array<number>, };

/**
 * How it stands with a person.
 */
export type Whereabouts = { "kind": "aboard", 
/**
 * One's own number for her.
 */
ship: number | null, } | { "kind": "adrift", 
/**
 * What ship that was.
 */
ship: number | null, } | { "kind": "ground", 
/**
 * Of which body.
 */
body: number, } | { "kind": "away" } | { "kind": "dead" };

/**
 * A named person of one's own.
 */
export type Person = { 
/**
 * Their key.
 */
key: string, 
/**
 * Their name.
 */
name: string, 
/**
 * What they do.
 */
role: string, 
/**
 * Where they are.
 */
fate: Whereabouts, 
/**
 * Wounds, 0 whole to 1000 dying.
 */
wounds_permille: number, };

/**
 * Answer of `GET …/view`: everything one power may know at a deadline.
 */
export type View = { 
/**
 * Whose.
 */
power: number, 
/**
 * Turns played.
 */
turn: number, 
/**
 * Now.
 */
now: number, 
/**
 * How long the next turn lasts, seconds.
 */
turn_s: number, 
/**
 * One's own groups that still have ships.
 */
groups: Array<Group>, 
/**
 * Allied groups.
 */
allies: Array<Ally>, 
/**
 * Contacts.
 */
contacts: Array<Contact>, 
/**
 * One's own minefields.
 */
minefields: Array<Minefield>, 
/**
 * How one regards the others.
 */
regards: Array<Stance>, 
/**
 * Open requests.
 */
requests: Array<Request>, 
/**
 * One's own operations.
 */
operations: Array<Operation>, 
/**
 * One's own named people.
 */
people: Array<Person>, };

/**
 * What led to an event, as far as its hearer knows.
 */
export type Because = { "kind": "event", 
/**
 * Its id.
 */
event: string, } | { "kind": "order", 
/**
 * Its name.
 */
order: string, } | { "kind": "operation", 
/**
 * Its key.
 */
key: string, };

/**
 * One event as one power hears of it.
 */
export type Event = { 
/**
 * The hearer's own name for it, `turn.place`.
 */
id: string, 
/**
 * The turn in which it happened; the first is 1.
 */
turn: number, 
/**
 * When.
 */
at: number, 
/**
 * Where.
 */
body: number | null, 
/**
 * Such as `ship_lost`; the names that scenario files use.
 */
kind: string, 
/**
 * A sentence.
 */
text: string, 
/**
 * Whose event it is.
 */
power: number | null, 
/**
 * One's own group that it is about.
 */
group: number | null, 
/**
 * One's own ship that it is about.
 */
ship: number | null, 
/**
 * The class of the ship that it is about.
 */
class: number | null, 
/**
 * How, for losses.
 */
how: string | null, 
/**
 * Whose ship did it, when one saw.
 */
by_power: number | null, 
/**
 * The class of the ship that did it, when one saw.
 */
by_class: number | null, 
/**
 * The contact of one's own book that it is about.
 */
contact: number | null, 
/**
 * The named person of one's own that it is about, by key.
 */
person: string | null, 
/**
 * The battle of one's own that it belongs to.
 */
battle: number | null, 
/**
 * Quantities by name, such as `people` or `ships`.
 */
quantities: { [key in string]: number }, 
/**
 * What led to it.
 */
because: Array<Because>, };

/**
 * Answer of `GET …/chronicle`.
 */
export type Chronicle = { 
/**
 * The first turn told.
 */
from: number, 
/**
 * The last turn told.
 */
to: number, 
/**
 * Events by turn and time.
 */
events: Array<Event>, };

/**
 * One turn on the scrubber.
 */
export type Mark = { 
/**
 * The turn; 0 is the opening.
 */
turn: number, 
/**
 * Its deadline: the moment that its view shows.
 */
at: number, 
/**
 * What the viewer heard of in it: how many events of each kind.
 */
kinds: { [key in string]: number }, };

/**
 * Answer of `GET …/turns`.
 */
export type Marks = { 
/**
 * By turn, from 0 on.
 */
turns: Array<Mark>, };

/**
 * A battle in which one's own ships took part.
 */
export type Battle = { 
/**
 * One's own number for it.
 */
id: number, 
/**
 * Where.
 */
body: number | null, 
/**
 * The turn in which one's own ships first took part.
 */
turn: number, 
/**
 * When.
 */
at: number, 
/**
 * When one heard that it had ended.
 */
ended: number | null, 
/**
 * One's own ships lost in it.
 */
lost: number, 
/**
 * Ships of others that one saw die in it.
 */
killed: number, 
/**
 * Is there a record to replay?
 */
record: boolean, };

/**
 * Answer of `GET …/battles`.
 */
export type Battles = { 
/**
 * By number.
 */
battles: Array<Battle>, };

/**
 * A power that a scenario offers.
 */
export type OfferedPower = { 
/**
 * Its number.
 */
power: number, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, };

/**
 * A scenario that can be played.
 */
export type Scenario = { 
/**
 * Its key.
 */
key: string, 
/**
 * The war's title.
 */
title: string, 
/**
 * What it is about.
 */
summary: string, 
/**
 * Who fights.
 */
powers: Array<OfferedPower>, 
/**
 * Star systems.
 */
systems: number, 
/**
 * Turns that it lasts.
 */
turns: number, 
/**
 * From one deadline to the next, seconds of the war.
 */
turn_s: number, };

/**
 * Answer of `GET /api/scenarios`.
 */
export type Scenarios = { 
/**
 * By key.
 */
scenarios: Array<Scenario>, };

/**
 * Where a new war comes from.
 */
export type Source = { "kind": "scenario", 
/**
 * Its key.
 */
key: string, } | { "kind": "generated", 
/**
 * Star systems.
 */
systems: number, 
/**
 * Powers.
 */
powers: number, 
/**
 * The galaxy's luck, decimal digits.
 */
seed: string, };

/**
 * Who may watch without playing.
 */
export type Watching = "closed" | "late";

/**
 * How a game is played.
 */
export type Settings = { 
/**
 * Time for one turn, seconds; none waits until everybody has ended theirs.
 */
deadline_s: number | null, 
/**
 * Deadlines that a player may miss before a commander covers them; 0 never does.
 */
cover_after: number, 
/**
 * Who may watch.
 */
watching: Watching, 
/**
 * How late they see, turns.
 */
watch_delay_turns: number, };

/**
 * Body of `POST /api/games`.
 */
export type NewGame = { 
/**
 * What to call it; empty takes the war's title.
 */
name: string, 
/**
 * What war.
 */
source: Source, 
/**
 * All the luck of the war, decimal digits; none draws one.
 */
seed: string | null, 
/**
 * How it is played.
 */
settings: Settings, 
/**
 * Keys or numbers of the powers that the host plays.
 */
seats: Array<number>, 
/**
 * Start at once, or wait in the lobby for others.
 */
start: boolean, };

/**
 * Body of `POST …/fork`.
 */
export type NewFork = { 
/**
 * The last turn that both share; 0 is the opening.
 */
turn: number, 
/**
 * What to call it; empty makes a name.
 */
name: string, 
/**
 * The powers that the host of the fork plays.
 */
seats: Array<number>, };

/**
 * Where a game is in its life.
 */
export type Stage = "lobby" | "open" | "playing" | "paused" | "over" | "frozen";

/**
 * How it stands with a seat.
 */
export type Sitting = "free" | "taken" | "covered";

/**
 * What is to be done while a player is away.
 */
export type Absence = "commander" | "stand";

/**
 * One seat at the table.
 */
export type Seat = { 
/**
 * The power.
 */
power: number, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Who plays it.
 */
player: string | null, 
/**
 * How it stands.
 */
sitting: Sitting, 
/**
 * Has the player ended the turn?
 */
ready: boolean, 
/**
 * Is the player connected?
 */
online: boolean, 
/**
 * Deadlines missed in a row.
 */
missed: number, };

/**
 * What the asker is in a game.
 */
export type You = { 
/**
 * May change settings, pause, invite.
 */
host: boolean, 
/**
 * Powers that they play.
 */
seats: Array<number>, 
/**
 * Do they watch?
 */
watches: boolean, 
/**
 * What is to be done while they are away.
 */
absence: Absence, };

/**
 * Where a game was forked from.
 */
export type Forked = { 
/**
 * The parent's id.
 */
game: string, 
/**
 * The last turn that both share.
 */
turn: number, };

/**
 * Answer of `GET /api/games/{game}`.
 */
export type Game = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The scenario's key.
 */
scenario: string, 
/**
 * The war's title.
 */
title: string, 
/**
 * Who made it.
 */
host: string, 
/**
 * Where it is in its life.
 */
stage: Stage, 
/**
 * Turns played.
 */
turn: number, 
/**
 * Turns that the scenario lasts.
 */
turns: number, 
/**
 * Now, seconds since the epoch of the war.
 */
now: number, 
/**
 * The date now, `YYYY-MM-DDThh:mm:ss`.
 */
date: string, 
/**
 * Time left until the deadline, milliseconds; none when none runs.
 */
deadline_ms: number | null, 
/**
 * How it is played.
 */
settings: Settings, 
/**
 * Its seats, by power.
 */
seats: Array<Seat>, 
/**
 * How many watch.
 */
watchers: number, 
/**
 * What the asker is in it.
 */
you: You, 
/**
 * The game it was forked from and the last turn that both share.
 */
forked: Forked | null, 
/**
 * Why it is frozen.
 */
report: string | null, };

/**
 * Answer of `GET /api/games`: those that the asker has to do with, newest first.
 */
export type Games = { 
/**
 * The games.
 */
games: Array<Game>, };

/**
 * Body of `POST …/ready`.
 */
export type Ready = { 
/**
 * The turn that is ended: the view's `turn`.
 */
turn: number, 
/**
 * Ended, or thought better of.
 */
ready: boolean, };

/**
 * Body of `POST …/pause`.
 */
export type Pause = { 
/**
 * Halt, or go on.
 */
paused: boolean, };

/**
 * Body of `POST …/cover`.
 */
export type Cover = { 
/**
 * Hand over to the commander, or take back.
 */
covered: boolean, };

/**
 * Body of `POST …/absence`.
 */
export type Wishes = { 
/**
 * What is to be done while one is away.
 */
absence: Absence, };

/**
 * Body of `POST …/invitations`.
 */
export type NewInvitation = { 
/**
 * The power that it offers; none lets the guest choose a free one, or watch.
 */
power: number | null, 
/**
 * An invitation to watch.
 */
watch: boolean, };

/**
 * Answer of `POST …/invitations`: shown once, to be passed on as `/join/{token}`.
 */
export type Invitation = { 
/**
 * The secret.
 */
token: string, 
/**
 * The path of the link.
 */
path: string, };

/**
 * Body of `POST /api/join`.
 */
export type Join = { 
/**
 * The secret of the link.
 */
token: string, 
/**
 * The power to play, where the invitation leaves the choice.
 */
power: number | null, 
/**
 * Only watch.
 */
watch: boolean, };

/**
 * Something said at the table. Text is plain: a client must never take it for markup.
 */
export type ChatLine = { 
/**
 * Its place among the lines that the asker may read.
 */
number: number, 
/**
 * When, milliseconds since 1970.
 */
at_unix_ms: number, 
/**
 * Who.
 */
from: string, 
/**
 * The power that they speak for.
 */
power: number | null, 
/**
 * The power that alone may read it, beside the speaker.
 */
to: number | null, 
/**
 * What.
 */
text: string, };

/**
 * Answer of `GET …/chat`.
 */
export type Chat = { 
/**
 * Oldest first.
 */
lines: Array<ChatLine>, };

/**
 * Body of `POST …/chat`.
 */
export type NewChatLine = { 
/**
 * What.
 */
text: string, 
/**
 * One's own power to speak for; none speaks as oneself.
 */
power: number | null, 
/**
 * To this power alone.
 */
to: number | null, };

/**
 * One message from the server. Clients send nothing but pongs.
 */
export type Push = { 
/**
 * Where this stream stands: hand it back as `?since=` after a break to get what was missed.
 */
revision: string, 
/**
 * What is new.
 */
news: News, };

/**
 * What is new.
 */
export type News = { "kind": "hello", 
/**
 * Could the stream be taken up where it broke?
 */
resumed: boolean, 
/**
 * How it stands.
 */
game: Game, } | { "kind": "game", 
/**
 * How it stands.
 */
game: Game, } | { "kind": "turn", 
/**
 * Turns played.
 */
turn: number, } | { "kind": "orders", 
/**
 * For which power.
 */
power: number, 
/**
 * For which turn.
 */
turn: number, } | { "kind": "chat", 
/**
 * What.
 */
line: ChatLine, };

/**
 * Body of `POST …/preview`.
 */
export type Ask = { 
/**
 * The order thought of.
 */
say: Say, };

/**
 * One jump of a route.
 */
export type Leg = { 
/**
 * From which body.
 */
from: number, 
/**
 * To which.
 */
to: number, 
/**
 * When the group reaches the line's near end.
 */
departs: number, 
/**
 * When its first ship comes out.
 */
arrives: number, 
/**
 * When its last one does: a line lets ships through one by one.
 */
last: number, 
/**
 * Where it brakes at the far end.
 */
brakes: Spot, 
/**
 * Hostile ships known at the far end.
 */
hostile_ships: number, 
/**
 * When one last saw them.
 */
seen: number | null, };

/**
 * Answer of `POST …/preview`.
 */
export type Preview = { 
/**
 * Why it would be refused, if it would.
 */
refusal: Refusal | null, 
/**
 * The way there, if it leads anywhere.
 */
legs: Array<Leg>, 
/**
 * When the group would be there.
 */
arrives: number | null, };

/**
 * A jumpline as it is at the deadline.
 */
export type Line = { 
/**
 * Where to.
 */
to: number, 
/**
 * From centre to centre, metres.
 */
distance_m: number, 
/**
 * Does it join two systems?
 */
interstellar: boolean, 
/**
 * The body that stands in the way, when it is closed.
 */
closed_by: number | null, 
/**
 * Where one must be to leave.
 */
mouth: Spot, };

/**
 * Answer of `GET …/lines/{body}`.
 */
export type Lines = { 
/**
 * From which body.
 */
from: number, 
/**
 * At which moment.
 */
at: number, 
/**
 * Where they lead.
 */
lines: Array<Line>, };

/**
 * One order that the commander would give.
 */
export type Proposal = { 
/**
 * What. To accept it is to give it as one's own.
 */
say: Say, 
/**
 * The commander's reason.
 */
reason: string, };

/**
 * Answer of `GET …/advice`.
 */
export type Advice = { 
/**
 * The turn that it is for.
 */
turn: number, 
/**
 * In the order in which the commander thought of it. Nothing is in here for a group that its player has ordered.
 */
proposals: Array<Proposal>, };
