"""The session of a peer (proto/README.md, "Session"): its states, without clock, thread or socket.

Whoever drives it passes the time in and sends the frames that come out.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from google.protobuf.message import DecodeError

from . import limits
from .schema import Schema, parse
from .wire import MESSAGE, Frame, Kind

_ATTEMPTS = 2**64
CALLER_PRINCIPAL = "caller-principal"


class State(Enum):
    """Where the session stands."""

    GREETING = "greeting"
    ESTABLISHED = "established"
    REFUSED = "refused"
    CLOSED = "closed"


class Session:
    """Greets until there is a session, keeps it alive, and greets again when it is lost.

    `number` is that of the session, 0 while there is none.
    """

    def __init__(self, schema: Schema, hello: Any, attempt: int) -> None:
        self.state = State.GREETING
        self.number = 0
        self.refusal = ""
        self.draining = False
        self.says_caller = False
        self._hello = hello
        self._attempt = attempt
        self._greeting = b""
        self._welcome = schema.message("recourse.bus.v1.Welcome")
        self._refuse = schema.message("recourse.bus.v1.Refuse")
        self._heartbeat = limits.HEARTBEAT
        self._said_at = 0.0  # the last HELLO, or the last PING of our own
        self._heard_at = 0.0

    def start(self, now: float) -> list[Frame]:
        """The first HELLO."""
        self._hello.attempt = self._attempt
        self._greeting = self._hello.SerializeToString()
        return self._say_hello(now)

    def wake_at(self) -> float | None:
        """When `tick` has something to do at the latest."""
        if self.state is State.GREETING:
            return self._said_at + self._heartbeat
        if self.state is State.ESTABLISHED:
            quiet = max(self._heard_at, self._said_at) + self._heartbeat
            return min(quiet, self._heard_at + 2 * self._heartbeat)
        return None

    def tick(self, now: float) -> list[Frame]:
        """HELLO again, PING after a heartbeat of silence, a new session after two."""
        if self.state is State.GREETING and now >= self._said_at + self._heartbeat:
            return self._say_hello(now)
        if self.state is State.ESTABLISHED:
            if now >= self._heard_at + 2 * self._heartbeat:
                return self._greet_again(now)
            if now >= max(self._heard_at, self._said_at) + self._heartbeat:
                self._said_at = now
                return [Frame(Kind.PING, self.number)]
        return []

    def connection_broke(self, now: float) -> list[Frame]:
        """The transport lost its connection."""
        return self._greet_again(now) if self.state is State.ESTABLISHED else []

    def note(self, now: float) -> None:
        """Something was heard in this session."""
        self._heard_at = now

    def hear(self, frame: Frame, now: float) -> list[Frame]:
        """A session frame came."""
        if self.state is State.GREETING:
            if frame.kind is Kind.WELCOME:
                return self._hear_welcome(frame, now)
            if frame.kind is Kind.REFUSE and frame.session == 0:
                self._hear_refusal(frame)
        elif self.state is State.ESTABLISHED and frame.session == self.number:
            self.note(now)
            if frame.kind is Kind.PING:
                return [Frame(Kind.PONG, self.number, fields=frame.fields)]
            if frame.kind is Kind.REFUSE:
                return self._greet_again(now)
        return []

    def drain(self) -> list[Frame]:
        """No new calls, please."""
        self.draining = True
        return [Frame(Kind.DRAIN, self.number)] if self.state is State.ESTABLISHED else []

    def close(self) -> list[Frame]:
        """The end: BYE if there is a session."""
        goodbye = [Frame(Kind.BYE, self.number)] if self.state is State.ESTABLISHED else []
        self.state = State.CLOSED
        self.number = 0
        return goodbye

    def refuse(self, why: str) -> None:
        """There will be no session."""
        self.state = State.REFUSED
        self.refusal = why

    def _say_hello(self, now: float) -> list[Frame]:
        self._said_at = now
        return [Frame(Kind.HELLO, flags=MESSAGE, body=self._greeting)]

    def _greet_again(self, now: float) -> list[Frame]:
        self.state = State.GREETING
        self.number = 0
        self._attempt = (self._attempt + 1) % _ATTEMPTS
        return self.start(now)

    def _hear_welcome(self, frame: Frame, now: float) -> list[Frame]:
        try:
            welcome = parse(self._welcome, frame.body or b"")
        except DecodeError:
            return []
        if welcome.attempt != self._attempt or frame.session == 0:
            return []
        if welcome.wire_version != limits.WIRE_VERSION:
            self.refuse(f"the broker speaks wire version {welcome.wire_version}")
            return []
        self.state = State.ESTABLISHED
        self.says_caller = CALLER_PRINCIPAL in welcome.features
        self.number = frame.session
        self._heartbeat = welcome.heartbeat_milliseconds / 1_000 or limits.HEARTBEAT
        self._heard_at = now
        return self.drain() if self.draining else []

    def _hear_refusal(self, frame: Frame) -> None:
        try:
            refuse = parse(self._refuse, frame.body or b"")
        except DecodeError:
            return
        passing = (refuse.UNKNOWN_SESSION, refuse.TOO_MANY_SESSIONS, refuse.NOT_APPROVED)
        if refuse.code in passing:
            return
        names = refuse.DESCRIPTOR.enum_types_by_name["Code"].values_by_number
        name = names[refuse.code].name if refuse.code in names else str(refuse.code)
        self.refuse(f"{name}: {refuse.message}")
