"""How somebody fills in a form: by pointing, or by keys alone. Both know fields by their names."""
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Hands:
    """What both can do."""

    def __init__(self, browser):
        self.browser = browser

    def fill(self, actions):
        for what, *rest in actions:
            getattr(self, what)(*rest)

    def date(self, name, day, month, year):
        for part, text in (("day", day), ("month", month), ("year", year)):
            self.type(f"{name}-{part}", text)

    def press(self, name=None, value=None):
        """Sends the form, and waits for what comes."""
        css = ("main form button.button:not([name])" if name is None
               else f"main form button[name={quoted(name)}][value={quoted(value)}]")
        self.browser.moved(lambda: self.activate(css))

    def follow(self, css):
        """Follows a link to another page."""
        self.browser.moved(lambda: self.activate(css))

    def file(self, name, path):
        # The window in which a file is chosen is the system's, not the page's.
        self.browser.find(f"input[name={quoted(name)}]").send_keys(str(path))


class Pointer(Hands):
    """Points and clicks."""

    def activate(self, css):
        self.browser.find(css).click()

    def choose(self, name, value):
        self.browser.find(f"input[name={quoted(name)}][value={quoted(value)}]").click()

    def tick(self, name, value):
        box = self.browser.find(f"input[name={quoted(name)}][value={quoted(value)}]")
        if not box.is_selected():
            box.click()

    def type(self, name, text):
        field = self.browser.find(f"input[name={quoted(name)}], textarea[name={quoted(name)}]")
        field.clear()
        field.send_keys(text)

    def select(self, name, value):
        self.browser.find(f"select[name={quoted(name)}] option[value={quoted(value)}]").click()


class Keyboard(Hands):
    """Tab, Space, Enter and arrows: no pointer is ever used."""

    def key(self, *keys):
        ActionChains(self.browser.driver, duration=0).send_keys(*keys).perform()

    @property
    def has_it(self):
        return "return document.activeElement === arguments[0]"

    def reach(self, element):
        """Goes on by Tab until the element has the focus."""
        browser = self.browser
        for _ in range(2 * browser.js("return looks.stops().length") + 8):
            if browser.js(self.has_it, element):
                return
            self.key(Keys.TAB)
        if not browser.js(self.has_it, element):
            described = browser.js("return looks.describe(arguments[0])", element)
            raise AssertionError(f"Tab never reaches {described}")

    def activate(self, css):
        self.reach(self.browser.find(css))
        self.key(Keys.ENTER)

    def choose(self, name, value):
        group = self.browser.all(f"input[name={quoted(name)}]")
        values = [one.get_attribute("value") for one in group]
        now = next((place for place, one in enumerate(group) if one.is_selected()), None)
        self.reach(group[now or 0])
        steps = values.index(value) - (now or 0)
        if steps == 0 and now is None:
            self.key(Keys.SPACE)
        for _ in range(abs(steps)):
            self.key(Keys.ARROW_DOWN if steps > 0 else Keys.ARROW_UP)
        if not group[values.index(value)].is_selected():
            raise AssertionError(f"the arrows do not choose {name}={value}")

    def tick(self, name, value):
        box = self.browser.find(f"input[name={quoted(name)}][value={quoted(value)}]")
        self.reach(box)
        if not box.is_selected():
            self.key(Keys.SPACE)

    def type(self, name, text):
        self.reach(self.browser.find(f"input[name={quoted(name)}], textarea[name={quoted(name)}]"))
        ActionChains(self.browser.driver, duration=0).key_down(Keys.CONTROL).send_keys("a").key_up(
            Keys.CONTROL).send_keys(Keys.DELETE, text).perform()

    def select(self, name, value):
        field = self.browser.find(f"select[name={quoted(name)}]")
        self.reach(field)
        values = self.browser.js("return [...arguments[0].options].map((one) => one.value)", field)
        now = self.browser.js("return arguments[0].selectedIndex", field)
        steps = values.index(value) - now
        for _ in range(abs(steps)):
            self.key(Keys.ARROW_DOWN if steps > 0 else Keys.ARROW_UP)
        if self.browser.js("return arguments[0].value", field) != value:
            raise AssertionError(f"the arrows do not choose {name}={value}")

    # What is looked at besides

    def ring(self):
        """Goes through all that Tab stops at: each in its order, in sight, and showing that it has the focus."""
        browser, faults = self.browser, []
        stops = browser.js(f"{self.FROM_START} return looks.stops()")
        for element in stops:
            self.key(Keys.TAB)
            found = browser.js("return looks.stoppedAt(arguments[0])", element)
            faults += found["faults"]
            if not found["isThere"]:
                break
        return faults

    # Whatever had the focus, the start of the document comes next.
    FROM_START = ("scrollTo(0, 0); document.body.tabIndex = -1; document.body.focus();"
                  "document.body.removeAttribute('tabindex');")

    def skip(self):
        """The first stop leads past what stands on every page."""
        browser = self.browser
        browser.js(self.FROM_START)
        self.key(Keys.TAB)
        if not browser.js("return document.activeElement.matches('a.skip')"):
            return ["the first stop is no link to the main content"]
        faults = browser.js("return looks.focus()")
        self.key(Keys.ENTER)
        self.key(Keys.TAB)
        if not browser.js(
                "const main = document.getElementById('main'), now = document.activeElement;"
                "return main.contains(now) || !looks.stops().some((one) => main.contains(one))"):
            faults.append("after the link to the main content comes "
                          + browser.js("return looks.describe(document.activeElement)"))
        return faults
