"""The case afterwards: following it, changing it, reading the letter that says why."""
from .answers import PERSONAL


class CaseWalk:
    """What somebody does with a case of their own, after a ``Walker`` has applied."""

    def __init__(self, walker, system):
        self.walker = walker
        self.browser = walker.browser
        self.hands = walker.hands
        self.system = system

    def follow(self):
        """From the receipt to the case, and all that can be read there."""
        self.system.settle()
        self.hands.follow("main a.start")
        self.walker.look()
        self.walker.holds("reference", self.walker.reference in self.browser.text)
        self.read("/case/letters", "/case/consents", "/case/opened-by")

    def read(self, *paths):
        for path in paths:
            link = f"main a[href$='{path}']"
            if not self.browser.all(link):
                self.walker.holds(f"link-to-{path}", False, "it is not there")
                continue
            self.hands.follow(link)
            self.walker.look()
            self.back()

    def back(self):
        self.hands.follow("a.back")

    def to_case(self):
        self.walker.open("/case")

    def decided(self, is_met, reason):
        """An officer decides meanwhile; the page of the case and the letter say so, and why."""
        self.system.decide(self.walker.reference, is_met, reason)
        self.reload_until("main a[href$='/case/decision']", "the decision stood on the page")
        self.walker.look("decided")
        self.hands.follow("main a[href$='/case/decision']")
        self.walker.look()
        self.walker.holds("says-why", reason in self.browser.text)
        self.to_case()
        if self.browser.all("main a[href$='/case/review']"):
            self.hands.follow("main a[href$='/case/review']")
            self.walker.look()
            self.back()
        self.letter(reason)
        self.hands.follow("main a[href$='/case/opened-by']")
        self.walker.look("decided")
        self.walker.holds("says-who-opened-it", self.browser.all("main table") and not self.browser.all("main .warning"),
                          "there is no list, or a part of it is not shown")
        self.to_case()

    def letter(self, reason):
        """Reads all letters, also those that are still being written: one of them says why."""
        self.hands.follow("main a[href$='/case/letters']")
        self.reload_until("main .changes a", "there was a letter")
        self.walker.look("filled")
        read = {}

        def says_why():
            links = [self.tail(one.get_attribute("href")) for one in self.browser.all("main .changes a")]
            for address in links:
                if address not in read:
                    self.hands.follow(f"main .changes a[href='{address}']")
                    read[address] = self.browser.text
                    self.walker.look(f"letter {len(read)}")
                    self.back()
            if not any(reason in text for text in read.values()):
                self.browser.moved(self.browser.driver.refresh)
                return False
            return True
        try:
            self.browser.wait(says_why, "a letter said why")
        finally:
            self.walker.holds("a-letter-says-why", any(reason in text for text in read.values()),
                              f"none of {len(read)} does")
        self.to_case()

    def tail(self, address):
        return address.removeprefix(self.browser.address)

    def reload_until(self, css, what):
        """Letters and decisions are made by workers of their own."""
        def there():
            if self.browser.all(css):
                return True
            self.browser.moved(self.browser.driver.refresh)
            return bool(self.browser.all(css))
        self.browser.wait(there, what)

    # Changing it

    def change(self):
        """Adds a complaint, changes how one is reached and takes part, and takes a consent back."""
        self.form("/case/complaint", [
            ("date", "happened", "5", "6", "2026"), ("date", "reported", "6", "6", "2026"),
            ("choose", "body", "other"), ("type", "what", "Again at night.")], "complaint")
        self.form("/case/contact", [("type", "phone", "01632 960 002")], "contact", is_filled=True)
        self.form("/case/attendance", [("choose", "attendance", "statement")], "attendance", is_filled=True)
        self.hands.follow("main a[href$='/case/consents']")
        links = self.browser.all("main .changes a")
        self.walker.holds("a-consent-can-be-taken-back", links)
        if links:
            last = self.tail(links[-1].get_attribute("href"))
            self.hands.follow(f"main .changes a[href='{last}']")
            self.walker.look()
            self.hands.press()
            self.walker.holds("done", self.browser.all(".banner.success"))
        self.to_case()

    def form(self, path, actions, name, is_filled=False):
        self.hands.follow(f"main a[href$='{path}']")
        self.walker.look()
        if not is_filled:
            self.walker.refused("nothing answered")
        self.hands.fill(actions)
        self.hands.press()
        said = [fault.text for fault in self.browser.all(".faults li")]
        self.walker.holds(name, self.browser.all(".banner.success"), f"it was not taken: {said}")
        self.walker.look(f"{name} done")
        self.to_case()

    def appeal(self):
        self.hands.follow("main a[href$='/case/appeal']")
        self.walker.look()
        self.walker.refused("nothing answered")
        ground = self.browser.all("input[name=ground]")[0].get_attribute("value")
        self.hands.fill([("choose", "ground", ground), ("type", "reason", "I reported more often.")])
        self.hands.press()
        self.walker.holds("appeal", self.browser.all(".banner.success"))
        self.walker.look("appeal done")

    def withdraw(self):
        self.hands.follow("main a[href$='/case/withdraw']")
        self.walker.look()
        self.walker.refused("nothing answered")
        self.hands.fill([("choose", "pressure", "no")])
        self.hands.press()
        self.walker.holds("taken-back", self.browser.all(".banner.success"))
        self.system.settle()
        self.to_case()
        self.walker.look("taken back")

    # Coming back, and leaving

    def sign_out_and_in(self):
        """Out, and in again with reference and code; what does not fit opens nothing."""
        self.hands.press()
        self.walker.look("signed out")
        self.walker.holds("cookie-is-gone", not self.browser.driver.get_cookies())
        self.walker.refused("nothing answered")
        self.hands.fill([("type", "reference", self.walker.reference), ("type", "code", "0" * 16)])
        self.walker.refused("wrong code")
        kept = self.browser.find("[name=reference]").get_property("value")
        self.walker.holds("nothing-typed-is-lost", kept == self.walker.reference)
        self.hands.type("code", self.walker.code)
        self.hands.press()
        self.walker.holds("came-back", self.browser.path == "/case", self.browser.path)

    def leave(self, weather):
        """Leaves by the button: nothing of the case is in sight, nor comes back into sight."""
        place, driver = self.walker, self.browser.driver
        self.to_case()
        self.hands.follow("main a[href$='/case/consents']")
        self.hands.activate("#exit")
        self.browser.wait(lambda: driver.current_url.startswith(weather.address), "the weather was there")
        self.browser.wait(lambda: "Weather" in driver.title, "the weather was there")
        found = {"weather": [] if self.hidden() else ["something of the case is in sight"]}
        self.browser.wait(self.without_cookie, "the cookie was gone")
        for steps in range(1, 7):
            driver.back()
            self.browser.wait(lambda: self.browser.js("return document.readyState") == "complete", "a page was there")
            found[f"back-{steps}"] = [] if self.hidden() else [f"{driver.current_url} shows something of the case"]
        driver.get(self.browser.address + "/case")
        found["address"] = [] if self.hidden() else ["/case shows something of the case"]
        place.tally.page(place.name, "after leaving", found)

    def without_cookie(self):
        told = self.browser.driver.execute_cdp_cmd(
            "Network.getCookies", {"urls": [self.browser.address + "/"]})
        return not told["cookies"]

    def hidden(self):
        page = self.browser.driver.page_source
        return not any(word in page for word in [*PERSONAL, self.walker.reference, self.walker.code])
