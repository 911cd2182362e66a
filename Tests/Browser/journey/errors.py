"""What goes wrong: every page that says that something could not be done, brought up as it comes to people."""
import concurrent.futures
import contextlib
import urllib.error
import urllib.parse
import urllib.request

import html5lib

from .answers import BUSINESS
from .hands import Keyboard, Pointer
from .walker import PAGES_LIMIT, Walker

# How often one address may do it in a minute (`Rate`): one more is too often.
STARTING = 20
OPENING = 20
READING = 600
# More than a file may have, and than a form may have.
FILE_BYTES = 11 * 1024 * 1024 + 1
FORM_CHARACTERS = 600_000
AGAIN = "Typed before it went wrong."
REFERENCE = "3HM3-XBSM"
NO_CODE = "0000-0000-0000-0000"


class Hurry:
    """Answers without a browser what other journeys look at; the session is the browser's."""

    def __init__(self, walker):
        self.walker = walker
        self.session = "; ".join(f"{one['name']}={one['value']}" for one in walker.browser.driver.get_cookies())

    def until(self, path):
        self.ask(self.walker.browser.path)
        for _ in range(PAGES_LIMIT):
            if self.path == path:
                return
            form = next((one for one in self.page.iterfind(".//main//form") if one.find(".//button") is not None), None)
            link = self.page.find(".//main//a[@class='button start']")
            if form is None or self.path == "/apply/files":
                self.ask(link.get("href"))
            else:
                before = self.path
                self.ask(form.get("action"), self.filled(form))
                if self.path == before:
                    raise AssertionError(f"{before} was not taken")
        raise AssertionError(f"{path} did not come after {PAGES_LIMIT} pages")

    def ask(self, path, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(
            self.walker.browser.address + path, data, {"Cookie": self.session})
        with urllib.request.urlopen(request, timeout=20) as answer:
            self.path = urllib.parse.urlsplit(answer.url).path
            self.page = html5lib.parse(answer.read().decode(), namespaceHTMLElements=False)

    def filled(self, form):
        found = [(one.get("name"), one.get("value")) for one in form.iterfind(".//input[@type='hidden']")]
        for what, name, *rest in self.walker.answers_at(self.path):
            found += (zip((f"{name}-day", f"{name}-month", f"{name}-year"), rest) if what == "date"
                      else [(name, rest[0])])
        return found


class Both(Pointer, Keyboard):
    """Points, and goes round each page by Tab where it is looked at."""


class Errors(Walker):
    """Walks through an application of a business, and lets one thing after another go wrong on the way."""

    def __init__(self, system, browser, tally, folder):
        super().__init__("errors", browser, Both(browser), tally)
        self.system = system
        self.folder = folder

    # Looking

    def wrong_page(self, state, status):
        """The page that says what went wrong, under the status that it has to have."""
        # The same page comes at several addresses.
        self.titles = {}
        self.seen.clear()
        self.look(state)
        self.holds(f"status ({state})", self.browser.answer["status"] == status,
                   f"it is {self.browser.answer['status']}")

    def keeps(self, state, text=AGAIN):
        """What was typed is in the page, or in a form of it that is sent again."""
        kept = self.browser.js(
            "return [...document.querySelectorAll('main input, main textarea')].map((one) => one.value)"
            ".concat(document.querySelector('main').textContent).some((one) => one.includes(arguments[0]))", text)
        self.holds(f"nothing-typed-is-lost ({state})", kept)

    @contextlib.contextmanager
    def window(self):
        """Another window of the same browser, which is closed again."""
        driver = self.browser.driver
        before = driver.current_window_handle
        driver.switch_to.new_window("tab")
        self.browser.size(*self.browser.now)
        yield
        driver.close()
        driver.switch_to.window(before)

    @contextlib.contextmanager
    def speaking(self, language):
        before, self.prefix = self.prefix, "/cy" if language == "cy" else ""
        yield
        self.prefix = before

    # While applying

    def apply(self, answers, **_):
        """From the start page to the receipt; one thing after another goes wrong before it is sent."""
        self.answers = answers
        self.begin()
        self.code = self.browser.find(".panel strong").text
        self.hands.follow("main a.start")
        self.look()
        Hurry(self).until("/apply/check")
        for path, go_wrong in [
                ("/apply/question/name", self.session_of_draft_ends),
                ("/apply/question/organisation", self.worker_is_away),
                ("/apply/question/impact", self.too_much_typed),
                ("/apply/question/outcome", self.changed_meanwhile),
                ("/apply/question/heard", self.page_from_before),
                ("/apply/people", self.removed_meanwhile),
                ("/apply/files", self.file_too_large)]:
            self.open(path)
            go_wrong(path)
        left = self.leave_open("/apply/question/impact", "impact")
        self.open("/apply/check")
        self.look()
        self.hands.press()
        self.look()
        self.reference = self.browser.find(".panel strong").text
        self.send_left_open(left, "sent meanwhile", 409)

    def session_of_draft_ends(self, path):
        self.hands.type("name", AGAIN)
        self.browser.driver.delete_all_cookies()
        self.hands.press()
        self.wrong_page("session ended", 403)
        self.keeps("session ended")
        self.hands.type("code", self.code)
        self.hands.press()
        self.open(path)
        self.keeps("code entered")

    def worker_is_away(self, path):
        """Intake does not answer: to a form of a draft, and in Welsh to a form with a code."""
        self.look()
        self.hands.type("organisation", AGAIN)
        welsh = self.welsh.result()
        with self.system.stopped("intake"):
            sent = self.meanwhile.submit(welsh.away)
            self.hands.press()
            self.wrong_page("a worker is away", 503)
            self.keeps("a worker is away")
            sent.result()
        self.hands.press()
        self.open(path)
        self.keeps("sent again")

    def removed_meanwhile(self, path):
        self.hands.press("add", "yes")
        self.hands.type("person-name", AGAIN)
        person = self.browser.path
        with self.window():
            self.open(f"{person.rsplit('/', 1)[0]}/remove")
            self.hands.press()
        self.hands.press()
        self.wrong_page("removed in another window", 404)
        self.keeps("removed in another window")

    def too_much_typed(self, path):
        self.browser.js("arguments[0].value = 'x'.repeat(arguments[1])",
                        self.browser.find("[name=impact]"), FORM_CHARACTERS)
        self.hands.press()
        self.wrong_page("too much typed", 413)

    def changed_meanwhile(self, path):
        self.hands.type("outcome", AGAIN)
        with self.window():
            self.open(path)
            self.hands.type("outcome", "Typed in the other window.")
            self.hands.press()
        self.hands.press()
        self.titles = {}
        self.seen.clear()
        self.look("changed in another window")
        self.holds("says-that-it-was-changed", self.browser.all("main .banner"))
        self.keeps("changed in another window")

    def page_from_before(self, path):
        """Another application was begun in another window: the page belongs to the first."""
        self.hands.choose("heard", "WORD_OF_MOUTH")
        with self.window():
            self.begin()
        self.hands.press()
        self.wrong_page("from before", 403)
        self.hands.type("code", self.code)
        self.browser.moved(lambda: self.hands.activate("main form[action$='/return'] button"))

    def begin(self):
        """An application, and nothing answered."""
        self.open("/apply")
        self.hands.select("area", "plymouth")
        self.hands.press()

    def file_too_large(self, path):
        large = self.folder / "large.png"
        large.write_bytes(bytes(FILE_BYTES))
        for language in ("cy", "en"):
            with self.speaking(language):
                self.open(path)
                self.hands.file("file", large)
                self.hands.press()
                self.wrong_page("file too large", 413)
                self.keeps("file too large", large.name)

    def leave_open(self, path, field):
        """Another window, in which something is typed and not sent yet; gives how it is called."""
        driver = self.browser.driver
        before = driver.current_window_handle
        driver.switch_to.new_window("tab")
        self.browser.size(*self.browser.now)
        self.open(path)
        self.hands.type(field, AGAIN)
        left = driver.current_window_handle
        driver.switch_to.window(before)
        return left

    def send_left_open(self, window, state, status):
        driver = self.browser.driver
        before = driver.current_window_handle
        driver.switch_to.window(window)
        self.hands.press()
        self.wrong_page(state, status)
        self.keeps(state)
        driver.close()
        driver.switch_to.window(before)

    # Of a case

    def session_of_case_ends(self):
        self.open("/case/complaint")
        self.hands.type("what", AGAIN)
        self.browser.driver.delete_all_cookies()
        self.hands.press()
        self.wrong_page("session ended", 403)
        self.keeps("session ended")
        self.sign_in()
        self.wrong_page("code entered", 200)
        self.keeps("code entered")

    def sign_in(self):
        self.hands.fill([("type", "reference", self.reference), ("type", "code", self.code)])
        self.browser.moved(lambda: self.hands.activate(
            "main form[action$='/return'] button, main form[action$='/follow'] button"))

    def session_is_of_a_draft(self):
        """A case's page is sent while an application is open that was not handed in."""
        self.open("/case/complaint")
        self.hands.type("what", AGAIN)
        with self.window():
            self.begin()
        self.hands.press()
        self.wrong_page("from before", 403)
        self.keeps("from before")
        self.hands.press()
        self.wrong_page("of a draft", 400)
        self.keeps("of a draft")
        self.open("/case")
        self.holds("of-a-draft-leads-to-the-code", self.browser.path == "/follow", self.browser.path)
        self.sign_in()

    def taken_back_meanwhile(self):
        left = self.leave_open("/case/complaint", "what")
        self.open("/case/withdraw")
        self.hands.choose("pressure", "no")
        self.hands.press()
        self.send_left_open(left, "taken back meanwhile", 400)

    # Without an application

    def without_application(self):
        """What somebody else meets meanwhile, and in the end in Welsh a form with a code, which is not sent yet."""
        self.nowhere()
        self.answer()
        self.prefix = "/cy"
        self.open("/follow")
        self.hands.fill([("type", "reference", REFERENCE), ("type", "code", NO_CODE)])
        return self

    def away(self):
        self.hands.press()
        self.wrong_page("a worker is away", 503)

    def nowhere(self):
        self.open("/nowhere")
        self.wrong_page("not found", 404)

    def answer(self):
        """Who was asked by letter, and what was mistyped."""
        self.titles = {}
        self.seen.clear()
        self.open("/answer")
        self.refused("nothing answered")
        self.hands.fill([("type", "reference", REFERENCE), ("type", "code", NO_CODE),
                         ("choose", "answer", "no")])
        self.refused("wrong code")
        self.keeps("wrong code", REFERENCE)
        self.open("/answer?done=1")
        self.look("answered")

    def too_often(self):
        """More than one address may: beginning, opening with a code, and looking. The clock stands still: it stays so."""
        self.program_asks("/apply", STARTING, {"area": ""})
        self.begin()
        self.wrong_page("too often", 429)
        self.keeps("too often", "plymouth")
        self.program_asks("/follow", OPENING, {"reference": "", "code": ""})
        with self.speaking("cy"):
            self.open("/follow")
            self.hands.fill([("type", "reference", self.reference), ("type", "code", self.code)])
            self.hands.press()
            self.wrong_page("too often", 429)
            self.keeps("too often", self.reference)
            self.holds("no-code-in-the-page", self.code not in self.browser.source())
        self.program_asks("/help", READING)
        self.open("/privacy")
        self.wrong_page("too often", 429)

    def program_asks(self, path, times, form=None):
        """Asks until it is too often, at most so many times."""
        data = urllib.parse.urlencode(form).encode() if form else None
        for _ in range(times + 1):
            try:
                urllib.request.urlopen(self.system.address + path, data, timeout=10).close()
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == 429:
                    return
        raise AssertionError(f"{path} was let through more than {times} times")

    def walk(self, other):
        """- `other`: the browser of somebody else."""
        with concurrent.futures.ThreadPoolExecutor(1) as self.meanwhile:
            self.welsh = self.meanwhile.submit(
                Errors(self.system, other, self.tally, self.folder).without_application)
            self.apply(BUSINESS)
        self.session_of_case_ends()
        self.session_is_of_a_draft()
        self.taken_back_meanwhile()
        self.too_often()
