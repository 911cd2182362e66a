"""The rules alone, on lines, and over decisions that are stored in a running system."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner.filled_decisions import fill_decisions
from runner.installation import System, application, real_case
from runner.measure import Settings, caller_report, say, summary
from runner.processes import Failed, Processes
from runner.systems import Programs

GOAL_PER_SECOND = 200_000  # assessments on one core
GOAL_SECONDS = 30.0  # a simulation over a million decisions
GOAL_DECISIONS = 1_000_000
LINES = 100_000
_SLACK = 30.0
_RUN_LIMIT = 900.0  # seconds for all lines, or for all decisions
_SEED = 104


@dataclass(frozen=True)
class RulesCase:
    name: str
    what: str


ALONE = {
    case.name: case
    for case in (
        RulesCase("rules-four", "four complaints, Plymouth"),
        RulesCase("rules-examples", "the examples, Plymouth"),
        RulesCase("rules-varied", "2 to 8 complaints with evidence, all packs"),
    )
}
ON_LINES = RulesCase("rules-lines", f"threshold assess --jsonl, {LINES:,} lines")
STORED = {
    case.name: case
    for case in (
        RulesCase("rules-simulate", "policy simulate"), RulesCase("rules-replay", "policy replay"),
    )
}  # fmt: skip
RULES_CASES = {**ALONE, ON_LINES.name: ON_LINES, **STORED}


class Rules:
    """Measures one case after the other; stored decisions are made once."""

    def __init__(
        self, programs: Programs, settings: Settings, root: Path, decisions: int
    ) -> None:
        self.settings, self.root, self.decisions = settings, root, decisions
        self.peer, self.c_peers = programs.swift / "rules-peer", programs.c_peers
        self.recourse = programs.recourse_broker[0]
        self._stored: Path | None = None
        self._lines: Path | None = None

    def run(self, case: RulesCase) -> dict:
        rounds: list[dict] = []
        try:
            for number in range(self.settings.rounds):
                folder = Path(tempfile.mkdtemp(dir=self.settings.folder))
                rounds.append(self._round(case, folder))
                rate = f"{rounds[-1]['per_second']:,.0f}/s"
                say(case.name, f"round {number + 1}", "recourse", rate)
            result = {"what": case.what, "rounds": rounds, **summary(rounds)}
            if case.name in ALONE:
                result["allocations"] = self._allocations(case)
            return result
        except (Failed, sqlite3.Error, OSError, subprocess.SubprocessError) as failure:
            say(case.name, "", "recourse", str(failure))
            return {"what": case.what, "rounds": rounds, "failed": str(failure)}

    def _round(self, case: RulesCase, folder: Path) -> dict:
        if case.name in ALONE:
            return self._alone(case, folder)
        if case is ON_LINES:
            return self._on_lines(folder)
        return self._over_stored(case, folder)

    # On one core

    def _peer_command(self, case: RulesCase, *words: str) -> list[str]:
        load = case.name.removeprefix("rules-")
        examples = str(self.root / "Tests/Examples")
        core = str(max(os.sched_getaffinity(0)))
        return ["taskset", "-c", core, "setpriv", "--pdeathsig", "KILL", str(self.peer), "measure",
                "--load", load, "--examples", examples, *words]  # fmt: skip

    def _alone(self, case: RulesCase, folder: Path) -> dict:
        seconds, warmup = self.settings.seconds, self.settings.warmup
        words = ["--seconds", str(seconds), "--warmup", str(warmup)]
        with Processes(folder) as processes:
            peer = processes.start("peer", self._peer_command(case, *words))
            peer.finish(seconds + warmup + _SLACK)
            said = caller_report(peer)
        per_second = said["calls"] / said["seconds"]
        return {"per_second": per_second, "ns": 1e9 / per_second}

    def _allocations(self, case: RulesCase) -> float | None:
        """Of one assessment: what more passes ask for, besides what everything around them does."""
        library = self.c_peers / "count_allocations.so"
        if str(library) in self.settings.broken:
            return None
        counts, calls = [], []
        for passes in ("1", "3"):
            folder = Path(tempfile.mkdtemp(dir=self.settings.folder))
            counted = folder / "allocations"
            environment = {
                **os.environ, "LD_PRELOAD": str(library), "COUNT_ALLOCATIONS": str(counted),
            }  # fmt: skip
            with Processes(folder) as processes:
                command = self._peer_command(case, "--passes", passes)
                # The programs before the peer on its line would tell their own counts; it is last.
                peer = processes.start("peer", command, env=environment)
                peer.finish(_SLACK)
                calls.append(caller_report(peer)["calls"])
            counts.append(int(counted.read_text()))
        return (counts[1] - counts[0]) / (calls[1] - calls[0])

    # On lines

    def _on_lines(self, folder: Path) -> dict:
        if self._lines is None:
            self._lines = self.settings.folder / "applications.jsonl"
            _write_lines(self._lines)
        with Processes(folder) as processes:
            command = ["setpriv", "--pdeathsig", "KILL", self.recourse, "threshold", "assess",
                       "--jsonl", str(self._lines)]  # fmt: skip
            begun = time.monotonic()
            recourse = processes.start("assess", command)
            cpu = recourse.finish(_RUN_LIMIT)
            seconds = time.monotonic() - begun
            with recourse.output.open("rb") as output:
                answered = sum(1 for _ in output)
        if answered != LINES:
            raise Failed(f"{answered:,} lines came back of {LINES:,}")
        return {"per_second": LINES / seconds, "seconds": seconds, "cpu_seconds": cpu}

    # Over stored decisions

    def _over_stored(self, case: RulesCase, folder: Path) -> dict:
        data = self._data()
        draft = folder / "draft.yaml"
        draft.write_text(_draft(self.root))
        words = ["simulate", "--pack", str(draft)] if case.name == "rules-simulate" else ["replay"]
        with Processes(folder) as processes:
            system = System(processes, ["setpriv", "--pdeathsig", "KILL"], self.recourse, data)
            threshold = Path(f"/proc/{system.pids['threshold']}/stat")
            cpu = _processor_seconds(threshold)
            command = ["setpriv", "--pdeathsig", "KILL", self.recourse, "policy", *words,
                       "--progress", "--json", "--data", str(data)]  # fmt: skip
            begun = time.monotonic()
            recourse = processes.start("policy", command)
            recourse.finish(_RUN_LIMIT)
            seconds = time.monotonic() - begun
            cpu = _processor_seconds(threshold) - cpu
            said = json.loads(recourse.output.read_text())
            told = sum(" decisions" in line for line in recourse.log.read_text().splitlines())
            system.stop()
        if said["lookedAt"] != self.decisions + 1:  # the real one is there, too
            raise Failed(f"{said['lookedAt']:,} decisions were looked at of {self.decisions + 1:,}")
        if not told:
            raise Failed("no progress was shown")
        if case.name == "rules-replay" and said["different"]:
            raise Failed(f"{said['different']:,} decisions come out otherwise")
        return {
            "per_second": said["lookedAt"] / seconds, "seconds": seconds, "cpu_seconds": cpu,
            "different": said["different"], "told": told,
        }  # fmt: skip

    def _data(self) -> Path:
        """An installation with one real case, and so many decisions beside it."""
        if self._stored is None:
            folder = Path(tempfile.mkdtemp(dir=self.settings.durable))
            begun = time.monotonic()
            real_case(folder, self.recourse, datetime.now(UTC) - timedelta(days=30))
            fill_decisions(folder / "data", self.peer, self.decisions)
            took = time.monotonic() - begun
            say("rules", f"filled with {self.decisions:,} decisions", "recourse", f"{took:.0f} s")
            self._stored = folder / "data"
        return self._stored


def _processor_seconds(stat: Path) -> float:
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _draft(root: Path) -> str:
    """Plymouth's pack with a shorter window for applications, so that some outcomes change."""
    text = (root / "Sources/PolicyDocuments/Packs/plymouth.yaml").read_text()
    draft = text.replace("applicationWindow: 6 months", "applicationWindow: 23 weeks", 1)
    if draft == text:
        raise Failed("Plymouth's pack has no window of six months to be made shorter")
    return draft


def _write_lines(file: Path) -> None:
    """Like the one that the system is filled from, with other days and other numbers of complaints."""
    chance = random.Random(_SEED)
    received = datetime.now(UTC) - timedelta(days=2)
    with file.open("w") as lines:
        for _ in range(LINES):
            form = application(received - timedelta(days=chance.randrange(60)))
            day = datetime.fromisoformat(form["receivedAt"]).date()
            first = form["complaints"][0]
            form["complaints"] = []
            for number in range(chance.randint(1, 6)):
                happened = day - timedelta(days=chance.randint(3, 260))
                told = min(day, happened + timedelta(days=chance.randint(0, 40)))
                form["complaints"].append({
                    **first, "behaviourDate": str(happened), "complaintDate": str(told),
                    "incident": f"noise-{number % 4}",
                })  # fmt: skip
            lines.write(json.dumps(form) + "\n")
