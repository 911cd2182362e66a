"""What is sent in the place of an honest form. Two kinds: what a browser can send, after which everything that was typed
has to be there still where it was refused; and what no browser sends."""
import dataclasses
import urllib.parse

from . import wire
from .places import FORM, honest, part

# Stands in all that is typed: no title, no address and no line of a log may have it.
MARKER = "Fuzzmarker"
SCRIPT = f"{MARKER}\"'><script>fuzz()</script><fuzz onfuzz=\"x\"/>&amp;<!--]]>"
# Of a form, which the portal takes.
FORM_BYTES = 512 * 1024

TYPED = [
    "", " ", MARKER, SCRIPT, f"{MARKER} {{{{title}}}} {{{{{{main}}}}}} {{{{#fields}}}}{{{{>page}}}}",
    f"{MARKER} %s %n %@ \\(x) ${{x}} `id` ; DROP TABLE draft; --", f"javascript:fuzz('{MARKER}')",
    "ﬁ " + MARKER + " ê e\u0302 \u200b\u200d 👩‍👩‍👧‍👦 \U0001f3f4\U000e0067\U000e007f",
    "\u202e" + MARKER + "\u202c",
    "\ufeff" + MARKER, MARKER + "\r\nSet-Cookie: fuzz=1\r\n\r\n<html>", MARKER + "\t\x0b\x0c\x1b[31m\x85\u2028\u2029",
    MARKER + "\x00" + MARKER, MARKER + "\ufffe\uffff\U0010ffff\ue000", "a\u0301" * 600, MARKER + "x" * 501,
    MARKER + "x" * 9001, MARKER + "x" * 12_000,
    MARKER + " y" * 30_000, "\n" * 30 + MARKER, "0", "-1", "1e309", "NaN", "9" * 40, "１２", "٣",
    "2026-02-30", "31", "..", "../../etc/passwd", "//elsewhere.example", "null", "[]", "{}", "true",
]


@dataclasses.dataclass
class Sent:
    """One request, and what may be expected of its answer."""
    what: str
    request: wire.Request
    # What was typed as a browser sends it; None for what no browser sends.
    pairs: list | None = None
    # The fields with a value that is not honest.
    touched: frozenset = frozenset()


def of(rng, place, form):
    """One of all, by chance."""
    kind = rng.choices([by_hand, raw_body, framing, head, multipart], [10, 4, 3, 4, 4])[0]
    return kind(rng, place, form)


# What a browser can send


def by_hand(rng, place, form):
    pairs = place.pairs(form)
    typable = [f for f in form.fields if f.kind in ("text", "area")]
    chosen = [f for f in form.fields if f.kind in ("radio", "select", "checkbox", "hidden") and f.name != "form-token"]
    ways = ["untouched", "empty", "later", "extra"]
    ways += ["typed"] * 6 * bool(typable) + ["all typed"] * bool(typable)
    ways += ["other choice", "missing", "twice", "junk"] * bool(chosen)
    way, touched = rng.choice(ways), set()
    if way == "typed":
        touched = {rng.choice(typable).name}
        pairs = replaced(pairs, touched, rng.choice(TYPED))
    elif way == "all typed":
        touched = {field.name for field in typable}
        pairs = [(name, rng.choice(TYPED) if name in touched else value) for name, value in pairs]
    elif way == "empty":
        touched = {field.name for field in typable}
        pairs = [(name, "") if name in touched else (name, value) for name, value in pairs]
    elif way == "later":
        pairs, touched = pairs + [("later", "yes")], {"later"}
    elif way == "extra":
        pairs = pairs + [(f"{MARKER}{number}", MARKER) for number in range(rng.choice([1, 50, 290, 400]))]
    elif way == "missing":
        touched = {rng.choice(chosen).name}
        pairs = [pair for pair in pairs if pair[0] not in touched]
    elif way == "twice":
        touched = {rng.choice(chosen).name}
        pairs = pairs + [(name, rng.choice(TYPED)) for name in touched]
    elif way == "junk":
        touched = {rng.choice(chosen).name}
        pairs = replaced(pairs, touched, rng.choice(TYPED))
    elif way == "other choice":
        field = rng.choice(chosen)
        touched = {field.name}
        pairs = replaced(pairs, touched, rng.choice(field.choices or TYPED))
    # What is hidden no browser changes; more fields than are on any page, and more bytes than are taken, come to nothing.
    hidden = {field.name for field in form.fields if field.kind == "hidden"}
    request = honest(place.person, form, pairs)
    by_browser = not touched & hidden and len(pairs) < 300 and len(request.body) <= FORM_BYTES
    return Sent(way, request, pairs if by_browser else None, frozenset(touched))


def replaced(pairs, names, value):
    return [pair for pair in pairs if pair[0] not in names] + [(name, value) for name in sorted(names)]


# What no browser sends

BROKEN = [
    b"%", b"%G", b"%GG", b"%1", b"%\xff", b"%00", b"%C0%AF", b"%ED%A0%80", b"%F4%90%80%80", b"%FF%FE", b"\xff\xfe\x00",
    b"\xed\xa0\x80", b"\x00", b"%u0041", b"=", b"&", b"&&==&=", b"[]=1", b"a[b][c]=1", b"__proto__=1", b";a=b;",
    b"+%2B+", b"%0d%0aSet-Cookie:%20fuzz=1",
]


def raw_body(rng, place, form):
    pairs = place.pairs(form)
    body = urllib.parse.urlencode(pairs, errors="surrogatepass").encode()
    names = [name.encode() for name, _ in pairs] or [b"area"]
    broken = rng.choice(BROKEN)
    way, kind = rng.choice([
        "value", "name", "before", "cut", "utf-16", "json", "plain", "none", "xml", "many", "huge", "long name",
        "token", "two tokens", "gzip", "charset",
    ]), FORM
    if way == "value":
        body += b"&" + rng.choice(names) + b"=" + broken
    elif way == "name":
        body += b"&" + broken + b"=" + MARKER.encode()
    elif way == "before":
        body = broken + b"&" + body
    elif way == "cut":
        body = body[:rng.randrange(len(body) + 1)]
    elif way == "utf-16":
        body, kind = body.decode().encode("utf-16"), f"{FORM}; charset=utf-16"
    elif way == "charset":
        kind = f"{FORM}; charset={rng.choice(['ebcdic-cp-us', 'utf-7', '', chr(34), 'x' * 500])}"
    elif way == "json":
        body, kind = b'{"area": {"$ne": null}, "code": ["' + MARKER.encode() + b'"]}', "application/json"
    elif way == "plain":
        kind = "text/plain"
    elif way == "none":
        kind = None
    elif way == "xml":
        body, kind = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "text/xml"
    elif way == "many":
        body += b"&a=" * rng.choice([200, 299, 300, 301, 5_000])
    elif way == "huge":
        body += b"&" + names[0] + b"=" + b"z" * rng.choice([19_000, 60_000, 524_288, 600_000])
    elif way == "long name":
        body += b"&" + b"n" * rng.choice([200, 201, 70_000]) + b"=1"
    elif way == "token":
        pairs = replaced(pairs, {"form-token"}, rng.choice(TYPED))
        body = urllib.parse.urlencode(pairs, errors="surrogatepass").encode()
    elif way == "two tokens":
        body = b"form-token=" + rng.choice([b"", b"AAAA", b"%00"]) + b"&" + body
    headers = place.person.head() + ([("Content-Type", kind)] if kind is not None else [])
    if way == "gzip":
        headers.append(("Content-Encoding", "gzip"))
    return Sent(f"body: {way}", wire.Request("POST", form.action, headers, body))


def framing(rng, place, form):
    """Lengths that are none, and bodies that end before or after."""
    sent = honest(place.person, form, place.pairs(form))
    way = rng.choice([
        "more promised", "less promised", "negative", "no number", "two lengths", "huge", "chunked and length",
        "bad chunk", "cut chunk", "chunked", "expects", "http/1.0", "no such version", "nothing", "trailers",
    ])
    whole = b"%x\r\n%s\r\n0\r\n" % (len(sent.body), sent.body)
    if way == "more promised":
        sent.length, sent.ends_early = str(len(sent.body) + rng.choice([1, 100, 100_000])), True
    elif way == "less promised":
        sent.length = str(rng.randrange(max(1, len(sent.body))))
    elif way == "negative":
        sent.length = "-1"
    elif way == "no number":
        sent.length = rng.choice(["", "a", "1 1", "0x10", "+5", "1,1", "９"])
    elif way == "two lengths":
        sent.headers.append(("Content-Length", "3"))
    elif way == "huge":
        sent.length, sent.ends_early = rng.choice(["300000", "999999999999", "9" * 30]), True
    elif way == "expects":
        sent.headers.append(("Expect", rng.choice(["100-continue", "a-miracle"])))
    elif way == "http/1.0":
        sent.version = "HTTP/1.0"
    elif way == "no such version":
        sent.version = rng.choice(["HTTP/2.0", "HTTP/9.9", "HTTP/1.1.1", "FUZZ/1.1", ""])
    elif way == "nothing":
        sent.body, sent.length, sent.ends_early = b"", None, True
    else:
        sent.headers.append(("Transfer-Encoding", "chunked"))
        sent.body = whole + b"\r\n"
        if way == "chunked and length":
            sent.length = "5"
        elif way == "bad chunk":
            sent.body = rng.choice([b"zz\r\n", b"-1\r\n", b"f" * 20 + b"\r\n", b"5;" + b"x" * 20_000 + b"\r\n"]) + whole
        elif way == "cut chunk":
            sent.body, sent.ends_early = whole[:rng.randrange(len(whole))], True
        elif way == "trailers":
            sent.body = whole + b"Form-Token: x\r\nContent-Length: 0\r\n\r\n"
    # Only what is a request after all has to be answered.
    sent.may_be_silent = way not in ("chunked", "http/1.0", "trailers")
    return Sent(f"framing: {way}", sent)


def head(rng, place, form):
    """Methods, addresses and headers."""
    sent = honest(place.person, form, place.pairs(form))
    way = rng.choice([
        "method", "method", "long address", "query", "path", "many headers", "long header", "cookie", "host", "origin",
        "site", "forwarded", "absolute", "language", "range", "bad header",
    ])
    path = sent.path
    if way == "method":
        sent.method = rng.choice(
            ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "PROPFIND", "FUZZ", "get", "CONNECT", "P\x01ST"])
        sent.may_be_silent = sent.method in ("FUZZ", "get", "CONNECT", "P\x01ST")
    elif way == "long address":
        sent.path = path + "?a=" + "a" * rng.choice([4_000, 15_000, 17_000, 70_000])
        sent.may_be_silent = True
    elif way == "query":
        sent.path = path + "?" + rng.choice(
            ["%GG", "a=%ff", "&&&=", "a=b&" * 400, "seen=99999999999999999999", "seen=-1", "done=" + MARKER,
             "m=" + MARKER, "change=yes&change=no", "%00", "a=%C0%AF", "<script>fuzz()</script>"])
    elif way == "path":
        sent.path = rng.choice(
            [path + "/", path + "//", "/" + path, path + "/..", path + "%00", path.replace("/", "%2f"), "/cy" + path,
             "/cy/cy" + path, path + "/<script>", path + "/%GG", path + "/%ff", "/../../etc/passwd", "*", "", "x",
             path + "/" + "9" * 30, path.replace("1", "0"), path.replace("1", "999"), path + "?", path + "#a",
             "/apply/question/" + MARKER, "/apply/complaints/0/what", "/case/letters/%2e%2e%2f", "/go/" + MARKER])
        sent.may_be_silent = True
    elif way == "many headers":
        sent.headers += [(f"X-Fuzz-{number}", MARKER) for number in range(rng.choice([50, 99, 200, 2_000]))]
        sent.may_be_silent = True
    elif way == "long header":
        sent.headers.append(("X-Fuzz", MARKER + "x" * rng.choice([8_000, 15_000, 17_000, 100_000])))
        sent.may_be_silent = True
    elif way == "cookie":
        cookies = ["session=", "session=" + MARKER, "session=" + "a" * 513, "session", "=;=;=", "session=\xff", ";" * 3_000,
                   "session=" + "A" * 64, "session=a; " * 200, "__Host-session=a", f"session=\"{MARKER}\""]
        sent.headers = [pair for pair in sent.headers if pair[0] != "Cookie"] + [("Cookie", rng.choice(cookies))]
    elif way == "host":
        sent.headers.append(("Host", rng.choice(["elsewhere.example", "", "a" * 300, "[::1", "a b", "127.0.0.1:99999"])))
        sent.may_be_silent = True
    elif way == "origin":
        sent.headers.append(("Origin", rng.choice(["https://elsewhere.example", "null", "", "file://", "\xff"])))
    elif way == "site":
        sent.headers.append(("Sec-Fetch-Site", rng.choice(["cross-site", "same-site", "none", "", MARKER])))
    elif way == "forwarded":
        sent.headers.append(("X-Forwarded-For", rng.choice(["", ",", "::1", "a" * 5_000, "1.2.3.4, fe80::1%eth0"])))
    elif way == "absolute":
        sent.path = rng.choice(["http://elsewhere.example", "http://127.0.0.1", "ftp://a", "//elsewhere.example"]) + path
    elif way == "language":
        sent.headers.append(("Accept-Language", rng.choice(["cy", "*;q=a", "x" * 2_000, "\xe9"])))
    elif way == "range":
        sent.headers += [("Range", "bytes=0-1,5-"), ("If-None-Match", "*"), ("If-Modified-Since", "never")]
    elif way == "bad header":
        sent.headers.append((rng.choice(["X Fuzz", "X\x00", "", "X-\xe9", "X"]), rng.choice(["a\x00b", "a\x0bb", "\x7f", "a"])))
        sent.may_be_silent = True
    if way in ("query", "path") and rng.random() < 0.6:
        sent.method, sent.body = "GET", b""
    return Sent(f"head: {way}", sent)


NAMES = [
    "../../etc/passwd", "C:\\Windows\\x.txt", "", ".", "..", "/", "a" * 5_000, "a.txt\x00.exe", "\u202egpj.exe", "%22.txt",
    "a\";x=\"b.txt", f"{SCRIPT}.txt", "é\u0301.txt", "CON", "-rf", "a\\", "\ufffe.txt", "🏳️‍🌈.txt", "a\tb.txt",
]
FILES = [
    b"", b"He shouted at 3 am.", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\x00\x10Exif", b"%PDF-1.7\n%%EOF", b"PK\x03\x04",
    b"GIF89a", b"<svg onload='fuzz()'/>", b"<html><script>fuzz()</script>", b"\x00" * 1_000, b"\xff\xfe\x41", b"MZ",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\x00\x00\x00",
]


def multipart(rng, place, form):
    boundary = "----a-boundary-of-a-browser"
    said = f"multipart/form-data; boundary={boundary}"
    parts = [part(boundary, f'form-data; name="{name}"', value.encode("utf-8", "surrogatepass"))
             for name, value in place.pairs(form)]
    file = lambda name, content: part(  # noqa: E731
        boundary, f'form-data; name="file"; filename="{name}"', content, "application/octet-stream")
    end, way = f"--{boundary}--\r\n".encode(), rng.choice([
        "file name", "file name", "file", "file", "no boundary", "other boundary", "odd boundary", "no end", "cut", "two files",
        "many parts", "no name", "no head", "long head", "nested", "no lines", "preamble", "star", "large file", "broken value",
    ])
    extra = []
    if way == "file name":
        extra = [file(rng.choice(NAMES), b"He shouted at 3 am.")]
    elif way == "file":
        extra = [file("diary.txt", rng.choice(FILES))]
    elif way == "no boundary":
        said = rng.choice(["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\""])
    elif way == "other boundary":
        said = "multipart/form-data; boundary=another"
    elif way == "odd boundary":
        said = f"multipart/form-data; boundary={rng.choice(['a' * 71, 'a' * 20_0, '(.*)+', '--', chr(233), ' ', chr(34) + boundary])}"
    elif way == "no end":
        end = b""
    elif way == "two files":
        extra = [file("a.txt", b"a"), file("b.txt", b"b")]
    elif way == "many parts":
        extra = [part(boundary, f'form-data; name="p{number}"', b"x") for number in range(rng.choice([100, 301, 3_000]))]
    elif way == "no name":
        extra = [part(boundary, rng.choice(["form-data", "form-data; name=", "attachment; name=\"a\"", "\xff"]), b"x")]
    elif way == "no head":
        extra = [f"--{boundary}\r\n\r\nx\r\n".encode()]
    elif way == "long head":
        extra = [part(boundary, f'form-data; name="{"n" * rng.choice([201, 4_000, 5_000])}"', b"x")]
    elif way == "nested":
        extra = [part(boundary, 'form-data; name="file"', b"--in\r\n\r\nx\r\n--in--", "multipart/mixed; boundary=in")]
    elif way == "no lines":
        extra = [f"--{boundary}\nContent-Disposition: form-data; name=\"a\"\n\nx\n".encode()]
    elif way == "preamble":
        parts = [b"This is a message with several parts.\r\n"] + parts
    elif way == "star":
        extra = [part(boundary, "form-data; name=\"file\"; filename*=UTF-8''%2e%2e%2fa", b"x")]
    elif way == "large file":
        extra = [file("large.txt", b"x" * rng.choice([262_145, 10 * 1024 * 1024 + 1, 11 * 1024 * 1024]))]
    elif way == "broken value":
        extra = [part(boundary, 'form-data; name="x"', b"\xff\xfe\xc0\xaf")]
    body = b"".join(parts + extra) + end
    if way == "cut":
        body = body[:rng.randrange(len(body))]
    return Sent(f"multipart: {way}", wire.Request(
        "POST", form.action, place.person.head() + [("Content-Type", said)], body,
        may_be_silent=way == "large file"))
