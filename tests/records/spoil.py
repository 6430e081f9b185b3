"""Plants a defect: `spoil.py RECORD SPOILT` copies a record with every ship's way moved sideways and one event left out.

Whoever checks records must find it.
"""

import sys

import pyarrow as pa
import pyarrow.compute as pc


def relisted(lists, flat, offsets=None):
    return pa.ListArray.from_arrays(lists.offsets if offsets is None else offsets, flat, type=lists.type)


def spoilt(batch):
    columns = {name: batch.column(name) for name in batch.schema.names}
    moves = columns["moves"]
    flat = moves.flatten()
    fields = [flat.type.field(at) for at in range(flat.type.num_fields)]
    arrays = [flat.field(at) for at in range(flat.type.num_fields)]
    side = [field.name for field in fields].index("y")
    arrays[side] = pc.add(arrays[side], pa.scalar(40, pa.int16()))
    columns["moves"] = relisted(moves, pa.StructArray.from_arrays(arrays, fields=fields))
    events = columns["events"]
    flat = events.flatten()
    if len(flat):
        ends = [min(end, len(flat) - 1) for end in events.offsets.to_pylist()]
        columns["events"] = relisted(events, flat.slice(0, len(flat) - 1), pa.array(ends, pa.int32()))
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=batch.schema)


reader = pa.ipc.open_file(sys.argv[1])
with pa.ipc.new_file(sys.argv[2], reader.schema) as writer:
    for number in range(reader.num_record_batches):
        writer.write_batch(spoilt(reader.get_batch(number)))
