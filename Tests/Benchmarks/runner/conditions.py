"""Under which conditions figures were taken."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from runner.appends import postgres_version

LOAD_LIMIT = 0.5


def _said(command: list[str], pattern: str = r"(.+)") -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return "not there"
    match = re.search(pattern, done.stdout)
    return match[1].strip() if match else "unknown"


def _cpu() -> str:
    match = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return match[1] if match else platform.machine()


def _disk(folder: Path) -> str:
    """The file system that everything durable is on."""
    return _said(["findmnt", "--noheadings", "--output", "FSTYPE,SOURCE", "--target", str(folder)])


def conditions(root: Path, peers: Path, folder: Path, options: argparse.Namespace) -> dict:
    load = os.getloadavg()[0]
    warnings = []
    if load > LOAD_LIMIT:
        warnings.append(
            f"the load average is {load:.2f}: something else runs, so the figures are rough"
        )
    disk = " ".join(_disk(folder).split())
    if disk.startswith("tmpfs"):
        warnings.append(
            f"{folder} is in memory, so nothing is durable there: name another --folder"
        )
    return {
        "disk": disk,
        "sqlite": sqlite3.sqlite_version,
        "postgres": postgres_version(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "libzmq": _said([str(peers / "wire_peer"), "version"]),
        "nats-server": _said(["nats-server", "--version"], r"v?([\d.]+)"),
        "cnats": _said([str(peers / "nats_peer"), "version"]),
        "swift": _said(["swift", "--version"], r"Swift version (\S+)"),
        "recourse": _said(["git", "-C", str(root), "describe", "--always", "--dirty"]),
        "pin": options.pin,
        "rounds": options.rounds,
        "seconds": options.seconds,
        "warmup": options.warmup,
        "load": round(load, 2),
        "warnings": warnings,
    }
