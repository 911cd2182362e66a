"""What the system said of itself meanwhile."""
import json
import pathlib

from .mutations import MARKER


def at(system):
    """Everything that no log may have, in words: what was typed, a page that could not be made, a process that fell over."""
    wrong = []
    folder = pathlib.Path(system.data)
    for file in [*sorted((folder / "logs").glob("*.log")), pathlib.Path(system.folder) / "up.log"]:
        for line in file.read_text(errors="replace").splitlines():
            if MARKER.lower() in line.lower():
                wrong.append(f"{file.name} has what was typed")
            if file.name == "portal.log" and '"level":"error"' in line:
                # Each kind once: what one request was, its place and number have told already.
                said = json.loads(line)
                wrong.append(f"{file.name}: {said['message']}: {said.get('error', '')}")
    for worker in system.run("status")["workers"]:
        if worker["restarts"] or worker["health"] != "SERVING":
            wrong.append(f"{worker['name']} is {worker['health']}, started again {worker['restarts']} times")
    return list(dict.fromkeys(wrong))[:20]
