"""What is compared: for each system the commands of its processes."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from runner.cases import Case
from runner.processes import Failed

_KEYS_LIMIT = 20  # seconds


@dataclass(frozen=True)
class Programs:
    c_peers: Path
    swift: Path
    recourse_broker: list[str]


_ECHO = "recourse.benchmark.v1.Echo"

# What the peers ask for, with quotas that no load here comes near: what is measured is the broker.
_RIGHTS = {
    "echo": {"serves": [_ECHO]},
    "operator": {
        "calls": [f"{_ECHO}/*", "recourse.bus.v1.EventLog/Append"],
        "publishes": ["recourse.benchmark.v1.*"],
        "quota": {
            "openCalls": 1_000_000,
            "bytesInFlight": str(1 << 40),
            "appendsPerSecond": 4_000_000_000,
            "appendsAtOnce": 4_000_000_000,
        },
    },
}


def make_keys(programs: Programs, data: Path) -> None:
    """Keys of a broker, of the operator who calls, and of the worker “echo”, in `data`/keys; and what
    these may do, in `data`/rights."""
    rights = data / "rights"
    rights.mkdir(parents=True)
    for name, manifest in _RIGHTS.items():
        (rights / f"{name}.json").write_text(json.dumps(manifest))
    for words in (["init"], ["enrol", "echo"]):
        command = [programs.recourse_broker[0], "keys", *words, "--data", str(data)]
        made = subprocess.run(command, capture_output=True, text=True, timeout=_KEYS_LIMIT)
        if made.returncode:
            raise Failed(f"recourse keys: {(made.stderr.strip() or 'no word')[:200]}")


@dataclass(frozen=True)
class System:
    """Words in commands: {at} the address, {port} its port, {folder} a new one of this run."""

    name: str
    what: str
    scheme: str  # of the address: ipc, tcp or nats
    broker: list[str] | None
    serve: list[str] | None
    call: list[str]
    broker_ready: str = "ready"
    has_streams: bool = True
    keys: Programs | None = None  # makes them in {folder}/data before the broker starts

    def runs(self, case: Case) -> bool:
        return self.has_streams or not case.is_stream


# Rows that the others are compared with: the fastest of each list.
NATS = ["nats-async", "nats-sync"]
HTTP2 = ["http2"]
# The same peers behind Recourse's broker and behind the least that a broker can be.
FORWARDING, CEILING = "forwarding-ipc", "zmq-curve-ipc"

# Bodies of 1 MiB and a head are over its default.
NATS_CONFIGURATION = "max_payload: 8388608\nhost: 127.0.0.1\n"


def systems(programs: Programs) -> list[System]:
    wire, nats = str(programs.c_peers / "wire_peer"), str(programs.c_peers / "nats_peer")
    bus, http2 = str(programs.swift / "bus-peer"), str(programs.swift / "http2-peer")
    at = ["--at", "{at}"]
    with_keys = [*at, "--keys", "{folder}/data/keys"]
    nats_server = ["nats-server", "--config", "{folder}/nats.conf", "--port", "{port}"]
    recourse = [*programs.recourse_broker, "--data", "{folder}/data", "--address", "{at}"]

    def zmq(scheme: str) -> System:
        what = f"C peers, C broker, {scheme}: the ceiling"
        broker = [wire, "broker", *at]
        return System(
            f"zmq-{scheme}", what, scheme, broker, [wire, "serve", *at], [wire, "call", *at]
        )

    def bus_over(scheme: str) -> System:
        what = f"Swift peers, Recourse's broker, {scheme}, CURVE"
        serve, call = [bus, "serve", *with_keys], [bus, "call", *with_keys]
        return System(f"recourse-{scheme}", what, scheme, recourse, serve, call, keys=programs)

    def nats_by(mode: str, what: str) -> System:
        return System(
            f"nats-{mode}",
            f"C peers, nats-server, tcp; {what}",
            "nats",
            nats_server,
            [nats, "serve", *at],
            [nats, "call", *at, "--mode", mode],
            broker_ready="Server is ready",
            has_streams=mode == "async",
        )

    return [
        zmq("ipc"),
        zmq("tcp"),
        System(
            CEILING,
            "C peers, C broker, ipc, CURVE: the ceiling with encryption",
            "ipc",
            [wire, "broker", *with_keys],
            [wire, "serve", *with_keys],
            [wire, "call", *with_keys],
            keys=programs,
        ),
        System(
            FORWARDING,
            "C peers, Recourse's broker, ipc, CURVE",
            "ipc",
            recourse,
            [wire, "serve", *with_keys],
            [wire, "call", *with_keys],
            keys=programs,
        ),
        bus_over("ipc"),
        bus_over("tcp"),
        nats_by("async", "the caller is one thread with an event loop"),
        nats_by("sync", "the caller has a thread per call in flight"),
        System(
            "http2",
            "Swift peers, grpc-swift-2 over HTTP/2, tcp, direct",
            "tcp",
            None,
            [http2, "serve", *at],
            [http2, "call", *at],
        ),
        System(
            "floor",
            "grpc-swift-2 in one process: what its core costs",
            "tcp",
            None,
            None,
            [str(programs.swift / "floor"), "call"],
            has_streams=False,  # that transport does not hold a writer back
        ),
    ]
