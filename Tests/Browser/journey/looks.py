"""What must hold of every page, in every state."""
import pathlib
import re
import subprocess

import axe_playwright_python
import html5lib

# The package is there for the engine that it carries; nothing of Playwright is used.
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENGINE = re.search(r"axe v([\d.]+)", AXE).group(1)

# What HTML Tidy of 2017 does not know: a heading in a legend, and groups in a list of descriptions. html5lib does.
TIDY_UNKNOWN = re.compile(
    r"proprietary attribute|escaping malformed URI|illegal characters found in URI|"
    r"</?legend>|missing <dd>|missing </div> before <dt>|(inserting implicit|missing) </?dl>")


def accessibility(browser):
    """Violations that axe-core finds."""
    found = browser.driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "if (!window.axe) { (0, eval)(arguments[1]); }"
        "window.axe.run(document, {runOnly: {type: 'tag', values: arguments[0]},"
        " resultTypes: ['violations']})"
        ".then((result) => done(result.violations.map((rule) => [rule.id, rule.help,"
        " rule.nodes.map((node) => node.html.slice(0, 200) + ' ' + (node.any[0] || node.all[0] || node.none[0] || {}).message)])),"
        " (error) => done([['axe', String(error), []]]));",
        TAGS, AXE)
    return [f"{rule}: {help}: {' | '.join(nodes[:3])} ({len(nodes)})" for rule, help, nodes in found]


def markup(source):
    """What html5lib, strictly, and HTML Tidy find wrong in the very text of the page."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(source)
    lines = source.splitlines()
    faults = [
        f"html5lib: {code} {data} in line {place[0]}: {lines[min(place[0], len(lines)) - 1].strip()[:120]}"
        for place, code, data in parser.errors
    ]
    said = subprocess.run(
        ["tidy", "-errors", "-quiet", "--show-filename", "no", "--drop-empty-elements", "no"],
        input=source, capture_output=True, text=True, timeout=20).stderr
    faults += [
        f"tidy: {line}" for line in said.splitlines()
        if ("Warning" in line or "Error" in line) and not TIDY_UNKNOWN.search(line)
    ]
    return faults


def title(browser, seen, place, has_faults):
    """Each page has a title of its own, which says that something is wrong where it is."""
    text = browser.driver.title
    error = {"en": "Error: ", "cy": "Gwall: "}[browser.language]
    faults = []
    if text.startswith(error) != has_faults:
        faults.append(f"“{text}” {'lacks' if has_faults else 'has'} “{error}”")
    name = text.removeprefix(error)
    if not name.split(" - ")[0].strip():
        faults.append("the title is empty")
    other = seen.setdefault((browser.language, name), place)
    if other != place:
        faults.append(f"“{name}” is the title of {other} too")
    return faults


def language(browser):
    lang = browser.js("return document.documentElement.lang")
    return [] if lang == browser.language else [f"lang is {lang}"]


def headers(answer):
    """Nothing of a page is kept by the browser, or loads from elsewhere."""
    told = answer.get("headers", {})
    faults = []
    if "no-store" not in told.get("cache-control", ""):
        faults.append(f"Cache-Control: {told.get('cache-control')}")
    if "default-src 'none'" not in told.get("content-security-policy", ""):
        faults.append(f"Content-Security-Policy: {told.get('content-security-policy')}")
    return faults


def sizes(browser):
    """Nothing has to be scrolled sideways, and nothing is cut off, at any of these."""
    found = {}

    def look(name):
        found[name] = browser.js("return looks.wide().concat(looks.clipped())")

    with browser.at(320, 640):
        look("320px")
    # 1280 by 1024, four times as large.
    with browser.at(320, 256, scale=4):
        look("400%")
    with browser.large_print():
        look("large-print")
        with browser.at(640, 900):
            found["large-print"] += browser.js("return looks.wide().concat(looks.clipped())")
    return found
