"""Somebody who walks through the pages, and what is looked at on the way."""
import re

from . import looks
from .answers import OPTIONAL, SUPPORT, WRONG

# Pages that the project's README may show, as small pictures: how they are called there.
SHOWN = {"/": "start", "/apply/receipt": "receipt", "/case (decided)": "case"}
# Pages of one application at most.
PAGES_LIMIT = 150


class Walker:
    """One journey: who walks, with which hands, in which browser."""

    def __init__(self, name, browser, hands, tally, *, language="en", wrong=False):
        self.name = name
        self.browser = browser
        self.hands = hands
        self.tally = tally
        self.prefix = "/cy" if language == "cy" else ""
        self.wrong = wrong
        self.titles = {}
        self.seen = set()
        self.tried = set()
        self.paths = []
        self.code = self.reference = None
        # What is done before the application is sent.
        self.before_send = lambda: None
        # Words of answers that this journey does not get to.
        self.left_out = set()

    # Looking

    def open(self, path):
        self.browser.open(self.prefix + path if path != "/" or not self.prefix else self.prefix)

    def look(self, state="", *, has_faults=False, is_brief=False):
        """Looks at the page as it stands: once for each page and state."""
        browser, place = self.browser, self.place + (f" ({state})" if state else "")
        if place in self.seen:
            return
        self.seen.add(place)
        if not has_faults and not state and browser.path not in self.paths:
            self.paths.append(browser.path)
        found = {}
        if has_faults:
            found["error-summary"] = self.summary()
        answer, complaints = browser.news()
        found["html"] = looks.markup(browser.source())
        found["title"] = looks.title(browser, self.titles, self.place, has_faults)
        found["lang"] = looks.language(browser)
        found["headers"] = looks.headers(answer)
        found["references"] = browser.js("return looks.references()")
        found["console"] = complaints
        if browser.scripts:
            found["axe"] = looks.accessibility(browser)
        found |= looks.sizes(browser)
        found["exit"] = [] if browser.all("a#exit") else ["no way to leave this site"]
        if not is_brief and hasattr(self.hands, "ring"):
            found["skip-link"] = self.hands.skip()
            found["keyboard"] = self.hands.ring()
        name = re.sub(r"[^a-z0-9]+", "-", f"{self.name}-{browser.language}-{place}").strip("-")
        browser.picture(name)
        if self.name == "myself" and place in SHOWN and browser.language == "en":
            with browser.at(900, 640):
                browser.picture(f"shown-{SHOWN[place]}", whole=False)
        self.tally.page(self.name, f"{browser.language} {place}", found)

    @property
    def place(self):
        """The page by its path: of numbered ones only the kind."""
        path = re.sub(r"/(complaints|people|consents)/\d+", r"/\1/*", self.browser.path)
        path = re.sub(r"^/case/letters/.+", "/case/letters/*", path)
        if path == "/apply/code" and self.browser.all(".panel"):
            return "/apply: the code"
        return path

    def summary(self):
        """Errors stand in a summary that has the focus, lead to their fields, and stand beside these too."""
        browser, faults = self.browser, []
        links = browser.all(".faults a")
        if not links:
            return ["there is no summary with links"]
        if browser.scripts and not browser.js("return document.activeElement.id === 'faults'"):
            faults.append("the focus is on " + browser.js("return looks.describe(document.activeElement)"))
        for link in links:
            href = link.get_attribute("href").split("#")
            if len(href) != 2 or not browser.js("return document.getElementById(arguments[0])", href[1]):
                # A page where it can be put right.
                if "/apply/" not in href[0]:
                    faults.append(f"{href} leads to no field")
                continue
            browser.js("arguments[0].focus({focusVisible: true})", link)
            self.hands.activate(f".faults a[href='#{href[1]}']")
            if not browser.js("return document.activeElement.id === arguments[0]", href[1]):
                faults.append(f"the link does not set the focus to #{href[1]}")
            if not browser.js(
                    "const at = document.getElementById(arguments[0]);"
                    "return !!at.closest('.faulty') && !!at.closest('.faulty').querySelector('.fault')",
                    href[1]):
                faults.append(f"nothing beside #{href[1]} says what is wrong")
        return faults

    def holds(self, name, condition, otherwise="it does not hold"):
        self.tally.check(self.name, f"{self.browser.language} {self.place}", name, condition, otherwise)

    # Forms

    def refused(self, state):
        """Sends the form, which has to come back with what is wrong."""
        self.hands.press()
        if not self.browser.all(".faults"):
            self.holds(state, False, "it was taken as it was")
            return False
        self.look(state, has_faults=True)
        return True

    def try_wrong(self, key):
        """Sends the page empty, and with what cannot be taken: nothing typed is lost."""
        if not self.wrong or key in self.tried:
            return
        self.tried.add(key)
        path = self.browser.path
        if key not in OPTIONAL and not self.refused("nothing answered"):
            self.open(path)
        if key not in WRONG:
            return
        actions, field = WRONG[key]
        self.hands.fill(actions)
        if self.refused("wrong answer"):
            links = [link.get_attribute("href").split("#")[-1] for link in self.browser.all(".faults a")]
            self.holds("names-field", any(link.startswith(field) for link in links), f"it names {links}")
            lost = self.lost(actions)
            self.holds("nothing-typed-is-lost", not lost, f"lost: {lost}")
        self.open(path)

    def lost(self, actions):
        lost = []
        for what, name, *rest in actions:
            if what in ("choose", "tick"):
                if not self.browser.find(f"input[name='{name}'][value='{rest[0]}']").is_selected():
                    lost.append(name)
            else:
                parts = {f"{name}-day": rest[0], f"{name}-month": rest[1], f"{name}-year": rest[2]} \
                    if what == "date" else {name: rest[0]}
                lost += [part for part, text in parts.items()
                         if self.browser.find(f"[name='{part}']").get_property("value") != text]
        return lost

    # Applying

    def apply(self, answers, *, leave_at=None, file=None):
        """From the start page to the receipt."""
        self.answers = answers
        self.leave_at = leave_at
        self.upload = file
        self.open("/")
        self.look()
        self.hands.follow("main a.start")
        for _ in range(PAGES_LIMIT):
            path = self.browser.path
            if path == "/apply/receipt":
                self.look()
                self.reference = self.browser.find(".panel strong").text
                return
            self.step(path)
        raise AssertionError(f"no receipt after {PAGES_LIMIT} pages")

    def step(self, path):
        hands, browser = self.hands, self.browser
        if path == "/apply":
            self.look()
            if self.wrong:
                self.refused("nothing answered")
            hands.select("area", self.answers["area"])
            hands.press()
        elif path == "/apply/code":
            self.code = browser.find(".panel strong").text
            self.look()
            hands.follow("main a.start")
        elif path == "/apply/danger":
            self.look()
            self.holds("999", browser.all("main a[href='tel:999']"))
            hands.follow("main a.start")
        elif path == "/apply/complaints":
            rows = len(browser.all(".summary .row"))
            self.look("filled" if rows else "")
            if 0 < rows < len(self.answers["complaints"]):
                hands.press("add", "yes")
            else:
                hands.press()
        elif path == "/apply/people":
            rows = len(browser.all(".summary .row"))
            self.look("filled" if rows else "")
            hands.press(*(() if rows else ("add", "yes")))
        elif path == "/apply/files":
            self.files()
        elif path == "/apply/check":
            self.look()
            lost = [words for words in self.typed() if words not in browser.text]
            self.holds("all-answers-are-there", not lost, f"lost: {lost}")
            self.before_send()
            hands.press()
            if browser.path == "/apply/submit":
                raise AssertionError("not sent: " + "; ".join(e.text for e in browser.all(".faults li")))
        else:
            self.question(path)

    def question(self, path):
        kind = re.fullmatch(r"/apply/(question|complaints|people)/(?:(\d+)/)?([a-z0-9-]+)", path)
        if not kind:
            raise AssertionError(f"nobody knows what to do at {path}: {self.browser.driver.title}")
        group, number, name = kind.groups()
        key = f"{group}/{'*/' if number else ''}{name}"
        self.look()
        if self.leave_at == key:
            self.leave_at = None
            if key in OPTIONAL:
                # Whoever comes back goes on where an answer is needed.
                self.left_out |= {action[2] for action in self.answers[key] if action[0] == "type"}
            return self.come_back()
        self.try_wrong(key)
        self.hands.fill(self.answers_at(path))
        if self.wrong and key == "question/impact":
            self.session_ends()
        self.hands.press()
        if self.browser.path == path:
            raise AssertionError(f"{key} was not taken: {[e.text for e in self.browser.all('.fault')]}")

    def answers_at(self, path):
        """What is answered at a page; nothing where nothing is asked."""
        group, *parts = path.removeprefix("/apply/").split("/")
        name = parts[-1] if parts else ""
        if name.startswith("consent-support"):
            return [("choose", name, SUPPORT)]
        if group == "complaints" and parts:
            return self.answers["complaints"][int(parts[0]) - 1][name]
        return self.answers["/".join([group, *("*" if part.isdigit() else part for part in parts)])] if parts else []

    def typed(self):
        """The words of all answers that were typed and not left out."""
        pages = [page for page in self.answers.values() if isinstance(page, list) and page
                 and isinstance(page[0], tuple)]
        return {action[2] for page in pages for action in page if action[0] == "type"} - self.left_out

    def session_ends(self):
        """What is sent after the session ended is not lost: the code opens it again, and it is carried out."""
        self.browser.driver.delete_all_cookies()
        self.hands.press()
        self.look("session ended")
        self.hands.type("code", self.code)

    def files(self):
        hands, browser = self.hands, self.browser
        if self.upload and not browser.all(".summary .row"):
            self.look()
            self.refused("nothing answered")
            file, self.upload = self.upload, None
            hands.file("file", file)
            hands.press()
            self.holds("file-is-listed", browser.all(".summary .row"),
                       f"it is not: {[e.text for e in browser.all('.fault')]}")
            if browser.all(".faults"):
                self.open("/apply/files")
        self.look("filled" if browser.all(".summary .row") else "")
        hands.follow("main a.start")

    def come_back(self):
        """Saves, leaves, and comes back with the code alone."""
        hands, browser = self.hands, self.browser
        hands.press("later", "yes")
        self.look()
        self.holds("cookie-is-gone", not browser.driver.get_cookies())
        hands.follow("main a[href$='/return']")
        self.look()
        self.refused("nothing answered")
        hands.type("code", "0000-0000-0000-0000")
        self.refused("wrong code")
        hands.type("code", self.code.lower().replace("-", " "))
        hands.press()
        self.holds("came-back", browser.path.startswith("/apply/"), browser.path)
