"""Copies one case's rows in a slice, as its worker would have written them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from runner.filled_cases import HOT, Plan

COMMANDS_KEPT = 100_000  # results of commands in a slice at most: Bounds.commandsKeptLimit


def _contains(value: object, token: str) -> bool:
    if isinstance(value, bytes):
        return token.encode() in value
    return isinstance(value, str) and token in value


def _expression(column: str, values: list[object], plan: Plan) -> str:
    name = f"real.{column}"
    if column == "log_position":
        return f"{name} + copy.n * {plan.events}"
    if column == "sequence":  # of decisions, numbered in the order of their signing
        return f"{name} + copy.n * {len(values)}"
    expression = name
    for place, token in enumerate(plan.tokens):
        if any(_contains(value, token) for value in values):
            expression = f"replace({expression}, '{token}', copy.t{place})"
    if expression != name and any(isinstance(value, bytes) for value in values):
        expression = f"CAST({expression} AS BLOB)"
    return expression


def _copy_table(file: sqlite3.Connection, table: str, plan: Plan) -> None:
    """Multiplies the rows that name the case; those of one case stay together."""
    rows = file.execute(f"SELECT rowid, * FROM {table}")
    columns = [column[0] for column in rows.description][1:]
    own = [row for row in rows if any(_contains(value, plan.tokens[0]) for value in row[1:])]
    if not own:
        return
    file.execute(f"CREATE TEMP TABLE real AS SELECT * FROM {table} WHERE 0")
    file.executemany(
        f"INSERT INTO real SELECT * FROM {table} WHERE rowid = ?", [(row[0],) for row in own]
    )
    expressions = [
        _expression(column, [row[place] for row in own], plan)
        for place, column in enumerate(columns, 1)
    ]
    where = ""
    if table == "kit_command":
        expressions[columns.index("at")] = "real.at + copy.n"
        where = f"WHERE copy.n > {plan.count - COMMANDS_KEPT}"
    if table == "decision_input":
        expressions[columns.index("sequence")] = f"real.sequence + copy.n * {len(own)}"
    file.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(expressions)} "
        f"FROM cases.copy AS copy CROSS JOIN real {where}"
    )
    file.execute("DROP TABLE real")


def _audit(file: sqlite3.Connection, plan: Plan) -> bytes:
    """Goes on with the chain of the audit; gives its head."""
    rows = file.execute("SELECT * FROM kit_audit ORDER BY sequence").fetchall()
    own = [row for row in rows if _contains(row[4], plan.tokens[0])]
    last, head = (rows[-1][0], rows[-1][7]) if rows else (0, b"")
    used = [
        place for place, token in enumerate(plan.tokens)
        if any(_contains(value, token) for row in own for value in row[2:6])
    ]  # fmt: skip

    words = {row[0]: row[1:] for row in file.execute("SELECT * FROM kit_audit_words")}
    typed = []

    def chain() -> Iterator[tuple]:
        nonlocal last, head
        for new in file.execute("SELECT * FROM cases.copy"):
            for number, at, *texts, _, _, digest in own:
                for place in used:
                    texts = [text.replace(plan.tokens[place], new[place + 1]) for text in texts]
                last += 1
                parts = [head, last.to_bytes(8, "big"), at.to_bytes(8, "big")]
                for text in texts:
                    data = text.encode()
                    parts += [len(data).to_bytes(8, "big"), data]
                if digest is not None:
                    parts += [len(digest).to_bytes(8, "big"), digest]
                if number in words:
                    typed.append((last, *words[number]))
                previous, head = head, hashlib.sha256(b"".join(parts)).digest()
                yield (last, at, *texts, previous, head, digest)

    if own:
        file.executemany("INSERT INTO kit_audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", chain())
        file.executemany("INSERT INTO kit_audit_words VALUES (?, ?, ?)", typed)
    return head


def fill_slice(plan: Plan, worker: str) -> tuple[str, bytes]:
    file = sqlite3.connect(plan.data / f"slices/{worker}.sqlite", isolation_level=None, timeout=600)
    file.executescript("PRAGMA journal_mode = DELETE;" + HOT)
    file.execute("ATTACH ? AS cases", [str(plan.cases)])
    file.execute("BEGIN")
    kept = ("kit_audit", "kit_identity", "kit_outbox", "kit_inbox", "policy_pack", "sqlite_")
    tables = [
        name
        for (name,) in file.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        if not name.startswith(kept)
    ]
    for table in tables:
        _copy_table(file, table, plan)
    head = _audit(file, plan)
    copied = plan.count * plan.events
    file.execute("UPDATE kit_inbox SET taken = taken + ?", [copied])
    file.execute("UPDATE kit_inbox_mark SET position = (SELECT taken FROM kit_inbox)")
    file.execute(
        "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 255) "
        "INSERT OR IGNORE INTO kit_inbox_mark SELECT n, taken FROM number, kit_inbox"
    )
    slice_id = file.execute("SELECT slice_id FROM kit_identity").fetchone()[0]
    each, newest = plan.announced.get(slice_id, (0, 0))
    if each:
        file.execute(
            "UPDATE kit_outbox_counter SET last_sequence = last_sequence + ?1,"
            " durable_sequence = durable_sequence + ?1, durable_position = ?2",
            [each * plan.count, newest + copied],
        )
    file.execute("COMMIT")
    file.execute("PRAGMA journal_mode = WAL")
    file.close()
    return worker, head
