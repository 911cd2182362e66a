"""Debian's Chromium, driven by Selenium."""
import base64
import contextlib
import json
import os
import pathlib
import re
import urllib.parse

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

SCRIPT = (pathlib.Path(__file__).parent / "looks.js").read_text()
# How long anything is waited for.
LIMIT_SECONDS = 20
POLL_SECONDS = 0.05
SAID = re.compile(r"the server responded with a status of (4\d\d|503)\b")


class Browser:
    """One browser. It reaches this machine alone, and what it keeps goes with it."""

    def __init__(self, address, pictures, *, scripts=True, width=1280, height=900, weather=None):
        self.address = address
        self.pictures = pictures
        self.scripts = scripts
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        known = "EXCLUDE 127.0.0.1"
        if weather:
            known += f", MAP {weather.NAME} 127.0.0.1"
        for argument in [
            "--headless=new", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--hide-scrollbars", "--force-device-scale-factor=1",
            "--ignore-certificate-errors", f"--window-size={width},{height}",
            # Nothing else has a name here.
            f"--host-resolver-rules={known}, MAP * ~NOTFOUND",
        ]:
            options.add_argument(argument)
        if os.geteuid() == 0:
            # Chromium's sandbox is not for root.
            options.add_argument("--no-sandbox")
        if not scripts:
            options.add_experimental_option(
                "prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(LIMIT_SECONDS)
        self.driver.set_script_timeout(LIMIT_SECONDS)
        self.answer = {}
        self.size(width, height)

    def close(self):
        self.driver.quit()

    # Where it is

    @property
    def path(self):
        """The path, without the language."""
        path = urllib.parse.urlsplit(self.driver.current_url).path
        return (path.removeprefix("/cy") or "/") if path == "/cy" or path.startswith("/cy/") else path

    @property
    def language(self):
        path = urllib.parse.urlsplit(self.driver.current_url).path
        return "cy" if path == "/cy" or path.startswith("/cy/") else "en"

    def js(self, code, *arguments):
        return self.driver.execute_script(f"{SCRIPT}\n{code}", *arguments)

    def find(self, css):
        return self.driver.find_element("css selector", css)

    def all(self, css):
        return self.driver.find_elements("css selector", css)

    @property
    def text(self):
        return self.js("return document.body.innerText")

    # Going

    def open(self, path):
        self.moved(lambda: self.driver.get(self.address + path))

    def wait(self, condition, what):
        """Waits until it holds."""
        def look(_):
            try:
                return condition()
            except WebDriverException:
                # Between two documents there is nothing to ask.
                return False
        return WebDriverWait(self.driver, LIMIT_SECONDS, POLL_SECONDS).until(
            look, f"waited in vain until {what}; at {self.driver.current_url}")

    def moved(self, action):
        """Does something that leads to another document, and waits until that is whole."""
        before = self._document()
        action()
        self.wait(lambda: self.js("return document.readyState") == "complete"
                  and self._document() != before, "another page was there")

    def _document(self):
        return self.js("return performance.timeOrigin + location.href.split('#')[0]")

    # What came

    def news(self):
        """The answer that made this page: status, headers and the very text; and what the browser complains of."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.responseReceived":
                if message["params"]["type"] == "Document":
                    response = message["params"]["response"]
                    self.answer = {
                        "id": message["params"]["requestId"], "status": response["status"],
                        "headers": {k.lower(): v for k, v in response["headers"].items()},
                    }
        complaints = [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
            # A page that says what is wrong has such a status.
            and not SAID.search(entry["message"])
        ]
        return self.answer, complaints

    def source(self):
        answer, _ = self.news()
        body = self.driver.execute_cdp_cmd("Network.getResponseBody", {"requestId": answer["id"]})
        return base64.b64decode(body["body"]).decode() if body["base64Encoded"] else body["body"]

    # How it looks

    def size(self, width, height, scale=1):
        self.now = (width, height, scale)
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": False})

    @contextlib.contextmanager
    def at(self, width, height, scale=1):
        before = self.now
        self.size(width, height, scale)
        yield
        self.size(*before)

    @contextlib.contextmanager
    def large_print(self):
        """Letters of twice the size, as somebody sets them in the browser."""
        self._letters(32)
        yield
        self._letters(16)

    def _letters(self, pixels):
        self.driver.execute_cdp_cmd(
            "Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels * 13 // 16}})

    def picture(self, name, whole=True):
        """Keeps a picture of the page."""
        shot = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            high = min(6000, self.js("return document.documentElement.scrollHeight"))
            shot["clip"] = {"x": 0, "y": 0, "width": self.now[0], "height": high, "scale": 1}
        png = self.driver.execute_cdp_cmd("Page.captureScreenshot", shot)["data"]
        file = pathlib.Path(self.pictures) / f"{name}.png"
        file.write_bytes(base64.b64decode(png))
        return file
