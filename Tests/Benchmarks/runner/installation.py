"""A whole system as `recourse up` runs it, and a real case in it."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from runner.processes import Failed, Processes

WORKERS = ("intake", "threshold", "panel", "support", "reporting")
_START_LIMIT, _STOP_LIMIT, _COMMAND_LIMIT = 60.0, 60.0, 60  # seconds


def application(received: datetime) -> dict:
    """Three complaints that count, and consent to one referral. The people are invented."""
    day, at = received.date(), received.strftime("%Y-%m-%dT%H:%M:%SZ")
    complaints = [
        {
            "behaviourDate": str(day - timedelta(days=10 + 5 * number)),
            "complaintDate": str(day - timedelta(days=9 + 5 * number)),
            "madeTo": "COUNCIL", "body": "plymouth-city-council", "channel": "EMAIL",
            "incident": f"noise-{number}", "complainant": "self", "what": "Music all night",
        }
        for number in range(3)
    ]  # fmt: skip
    consents = [
        ("SHARE_WITH_RELEVANT_BODIES", {}), ("SUPPORT_REFERRAL", {"recipient": "victim-support"}),
    ]  # fmt: skip
    return {
        "area": "plymouth", "channel": "WEB", "receivedAt": at,
        "applicant": {
            "kind": "INDIVIDUAL", "name": "Robin Example", "email": "robin@mail.example",
            "postalAddress": "17 Example Terrace, Plymouth", "language": "en",
            "safeContact": {"channels": ["EMAIL"]},
        },
        "victims": [{"sameAsApplicant": True}], "complaints": complaints,
        "impact": "No sleep", "desiredOutcome": "Somebody to look at the whole picture",
        "consents": [
            {"purpose": purpose, "given": True, "wording": "2026-01", "at": at, **more}
            for purpose, more in consents
        ],
    }  # fmt: skip


class System:
    """`recourse up` on a data directory."""

    def __init__(self, processes: Processes, prefix: list[str], recourse: str, data: Path, *more: str) -> None:
        command = [*prefix, recourse, "up", "--data", str(data), "--json", *more]
        self._up = processes.start("up", command)
        self._up.stop_limit = _STOP_LIMIT
        self._up.wait_for('"processes"', _START_LIMIT)
        said = json.loads(self._up.output.read_text().splitlines()[0])
        self.pids = {process["name"]: process["pid"] for process in said["processes"]}
        self.address = (data / "broker.address").read_text().strip()

    def stop(self) -> None:
        self._up.stop()


def _command(recourse: str, data: Path, *words: str) -> str:
    done = subprocess.run(
        [recourse, *words, "--data", str(data)],
        capture_output=True, text=True, timeout=_COMMAND_LIMIT,
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"recourse {words[0]}: {(done.stderr.strip() or 'no word')[:200]}")
    return done.stdout.strip()


def real_case(folder: Path, recourse: str, received: datetime) -> str:
    """Has a real system take an application in and decide it, in `data`; gives its reference."""
    data, form = folder / "data", folder / "application.json"
    form.write_text(json.dumps(application(received)))
    with Processes(folder) as processes:
        system = System(processes, ["setpriv", "--pdeathsig", "KILL"], recourse, data)
        reference = _command(recourse, data, "apply", str(form))
        _command(recourse, data, "status", "--wait")
        _command(
            recourse, data, "threshold", "decide", reference, "--met",
            "--officer", "A. Officer", "--capacity", "Lead authority",
            "--reason", "Three complaints",
        )  # fmt: skip
        _command(recourse, data, "status", "--wait")
        system.stop()
    return reference
