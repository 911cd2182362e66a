"""Processes under a time limit, and what the kernel knows of them."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

READY_LIMIT = 20.0  # seconds
STOP_LIMIT = 3.0
SAMPLE_INTERVAL = 0.2  # of peak memory, which cannot be asked for when the process has ended

_TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """Why a run gave no figures, in a few words."""


class Process:
    """One process; what it writes goes into files."""

    def __init__(self, name: str, command: list[str], folder: Path, **options) -> None:
        self.name = name
        self.output, self.log = folder / f"{name}.out", folder / f"{name}.log"
        if not shutil.which(command[0]):
            raise Failed(f"{Path(command[0]).name} is not there")
        with self.output.open("wb") as output, self.log.open("wb") as log:
            self.popen = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=log, cwd=folder, **options
            )
        self.pid = self.popen.pid
        self.peak_kib = 0
        self.stop_signal, self.stop_limit = signal.SIGTERM, STOP_LIMIT

    def wait_for(self, word: str, seconds: float = READY_LIMIT) -> None:
        """Waits until it has written the word."""
        limit = time.monotonic() + seconds
        while word not in self.output.read_text() + self.log.read_text():
            if time.monotonic() > limit:
                raise Failed(f"{self.name} is not ready after {seconds:g} s")
            try:
                self.popen.wait(0.01)
            except subprocess.TimeoutExpired:
                continue
            raise self._ended()

    def finish(self, limit: float) -> float:
        """Waits for the end and returns the processor seconds that it took."""
        descriptor = os.pidfd_open(self.pid)
        end = time.monotonic() + limit
        try:
            while not select.select([descriptor], [], [], SAMPLE_INTERVAL)[0]:
                self.sample_memory()
                if time.monotonic() > end:
                    raise Failed(f"{self.name} had not ended after {limit:g} s")
        finally:
            os.close(descriptor)
        _, status, usage = os.wait4(self.pid, 0)
        self.popen.returncode = os.waitstatus_to_exitcode(status)
        if self.popen.returncode:
            raise self._ended()
        return usage.ru_utime + usage.ru_stime

    def cpu(self) -> float:
        """Processor seconds so far, of all threads that it has had."""
        if self.popen.poll() is not None:
            raise self._ended()
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def sample_memory(self) -> None:
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return
        if match := re.search(r"VmHWM:\s+(\d+)", status):
            self.peak_kib = max(self.peak_kib, int(match[1]))

    def _ended(self) -> Failed:
        return Failed(f"{self.name} ended with {self.popen.returncode}: {self.last_words()}")

    def last_words(self) -> str:
        lines = (
            self.log.read_text(errors="replace") or self.output.read_text(errors="replace")
        ).split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "no word")[:200]

    def stop(self) -> None:
        if self.popen.poll() is None:
            self.popen.send_signal(self.stop_signal)
            try:
                self.popen.wait(self.stop_limit)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()


class Processes:
    """The processes of one run; none outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all: list[Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._all):
            process.stop()

    def start(self, name: str, command: list[str], **options) -> Process:
        process = Process(name, command, self.folder, **options)
        self._all.append(process)
        return process


class CoreTime:
    """What is done on some cores from now on."""

    def __init__(self, cores: set[int]) -> None:
        self._cores = cores
        self._busy, self._begun = self._busy_now(), time.monotonic()

    def _busy_now(self) -> float:
        ticks = 0
        for line in Path("/proc/stat").read_text().splitlines():
            name, *fields = line.split()
            if name in {f"cpu{core}" for core in self._cores}:
                user, nice, system, _, _, irq, softirq, steal = map(int, fields[:8])
                ticks += user + nice + system + irq + softirq + steal
        return ticks / _TICKS

    def share_of_others(self, own: float) -> float:
        """Part of the cores' time that was not `own` processor seconds and not idle."""
        available = (time.monotonic() - self._begun) * len(self._cores)
        return max(0.0, (self._busy_now() - self._busy - own) / available)


class SystemCalls:
    """Counts those of a process that runs, or of one that it starts, by `perf stat`."""

    _PERF = ("perf", "stat", "-e", "raw_syscalls:sys_enter", "-x", ",", "-o")

    @classmethod
    def works(cls, folder: Path) -> bool:
        if not shutil.which("perf"):
            return False
        file = folder / "perf-test"
        done = subprocess.run([*cls._PERF, str(file), "true"], capture_output=True, timeout=20)
        return done.returncode == 0 and cls.read(file) is not None

    @classmethod
    def around(cls, file: Path, command: list[str]) -> list[str]:
        return [*cls._PERF, str(file), "--", *command]

    @classmethod
    def attach(cls, processes: Processes, name: str, pid: int, file: Path) -> Process:
        """Returns when it counts."""
        control, control_writer = os.pipe()
        answer, answer_writer = os.pipe()
        try:
            options = ["-D", "-1", "--control", f"fd:{control},{answer_writer}"]
            perf = processes.start(
                name,
                [*cls._PERF, str(file), *options, "-p", str(pid)],
                pass_fds=[control, answer_writer],
            )
            os.write(control_writer, b"enable\n")
            if not select.select([answer], [], [], READY_LIMIT)[0]:
                raise Failed(f"{name} does not count: {perf.last_words()}")
        finally:
            for descriptor in (control, control_writer, answer, answer_writer):
                os.close(descriptor)
        return perf

    @staticmethod
    def read(file: Path) -> int | None:
        for line in file.read_text().splitlines() if file.exists() else []:
            count = line.split(",")[0]
            if "sys_enter" in line and count.isdigit():
                return int(count)
        return None
