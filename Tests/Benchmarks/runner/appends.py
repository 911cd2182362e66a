"""Durable appends: Recourse's log, PostgreSQL, and what SQLite gives a program in C."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import statistics
import struct
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from runner.measure import SLACK, Settings, caller_report, say, summary
from runner.processes import CoreTime, Failed, Processes
from runner.systems import Programs, make_keys

PAYLOAD = 256
DEPTH = 8  # appends that each stream has in flight; a connection of PostgreSQL has one
STREAMS = (1, 8, 64, 512)
LOG, CEILING, POSTGRES = "recourse-ipc", "sqlite-c", "postgres"
GOAL_STREAMS, OF_CEILING, OF_POSTGRES = 64, 0.5, 5.0

_POSTGRES_USER = "postgres"  # who it is where this runs as root, which it refuses to be
_CONNECTIONS_BESIDE = 20


@dataclass(frozen=True)
class AppendCase:
    streams: int

    @property
    def name(self) -> str:
        return f"appends-{self.streams}"

    @property
    def title(self) -> str:
        streams = "1 stream" if self.streams == 1 else f"{self.streams} streams"
        return f"Durable appends of {PAYLOAD} bytes, {streams}"


APPEND_CASES = {case.name: case for case in map(AppendCase, STREAMS)}


def _as_postgres(*folders: Path) -> list[str]:
    """Who runs it; the folders are made its own, and those above such that it can get there."""
    if os.getuid() != 0:
        return []
    for folder in folders:
        folder.parent.chmod(0o711)
        shutil.chown(folder, _POSTGRES_USER, _POSTGRES_USER)
    return ["setpriv", "--pdeathsig", "KILL", "--reuid", _POSTGRES_USER, "--regid", _POSTGRES_USER,
            "--clear-groups"]  # fmt: skip


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    if not found:
        raise Failed("PostgreSQL is not there (Debian: postgresql)")
    return found[-1]


def postgres_version() -> str:
    try:
        return _postgres_programs().parent.name
    except Failed:
        return "not there"


class _Syncs:
    """Counts how often processes force files to the medium, in all of them together."""

    def __init__(self, settings: Settings, library: Path, folder: Path) -> None:
        # Beside the measured files: whoever runs PostgreSQL can read it there.
        self._library = settings.folder / library.name
        if not self._library.exists():
            shutil.copyfile(library, self._library)
            self._library.chmod(0o755)
        self._file = folder / "syncs"
        self._file.write_bytes(bytes(8))
        self._file.chmod(0o666)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LD_PRELOAD": str(self._library), "COUNT_SYNCS": str(self._file)}

    def count(self) -> int:
        return struct.unpack("=Q", self._file.read_bytes())[0]


class Appends:
    """Runs the systems of one case by turns."""

    def __init__(self, case: AppendCase, programs: Programs, settings: Settings) -> None:
        self.case, self.programs, self.settings = case, programs, settings
        self.groups: list[int] = []  # events of each commit in the log's latest run, in order

    def run(self, names: list[str]) -> dict[str, dict]:
        measures = {LOG: self._log, CEILING: self._ceiling, POSTGRES: self._postgres}
        # The ceiling commits as the log did, so the log comes first.
        order = [name for name in (LOG, CEILING, POSTGRES) if name in names]
        rounds: dict[str, list[dict]] = {name: [] for name in order}
        failed: dict[str, str] = {}
        for number in range(self.settings.rounds if order else 0):
            first = number % len(order)
            for name in order[first:] + order[:first]:
                if name in failed:
                    continue
                folder = Path(tempfile.mkdtemp(dir=self.settings.durable))
                try:
                    figures = measures[name](
                        folder, Path(tempfile.mkdtemp(dir=self.settings.folder))
                    )
                    rounds[name].append(figures)
                    result = f"{figures['per_second']:,.0f}/s"
                except (Failed, sqlite3.Error, OSError, subprocess.SubprocessError) as failure:
                    failed[name] = result = str(failure)
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
                say(self.case.name, f"round {number + 1}", name, result)
        return {
            name: {"rounds": rounds[name], "failed": failed[name]}
            if name in failed
            else {"rounds": rounds[name], **summary(rounds[name])}
            for name in order
        }

    def _call(self, processes: Processes, program: str, words: list[str], **options) -> dict:
        path = self.programs.c_peers / program
        if why := self.settings.broken.get(str(path)):
            raise Failed(why)
        settings = self.settings
        command = [
            *settings.prefix("call"), str(path), "call", *words, "--in-flight",
            str(self.case.streams), "--body", str(PAYLOAD), "--seconds", str(settings.seconds),
            "--warmup", str(settings.warmup),
        ]  # fmt: skip
        caller = processes.start("call", command, **options)
        cpu = caller.finish(settings.seconds + settings.warmup + SLACK)
        said = caller_report(caller)
        return {
            "per_second": said["calls"] / said["seconds"],
            "p50_us": said["p50_us"],
            "p99_us": said["p99_us"],
            "total": said["total_calls"],
            "cpu_us_call": cpu * 1e6 / said["total_calls"],
        }

    def _syncs(self, folder: Path) -> _Syncs:
        library = self.programs.c_peers / "count_syncs.so"
        if why := self.settings.broken.get(str(library)):
            raise Failed(why)
        return _Syncs(self.settings, library, folder)

    def _log(self, folder: Path, sockets: Path) -> dict:
        at, data, syncs = f"ipc://{sockets}/bus", folder / "data", self._syncs(folder)
        command = [
            *self.settings.prefix("broker"), *self.programs.recourse_broker,
            "--data", str(data), "--address", at,
        ]  # fmt: skip
        make_keys(self.programs, data)
        with Processes(folder) as processes:
            broker = processes.start("broker", command, env=syncs.environment)
            broker.wait_for("ready")
            begun, cores = syncs.count(), CoreTime(self.settings.all_cores())
            cpu = broker.cpu()
            words = ["--at", at, "--keys", str(data / "keys"), "--depth", str(DEPTH)]
            figures = self._call(processes, "wire_appends", words)
            cpu = broker.cpu() - cpu
            figures["cpu_us_broker"] = cpu * 1e6 / figures["total"]
            own = cpu + figures["cpu_us_call"] * figures["total"] / 1e6
            figures["foreign"] = cores.share_of_others(own)
            figures["syncs"] = (syncs.count() - begun) / figures["total"]
        self.groups = _groups(data)
        if sum(self.groups) != figures["total"]:
            raise Failed(f"the log has {sum(self.groups)} of {figures['total']} events")
        figures["group"] = statistics.mean(self.groups)
        return figures

    def _ceiling(self, folder: Path, _: Path) -> dict:
        if not self.groups:
            raise Failed("the log gave no groups")
        groups, syncs = folder / "groups", self._syncs(folder)
        groups.write_text("\n".join(map(str, self.groups)) + "\n")
        words = ["--at", str(folder / "log.sqlite"), "--groups", str(groups)]
        cores = CoreTime(self.settings.all_cores())
        with Processes(folder) as processes:
            figures = self._call(processes, "sqlite_appends", words, env=syncs.environment)
        own = figures["cpu_us_call"] * figures["total"] / 1e6
        figures["foreign"] = cores.share_of_others(own)
        figures["syncs"] = syncs.count() / figures["total"]
        figures["group"] = statistics.mean(self.groups)
        return figures

    def _postgres(self, folder: Path, sockets: Path) -> dict:
        bin_, syncs = _postgres_programs(), self._syncs(folder)
        user = _as_postgres(folder, sockets)
        data = folder / "data"
        made = subprocess.run(
            [*user, str(bin_ / "initdb"), "-D", str(data), "-A", "trust", "-U", "bench",
             "-E", "UTF8", "--locale", "C"],
            capture_output=True, text=True, timeout=60, cwd=folder,
        )  # fmt: skip
        if made.returncode:
            raise Failed(f"initdb: {(made.stderr.strip() or 'no word').splitlines()[-1]}")
        command = [*self.settings.prefix("broker"), *user, str(bin_ / "postgres"), "-D", str(data)]
        for setting in (
            "listen_addresses=",
            f"unix_socket_directories={sockets}",
            f"max_connections={self.case.streams + _CONNECTIONS_BESIDE}",
        ):
            command += ["-c", setting]
        with Processes(folder) as processes:
            server = processes.start("postgres", command, env=syncs.environment)
            server.stop_signal = signal.SIGQUIT  # at once: nobody needs its files any more
            server.wait_for("ready to accept connections")
            begun = syncs.count()
            words = ["--at", f"host={sockets} user=bench dbname=postgres"]
            figures = self._call(processes, "postgres_appends", words)
            figures["syncs"] = (syncs.count() - begun) / figures["total"]
        figures["group"] = 1
        return figures


def _groups(data: Path) -> list[int]:
    """How many events each commit had, in order: those of one commit are recorded at one time."""
    groups: Counter[int] = Counter()
    log = sqlite3.connect(data / "log.sqlite")
    try:
        segments = log.execute("SELECT file_name, last_position FROM segment").fetchall()
        archived = max((last for _, last in segments), default=0)
        count = "SELECT recorded_at, COUNT(*) FROM event WHERE position > ? GROUP BY recorded_at"
        groups.update(dict(log.execute(count, [archived])))
        for name, _ in segments:
            file = sqlite3.connect(data / "log-archive" / name)
            groups.update(dict(file.execute(count, [0])))
            file.close()
    finally:
        log.close()
    return [groups[time] for time in sorted(groups)]
