"""Holds a battle record, as pyarrow reads it, to what the program that wrote it said: `read.py RECORD SAID.json`.

Prints a line for each check that fails and ends with `checks N failed M`. Shows in passing how a record is read.
"""

import json
import sys

import pyarrow as pa
import pyarrow.compute as pc


def items(table, name):
    """All items of a list column as a flat table, with the row that each belongs to."""
    lists = table[name].combine_chunks()
    flat = pa.Table.from_struct_array(lists.flatten())
    return flat.append_column("row", pc.list_parent_indices(lists))


def place(table, moves, head, ship, tick):
    """Where a ship was: the cubic between the two moves around the tick. Gives the error that is promised, too."""
    step, pace = head["position_unit_m"], head["velocity_unit_mps"] * head["tick_ms"] / 1000
    for row in range(table.num_rows):
        begins = table["from_tick"][row].as_py()
        if table["ship"][row].as_py() != ship or begins > tick:
            continue
        own = moves.filter(pc.equal(moves["row"], row)).to_pylist()
        if begins + own[-1]["tick"] < tick:
            continue
        at = max(nth for nth, one in enumerate(own) if begins + one["tick"] <= tick)
        one, other = own[at], own[min(at + 1, len(own) - 1)]
        span = other["tick"] - one["tick"]
        t = (tick - begins - one["tick"]) / span if span else 0.0
        a = 2 * t**3 - 3 * t**2 + 1
        leave, arrive = (t**3 - 2 * t**2 + t) * span, (t**3 - t**2) * span
        found = [
            table[axis][row].as_py()
            + step * (a * one[axis] + (1 - a) * other[axis])
            + pace * (leave * one["v" + axis] + arrive * other["v" + axis])
            for axis in "xyz"
        ]
        return found, table["error_m"][row].as_py() + step
    return None, 0.0


def main(record, said):
    said = json.load(open(said))
    told = said["record"]
    table = pa.ipc.open_file(record).read_all()
    table.validate(full=True)
    notes = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    head = json.loads(notes["jumpline.battle"])
    moves, states = items(table, "moves"), items(table, "states")
    targets, events = items(table, "targets"), items(table, "events")
    lost = events.filter(pc.equal(events["kind"], "lost"))
    opening = sum(row["opening"] for side in said["sides"] for row in side["ships"])
    checks = [
        ("format", notes["jumpline.format"], "1"),
        ("digest", notes["jumpline.digest"], told["digest"]),
        ("ticks", int(notes["jumpline.ticks"]), told["ticks"]),
        ("rows", table.num_rows, told["rows"]),
        ("moves", moves.num_rows, told["moves"]),
        ("states", states.num_rows, told["states"]),
        ("targets", targets.num_rows, told["targets"]),
        ("events", events.num_rows, told["events"]),
        ("sums", [pc.sum(moves[axis]).as_py() for axis in "xyz"], told["sums"]),
        ("ships", len(pc.unique(table["ship"])), opening),
        ("classes", sorted(set(table["class"].to_pylist()) - {c["key"] for c in head["classes"]}), []),
        ("lost", lost.num_rows, sum(round(row["lost_mean"]) for side in said["sides"] for row in side["ships"])),
    ]
    failed = 0
    for name, found, wanted in checks:
        if found != wanted:
            failed += 1
            print(f"pyarrow: {name}: {found}, and it was said {wanted}")
    for spot in told["places"]:
        found, error = place(table, moves, head, spot["ship"], spot["tick"])
        off = sum((a - spot[b]) ** 2 for a, b in zip(found, "xyz")) ** 0.5 if found else None
        if off is None or off > error:
            failed += 1
            print(f"pyarrow: ship {spot['ship']} at tick {spot['tick']}: off by {off} m, {error} m promised")
    print(f"checks {len(checks) + len(told['places'])} failed {failed}")


main(*sys.argv[1:])
