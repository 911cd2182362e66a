"""Plugins: rows of an answer imported per second, a plugin's start, and what it costs while it waits."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from runner.installation import System, _command
from runner.measure import Settings, say, summary
from runner.processes import Failed, Processes
from runner.systems import Programs

PLUGIN, BODY = "housing-provider", "plymouth-community-homes"
ROWS, COMPLAINTS = 1_000_000, 20  # of the file; of each case in it
GOAL_ROWS, GOAL_MIB = 100_000, 100  # rows a second; peak resident memory
GOAL_START_MS, GOAL_IDLE_MIB = 50, 15
_IMPORT_LIMIT, _START_LIMIT = 300.0, 30.0  # seconds
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class PluginCase:
    name: str
    title: str


IMPORT = PluginCase("plugins-import", f"An answer of {ROWS:,} rows, from the folder into the slice")
START = PluginCase("plugins-start", "A plugin's start to ready, and its memory while it waits")
PLUGIN_CASES = {case.name: case for case in (IMPORT, START)}


def reference(number: int) -> str:
    """A case reference with its check character, as `CaseReference` has it."""

    def times(left: int, right: int) -> int:
        product = 0
        while right:
            if right & 1:
                product ^= left
            left = left << 1 if left < 16 else ((left << 1) ^ 0x25) & 0x1F
            right >>= 1
        return product

    values = [(number >> (5 * place)) & 0x1F for place in range(7)]
    weight, total = 1, 0
    for value in reversed(values):
        weight = times(weight, 2)
        total ^= times(value, weight)
    text = "".join(_ALPHABET[value] for value in [*values, total])
    return f"{text[:4]}-{text[4:]}"


class Plugins:
    """Measures a plugin that ships, as `recourse up` runs it."""

    def __init__(self, programs: Programs, settings: Settings) -> None:
        self.settings, self.recourse = settings, programs.recourse_broker[0]

    def run(self, case: PluginCase) -> dict:
        rounds: list[dict] = []
        try:
            for number in range(self.settings.rounds):
                folder = Path(tempfile.mkdtemp(dir=self.settings.durable))
                try:
                    rounds.append(self._import(folder) if case is IMPORT else self._start(folder))
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
                say(case.name, f"round {number + 1}", "recourse", f"{rounds[-1]}")
            return {"rounds": rounds, **summary(rounds)}
        except (Failed, sqlite3.Error, OSError, subprocess.SubprocessError) as failure:
            say(case.name, "", "recourse", str(failure))
            return {"rounds": rounds, "failed": str(failure)}

    def _installed(self, folder: Path, processes: Processes) -> tuple[Path, System, int]:
        """A system with the plugin in it, and the plugin's process."""
        data = folder / "data"
        system = System(processes, self.settings.prefix("serve"), self.recourse, data)
        if not (data / "plugins" / PLUGIN).is_dir():
            _command(
                self.recourse, data, "plugin", "add", PLUGIN, "--yes", "--set", f"bodies={BODY}",
                "--set", "look-every-ms=20",
            )  # fmt: skip
        return data, system, self._pid(data)

    def _pid(self, data: Path) -> int:
        limit = time.monotonic() + _START_LIMIT
        pattern = f"worker {PLUGIN} .*{re.escape(str(data))}"
        while time.monotonic() < limit:
            found = subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True)
            if found.stdout.split():
                return int(found.stdout.split()[0])
            time.sleep(0.02)
        raise Failed(f"{PLUGIN} does not run")

    # The file

    def _import(self, folder: Path) -> dict:
        with Processes(folder) as processes:
            data, system, _ = self._installed(folder, processes)
            _command(self.recourse, data, "status", "--wait")
            system.stop()
        cases = [reference(number * 7_919 + 1) for number in range(ROWS // COMPLAINTS)]
        _fill(data / "slices" / f"{PLUGIN}.sqlite", cases)
        file = folder / "answer.csv"
        _write(file, cases)
        with Processes(folder) as processes:
            data, system, pid = self._installed(folder, processes)
            _command(self.recourse, data, "status", "--wait")
            place = data / "output" / PLUGIN / BODY
            report = place / "reports" / "answer.csv.report.csv"
            file.rename(place / "inbox" / "answer.csv.part")
            begun = time.monotonic()
            (place / "inbox" / "answer.csv.part").rename(place / "inbox" / "answer.csv")
            while not report.exists():
                if time.monotonic() - begun > _IMPORT_LIMIT:
                    raise Failed(f"no report after {_IMPORT_LIMIT:.0f} s")
                time.sleep(0.01)
            seconds = time.monotonic() - begun
            if ",taken," not in report.read_text():
                raise Failed(report.read_text()[:200])
            peak = _memory(pid, "VmHWM")
            system.stop()
        return {"per_second": ROWS / seconds, "seconds": seconds, "peak_mib": peak}

    # The process

    def _start(self, folder: Path) -> dict:
        with Processes(folder) as processes:
            data, system, _ = self._installed(folder, processes)
            _command(self.recourse, data, "status", "--wait")
            _command(self.recourse, data, "restart", PLUGIN)
            pid = self._pid(data)
            idle = _memory(pid, "VmRSS")
            own = _memory(pid, "RssAnon")
            said = (data / "logs" / f"{PLUGIN}.log").read_text()
            system.stop()
            # The same process by hand, beside a broker that runs: from its start to the word.
            broker = processes.start("broker", [self.recourse, "broker", "--data", str(data)])
            broker.wait_for("ready")
            begun = time.monotonic()
            worker = processes.start(
                "worker", [self.recourse, "worker", PLUGIN, "--data", str(data)]
            )
            descriptor = worker.output
            while "ready" not in descriptor.read_text():
                if time.monotonic() - begun > _START_LIMIT:
                    raise Failed(f"not ready: {said[-200:]}")
                time.sleep(0.001)
            ready = time.monotonic() - begun
        return {"per_second": 1 / ready, "start_ms": ready * 1e3, "idle_mib": idle, "own_mib": own}


def _memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    match = re.search(rf"{name}:\s+(\d+)", status)
    return int(match[1]) / 1024 if match else 0.0


def _fill(slice_file: Path, cases: list[str]) -> None:
    """The body was asked in all cases, as if their requests had been fetched."""
    with sqlite3.connect(slice_file) as slice_:
        slice_.executemany(
            "INSERT INTO request (case_reference, body, mandatory, requested_on, due_on,"
            " made_to_them, state) VALUES (?, ?, 0, '2026-06-30', '2026-07-14', ?, 'SENT')",
            ((case, BODY, "1" * COMPLAINTS) for case in cases),
        )


def _write(file: Path, cases: list[str]) -> None:
    """As an export has it: not in the order of the cases, and with columns that nobody asked for."""
    with file.open("w", newline="") as out:
        out.write("Case Ref;Complaint No;Result;Incident Date;Reported Date;Officer;Remark\r\n")
        for number in range(1, COMPLAINTS + 1):
            for case in cases:
                out.write(
                    f"{case};{number};confirmed;{number:02}/03/2026;{number + 1:02}/03/2026;"
                    f'"Team 4, north";"letter sent; see file"\r\n'
                )


def case(case: PluginCase, result: dict) -> str:
    """The case's table, in Markdown."""
    lines = [f"### {case.title}", ""]
    if "failed" in result:
        return "\n".join([*lines, f"{case.name} failed: {result['failed']}"]) + "\n"
    median = result["median"]
    if case is IMPORT:
        goal = median["per_second"] >= GOAL_ROWS and median["peak_mib"] < GOAL_MIB
        row = (f"{median['per_second']:,.0f}", f"{median['seconds']:.1f}", f"{median['peak_mib']:.1f}")
        head = "| rows/s | s | peak MiB |\n| ---: | ---: | ---: |"
        goal_text = f"{GOAL_ROWS:,} rows/s, under {GOAL_MIB} MiB"
    else:
        goal = median["start_ms"] < GOAL_START_MS and median["idle_mib"] < GOAL_IDLE_MIB
        row = (f"{median['start_ms']:.0f}", f"{median['idle_mib']:.1f}", f"{median['own_mib']:.1f}")
        head = "| start to ready ms | idle MiB | of these its own |\n| ---: | ---: | ---: |"
        goal_text = f"under {GOAL_START_MS} ms and {GOAL_IDLE_MIB} MiB"
    lines += [head, "| " + " | ".join(row) + " |", ""]
    return "\n".join([*lines, f"Goal: {goal_text}: {'met' if goal else 'missed'}."]) + "\n"
