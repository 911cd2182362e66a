"""Makes an installation that holds many cases: one real case, copied under new references.

A real system takes one application in and decides it. Its rows are copied in its slices, and its
events in the log and the log's archive, with new references, keys, positions, checksums and audit
hashes, so that what stands there afterwards is what the system itself would have written.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner import filled_log
from runner.processes import Failed, Processes

WORKERS = ("intake", "threshold", "panel", "support", "reporting")
BYTES_PER_CASE = 32_000  # with the log's archive; a little more than was measured
FRESH_FOR = 7 * 24 * 3600  # seconds: after four weeks the copied reviews would all be due
COMMANDS_KEPT = 100_000  # results of commands in a slice at most
_START_LIMIT, _STOP_LIMIT, _COMMAND_LIMIT = 60.0, 60.0, 60
_HOT = "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;"

# Values that another case does not share, and where they are made.
_OWN = (
    ("intake", "application", "key_salt"),
    ("intake", "consent", "consent_id"),
    ("threshold", "complaint", "complainant_key"),
    ("threshold", "complaint", "household_key"),
    ("threshold", "complaint", "incident_key"),
    ("support", "kit_effect", "idempotency_key"),
    *((worker, "kit_command", "command_key") for worker in WORKERS),
)


def application(received: datetime) -> dict:
    """Three complaints that count, and consent to one referral. The people are invented."""
    day, at = received.date(), received.strftime("%Y-%m-%dT%H:%M:%SZ")
    complaints = [
        {
            "behaviourDate": str(day - timedelta(days=10 + 5 * number)),
            "complaintDate": str(day - timedelta(days=9 + 5 * number)),
            "madeTo": "COUNCIL", "body": "plymouth-city-council", "channel": "EMAIL",
            "incident": f"noise-{number}", "complainant": "self", "what": "Music all night",
        }
        for number in range(3)
    ]  # fmt: skip
    consents = [("SHARE_WITH_RELEVANT_BODIES", {}), ("SUPPORT_REFERRAL", {"recipient": "victim-support"})]
    return {
        "area": "plymouth", "channel": "WEB", "receivedAt": at,
        "applicant": {
            "kind": "INDIVIDUAL", "name": "Robin Example", "email": "robin@mail.example",
            "postalAddress": "17 Example Terrace, Plymouth", "language": "en",
            "safeContact": {"channels": ["EMAIL"]},
        },
        "victims": [{"sameAsApplicant": True}], "complaints": complaints,
        "impact": "No sleep", "desiredOutcome": "Somebody to look at the whole picture",
        "consents": [
            {"purpose": purpose, "given": True, "wording": "2026-01", "at": at, **more}
            for purpose, more in consents
        ],
    }  # fmt: skip


class System:
    """`recourse up` on a data directory."""

    def __init__(self, processes: Processes, prefix: list[str], recourse: str, data: Path) -> None:
        command = [*prefix, recourse, "up", "--data", str(data), "--json"]
        self._up = processes.start("up", command)
        self._up.stop_limit = _STOP_LIMIT
        self._up.wait_for('"processes"', _START_LIMIT)
        said = json.loads(self._up.output.read_text().splitlines()[0])
        self.pids = {process["name"]: process["pid"] for process in said["processes"]}
        self.address = (data / "broker.address").read_text().strip()

    def stop(self) -> None:
        self._up.stop()


def _command(recourse: str, data: Path, *words: str) -> str:
    done = subprocess.run(
        [recourse, *words, "--data", str(data)],
        capture_output=True, text=True, timeout=_COMMAND_LIMIT,
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"recourse {words[0]}: {(done.stderr.strip() or 'no word')[:200]}")
    return done.stdout.strip()


def real_case(folder: Path, recourse: str, received: datetime) -> str:
    """Has a real system take an application in and decide it, in `data`; gives its reference."""
    data, form = folder / "data", folder / "application.json"
    form.write_text(json.dumps(application(received)))
    with Processes(folder) as processes:
        system = System(processes, [], recourse, data)
        reference = _command(recourse, data, "apply", str(form))
        _command(recourse, data, "status", "--wait")
        _command(
            recourse, data, "threshold", "decide", reference, "--met",
            "--officer", "A. Officer", "--reason", "Three complaints",
        )  # fmt: skip
        _command(recourse, data, "status", "--wait")
        system.stop()
    return reference


# MARK: The cases to make


@dataclass(frozen=True)
class Plan:
    data: Path
    cases: Path  # SQLite: n from 1, and a column t0, t1 … for each token
    tokens: list[str]  # of the real case; the first is its reference
    count: int  # copies
    events: int  # of one case, one after the other in the log


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


def _weights() -> list[list[int]]:
    weight, tables = 1, []
    for _ in range(7):
        weight = _double(weight)
        tables.append([_multiply(value, weight) for value in range(32)])
    return tables[::-1]


def _reference(bits: int, weights: list[list[int]]) -> str:
    """As Sources/CaseModel makes them: seven random characters and a check."""
    values = [bits >> 5 * place & 31 for place in range(7)]
    check = 0
    for value, weight in zip(values, weights, strict=True):
        check ^= weight[value]
    text = "".join(_ALPHABET[value] for value in values) + _ALPHABET[check]
    return f"{text[:4]}-{text[4:]}"


def _plan(folder: Path, data: Path, reference: str, count: int) -> Plan:
    tokens = [reference]
    for worker, table, column in _OWN:
        with sqlite3.connect(data / f"slices/{worker}.sqlite") as file:
            found = file.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1").fetchall()
            tokens += [value for (value,) in found if value and value not in tokens]
    with sqlite3.connect(data / "log.sqlite") as log:
        first, last, events = log.execute(
            "SELECT MIN(position), MAX(position), COUNT(*) FROM event WHERE event_key = ?",
            [f"case/{reference}"],
        ).fetchone()
    if last - first + 1 != events:
        raise Failed("the real case's events do not stand together in the log")
    chance, weights = random.Random(count), _weights()
    numbers = chance.sample(range(1 << 35), count)
    cases = folder / "cases.sqlite"
    cases.unlink(missing_ok=True)
    with sqlite3.connect(cases) as file:
        columns = ", ".join(f"t{place} TEXT" for place in range(len(tokens)))
        file.executescript(_HOT + f"CREATE TABLE copy (n INTEGER PRIMARY KEY, {columns})")
        file.executemany(
            f"INSERT INTO copy VALUES (?{', ?' * len(tokens)})",
            (
                (n, _reference(bits, weights),
                 *(f"{chance.getrandbits(4 * len(token)):0{len(token)}x}" for token in tokens[1:]))
                for n, bits in enumerate(numbers, 1)
            ),
        )  # fmt: skip
    return Plan(data, cases, tokens, count, events)


# MARK: Slices


def _contains(value: object, token: str) -> bool:
    if isinstance(value, bytes):
        return token.encode() in value
    return isinstance(value, str) and token in value


def _expression(column: str, values: list[object], plan: Plan) -> str:
    name = f"real.{column}"
    if column == "log_position":
        return f"{name} + copy.n * {plan.events}"
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

    def chain():
        nonlocal last, head
        for new in file.execute("SELECT * FROM cases.copy"):
            for _, at, *texts, _, _ in own:
                for place in used:
                    texts = [text.replace(plan.tokens[place], new[place + 1]) for text in texts]
                last += 1
                parts = [head, last.to_bytes(8, "big"), at.to_bytes(8, "big")]
                for text in texts:
                    data = text.encode()
                    parts += [len(data).to_bytes(8, "big"), data]
                previous, head = head, hashlib.sha256(b"".join(parts)).digest()
                yield (last, at, *texts, previous, head)

    if own:
        file.executemany("INSERT INTO kit_audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", chain())
    return head


def _fill_slice(plan: Plan, worker: str) -> tuple[str, bytes]:
    file = sqlite3.connect(plan.data / f"slices/{worker}.sqlite", isolation_level=None)
    file.executescript("PRAGMA journal_mode = DELETE;" + _HOT)
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
    log = sqlite3.connect(plan.data / "log.sqlite")
    each, newest = log.execute(
        "SELECT COUNT(*), MAX(position) FROM event WHERE slice_id = ? AND event_key = ?",
        [slice_id, f"case/{plan.tokens[0]}"],
    ).fetchone()
    log.close()
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


# MARK: All of it


def _schema(data: Path) -> str:
    """Changes with the schema of any file and with the types of events."""
    digest = hashlib.sha256()
    for path in [*sorted((data / "slices").glob("*.sqlite")), data / "log.sqlite"]:
        with sqlite3.connect(path) as file:
            for (sql,) in file.execute("SELECT sql FROM sqlite_master ORDER BY name"):
                digest.update(str(sql).encode())
    with sqlite3.connect(data / "log.sqlite") as log:
        digest.update(str(log.execute("SELECT type FROM event ORDER BY position").fetchall()).encode())
    return digest.hexdigest()


def _task(arguments: tuple) -> tuple:
    function, *rest = arguments
    return function(*rest)


def _fill(folder: Path, reference: str, count: int) -> None:
    data = folder / "data"
    plan = _plan(folder, data, reference, count - 1)
    log = filled_log.LogPlan.read(plan.data, plan.tokens, plan.cases, plan.count)
    # Those that take longest first.
    tasks = [(_fill_slice, plan, worker) for worker in WORKERS]
    tasks += [(filled_log.write_segment, log, number) for number in log.segments]
    heads, segments = {}, []
    with multiprocessing.Pool(len(os.sched_getaffinity(0))) as pool:
        for result in pool.imap_unordered(_task, tasks):
            if isinstance(result[0], str):
                heads[result[0]] = result[1]
            else:
                segments.append(result)
    filled_log.finish(log, sorted(segments), heads)
    plan.cases.unlink()
    os.sync()  # what is written behind our back later would disturb the measurement


def filled(cache: Path, recourse: str, count: int) -> Path:
    """A data directory with so many cases, made now or kept from an earlier run."""
    folder, mark = cache / f"stored-{count}", cache / f"stored-{count}" / "filled.json"
    new = cache / "new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    received = datetime.now(UTC) - timedelta(days=30)
    reference = real_case(new, recourse, received)
    schema = _schema(new / "data")
    if mark.exists():
        kept = json.loads(mark.read_text())
        if kept["schema"] == schema and time.time() - kept["made"] < FRESH_FOR:
            shutil.rmtree(new)
            return folder / "data"
    shutil.rmtree(folder, ignore_errors=True)
    free, needed = shutil.disk_usage(cache).free, count * BYTES_PER_CASE
    if needed > 0.8 * free:
        raise Failed(f"{count:,} cases need {needed / 1e9:.0f} GB; {free / 1e9:.0f} GB are free")
    begun = time.monotonic()
    _fill(new, reference, count)
    size = sum(path.stat().st_size for path in new.rglob("*") if path.is_file())
    (new / "filled.json").write_text(json.dumps({"schema": schema, "made": time.time()}))
    new.rename(folder)
    print(
        f"filled with {count:,} cases in {time.monotonic() - begun:.0f} s: {size / 1e9:.2f} GB, "
        f"{size / count:,.0f} bytes for each",
        file=sys.stderr, flush=True,
    )  # fmt: skip
    return folder / "data"
