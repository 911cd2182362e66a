"""A portal that is loaded: its system, followers with sessions, and what `wrk` measures."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from runner.installation import System, _command, application
from runner.processes import Failed, Process, Processes

LOADS = Path(__file__).resolve().parents[1] / "load"
AREA = "plymouth"
# Cases that are decided, and sessions of each, of which Intake keeps twenty at once.
CASES, SESSIONS = 10, 20
THREADS = 2
_TIMEOUT = 30  # seconds for an answer; more is an error, and the run has failed
_SETTLE_LIMIT = 900.0  # seconds; the workers behind go on when nobody hands in any more
_SLACK = 60  # seconds that wrk may need beyond those that it was asked for
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What one run of `wrk` is asked for."""

    script: str
    words: list[str]
    connections: int
    seconds: float
    threads: int = THREADS


class LoadedPortal:
    """A real system with the public's door open, which no limit for one address holds up."""

    def __init__(self, processes: Processes, folder: Path, recourse: str, served: list[str], calling: list[str]) -> None:
        if not shutil.which("wrk"):
            raise Failed("wrk is not there: .ci/setup benchmarks installs it")
        self._processes, self._folder, self._recourse = processes, folder, recourse
        self._data, self._calling, self._runs = folder / "data", calling, 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.system = System(
            processes, served, recourse, self._data,
            "--listen", f"127.0.0.1:{port}", "--rate-factor", "1000000",
        )  # fmt: skip
        self.form = folder / "application.json"
        self._write_form()
        self.settle()

    def settle(self) -> None:
        """Until all that was handed in is worked off; the command itself waits 20 seconds at most."""
        limit = time.monotonic() + _SETTLE_LIMIT
        while True:
            try:
                _command(self._recourse, self._data, "status", "--wait")
                return
            except Failed:
                if time.monotonic() > limit:
                    raise

    def stop(self) -> None:
        self.system.stop()

    # What is asked for

    def _write_form(self) -> None:
        form = application(datetime.now(UTC).replace(microsecond=0))
        del form["receivedAt"]
        form["applicant"] |= {"name": "Robin Example @NUMBER@", "email": "robin.@NUMBER@@mail.example"}
        self.form.write_text(json.dumps({"application": form}))

    def call(self, path: str, body: dict, session: str = "") -> dict:
        request = urllib.request.Request(
            f"{self.url}/api/v1{path}", json.dumps(body).encode(),
            {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {session}"} if session else {}),
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise Failed(f"{path}: {refused.code} {refused.read()[:200]!r}") from refused

    def followers(self) -> Path:
        """Has cases handed in and decided, and each opened by its person many times; gives a file of sessions."""
        codes: dict[str, str] = {}
        for number in range(CASES):
            begun = self.call("/drafts", {"area": AREA})
            form = json.loads(self.form.read_text().replace("@NUMBER@", f"f{number}"))
            receipt = self.call("/draft/submission", form, begun["session"])
            codes[receipt["caseReference"]] = begun["code"]
        self.settle()
        for reference in codes:
            _command(
                self._recourse, self._data, "threshold", "decide", reference, "--met",
                "--officer", "A. Officer", "--capacity", "Lead authority", "--reason", "Three complaints",
            )  # fmt: skip
        self.settle()
        sessions = [
            self.call("/sessions", {"caseReference": reference, "code": code})["session"]
            for _ in range(SESSIONS - 1)  # one has been open since the draft
            for reference, code in codes.items()
        ]
        for session in sessions:
            self._look(session)
        file = self._folder / "sessions"
        file.write_text("".join(f"{session}\n" for session in sessions))
        return file

    def _look(self, session: str) -> None:
        """The page has to be that of a decided case."""
        request = urllib.request.Request(f"{self.url}/case", headers={"Cookie": f"session={session}"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            if b"/case/decision" not in answer.read():
                raise Failed("the page of a case does not lead to its decision")

    # What is measured

    def start(self, load: Load) -> Process:
        self._runs += 1
        command = [
            *self._calling, "wrk", "--threads", str(load.threads), "--connections", str(load.connections),
            "--duration", f"{max(1, round(load.seconds))}s", "--timeout", f"{_TIMEOUT}s",
            "--script", str(LOADS / f"{load.script}.lua"), self.url, "--", *load.words,
        ]  # fmt: skip
        environment = os.environ | {"LUA_PATH": f"{LOADS}/?.lua"}
        return self._processes.start(f"wrk-{self._runs}", command, env=environment)

    def end(self, wrk: Process, load: Load) -> dict:
        """What it measured; one answer that is not as it is meant to be, and the run has failed."""
        cpu = wrk.finish(load.seconds + _SLACK)
        try:
            said = json.loads(wrk.output.read_text().splitlines()[-1])
        except (ValueError, IndexError) as error:
            raise Failed(f"wrk: {wrk.last_words()}") from error
        if said["other"] or said["errors"] or not said["good"]:
            raise Failed(f"{said['good']} good answers, {said['other']} others, {said['errors']} errors")
        return said | {"wrk_cpu": cpu}

    def run(self, load: Load) -> dict:
        before = self.cpu()
        said = self.end(self.start(load), load)
        after = self.cpu()
        spent = {name: after[name] - before[name] for name in before}
        figures = {
            "per_second": said["good"] / said["seconds"],
            **{name: said[name] for name in ("p50_ms", "p90_ms", "p99_ms", "max_ms", "good", "made")},
            "bytes": said["bytes"] / said["good"],
            "cpu_ms": sum(spent.values()) / said["good"] * 1e3,
        }
        return figures | {f"cpu_ms_{name}": seconds / said["good"] * 1e3 for name, seconds in spent.items()}

    def cpu(self) -> dict[str, float]:
        """Processor seconds so far of each process of the system."""
        seconds = {}
        for name, pid in self.system.pids.items():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            seconds[name] = (int(fields[11]) + int(fields[12])) / _TICKS
        return seconds

    def stored(self) -> int:
        """Applications that are in Intake's slice."""
        with sqlite3.connect(f"file:{self._data}/slices/intake.sqlite?mode=ro", uri=True) as slice_:
            return slice_.execute("SELECT COUNT(*) FROM application").fetchone()[0]
