"""The cases to make: a new value for everything that two cases do not share."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from runner.installation import WORKERS
from runner.processes import Failed

# For files that are made anew if anything goes wrong.
HOT = "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;"

# Values that another case does not share, and where they are made.
_OWN = (
    ("intake", "application", "key_salt"),
    ("intake", "consent_answer", "consent_id"),
    ("threshold", "complaint", "complainant_key"),
    ("threshold", "complaint", "household_key"),
    ("threshold", "complaint", "incident_key"),
    ("support", "consent", "person_key"),
    ("support", "kit_effect", "idempotency_key"),
    *((worker, "kit_command", "command_key") for worker in WORKERS),
)


@dataclass(frozen=True)
class Plan:
    data: Path
    cases: Path  # SQLite: n from 1, and a column t0, t1 … for each token
    tokens: list[str]  # of the real case; the first is its reference
    count: int  # copies
    events: int  # of one case, one after the other in the log
    # Of each slice: its events of one case, and the position of the last of them.
    announced: dict[bytes, tuple[int, int]]


_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _double(value: int) -> int:
    return value << 1 if not value & 0x10 else ((value << 1) ^ 0x25) & 0x1F


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left, right = _double(left), right >> 1
    return product


def weights_of_check() -> list[list[int]]:
    weight, tables = 1, []
    for _ in range(7):
        weight = _double(weight)
        tables.append([_multiply(value, weight) for value in range(32)])
    return tables[::-1]


def reference_of(bits: int, weights: list[list[int]]) -> str:
    """As Sources/CaseModel makes them: seven random characters and a check."""
    values = [bits >> 5 * place & 31 for place in range(7)]
    check = 0
    for value, weight in zip(values, weights, strict=True):
        check ^= weight[value]
    text = "".join(_ALPHABET[value] for value in values) + _ALPHABET[check]
    return f"{text[:4]}-{text[4:]}"


def plan_copies(folder: Path, data: Path, reference: str, count: int) -> Plan:
    tokens = [reference]
    for worker, table, column in _OWN:
        with closing(sqlite3.connect(data / f"slices/{worker}.sqlite")) as file:
            found = file.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1").fetchall()
            tokens += [value for (value,) in found if value and value not in tokens]
    with closing(sqlite3.connect(data / "log.sqlite")) as log:
        first, last, events = log.execute(
            "SELECT MIN(position), MAX(position), COUNT(*) FROM event WHERE event_key = ?",
            [f"case/{reference}"],
        ).fetchone()
        rows = log.execute(
            "SELECT slice_id, COUNT(*), MAX(position) FROM event WHERE event_key = ? "
            "GROUP BY slice_id",
            [f"case/{reference}"],
        )
        announced = {slice_id: (each, newest) for slice_id, each, newest in rows}
    if last - first + 1 != events:
        raise Failed("the real case's events do not stand together in the log")
    chance, weights = random.Random(count), weights_of_check()
    numbers = chance.sample(range(1 << 35), count)
    cases = folder / "cases.sqlite"
    cases.unlink(missing_ok=True)
    with closing(sqlite3.connect(cases)) as file, file:
        columns = ", ".join(f"t{place} TEXT" for place in range(len(tokens)))
        file.executescript(HOT + f"CREATE TABLE copy (n INTEGER PRIMARY KEY, {columns})")
        file.executemany(
            f"INSERT INTO copy VALUES (?{', ?' * len(tokens)})",
            (
                (n, reference_of(bits, weights),
                 *(f"{chance.getrandbits(4 * len(token)):0{len(token)}x}" for token in tokens[1:]))
                for n, bits in enumerate(numbers, 1)
            ),
        )  # fmt: skip
    return Plan(data, cases, tokens, count, events, announced)
