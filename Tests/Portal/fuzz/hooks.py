"""What schemathesis is told of Recourse: sessions, values that exist, and a check of its own.

It is loaded by schemathesis itself, in a process of its own: SCHEMATHESIS_HOOKS names it.
"""
import base64
import json
import os
import zlib

import schemathesis
from schemathesis.generation import GenerationMode

from fuzz.door import Door, application

door = Door(os.environ["FUZZ_ADDRESS"])
AGENCY_TOKEN = os.environ["FUZZ_AGENCY_TOKEN"]

# What takes away what the next call would need: each has a draft or a case for itself.
OF_A_DRAFT = {"getDraft", "saveDraft"}
# What is of a draft or a case: asked of a draft, to which files can be added whatever became of the case.
OF_EITHER = {"listFiles", "addFile", "readFile", "removeFile"}
ENDS_A_DRAFT = {"submitDraft"}
ENDS_A_CASE = {"withdrawApplication", "closeSession"}
# By which codes the schema alone refuses. Of what the schema allows, none of them may be answered.
OF_SCHEMA = {"wrong-type", "unknown-name", "too-many", "not-base64", "not-a-number"}
# What it says where the message of a worker cannot hold what the schema allows.
NO_MESSAGE = "Expected what the description has."
kept = {}


def operation_id(case):
    return case.operation.definition.raw.get("operationId", "")


def at_hand(name, make):
    if name not in kept:
        kept[name] = make()
    return kept[name]


def case_at_hand():
    return at_hand("case", door.case)


def file_at_hand():
    """A file of the draft that is asked: one that is there, or as many as there may be."""
    token = at_hand("draft", lambda: door.draft()[1])
    files = door.call("/files", token=token)["files"]
    if not files:
        content = base64.b64encode(b"He shouted again.").decode()
        files = [door.call("/files", {"name": "diary.txt", "content": content}, token)]
    return files[0]["id"]


@schemathesis.auth(refresh_interval=None)
class Sessions:
    """A session of the kind that an operation needs; one that still lives."""

    def get(self, case, _):
        name = operation_id(case)
        needs = [key for one in case.operation.definition.raw.get("security", []) for key in one]
        if "agency" in needs:
            return AGENCY_TOKEN
        if "session" not in needs:
            return None
        if name in ENDS_A_DRAFT:
            return at_hand(name, lambda: door.draft()[1])
        if name in ENDS_A_CASE:
            return at_hand(name, lambda: door.case()[2])
        if name in OF_A_DRAFT | OF_EITHER:
            return at_hand("draft", lambda: door.draft()[1])
        return case_at_hand()[2]

    def set(self, case, token, _):
        if token:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}


def is_positive(case):
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


def one_in(number, case):
    """The same for the same body, whenever it comes."""
    return zlib.crc32(json.dumps(case.body, sort_keys=True, default=repr).encode()) % number == 0


@schemathesis.hook
def before_call(context, case, kwargs):
    """Of what the schema allows, some has values that exist, so that it gets further than to the first rule."""
    if not is_positive(case) or not isinstance(case.body, dict) or one_in(4, case):
        return
    body, name = case.body, operation_id(case)
    if "area" in body:
        body["area"] = "plymouth"
    if name == "openDraft" and one_in(2, case):
        body["code"] = door.draft()[0]
    if name == "openCase":
        body["caseReference"] = case_at_hand()[0]
        if one_in(2, case):
            body["code"] = case_at_hand()[1]
    if name == "readLetter":
        letters = door.call("/case", token=case_at_hand()[2])["letters"]
        if letters:
            body["id"] = letters[0]["id"]
    if name == "addFile" and one_in(2, case):
        body["content"] = base64.b64encode(f"At {body['name']!r} again.".encode()).decode()
    if name in ("readFile", "removeFile") and one_in(2, case):
        body["id"] = file_at_hand()
    if name == "addComplaint":
        # One of the two says who made it.
        if body.get("otherComplainant", "").strip():
            body["complaint"].pop("complainant", None)
        else:
            body["complaint"]["complainant"] = "self"
    if name == "answerConsent" and one_in(2, case):
        body["wording"] = body.get("wording") or "2026-01"
    if name == "submitDraft":
        # An application that can be taken, with one or two members of the other.
        made, whole = body["application"], application()
        for member in sorted(made):
            if zlib.crc32(f"{member}{made[member]}".encode()) % 6 == 0:
                whole[member] = made[member]
        body["application"] = whole


@schemathesis.hook
def after_call(context, case, response):
    """What was ended is not used again."""
    if response.status_code < 300 and operation_id(case) in ENDS_A_DRAFT | ENDS_A_CASE:
        kept.pop(operation_id(case), None)


@schemathesis.check
def refusals_are_of_rules(ctx, response, case):
    """What the description allows is refused by a rule that no schema can say, or not at all."""
    if response.status_code != 422 or not is_positive(case):
        return
    # Each description wants an object. Where no example of one can be made, a number is sent in its place.
    if isinstance(case.body, int):
        return
    for fault in response.json().get("faults", []):
        if fault["code"] in OF_SCHEMA or fault["message"] == NO_MESSAGE:
            raise AssertionError(f"The description allows it, and it was refused as {fault['code']}.")


@schemathesis.check
def nothing_typed_is_repeated(ctx, response, case):
    """A refusal repeats nothing that was sent: what is long enough to be somebody's stands nowhere in it."""
    if response.status_code < 400 or response.status_code == 401 or not isinstance(case.body, (dict, list)):
        return
    words = json.dumps(response.json(), ensure_ascii=False)
    for text in texts(case.body):
        if len(text) >= 12 and text in words and text not in ALLOWED:
            raise AssertionError("A text that was sent stands in the refusal.")


@schemathesis.check
def nothing_is_kept(ctx, response, case):
    """No browser and no proxy on the way keeps an answer."""
    for name, value in (("cache-control", "no-store"), ("x-content-type-options", "nosniff")):
        if response.headers.get(name) != [value]:
            raise AssertionError(f"{name} is {response.headers.get(name)}, and not {value}.")


# Words of the description itself, which a refusal may name.
ALLOWED = set()


def learn(schema):
    if isinstance(schema, dict):
        ALLOWED.update(value for value in schema.get("enum", []) if isinstance(value, str))
        for name, value in schema.items():
            ALLOWED.add(name)
            learn(value)
    elif isinstance(schema, list):
        for value in schema:
            learn(value)


learn(door.call("/openapi.json"))
ALLOWED.update(area["area"] for area in door.call("/areas")["areas"])


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)
