"""Runs systems by turns and keeps what was measured."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from runner.cases import Case
from runner.processes import CoreTime, Failed, Process, Processes, SystemCalls
from runner.systems import NATS_CONFIGURATION, System, make_keys

PINS = ["both", "split", "one"]
SLACK = 30.0  # seconds that a caller may need beyond those that it was asked for
COUNTING_SECONDS, COUNTING_WARMUP = 1.0, 0.2


@dataclass(frozen=True)
class Settings:
    folder: Path
    durable: Path  # on a disk; what is measured there is forced to it
    seconds: float
    warmup: float
    rounds: int
    pin: str
    counts_system_calls: bool
    broken: dict[str, str]  # programs that are missing, and why

    def cores(self, role: str) -> set[int]:
        cores = sorted(os.sched_getaffinity(0))[:2]
        if self.pin == "split" and role == "call":
            return set(cores[:1])
        return set(cores if self.pin == "both" else cores[-1:])

    def prefix(self, role: str) -> list[str]:
        cores = ",".join(map(str, sorted(self.cores(role))))
        # A process ends with the runner, even if that is killed.
        return ["taskset", "-c", cores, "setpriv", "--pdeathsig", "KILL"]

    def all_cores(self) -> set[int]:
        return self.cores("call") | self.cores("serve")


def caller_report(caller: Process) -> dict:
    """What a caller that has ended says that it measured."""
    try:
        said = json.loads(caller.output.read_text())
    except ValueError as error:
        raise Failed(f"call said no JSON: {caller.last_words()}") from error
    if said["errors"] or not said["calls"]:
        raise Failed(f"{said['errors']} errors, {said['calls']} calls")
    return said


@dataclass(frozen=True)
class _Run:
    """One run of a system: new processes, a new folder and address."""

    system: System
    case: Case
    settings: Settings
    folder: Path

    def command(self, role: str, words: list[str], more: list[str] | None = None) -> list[str]:
        if why := self.settings.broken.get(words[0]):
            raise Failed(why)
        if "/" in words[0] and not os.access(words[0], os.X_OK):
            raise Failed(f"{Path(words[0]).name} is not there")
        given = {"at": self.at, "port": self.at.rsplit(":", 1)[1], "folder": str(self.folder)}
        filled = [word.format(**given) if word.startswith("{") else word for word in words]
        return [*self.settings.prefix(role), *filled, *(more or [])]

    @property
    def at(self) -> str:
        return (self.folder / "address").read_text()

    def start(self, processes: Processes) -> list[Process]:
        if self.system.scheme == "ipc":
            address = f"ipc://{self.folder}/bus"
        else:
            with socket.create_server(("127.0.0.1", 0)) as free:
                address = f"{self.system.scheme}://127.0.0.1:{free.getsockname()[1]}"
        (self.folder / "address").write_text(address)
        (self.folder / "nats.conf").write_text(NATS_CONFIGURATION)
        if self.system.keys:
            make_keys(self.system.keys, self.folder / "data")
        started = []
        for role, words, ready in (
            ("broker", self.system.broker, self.system.broker_ready),
            ("serve", self.system.serve, "ready"),
        ):
            if words:
                started.append(processes.start(role, self.command(role, words)))
                started[-1].wait_for(ready)
        return started

    def call(self, seconds: float, warmup: float) -> list[str]:
        times = ["--seconds", str(seconds), "--warmup", str(warmup)]
        return self.command("call", self.system.call, [*self.case.options, *times])

    def measure(self) -> dict[str, float | None]:
        with Processes(self.folder) as processes:
            others = self.start(processes)
            before = [process.cpu() for process in others]
            cores = CoreTime(self.settings.all_cores())
            caller = processes.start("call", self.call(self.settings.seconds, self.settings.warmup))
            seconds = {"call": caller.finish(self.settings.seconds + self.settings.warmup + SLACK)}
            for process, begun in zip(others, before, strict=True):
                seconds[process.name] = process.cpu() - begun
                process.sample_memory()
            total = sum(seconds.values())
            said = caller_report(caller)
            figures = {"per_second": said["calls"] / said["seconds"]}
            for name in ("p50_us", "p99_us", "p999_us"):
                figures[name] = said.get(name)  # absent or null: not measured
            for role, value in seconds.items():
                figures[f"cpu_us_{role}"] = value * 1e6 / said["total_calls"]
            figures["cpu_us"] = total * 1e6 / said["total_calls"]
            peaks = {process.name: process.peak_kib / 1024 for process in [*others, caller]}
            figures |= {f"peak_mib_{role}": value for role, value in peaks.items()}
            figures["peak_mib"] = sum(peaks.values())
            figures["foreign"] = cores.share_of_others(total)
            return figures

    def count_system_calls(self) -> dict[str, float]:
        """Of each process for one call, in a short run of its own, because counting costs time."""
        with Processes(self.folder) as processes:
            files = {}
            counters = []
            for process in self.start(processes):
                files[process.name] = self.folder / f"perf-{process.name}"
                name = f"perf of {process.name}"
                counters.append(
                    SystemCalls.attach(processes, name, process.pid, files[process.name])
                )
            files["call"] = self.folder / "perf-call"
            command = self.call(COUNTING_SECONDS, COUNTING_WARMUP)
            caller = processes.start("call", SystemCalls.around(files["call"], command))
            caller.finish(COUNTING_SECONDS + COUNTING_WARMUP + SLACK)
            for counter in counters:
                counter.popen.send_signal(signal.SIGINT)
                counter.popen.wait(SLACK)
            calls = caller_report(caller)["total_calls"]
            counts = {role: SystemCalls.read(file) for role, file in files.items()}
            if None in counts.values():
                raise Failed("perf gave no count")
            return {role: count / calls for role, count in counts.items()}


def _in_folder(system: System, case: Case, settings: Settings) -> _Run:
    return _Run(system, case, settings, Path(tempfile.mkdtemp(dir=settings.folder)))


def say(case: str, what: str, system: str, result: str) -> None:
    print(f"{case}  {what}  {system}: {result}", file=sys.stderr, flush=True)


def run_case(case: Case, systems: list[System], settings: Settings) -> dict[str, dict]:
    """Each round runs every system once, each time beginning with another; who fails, stays out."""
    rounds: dict[str, list[dict]] = {system.name: [] for system in systems}
    failed: dict[str, str] = {}
    for number in range(settings.rounds):
        first = number % len(systems) if systems else 0
        for system in systems[first:] + systems[:first]:
            if system.name in failed:
                continue
            try:
                figures = _in_folder(system, case, settings).measure()
                rounds[system.name].append(figures)
                result = f"{figures['per_second']:,.0f}/s"
            except Failed as failure:
                failed[system.name] = result = str(failure)
            say(case.name, f"round {number + 1}", system.name, result)
    counting = settings.counts_system_calls and SystemCalls.works(settings.folder)
    results = {}
    for system in systems:
        result: dict = {"what": system.what, "rounds": rounds[system.name]}
        if system.name in failed:
            result["failed"] = failed[system.name]
        else:
            result |= summary(rounds[system.name])
            if counting:
                try:
                    result["syscalls"] = _in_folder(system, case, settings).count_system_calls()
                except Failed as failure:
                    result["syscalls_failed"] = str(failure)
                    say(case.name, "system calls", system.name, str(failure))
        results[system.name] = result
    return results


def summary(rounds: list[dict]) -> dict[str, dict]:
    summary: dict[str, dict] = {"median": {}, "min": {}, "max": {}}
    for name in rounds[0]:
        values = [figures[name] for figures in rounds]
        for kind, choose in (("median", statistics.median), ("min", min), ("max", max)):
            summary[kind][name] = None if None in values else choose(values)
    return summary
