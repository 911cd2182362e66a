"""Requests by HTTP/1.1 as bytes on a socket, so that they can be wrong in every way; and what came back."""
import dataclasses
import http.client
import socket

# What an answer may take at most; longer than the portal itself gives a request.
SECONDS = 40


@dataclasses.dataclass
class Request:
    method: str = "POST"
    path: str = "/"
    headers: list = dataclasses.field(default_factory=list)
    body: bytes = b""
    version: str = "HTTP/1.1"
    # None: as many as there are; else what is said.
    length: str | None = None
    # Nothing more is said after the body, although more was promised.
    ends_early: bool = False
    # The portal may close the connection without an answer: what came is no request.
    may_be_silent: bool = False

    def bytes(self):
        names = {name.lower() for name, _ in self.headers}
        headers = list(self.headers)
        if "host" not in names:
            headers.insert(0, ("Host", "127.0.0.1"))
        if self.length is not None:
            headers.append(("Content-Length", self.length))
        elif "transfer-encoding" not in names and (self.body or self.method == "POST"):
            headers.append(("Content-Length", str(len(self.body))))
        head = f"{self.method} {self.path} {self.version}\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in headers)
        return head.encode("latin-1", "replace") + b"\r\n" + self.body


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")


def ask(address, request):
    """The answer; None if the connection was closed without one."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
        try:
            connection.sendall(request.bytes())
            if request.ends_early:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            # It was refused before all of it was said; the answer may be here all the same.
            pass
        try:
            response = http.client.HTTPResponse(connection, method=request.method)
            response.begin()
            body = response.read()
        except (http.client.HTTPException, ConnectionResetError, BrokenPipeError):
            return None
        headers = {}
        for name, value in response.getheaders():
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return Answer(response.status, headers, body)
