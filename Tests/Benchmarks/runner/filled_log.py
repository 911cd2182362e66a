"""Copies one case's events in the log and in its archive, as the broker would have written them."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# As in Sources/Broker/EventLog/LogArchive.swift.
SEGMENT_EVENTS, LIVE_EVENTS = 100_000, 200_000
CASE_MICROSECONDS = 20_000  # between two cases

_COLUMNS = """position, slice_id, incarnation, sequence, worker, event_key, partition_number, type,
    payload, occurred_at, recorded_at, checksum"""
_TABLE = """
    CREATE TABLE event (
      position INTEGER PRIMARY KEY,
      slice_id BLOB NOT NULL,
      incarnation BIGINT NOT NULL,
      sequence BIGINT NOT NULL,
      worker TEXT NOT NULL,
      event_key TEXT NOT NULL,
      partition_number INTEGER NOT NULL,
      type TEXT NOT NULL,
      payload BLOB NOT NULL,
      occurred_at BIGINT NOT NULL,
      recorded_at BIGINT NOT NULL,
      checksum BLOB NOT NULL
    )
    """
_INDEXES = """
    CREATE UNIQUE INDEX event_by_producer ON event (slice_id, incarnation, sequence);
    CREATE INDEX event_by_key ON event (event_key, position);
    CREATE INDEX event_by_type ON event (type, position);
    """


@dataclass(frozen=True)
class RealEvent:
    """An event of the real case, ready to be copied."""

    slice_id: bytes
    incarnation: int
    sequence: int
    each: int  # events that its producer has in one case
    worker: str
    type: str
    payload: bytes  # with %b where a token stands
    tokens: tuple[int, ...]  # which, in order
    occurred_at: int
    recorded_at: int

    def before_key(self) -> bytes:
        return b"".join(_sized(part) for part in (self.slice_id, self.worker.encode()))


@dataclass(frozen=True)
class LogPlan:
    data: Path
    cases: Path
    count: int
    before: list[tuple]  # rows up to the real case's last
    events: list[RealEvent]

    @classmethod
    def read(cls, data: Path, tokens: list[str], cases: Path, count: int) -> LogPlan:
        log = sqlite3.connect(data / "log.sqlite")
        rows = log.execute(f"SELECT {_COLUMNS} FROM event ORDER BY position").fetchall()
        log.close()
        own = [row for row in rows if row[5] == f"case/{tokens[0]}"]
        events = []
        for row in own:
            payload, used = _template(row[8], tokens)
            each = sum(other[1] == row[1] for other in own)
            events.append(
                RealEvent(
                    row[1], row[2], row[3], each, row[4], row[7], payload, used, row[9], row[10]
                )
            )
        return cls(data, cases, count, rows, events)

    @property
    def head(self) -> int:
        return len(self.before) + self.count * len(self.events)

    @property
    def segments(self) -> range:
        return range(1, max(0, (self.head - LIVE_EVENTS) // SEGMENT_EVENTS) + 1)

    def rows(self, first: int, last: int) -> Iterator[tuple]:
        """The rows of these positions."""
        for row in self.before[first - 1 : last]:
            yield row
        start, size = len(self.before) + 1, len(self.events)
        if last < start:
            return
        low = max(first - start, 0) // size + 1
        high = (last - start) // size + 1
        cases = sqlite3.connect(self.cases)
        for case in cases.execute("SELECT * FROM copy WHERE n BETWEEN ? AND ?", [low, high]):
            position = start + (case[0] - 1) * size
            for row in self._case(case, position):
                if first <= row[0] <= last:
                    yield row
        cases.close()

    def _case(self, case: tuple, position: int) -> Iterator[tuple]:
        n, key = case[0], f"case/{case[1]}"
        tokens = [token.encode() for token in case[1:]]
        key_bytes, partition = _sized(key.encode()), _partition(key)
        shift = (self.count - n) * CASE_MICROSECONDS
        for event in self.events:
            payload = event.payload % tuple(tokens[place] for place in event.tokens)
            sequence = event.sequence + n * event.each
            occurred, recorded = event.occurred_at - shift, event.recorded_at - shift
            numbers = struct.pack(
                ">6q", position, event.incarnation, sequence, partition, occurred, recorded
            )
            checksum = hashlib.sha256(
                b"".join((numbers, event.before_key(), key_bytes, _sized(event.type.encode()),
                          _sized(payload)))
            ).digest()[:16]  # fmt: skip
            yield (
                position, event.slice_id, event.incarnation, sequence, event.worker, key, partition,
                event.type, payload, occurred, recorded, checksum,
            )  # fmt: skip
            position += 1


def _sized(data: bytes) -> bytes:
    return len(data).to_bytes(8, "big") + data


def _template(payload: bytes, tokens: list[str]) -> tuple[bytes, tuple[int, ...]]:
    found = sorted(
        (at, place) for place, token in enumerate(tokens) for at in _places(payload, token.encode())
    )
    parts, used, end = [], [], 0
    for at, place in found:
        parts += [payload[end:at].replace(b"%", b"%%"), b"%b"]
        used.append(place)
        end = at + len(tokens[place])
    parts.append(payload[end:].replace(b"%", b"%%"))
    return b"".join(parts), tuple(used)


def _places(payload: bytes, token: bytes) -> Iterator[int]:
    at = payload.find(token)
    while at >= 0:
        yield at
        at = payload.find(token, at + len(token))


def _partition(key: str) -> int:
    """FNV-1a, folded, as in Sources/CaseModel/References/EventKey.swift."""
    value = 0xCBF29CE484222325
    for byte in key.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    value ^= value >> 32
    value ^= value >> 16
    return (value ^ value >> 8) & 0xFF


def write_segment(plan: LogPlan, number: int) -> tuple:
    first, last = (number - 1) * SEGMENT_EVENTS + 1, number * SEGMENT_EVENTS
    folder = plan.data / "log-archive"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{number:06}-{first}-{last}.sqlite"
    path = folder / name
    file = sqlite3.connect(path, isolation_level=None, timeout=600)
    file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    file.execute("BEGIN")
    file.execute(_TABLE)
    file.executemany(f"INSERT INTO event VALUES (?{', ?' * 11})", plan.rows(first, last))
    for index in _INDEXES.strip().split(";")[:-1]:
        file.execute(index)
    file.execute("COMMIT")
    file.close()
    path.chmod(0o400)
    with path.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").digest()
    return number, first, last, name, digest, path.stat().st_size


def finish(plan: LogPlan, segments: list[tuple], heads: dict[str, bytes]) -> None:
    """Writes the live file: the newest events, the segments, and how far each producer is."""
    archived = segments[-1][2] if segments else 0
    log = sqlite3.connect(plan.data / "log.sqlite", isolation_level=None, timeout=600)
    log.executescript("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF;")
    log.execute("BEGIN")
    log.execute("DELETE FROM event WHERE position <= ?", [archived])
    first = max(archived, len(plan.before)) + 1
    log.executemany(
        f"INSERT INTO event ({_COLUMNS}) VALUES (?{', ?' * 11})", plan.rows(first, plan.head)
    )
    log.executemany("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)", segments)
    copied = plan.count * len(plan.events)
    for event in {event.slice_id: event for event in plan.events}.values():
        # The last of this producer's events is in the last case, where it is in the real one.
        log.execute(
            "UPDATE producer SET sequence = sequence + ?, position = position + ?, audit_head = ? "
            "WHERE slice_id = ?",
            [event.each * plan.count, copied, heads[event.worker], event.slice_id],
        )
    log.execute("COMMIT")
    log.execute("PRAGMA journal_mode = WAL")
    log.close()
    folder = plan.data / "log-archive"
    for place in (folder, plan.data):
        if place.exists():
            descriptor = os.open(place, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
