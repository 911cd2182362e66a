"""The journeys: who they are of, and by which hands they are walked."""
import base64
import contextlib
import pathlib

from .answers import GROUP, MYSELF, REASON, REASON_NOT, SOMEBODY_ELSE
from .browser import Browser
from .case import CaseWalk
from .errors import Errors
from .hands import Keyboard, Pointer
from .system import OFFICER_HEADER, System
from .walker import Walker

# A picture of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
PLAIN = ["/privacy", "/cookies", "/accessibility", "/hide-your-visit", "/help", "/areas",
         "/areas/plymouth", "/areas/south-wales", "/check", "/apply", "/return", "/follow", "/answer"]


class Journeys:
    def __init__(self, system, weather, tally, pictures, folder):
        self.system = system
        self.weather = weather
        self.tally = tally
        self.pictures = pictures
        self.folder = pathlib.Path(folder)

    @contextlib.contextmanager
    def browser(self, address=None, **more):
        browser = Browser(address or self.system.address, self.pictures, weather=self.weather, **more)
        try:
            yield browser
        finally:
            browser.close()

    # What anybody may read

    def find_out(self):
        """From "I have never heard of this" to what it would mean, in both languages; and what goes wrong."""
        with self.browser() as browser:
            for language in ("en", "cy"):
                hands = Keyboard(browser) if language == "en" else Pointer(browser)
                walker = Walker("find-out", browser, hands, self.tally, language=language, wrong=True)
                walker.open("/")
                walker.look()
                hands.follow(".languages a")
                walker.holds("other-language", browser.language != language)
                hands.follow(".languages a")
                for path in PLAIN:
                    walker.open(path)
                    walker.look()
                walker.open("/check")
                self.check(walker)
                walker.open("/go/ABCD")
                walker.holds("a-poster-leads-in", browser.path == "/", browser.path)
                for path, status in [("/nowhere", 404), ("/areas/nowhere", 404), ("/apply/question/who", 403),
                                     ("/apply/check", 403), ("/case/letters", 403)]:
                    # The same page comes at several addresses.
                    walker.titles = {}
                    walker.open(path)
                    walker.look(str(status))
                    answer, _ = browser.news()
                    walker.holds("status", answer["status"] == status, f"it is {answer['status']}")

    def check(self, walker):
        """"Could I ask for a review?" """
        hands = walker.hands
        walker.refused("nothing answered")
        hands.select("area", "plymouth")
        hands.press()
        walker.look("first complaint")
        walker.refused("no complaint")
        days = [("9", "1"), ("1", "2"), ("1", "3")]
        for number, (day, month) in enumerate(days):
            hands.fill([("date", "happened", day, month, "2026"),
                        ("date", "reported", str(int(day) + 1), month, "2026"),
                        ("choose", "made-to", "police")])
            hands.press(*(("more", "yes") if number + 1 < len(days) else ()))
        walker.look("result")
        walker.holds("never-turned-away", walker.browser.all("main a.start[href$='/apply']"))
        walker.holds("explained", len(walker.browser.all("main h3")) >= len(days))
        walker.holds("nothing-kept", not walker.browser.driver.get_cookies())

    # Applying and following

    def myself(self):
        """For oneself, pointing: every question empty and wrong too, to the decision that it is met, and away."""
        with self.browser() as browser:
            walker = Walker("myself", browser, Pointer(browser), self.tally, wrong=True)
            walker.before_send = lambda: self.tour(walker)
            picture = self.folder / "flat.png"
            picture.write_bytes(PIXEL)
            walker.apply(MYSELF, file=picture)
            case = CaseWalk(walker, self.system)
            case.follow()
            case.decided(True, REASON)
            case.change()
            self.tour(walker, "/case")
            case.sign_out_and_in()
            case.leave(self.weather)

    def somebody_else(self):
        """For somebody else, by keys alone: saved and come back to, to the decision that it is not met, and an appeal."""
        with self.browser() as browser:
            walker = Walker("keyboard", browser, Keyboard(browser), self.tally)
            walker.apply(SOMEBODY_ELSE, leave_at="question/outcome")
            case = CaseWalk(walker, self.system)
            case.follow()
            case.decided(False, REASON_NOT)
            case.appeal()
            case.to_case()
            case.change()
            case.sign_out_and_in()
            case.leave(self.weather)

    def group(self):
        """For a group, in Welsh, on a small screen, with scripts off; taken back in the end."""
        with self.browser(scripts=False, width=320, height=640) as browser:
            walker = Walker("no-scripts", browser, Pointer(browser), self.tally, language="cy", wrong=True)
            walker.apply(GROUP, leave_at="question/outcome")
            case = CaseWalk(walker, self.system)
            case.follow()
            case.withdraw()
            case.sign_out_and_in()
            case.leave(self.weather)

    def tour(self, walker, under="/apply"):
        """The pages of a journey once more, in Welsh."""
        welsh = Walker(walker.name, walker.browser, walker.hands, self.tally, language="cy")
        for path in [path for path in walker.paths if path.startswith(under + "/") or path == under]:
            if path not in ("/apply", "/apply/submit", "/apply/later", "/apply/receipt"):
                welsh.open(path)
                answer, _ = welsh.browser.news()
                welsh.holds("status", answer["status"] == 200, f"{answer['status']}")
                welsh.look()
        walker.open("/apply/check" if under == "/apply" else "/case")

    # Officers

    def officer(self):
        """What an officer keys in with, behind the council's own sign-on."""
        with self.browser(self.system.officer_address) as browser:
            browser.driver.execute_cdp_cmd("Network.enable", {})
            browser.driver.execute_cdp_cmd(
                "Network.setExtraHTTPHeaders", {"headers": {OFFICER_HEADER: "a.officer"}})
            walker = Walker("officer", browser, Keyboard(browser), self.tally, wrong=True)
            walker.open("/apply")
            walker.look()
            walker.refused("nothing answered")
            walker.hands.fill([("select", "area", "plymouth"), ("choose", "channel", "phone")])
            walker.hands.press()
            walker.look()
            walker.holds("first-question", browser.path == "/apply/question/who", browser.path)

    # What goes wrong

    def errors(self):
        """For a business; one thing after another goes wrong, in a system of its own, as often as anybody may ask."""
        folder = self.folder / "errors"
        folder.mkdir()
        with System(self.system.program, folder, self.weather.address, "--rate-factor", "1") as system:
            with self.browser(system.address) as browser, self.browser(system.address) as other:
                Errors(system, browser, self.tally, folder).walk(other)

    # The longest first.
    ALL = {"myself": myself, "keyboard": somebody_else, "errors": errors, "no-scripts": group,
           "find-out": find_out, "officer": officer}
