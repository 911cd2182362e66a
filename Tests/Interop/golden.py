"""Checks the codec against Tests/BusTests/Golden/frames.txt; that file says how it is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from google.protobuf.message import DecodeError

from recourse_peer import fields, wire
from recourse_peer.schema import Schema, parse

_BODIES = {
    wire.Kind.HELLO: "recourse.bus.v1.Hello",
    wire.Kind.WELCOME: "recourse.bus.v1.Welcome",
    wire.Kind.REFUSE: "recourse.bus.v1.Refuse",
}


@dataclass
class Vector:
    """One message of the file; `error` is why it is refused, empty where it is read."""

    name: str
    accepted: bool
    error: str = ""
    parts: list[bytes] = field(default_factory=list)


def read(path: Path) -> list[Vector]:
    """The vectors of the file. Raises ValueError for a line that cannot be read."""
    vectors: list[Vector] = []
    for line in _lines(path):
        word, _, rest = line.partition(" ")
        if word in ("accepted", "refused"):
            vectors.append(Vector(rest, word == "accepted"))
        elif word == "error":
            vectors[-1].error = rest
        elif word == "frame":
            vectors[-1].parts.append(_octets(rest))
        elif word != "means":
            raise ValueError(f"{path.name}: the line begins with {word!r}: {line[:80]}")
    return vectors


def fault(vector: Vector, schema: Schema) -> str | None:
    """What is wrong with how the codec takes the vector; None where it is right."""
    try:
        frame = wire.decode(vector.parts)
        said = fields.read(frame)
    except wire.WireError as error:
        if error.name == vector.error:
            return None
        return f"expected {vector.error or 'that it is read'}, came {error.name}"
    if not vector.accepted:
        return f"expected {vector.error}, came {frame}"
    try:
        again = _encode_again(frame, said, schema)
    except (wire.WireError, DecodeError) as error:
        return f"expected that it is written again, came {error}"
    return None if again == vector.parts else "expected the same bytes again, came others"


def _encode_again(frame: wire.Frame, said: fields.Fields, schema: Schema) -> list[bytes]:
    """Goes all the way down, to what fields and bodies mean, and back up."""
    if said is not None:
        frame = dataclasses.replace(frame, fields=fields.write(said))
    if frame.kind in _BODIES and frame.body is not None:
        body = parse(schema.message(_BODIES[frame.kind]), frame.body)
        frame = dataclasses.replace(frame, body=body.SerializeToString())
    return wire.encode(frame)


def _lines(path: Path) -> Iterator[str]:
    """Lines with those that go on from them; no comments and no empty ones."""
    line = ""
    for next_line in path.read_text(encoding="utf-8").splitlines():
        if next_line.startswith(" "):
            line += " " + next_line.strip()
            continue
        if line:
            yield line
        line = "" if next_line.startswith("#") else next_line
    if line:
        yield line


def _octets(text: str) -> bytes:
    """Hexadecimal; `00*7` is seven bytes 00, `-` none."""
    pieces = []
    for word in text.split():
        digits, _, count = word.partition("*")
        pieces.append(b"" if digits == "-" else bytes.fromhex(digits) * int(count or 1))
    return b"".join(pieces)
