"""Puts many decisions into Threshold's slice, beside the one of a real case."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from runner.filled_cases import HOT, reference_of, weights_of_check
from runner.processes import Failed


def fill_decisions(data: Path, peer: Path, count: int) -> None:
    """What each was derived from varies; the outcome and what names the lines are those that the
    rules give, so that a replay finds none different."""
    path = data / "slices/threshold.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=600)) as file:
        file.executescript("PRAGMA journal_mode = DELETE;" + HOT)
        real, digest, first = file.execute(
            "SELECT case_reference, digest, (SELECT MAX(sequence) FROM decision_input) "
            "FROM decision_input LIMIT 1"
        ).fetchone()
        command = [str(peer), "decisions", "--count", str(count), "--digest", digest]
        weights = weights_of_check()
        numbers = random.Random(count).sample(range(1 << 35), count)
        file.execute("BEGIN")
        with subprocess.Popen(command, stdout=subprocess.PIPE) as decisions:

            def rows() -> Iterator[tuple]:
                for number, line in enumerate(decisions.stdout):
                    received, engine, outcome, lines, given = line.decode().rstrip("\n").split("\t")
                    reference = reference_of(numbers[number], weights)
                    yield (
                        first + 1 + number, reference, digest, received, int(engine), outcome,
                        int(lines), bytes.fromhex(given),
                    )  # fmt: skip

            file.executemany(
                "INSERT INTO decision_input (sequence, case_reference, number, digest, received_on,"
                " engine, outcome, lines, input) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)", rows(),
            )  # fmt: skip
        if decisions.returncode:
            raise Failed(f"rules-peer decisions ended with {decisions.returncode}")
        # The case of each, as it was taken in.
        file.execute(
            "INSERT INTO application (case_reference, policy_digest, received_on,"
            " complaints_expected, clock_receipt)"
            " SELECT case_reference, digest, received_on, 0, received_on"
            " FROM decision_input WHERE case_reference <> ?", [real],
        )  # fmt: skip
        there = file.execute("SELECT COUNT(*) FROM decision_input").fetchone()[0]
        if there != count + 1:
            raise Failed(f"{there:,} decisions are there, not {count + 1:,}")
        file.execute("COMMIT")
        file.execute("PRAGMA journal_mode = WAL")
    os.sync()  # what is written behind our back later would disturb the measurement
