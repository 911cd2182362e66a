"""Applications through all five workers, with few and with many cases there already."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner.filling import filled
from runner.installation import WORKERS, System, application
from runner.measure import Settings, caller_report, say, summary
from runner.processes import Failed, Processes
from runner.systems import Programs

CALLERS = 32
FEW = 1_000
GOAL = 1.2  # the cost of a case among many, of that among few
PROCESSES = ("broker", *WORKERS)
_SLACK = 900.0  # seconds: among many cases a report takes long, and it is asked for twice


@dataclass(frozen=True)
class ThroughCase:
    name = "cases"
    title = "Applications through all five workers"


THROUGH_CASES = {ThroughCase.name: ThroughCase()}


def system_name(stored: int) -> str:
    return f"stored-{stored}"


class Through:
    """Runs the same load by turns on installations that hold more and more cases."""

    def __init__(
        self, programs: Programs, settings: Settings, cache: Path, stored: list[int]
    ) -> None:
        self.programs, self.settings, self.cache, self.stored = programs, settings, cache, stored
        self.recourse = programs.recourse_broker[0]
        self._kept: dict[int, Path] = {}

    def run(self) -> dict[str, dict]:
        rounds: dict[str, list[dict]] = {system_name(stored): [] for stored in self.stored}
        failed: dict[str, str] = {}
        for number in range(self.settings.rounds):
            first = number % len(self.stored)
            for stored in self.stored[first:] + self.stored[:first]:
                name = system_name(stored)
                if name in failed:
                    continue
                folder = Path(tempfile.mkdtemp(dir=self.settings.durable))
                try:
                    rounds[name].append(self._measure(folder, self._data(folder, stored)))
                    result = f"{rounds[name][-1]['per_second']:,.0f}/s"
                except (Failed, sqlite3.Error, OSError, subprocess.SubprocessError) as failure:
                    failed[name] = result = str(failure)
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
                say(ThroughCase.name, f"round {number + 1}", name, result)
        return {
            name: {"rounds": figures, "failed": failed[name]}
            if name in failed
            else {"rounds": figures, **summary(figures)}
            for name, figures in rounds.items()
        }

    def _data(self, folder: Path, stored: int) -> Path:
        """Few cases are copied for each run; many would take longer to copy than to measure, and
        what a run adds to them is little."""
        data = folder / "data"
        if stored == 0:
            return data
        if stored not in self._kept:
            self._kept[stored] = filled(self.cache, self.recourse, stored)
        kept = self._kept[stored]
        if stored > FEW:
            return kept
        shutil.copytree(kept, data)
        return data

    def _measure(self, folder: Path, data: Path) -> dict:
        settings = self.settings
        received = datetime.now(UTC) - timedelta(days=2)
        form = folder / "application.json"
        form.write_text(json.dumps(application(received.replace(hour=12))))
        with Processes(folder) as processes:
            system = System(processes, settings.prefix("serve"), self.recourse, data)
            peer = self.programs.swift / "cases-peer"
            command = [
                *settings.prefix("call"), str(peer), "--at", system.address, "--keys",
                str(data / "keys"), "--application", str(form), "--day", str(received.date()), "--in-flight", str(CALLERS),
                "--seconds", str(settings.seconds), "--warmup", str(settings.warmup),
            ]  # fmt: skip
            for name in PROCESSES:
                command += ["--process", f"{name}={system.pids[name]}"]
            caller = processes.start("call", command)
            cpu = caller.finish(settings.seconds + settings.warmup + _SLACK)
            said = caller_report(caller)
            system.stop()
        figures = {"per_second": said["calls"] / said["seconds"]}
        for name in ("p50_us", "p99_us", "submit_p50_us", "submit_p99_us", "statutory_seconds"):
            figures[name] = said[name]
        for name, seconds in said["cpu_seconds"].items():
            figures[f"cpu_us_{name}"] = seconds * 1e6 / said["calls"]
        figures["cpu_us"] = sum(said["cpu_seconds"].values()) * 1e6 / said["calls"]
        figures["cpu_us_call"] = cpu * 1e6 / said["total_calls"]
        return figures
