"""Sends every form of the portal wrong in many ways, from a seed."""
import collections
import random

from . import looks, mutations, places, wire


class Fuzzer:
    """Counts what was sent, and tells what was wrong with an answer, once for each place, way and fault."""

    def __init__(self, address, seed, say):
        self.address = address
        self.seed = seed
        self.say = say
        self.sent = 0
        self.failures = {}
        self.statuses = collections.Counter()
        self.routes = set()

    def at(self, place, number):
        """So many requests to one place; a request of its own seed each, so that one can be sent again alone."""
        for turn in range(number):
            rng = random.Random(f"{self.seed} {place.name} {turn}")
            try:
                form = place.open()
            except RuntimeError as error:
                self.fail(place.name, "looking", turn, str(error), b"")
                return
            self.routes.add(route(form.action))
            if rng.random() < 0.2 and not form.action.startswith("/cy"):
                form.action = "/cy" + form.action
            one = mutations.of(rng, place, form)
            cookie = place.person.cookie
            answer = place.person.ask(one.request)
            self.sent += 1
            self.statuses[answer.status if answer else "none"] += 1
            for wrong in looks.at(answer, one):
                self.fail(place.name, one.what, turn, wrong, one.request.bytes()[:1_500])
            # A junk cookie is none of theirs; who ended their session, such as by signing out, begins another.
            if not place.person.cookie:
                place.person.cookie = cookie
        try:
            place.restore()
        except RuntimeError as error:
            self.fail(place.name, "restoring", 0, str(error), b"")
        alive = wire.ask(self.address, wire.Request("GET", "/help"))
        if alive is None or alive.status != 200:
            self.fail(place.name, "afterwards", 0, "the portal does not answer any more", b"")

    def fail(self, place, what, turn, wrong, sent):
        key = (place, what, wrong)
        if key in self.failures:
            return
        self.failures[key] = turn
        self.say(f"FAILED {place}: {what}, number {turn}: {wrong}")
        if sent:
            self.say("  " + sent.decode("latin-1").encode("unicode_escape").decode()[:700])


def run(system, seed, number, say, only=None):
    """All forms, or one place; gives the fuzzer with what it counted, and how many places there are."""
    address = system.address
    fuzzer = Fuzzer(address, seed, say)

    def decide(reference):
        system.settle()
        system.decide(reference, False, "Weighed with care: two of the reports were made too late to count.")

    applying = places.of_applying(address)
    following, person, new = places.of_following(address, decide)
    keyed = places.of_keying_in(system.officer_address, ("X-Officer", "A. Officer"))
    all_places = places.of_anybody(address) + applying + following + keyed
    all_places.append(places.sign_out(person, new))
    for place in all_places:
        if only in (None, place.name):
            fuzzer.at(place, number)
    if only is not None:
        return fuzzer, 1
    missing = places.posted_in_sources() - fuzzer.routes
    for path in sorted(missing):
        fuzzer.fail(path, "places", 0, "no form of it was sent: tell Tests/Portal/fuzz/places.py", b"")
    return fuzzer, len(all_places)


def route(path):
    """As `places.posted_in_sources` has it."""
    path = places.pattern(path)
    for beginning in ("/apply/question/", "/apply/complaints/*/", "/apply/people/*/"):
        if path.startswith(beginning) and not path.endswith("/remove"):
            return beginning + "*"
    return path
