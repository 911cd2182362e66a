"""What has to hold of every answer, whatever was sent."""
import re
import unicodedata
from xml.etree import ElementTree

from .mutations import MARKER
from .page import Page
from .places import pattern

HEADERS = {
    "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin", "cache-control": "no-store",
}
POLICY = re.compile(
    r"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    r"frame-ancestors 'none'; base-uri 'none'|default-src 'none'; sandbox")
# What the library answers by itself to what is no request of HTTP.
BARE = {400, 413, 414, 431, 501, 505}


def at(answer, sent):
    """Everything that is wrong with an answer, in words."""
    request = sent.request
    if answer is None:
        return [] if request.may_be_silent else ["there is no answer"]
    wrong = []
    if not answer.headers.get("content-security-policy") and answer.status in BARE and not answer.body \
            and request.may_be_silent:
        return []
    if answer.status >= 500:
        wrong.append(f"status {answer.status}")
    if answer.status not in (200, 303, 400, 403, 404, 405, 409, 413, 429) and answer.status < 500:
        wrong.append(f"no page has status {answer.status}")
    for name, value in HEADERS.items():
        if answer.headers.get(name) != value:
            wrong.append(f"{name} is {answer.headers.get(name)}")
    if not POLICY.fullmatch(answer.headers.get("content-security-policy", "")):
        wrong.append("the content policy is another")
    if "fuzz" in answer.headers.get("set-cookie", ""):
        wrong.append("a cookie that was asked for is set")
    place = answer.headers.get("location", "")
    if answer.status == 303 and (not re.fullmatch(r"/(?![/\\])[!-~]*", place) or MARKER in place):
        wrong.append(f"leads to {place[:60]!r}")
    if answer.status == 405 and not answer.headers.get("allow"):
        wrong.append("no word of what is allowed")
    kind = answer.headers.get("content-type", "")
    if request.method == "HEAD" or answer.status == 303:
        return wrong
    if kind != "text/html; charset=utf-8":
        if answer.status != 200 or kind.startswith("text/html"):
            wrong.append(f"a page of type {kind!r}")
        return wrong
    try:
        page = Page(answer.text)
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        return wrong + [f"the page is not well-formed: {error}"]
    return wrong + markup(page) + typed(page, answer, sent)


def markup(page):
    wrong = []
    for element in page.root.iter():
        if element.tag == "fuzz" or any(name.startswith("on") or name == "style" for name in element.attrib):
            wrong.append(f"<{element.tag}> was typed, or is inline")
        if element.tag in ("style", "iframe", "object", "embed", "base"):
            wrong.append(f"<{element.tag}> in a page")
        if element.tag == "script" and (element.get("src") != "/assets/portal.js" or element.text):
            wrong.append("another script")
        for name in ("href", "src", "action"):
            address = element.get(name)
            if address is not None and not re.match(r"(/(?![/\\])|#|https://|tel:|sms:|mailto:)", address):
                wrong.append(f"{name} leads to {address[:40]!r}")
            if address and MARKER in address:
                wrong.append(f"what was typed is in an address: {element.tag} {name}")
    if len(page.all("h1")) != 1:
        wrong.append(f"{len(page.all('h1'))} headings of the first level")
    if MARKER in page.title:
        wrong.append("what was typed is in the title")
    ids = [element.get("id") for element in page.root.iter() if element.get("id")]
    if len(ids) != len(set(ids)):
        wrong.append("an id stands twice")
    return wrong


OURS = ("form-token", "code", "seen", "change", "later", "add", "code-to-hand-over", "area-of-code")


def typed(page, answer, sent):
    """Where a form that a browser can send was refused, or is asked for again, all that was typed is there still."""
    if sent.pairs is None or answer.status not in (200, 400, 403, 409, 413, 429, 503):
        return []
    refused = page.has_faults or answer.status >= 400
    if not refused:
        return []
    again = [form for form in page.forms if pattern(form.action) == pattern(sent.request.path)]
    kept = {}
    for form in page.forms:
        for field in form.fields:
            kept.setdefault(field.name.removeprefix("typed."), []).extend(field.values)
    # What a form cannot hold: tokens, and a code, which stands in no page, nor goes into another session's form.
    wrong = []
    # The page that says for how long nobody may try says nothing else.
    unseen = ("reference",) if answer.status == 429 else ()
    for name, value in sent.pairs:
        if name in unseen or name in OURS or name in sent.touched:
            continue
        if MARKER in name or not value.strip():
            continue
        if cleaned(value) not in [cleaned(one) for one in kept.get(name, [])]:
            wrong.append(f"what was typed as {name!r} is lost" + ("" if again else " with the form"))
    for name in sent.touched - {"code"}:
        for value in [value for key, value in sent.pairs if key == name]:
            if is_long_or_plain(value) and name in kept and not any(
                    cleaned(value) == cleaned(one) for one in kept[name]) and field_is_text(page, name):
                wrong.append(f"what was typed wrongly as {name!r} is lost")
            if is_long_or_plain(value) and name not in kept and not again and value.strip():
                wrong.append(f"what was typed as {name!r} is lost with the form")
    return wrong


def field_is_text(page, name):
    return any(field.name == name and field.kind in ("text", "area") for form in page.forms for field in form.fields)


def is_long_or_plain(value):
    return MARKER in value


def cleaned(text):
    """As it is kept: composed, without what cannot be seen, each space as one."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Co", "Cs", "Cn"))
    text = re.sub("[\ufeff\u202a-\u202e\u2066-\u2069]", "", text)
    return " ".join(text.split())
