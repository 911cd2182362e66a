"""Every form of the portal, in a state in which it can be sent: by whom, where, and what is answered honestly."""
import itertools
import pathlib
import re
import sys
import urllib.parse

from . import wire
from .door import ROOT, Door
from .page import Page

sys.path.insert(0, str(ROOT / "Tests/Browser"))
from journey.answers import GROUP, MYSELF, SOMEBODY_ELSE, SUPPORT, complaint  # noqa: E402

# Pages of one application at most.
PAGES_LIMIT = 90
FORM = "application/x-www-form-urlencoded"


def pattern(path):
    """A path as the route has it: without the language, with * for what is one's own."""
    path = path.split("?")[0].removeprefix("/cy") or "/"
    path = re.sub(r"/(complaints|people|consents)/\d+", r"/\1/*", path)
    path = re.sub(r"/(files|letters)/[^/]+", r"/\1/*", path)
    return re.sub(r"/question/consent-support-.+", "/question/consent-support-*", path)


class Person:
    """A browser of somebody's: its cookie, and what it is asked and answers."""

    def __init__(self, address, headers=()):
        self.address = address
        self.headers = list(headers)
        self.cookie = ""

    def head(self):
        return self.headers + ([("Cookie", self.cookie)] if self.cookie else [])

    def ask(self, request):
        answer = wire.ask(self.address, request)
        if answer is not None and "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
            if self.cookie.endswith("="):
                self.cookie = ""
        return answer

    def get(self, path):
        answer = self.ask(wire.Request("GET", path, self.head()))
        for _ in range(5):
            if answer is None or answer.status != 303:
                return path, answer
            path = answer.headers["location"]
            answer = self.ask(wire.Request("GET", path, self.head()))
        return path, answer

    def send(self, form, pairs):
        """Sends a form as a browser does, and follows where it leads."""
        answer = self.ask(honest(self, form, pairs))
        if answer is None or answer.status != 303:
            return form.action, answer
        return self.get(answer.headers["location"])


def honest(person, form, pairs):
    if form.is_upload:
        boundary = "----a-boundary-of-a-browser"
        parts = [part(boundary, f'form-data; name="{name}"', value.encode()) for name, value in pairs]
        parts.append(part(boundary, 'form-data; name="file"; filename="diary.txt"', b"He shouted at 3 am.",
                          "text/plain"))
        kind, body = f"multipart/form-data; boundary={boundary}", b"".join(parts) + f"--{boundary}--\r\n".encode()
    else:
        kind, body = FORM, urllib.parse.urlencode(pairs, errors="surrogatepass").encode()
    return wire.Request("POST", form.action, person.head() + [("Content-Type", kind)], body)


def part(boundary, disposition, content, kind=None):
    head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    return head.encode("utf-8", "surrogatepass") + b"\r\n" + content + b"\r\n"


class Place:
    """A page with a form. `open` gives who is before it, and the form as it stands there now."""

    def __init__(self, path, person, answer, number=0, again=None):
        self.path = path
        self.name = pattern(path) + (f" ({number + 1})" if number else "")
        self.person = person
        self.answer = answer
        self.number = number
        self.again = again

    def restore(self):
        """What was answered here stands as it was, for the pages that follow from it."""
        if re.match(r"/apply/(question|complaints/\*|people/\*)/(?!remove)", pattern(self.path)):
            form = self.open()
            self.person.send(form, self.pairs(form))

    def open(self):
        for _ in range(2):
            path, answer = self.person.get(self.path)
            if answer is not None and answer.status == 200 and pattern(path) == pattern(self.path):
                forms = Page(answer.text).forms
                if len(forms) > self.number:
                    return forms[self.number]
            # What was here is done and gone: the same with somebody else.
            if self.again is None:
                break
            self.path, self.person = self.again()
        raise RuntimeError(f"{self.name} has no form: {answer and (answer.status, answer.body[:300])}")

    def pairs(self, form):
        """What is answered honestly here, with all that stands in the form."""
        return answered(form, self.answer)


def answered(form, answers):
    given = {}
    for act in answers:
        if act[0] == "date":
            for name, value in zip(("day", "month", "year"), act[2:]):
                given[f"{act[1]}-{name}"] = [value]
        else:
            given.setdefault(act[1], []).append(act[2])
    pairs = []
    for field in form.fields:
        if field.kind in ("file", "button"):
            continue
        values = given.get(field.name, field.values)
        if not values and field.kind in ("radio", "select"):
            values = [next((choice for choice in field.choices if choice), "")]
        pairs += [(field.name, value) for value in values]
    return pairs


class Walk:
    """An application from page to page; each page on the way with a form is a place."""

    def __init__(self, address, answers, headers=(), start=()):
        self.person = Person(address, headers)
        self.answers = answers
        self.start = list(start)
        self.code = None
        self.places = []
        self.seen = set()
        self.complaints = itertools.cycle(answers["complaints"])
        self.left = len(answers["complaints"])
        self.of = {}

    def to_the_end(self):
        path, answer = self.person.get("/apply")
        for _ in range(PAGES_LIMIT):
            page = Page(answer.text)
            if pattern(path) == "/apply/check":
                self.seen_at(path, page, [])
                return self
            path, answer = self.on(path, page)
        raise RuntimeError(f"no end to it: {path}")

    def on(self, path, page):
        place = pattern(path).removeprefix("/apply/")
        if pattern(path) == "/apply" and page.forms:
            area = [("choose", "area", self.answers["area"])] + self.start
            self.seen_at(path, page, area)
            answer = self.person.ask(honest(self.person, page.forms[0], answered(page.forms[0], area)))
            path, answer = self.person.get(answer.headers["location"])
            if path != "/apply/code":
                return path, answer
            self.code = "".join(Page(answer.text).all("strong")[0].itertext())
            return self.person.get("/apply/question/who")
        if place == "danger":
            return self.person.get("/apply/after-danger")
        if place == "files":
            self.seen_at(path, page, [])
            self.person.send(page.forms[0], page.forms[0].pairs())
            return self.person.get("/apply/check")
        acts = self.acts(place, path)
        self.seen_at(path, page, acts)
        form = page.forms[0]
        pairs = answered(form, acts)
        more = (place == "complaints" and self.left > 0) or (
            place == "people" and "people" not in self.seen)
        if more:
            pairs = [pair for pair in pairs if pair[0] != "add"] + [("add", "yes")]
            self.seen.add(place)
            if place == "complaints":
                self.left -= 1
        return self.person.send(form, pairs)

    def acts(self, place, path):
        if place.startswith("complaints/*/"):
            number = path.split("/")[3]
            if number not in self.of:
                self.of[number] = next(self.complaints)
            return self.of[number].get(place.removeprefix("complaints/*/"), [])
        if place.startswith("question/consent-support-"):
            return [("choose", path.split("/")[-1], SUPPORT)]
        return [] if place == "complaints" else self.answers.get(place, [])

    def seen_at(self, path, page, acts):
        # With another area begins another draft: that is a place of anybody's.
        if pattern(path) == "/apply" and not self.start:
            return
        if pattern(path) in [pattern(place.path) for place in self.places]:
            return
        self.places += [Place(path, self.person, acts, number) for number in range(len(page.forms))]


def of_keying_in(address, officer):
    """What an officer is asked besides."""
    start = [("choose", "channel", "phone")]
    walk = Walk(address, MYSELF, [officer], start).to_the_end()
    return [place for place in walk.places if place.path in ("/apply", "/apply/question/who")]


def of_applying(address):
    """All questions: of three people who apply for themselves, for somebody else, and for a group."""
    found, walks = {}, []
    for answers in (MYSELF, SOMEBODY_ELSE, GROUP):
        walk = Walk(address, answers).to_the_end()
        walks.append(walk)
        for place in walk.places:
            found.setdefault(place.name, place)
    # Whoever has handed in begins with a copy of the same answers.
    person = walks[0].person
    door = Door(address)
    content = door.call("/draft", token=token(person))["content"]

    def copied(path):
        def make():
            _, session = door.draft()
            door.call("/draft", {"content": content, "follows": 0}, session)
            one = Person(address)
            one.cookie = f"session={session}"
            return path, one
        return make

    for path in ("/apply/check", "/apply/files"):
        found[path].again = copied(path)
    # Removing is asked about on a page of its own.
    for kind in ("complaints", "people"):
        path = next(place.path for place in walks[0].places if f"/{kind}/" in place.path)
        gone = re.sub(r"/[^/]+$", "/remove", path)
        found[pattern(gone)] = Place(gone, person, [])
    _, answer = person.get("/apply/files")
    gone = next(link for link in Page(answer.text).links() if link.endswith("/remove"))
    found[pattern(gone)] = Place(gone, person, [])
    # A page that takes something away comes after those that need it; handing in comes last.
    order = sorted(found.values(), key=lambda place: ("/check" in place.path, "/remove" in place.path))
    return order


def token(person):
    """A browser's session is the API's."""
    return person.cookie.removeprefix("session=")


def sign_out(person, new):
    """The form that stands on the page of a case."""
    _, answer = person.get("/case")
    number = [pattern(form.action) for form in Page(answer.text).forms].index("/case/sign-out")
    return Place("/case", person, [], number, again=lambda: ("/case", new()[1]))


def of_anybody(address):
    """What needs no session."""
    asked = complaint("9.1.2026", "10.1.2026")
    acts = asked["happened"] + asked["reported"] + asked["made-to"]
    code = "AAAA-AAAA-AAAA-AAAA"
    return [
        Place("/check", Person(address), [("choose", "area", "plymouth")]),
        SecondPage("/check", Person(address), acts),
        Place("/return", Person(address), [("type", "code", code), ("type", "reference", "3HM3-XBSM")]),
        Place("/follow", Person(address), [("type", "code", code), ("type", "reference", "3HM3-XBSM")]),
        Place("/answer", Person(address), [("type", "code", code), ("type", "reference", "3HM3-XBSM"),
                                           ("choose", "answer", "yes")]),
        Place("/apply", Person(address), [("choose", "area", "plymouth")]),
    ]


class SecondPage(Place):
    """A page that is shown as the answer to another one."""

    def open(self):
        form = super().open()
        self.name = f"{pattern(self.path)} (complaint)"
        answer = self.person.ask(honest(self.person, form, answered(form, [("choose", "area", "plymouth")])))
        return Page(answer.text).forms[0]


def of_following(address, decide):
    """What can be changed in a case; `decide` has the case with a reference decided on the command line."""
    door = Door(address)

    def signed_in(reference, code):
        person = Person(address)
        _, answer = person.get("/follow")
        form = Page(answer.text).forms[0]
        path, answer = person.send(form, answered(form, [("type", "reference", reference), ("type", "code", code)]))
        if pattern(path) != "/case":
            raise RuntimeError(f"not signed in: {path} {answer and answer.status}")
        return person

    def new(complaints=3):
        reference, code, _ = door.case(complaints)
        return reference, signed_in(reference, code)

    def another(path):
        return lambda: (path, new()[1])

    reference, person = new()
    # Files, one of them to be removed.
    _, answer = person.get("/case/files")
    form = Page(answer.text).forms[0]
    person.send(form, form.pairs())
    _, answer = person.get("/case/files")
    gone = next(link for link in Page(answer.text).links() if link.endswith("/remove"))
    asked = complaint("1.6.2026", "2.6.2026")
    words = [("type", "what", "Shouting after midnight."), ("type", "reference", "CR/1")]

    def consents(path):
        def make():
            one = new()[1]
            return first_consent(one), one
        return make

    def first_consent(one):
        _, answer = one.get("/case/consents")
        return next(link for link in Page(answer.text).links() if re.search(r"/case/consents/\d+$", link))

    def appeal():
        # One complaint is too few, so that it can be decided not met.
        decided, one = new(complaints=1)
        decide(decided)
        return "/case/appeal", one

    places = [
        Place("/case/complaint", person, asked["happened"] + asked["reported"] + words),
        Place("/case/contact", person, [("type", "email", "someone@mail.example")]),
        Place("/case/attendance", person, [("choose", "attendance", "remotely")]),
        Place(first_consent(person), person, [], again=consents("/case/consents")),
        Place("/case/files", person, [], again=another("/case/files")),
        Place(gone, person, []),
        Place("/case/appeal", appeal()[1], [("type", "reason", "It was not looked at.")], again=appeal),
        Place("/case/withdraw", new()[1], [("choose", "pressure", "no"), ("type", "reason", "It has stopped.")],
              again=another("/case/withdraw")),
    ]
    return places, person, new


def posted_in_sources():
    """Every path that the portal takes a form at, as its sources have it."""
    sources = pathlib.Path(ROOT / "Sources/Portal")
    found = set()
    for file in sources.rglob("*.swift"):
        for path in re.findall(r'\.post\(\s*"([^"]+)"', file.read_text()):
            found.add(re.sub(r"\{[^}]+\}", "*", path))
    return found
