"""A person's way in by the API: drafts, cases, and their sessions."""
import json
import pathlib
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
SECONDS = 30


def application(complaints=3):
    """One that can be handed in, with so many of its complaints."""
    example = json.loads((ROOT / "Tests/Examples/three-complaints.json").read_text())
    example.pop("receivedAt", None)
    del example["complaints"][complaints:]
    return example


class Door:
    def __init__(self, address):
        self.root = f"{address}/api/v1"

    def call(self, path, body=None, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.root + path, data, headers)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)

    def draft(self):
        """Code and session of a draft in which nothing stands yet."""
        started = self.call("/drafts", {"area": "plymouth"})
        return started["code"], started["session"]

    def case(self, complaints=3):
        """Reference, code and session of an application that was handed in."""
        code, session = self.draft()
        receipt = self.call("/draft/submission", {"application": application(complaints)}, session)
        reference = receipt["caseReference"]
        opened = self.call("/sessions", {"caseReference": reference, "code": code})
        return reference, code, opened["session"]
