#!/usr/bin/python3
"""Serves gRPC's TestService on Recourse's bus, calls it, or checks the codec."""

from __future__ import annotations

import argparse
import os
import select
import signal
import sys
from pathlib import Path

import cases
import golden
import named
from recourse_peer import limits
from recourse_peer.client import Client
from recourse_peer.keys import Keys
from recourse_peer.peer import Peer
from recourse_peer.schema import Schema
from recourse_peer.session import State
from test_client import Failed, TestClient
from test_service import TestService

DESCRIPTORS = Path(__file__).parent / "descriptors.binpb"

_WELCOME, _OVER = b"W", b"O"  # what the peer's thread writes for the main thread


def serve(address: str, worker: str, schema: Schema, keys: Keys) -> int:
    """Serves until SIGTERM, SIGINT or the end of standard input; says "ready" for each WELCOME."""
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    def on_state(state: State) -> None:
        if state is not State.GREETING:
            os.write(tell, _WELCOME if state is State.ESTABLISHED else _OVER)

    server = TestService(schema).server()
    with Peer(
        address,
        schema,
        keys,
        worker=worker,
        methods=server.methods,
        on_open=server.take,
        on_state=on_state,
    ) as peer:
        greeting = "ready"
        while True:
            readable, _, _ = select.select([told, sys.stdin.fileno()], [], [])
            if told not in readable:
                if os.read(sys.stdin.fileno(), 4_096):
                    continue
                break
            event = os.read(told, 1)
            if event == _OVER:
                print(f"the session is over: {peer.session.refusal}", file=sys.stderr)
                return 1
            if event != _WELCOME:
                break
            print(greeting, flush=True)
            greeting = "ready again"
        peer.drain()
    return 0


def call(address: str, name: str, target: str, schema: Schema, keys: Keys) -> int:
    """Runs a case, or all of them, and says how each went."""
    failed = 0
    with Peer(address, schema, keys) as peer:
        if not peer.wait_ready(limits.READY_WAIT_LIMIT):
            why = peer.session.refusal or "it does not answer"
            print(f"no session with the broker: {why}", file=sys.stderr)
            return 1
        client = TestClient(Client(peer, target), schema)
        for case in cases.CASES if name == "all" else [name]:
            try:
                cases.run(case, client)
                print(f"ok {case}", flush=True)
            except Failed as failure:
                failed += 1
                print(f"failed {case}: {failure}", file=sys.stderr, flush=True)
    return 1 if failed else 0


def check_golden(path: Path, schema: Schema) -> int:
    """Checks the codec against the file."""
    vectors = golden.read(path)
    faults = {vector.name: golden.fault(vector, schema) for vector in vectors}
    wrong = {name: fault for name, fault in faults.items() if fault is not None}
    for name, fault in wrong.items():
        print(f"failed {name}: {fault}", file=sys.stderr)
    right = [vector for vector in vectors if vector.name not in wrong]
    accepted = sum(vector.accepted for vector in right)
    print(f"{accepted} accepted, {len(right) - accepted} refused, {len(wrong)} failed")
    return 0 if vectors and not wrong else 1


def main() -> int:
    """Reads the arguments and runs what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--descriptors", type=Path, default=DESCRIPTORS, help="FileDescriptorSet to use"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="serve TestService")
    serving.add_argument("--at", required=True, metavar="ADDRESS", help="the broker's address")
    serving.add_argument("--worker", default="interop-python", help="name to greet with")
    calling = commands.add_parser("call", help="run a case against TestService")
    calling.add_argument("--at", required=True, metavar="ADDRESS", help="the broker's address")
    calling.add_argument(
        "--case", required=True, choices=[*cases.CASES, "all"], metavar="NAME", help="or `all`"
    )
    calling.add_argument("--target", default="", metavar="WORKER", help="who is to answer")
    naming = commands.add_parser("named", help="greet with a routing id of its own, be refused")
    naming.add_argument("--at", required=True, metavar="ADDRESS", help="the broker's address")
    for speaking in (serving, calling, naming):
        speaking.add_argument(
            "--key", type=Path, required=True, metavar="FILE", help="the peer's own secret key"
        )
        speaking.add_argument(
            "--broker-key", type=Path, required=True, metavar="FILE", help="the broker's public one"
        )
    checking = commands.add_parser("golden", help="check the codec against frames.txt")
    checking.add_argument("file", type=Path)
    arguments = parser.parse_args()

    schema = Schema(arguments.descriptors)
    if arguments.command == "golden":
        return check_golden(arguments.file, schema)
    keys = Keys.read(arguments.key, arguments.broker_key)
    if arguments.command == "serve":
        return serve(arguments.at, arguments.worker, schema, keys)
    if arguments.command == "call":
        return call(arguments.at, arguments.case, arguments.target, schema, keys)
    fault = named.fault(arguments.at, schema, keys)
    print(fault or "ok named", file=sys.stderr if fault else sys.stdout)
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
