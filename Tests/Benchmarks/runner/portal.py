"""The public's door: pages and applications per second, how long they take, and what memory it costs."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runner.measure import Settings, say, summary
from runner.plugins import _memory
from runner.portal_load import AREA, Load, LoadedPortal
from runner.processes import Failed, Processes
from runner.systems import Programs

GOAL_PAGES, GOAL_SUBMISSIONS, GOAL_P99_MS = 2_000, 200, 100  # a second, a second
GOAL_GROWTH = 0.05  # of memory, from the middle of the load to its end: less is flat
CONNECTIONS = (16, 64)
# Of the load under which memory is watched: pages as fast as they come, and some applications a second.
_PAGE_CONNECTIONS, _APPLYING_CONNECTIONS, _APPLYING_PAUSE_MS = 8, 4, 100
_SAMPLE_EVERY, _SAMPLES = 1.0, 5  # seconds; as many make a figure
WATCHED = ("portal", "intake")
# Drafts are started until there are so many for each second of handing in; Intake keeps 20,000 at once.
_DRAFTS_FOR_A_SECOND, _DRAFTS_LIMIT = 1_000, 15_000
_STARTING_SECONDS, _STARTS_LIMIT = 3.0, 60  # of a run that starts drafts; such runs


@dataclass(frozen=True)
class PortalCase:
    name: str
    title: str


START = PortalCase("portal-start", "The start page")
STATUS = PortalCase("portal-status", "The page of a decided case, by its person")
SUBMISSIONS = PortalCase("portal-submissions", "Applications handed in")
MEMORY = PortalCase("portal-memory", "Memory under load")
PORTAL_CASES = {case.name: case for case in (START, STATUS, SUBMISSIONS, MEMORY)}


class Portal:
    """Measures the portal as `recourse up` runs it, with everything behind it."""

    def __init__(self, programs: Programs, settings: Settings, minutes: float) -> None:
        self.settings, self.recourse, self.minutes = settings, programs.recourse_broker[0], minutes

    def run(self, case: PortalCase) -> dict[str, dict]:
        """Figures by what was done, such as "16 connections"."""
        results: dict[str, dict] = {}
        try:
            if case is SUBMISSIONS:
                for connections in CONNECTIONS:
                    self._submissions(connections, results)
                return results
            with self._portal() as portal:
                if case is MEMORY:
                    return {"recourse": self._memory(portal)}
                words = ["/", "-"] if case is START else ["/case", str(portal.followers())]
                for connections in CONNECTIONS:
                    rounds = self._pages(portal, case, words, connections)
                    results[f"{connections} connections"] = {"rounds": rounds, **summary(rounds)}
        except (Failed, sqlite3.Error, OSError, subprocess.SubprocessError) as failure:
            say(case.name, "", "recourse", str(failure))
            results["failed"] = {"failed": str(failure)}
        return results

    @contextmanager
    def _portal(self) -> Iterator[LoadedPortal]:
        folder = Path(tempfile.mkdtemp(dir=self.settings.durable))
        try:
            with Processes(folder) as processes:
                serve, call = self.settings.prefix("serve"), self.settings.prefix("call")
                portal = LoadedPortal(processes, folder, self.recourse, serve, call)
                yield portal
                portal.stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _pages(self, portal: LoadedPortal, case: PortalCase, words: list[str], connections: int) -> list[dict]:
        rounds = []
        portal.run(Load("pages", words, connections, self.settings.warmup))
        for number in range(self.settings.rounds):
            rounds.append(portal.run(Load("pages", words, connections, self.settings.seconds)))
            say(case.name, f"round {number + 1}, {connections} connections", "recourse", _told(rounds[-1]))
        return rounds

    def _submissions(self, connections: int, results: dict[str, dict]) -> None:
        """Drafts first, then the same drafts handed in; each round in a new system, as Intake keeps only so many."""
        starts, submissions = [], []
        for number in range(self.settings.rounds):
            with self._portal() as portal:
                drafts = str(portal.form.with_name("drafts-"))
                starts.append(self._drafts(portal, drafts, connections))
                submissions.append(self._handed_in(portal, drafts, connections))
            what = f"round {number + 1}, {connections} connections"
            say(SUBMISSIONS.name, what, "recourse", _told(submissions[-1]))
        results[f"a draft is started, {connections} connections"] = {"rounds": starts, **summary(starts)}
        results[f"handed in, {connections} connections"] = {"rounds": submissions, **summary(submissions)}

    def _handed_in(self, portal: LoadedPortal, drafts: str, connections: int) -> dict:
        words = [str(portal.form), drafts]
        figures = portal.run(Load("submissions", words, connections, self.settings.seconds))
        begun = time.monotonic()
        stored = portal.stored()
        # wrk leaves while some are under way, so that more may be stored than it has heard of.
        if not figures["made"] <= stored <= figures["made"] + 2 * connections:
            raise Failed(f"{figures['made']:.0f} were handed in, {stored} are stored")
        portal.settle()
        return figures | {"settled_s": time.monotonic() - begun, "stored": stored}

    def _drafts(self, portal: LoadedPortal, drafts: str, connections: int) -> dict:
        wanted = min(_DRAFTS_LIMIT, _DRAFTS_FOR_A_SECOND * max(1, round(self.settings.seconds)))
        runs: list[dict] = []
        while sum(run["good"] for run in runs) < wanted and len(runs) < _STARTS_LIMIT:
            seconds = min(self.settings.seconds, _STARTING_SECONDS)
            runs.append(portal.run(Load("drafts", [AREA, drafts], connections, seconds)))
        return runs[-1]

    # Memory

    def _memory(self, portal: LoadedPortal) -> dict:
        seconds = self.minutes * 60
        pages = Load("pages", ["/case", str(portal.followers())], _PAGE_CONNECTIONS, seconds, threads=1)
        applying = Load(
            "applications", [AREA, str(portal.form), str(_APPLYING_PAUSE_MS)], _APPLYING_CONNECTIONS, seconds,
            threads=1,
        )  # fmt: skip
        samples: dict[str, list[float]] = {name: [] for name in self._watched(portal)}
        before = {name: _memory(pid, "VmRSS") for name, pid in self._watched(portal).items()}
        loads = [(portal.start(load), load) for load in (pages, applying)]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, pid in self._watched(portal).items():
                samples[name].append(_memory(pid, "VmRSS"))
            time.sleep(_SAMPLE_EVERY)
        looked, applied = (portal.end(wrk, load) for wrk, load in loads)
        figures = {
            "pages_per_second": looked["good"] / looked["seconds"], "pages_p99_ms": looked["p99_ms"],
            "applications_per_second": applied["made"] / applied["seconds"],
            "applying_p99_ms": applied["p99_ms"], "minutes": self.minutes,
        }  # fmt: skip
        memory = {}
        for name, values in samples.items():
            if len(values) < 4 * _SAMPLES:
                raise Failed(f"{len(values)} samples of memory; --portal-minutes has to be longer")
            tenth, middle = len(values) // 10, len(values) // 2
            memory[name] = {
                "before_mib": before[name], "begun_mib": _around(values, tenth),
                "middle_mib": _around(values, middle), "end_mib": statistics.median(values[-_SAMPLES:]),
                "most_mib": max(values),
            }  # fmt: skip
        return {"rounds": [], "memory": memory, **figures}

    @staticmethod
    def _watched(portal: LoadedPortal) -> dict[str, int]:
        return {name: portal.system.pids[name] for name in WATCHED}


def _around(values: list[float], place: int) -> float:
    begin = max(0, place - _SAMPLES // 2)
    return statistics.median(values[begin : begin + _SAMPLES])


def is_flat(memory: dict[str, float]) -> bool:
    return memory["end_mib"] <= memory["middle_mib"] * (1 + GOAL_GROWTH)


def _told(figures: dict) -> str:
    return f"{figures['per_second']:,.0f}/s, p99 {figures['p99_ms']:.1f} ms"
