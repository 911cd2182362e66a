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
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner import filled_log
from runner.filled_cases import plan_copies
from runner.filled_slice import fill_slice
from runner.installation import WORKERS, real_case
from runner.processes import Failed

BYTES_PER_CASE = 20_000  # with the log's archive; a little more than was measured
FRESH_FOR = 7 * 24 * 3600  # seconds: after four weeks the copied reviews would all be due


def _schema(data: Path) -> str:
    """Changes with the schema of any file and with the types of events."""
    digest = hashlib.sha256()
    for path in [*sorted((data / "slices").glob("*.sqlite")), data / "log.sqlite"]:
        with closing(sqlite3.connect(path)) as file:
            for (sql,) in file.execute("SELECT sql FROM sqlite_master ORDER BY name"):
                digest.update(str(sql).encode())
    with closing(sqlite3.connect(data / "log.sqlite")) as log:
        digest.update(
            str(log.execute("SELECT type FROM event ORDER BY position").fetchall()).encode()
        )
    return digest.hexdigest()


def _task(arguments: tuple) -> tuple:
    function, *rest = arguments
    return function(*rest)


def _fill(folder: Path, reference: str, count: int) -> None:
    data = folder / "data"
    plan = plan_copies(folder, data, reference, count - 1)
    log = filled_log.LogPlan.read(plan.data, plan.tokens, plan.cases, plan.count)
    # Those that take longest first.
    tasks = [(fill_slice, plan, worker) for worker in WORKERS]
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
