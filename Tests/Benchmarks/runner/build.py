"""Builds the C peers."""

from __future__ import annotations

import subprocess
from pathlib import Path

_COMPILER = ["cc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra"]
_PEERS = {
    "wire_peer": (["wire_peer.c", "wire_broker.c", "wire.c", "load.c"], ["-lzmq"], "libzmq3-dev"),
    "wire_appends": (["wire_appends.c", "wire.c", "load.c"], ["-lzmq"], "libzmq3-dev"),
    "sqlite_appends": (["sqlite_appends.c", "load.c"], ["-lsqlite3"], "libsqlite3-dev"),
    "postgres_appends": (
        ["postgres_appends.c", "load.c"],
        ["-I/usr/include/postgresql", "-lpq"],
        "libpq-dev",
    ),
    "count_syncs.so": (["count_syncs.c"], ["-shared", "-fPIC"], "libc6-dev"),
    "count_allocations.so": (["count_allocations.c"], ["-shared", "-fPIC"], "libc6-dev"),
    "nats_peer": (["nats_peer.c", "nats_loop.c", "load.c"], ["-lnats", "-lpthread"], "libnats-dev"),
}


def build_peers(sources: Path, output: Path) -> dict[str, str]:
    """Says for each program that could not be built why."""
    output.mkdir(exist_ok=True)
    broken = {}
    for name, (files, libraries, package) in _PEERS.items():
        program = output / name
        program.unlink(missing_ok=True)
        command = [
            *_COMPILER,
            "-o",
            str(program),
            *(str(sources / file) for file in files),
            *libraries,
        ]
        try:
            built = subprocess.run(command, capture_output=True, text=True, timeout=120)
            why = built.stderr.strip() if built.returncode else None
        except (OSError, subprocess.TimeoutExpired) as error:
            why = str(error)
        if why:
            broken[str(program)] = (
                f"{name} cannot be built (Debian: {package}): {why.splitlines()[0]}"
            )
    return broken
