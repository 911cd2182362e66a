"""Calls as threads see them: a stream, the lock of its peer, and waiting for what comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from .status import CallCancelled, Metadata, Status, StatusCode
from .stream import CallerStream, HandlerStream, Stream, Violation
from .wire import Frame, WireError

LOST = Status.unavailable("the session was lost", delivered="unknown")


class Outlet(Protocol):
    """What a call needs of its peer."""

    lock: threading.RLock

    def put(self, frames: list[Frame]) -> None:
        """Hands frames to the thread of the socket. The lock must be held."""

    def forget(self, call: Call) -> None:
        """The call is over. The lock must be held."""


class Call:
    """What both sides have. Methods of threads take the lock; those of the peer hold it already."""

    def __init__(self, outlet: Outlet, stream: Stream, deadline: float | None) -> None:
        self.stream = stream
        self.deadline = deadline
        self._outlet = outlet
        self._changed = threading.Condition(outlet.lock)

    def hear(self, frame: Frame) -> None:
        """For the peer: a frame of this call came."""
        try:
            self.stream.hear(frame)
        except Violation as violation:
            self._give_up(Status(StatusCode.INTERNAL, str(violation)))
        self._settle()

    def expire(self) -> None:
        """For the peer: the deadline is here."""
        self._give_up(Status(StatusCode.DEADLINE_EXCEEDED, "the deadline has passed"))
        self._settle()

    def lose(self) -> None:
        """For the peer: the session is gone, and the call with it."""
        raise NotImplementedError

    def wait_in_hand(self, count: int, limit: float) -> bool:
        """Waits until so many messages are in hand, or the call is over; whether they are."""
        with self._changed:
            self._changed.wait_for(
                lambda: len(self.stream.inbox) >= count or self.stream.finished, limit
            )
            return len(self.stream.inbox) >= count

    def _give_up(self, status: Status) -> None:
        raise NotImplementedError

    def _settle(self) -> None:
        if self.stream.finished:
            self._outlet.forget(self)
        self._changed.notify_all()

    def _say(self, make: Callable[[], Frame | list[Frame]]) -> None:
        try:
            frames = make()
        except WireError:
            self._give_up(Status(StatusCode.RESOURCE_EXHAUSTED, "it is too large to be sent"))
        else:
            self._outlet.put(frames if isinstance(frames, list) else [frames])
        self._settle()

    def _take(self) -> bytes:
        message, grants = self.stream.take()
        self._outlet.put(grants)
        return message


class CallerCall(Call):
    """A call that this peer makes."""

    def __init__(self, outlet: Outlet, stream: CallerStream, deadline: float | None) -> None:
        super().__init__(outlet, stream, deadline)
        self.caller = stream

    def send(self, message: bytes) -> bool:
        """Sends a request message once there is room. False if the call is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.stream.has_room or self.stream.finished)
            if not self.stream.finished:
                self._say(lambda: self.caller.data(message))
            return not self.stream.finished

    def end(self) -> None:
        """There are no more request messages."""
        with self._changed:
            self._say(self.caller.end)

    def cancel(self) -> None:
        """The caller is not interested any more."""
        with self._changed:
            self._give_up(Status(StatusCode.CANCELLED, "the caller cancelled"))
            self._settle()

    def receive(self) -> bytes | None:
        """The next response message; None where there are no more."""
        with self._changed:
            self._changed.wait_for(lambda: self.stream.inbox or self.stream.finished)
            return self._take() if self.stream.inbox else None

    def initial_metadata(self) -> Metadata:
        """The handler's initial metadata, once they are here."""
        with self._changed:
            self._changed.wait_for(lambda: self.caller.initial is not None or self.stream.finished)
            return self.caller.initial or []

    def status(self) -> Status:
        """What the call ended with, once it has."""
        with self._changed:
            self._changed.wait_for(lambda: self.stream.finished)
            return self.caller.status or LOST

    def lose(self) -> None:
        if not self.stream.finished:
            self.caller.status = LOST
            self.stream.finish()
        self._settle()

    def _give_up(self, status: Status) -> None:
        if not self.stream.finished:
            self.caller.status = status
            self._outlet.put(self.caller.cancel())


class HandlerCall(Call):
    """A call that this peer answers; `opening` says which. Its caller may go at any time."""

    def __init__(self, outlet: Outlet, stream: HandlerStream) -> None:
        super().__init__(outlet, stream, None)
        self.handler = stream
        self.initial: Metadata = []
        self.says_caller = False

    @property
    def principal(self) -> str:
        """Who calls, as the broker says; empty where it does not say so."""
        if self.handler.opening is None or not self.says_caller:
            return ""
        return self.handler.opening.target.partition(";")[0]

    def open(self, frame: Frame, now: float) -> None:
        """For the peer: OPEN came."""
        self.hear(frame)
        if self.handler.opening is not None and self.handler.opening.timeout:
            self.deadline = now + self.handler.opening.timeout / 1_000

    def receive(self) -> bytes | None:
        """The next request message; None where there are no more."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.stream.inbox or self.stream.finished or self.handler.ended
            )
            self._check()
            return self._take() if self.stream.inbox else None

    def send(self, message: bytes | None) -> None:
        """Sends a response message once there is room; None sends the initial metadata alone."""
        with self._changed:
            self._changed.wait_for(
                lambda: message is None or self.stream.has_room or self.stream.finished
            )
            self._check()
            self._say(lambda: self.handler.data(message, self.initial))
            self._check()

    def finish(self, status: Status, message: bytes | None = None) -> None:
        """Says the status, unless the call is over."""
        with self._changed:
            if not self.stream.finished:
                self._say(lambda: self.handler.end(status, self.initial, message))

    def is_over(self) -> bool:
        """Whether the caller is gone, by CANCEL, its deadline or a lost session."""
        with self._changed:
            return self.stream.finished

    def wait(self, seconds: float) -> None:
        """Lets that time pass; raises CallCancelled at once when the caller is gone."""
        with self._changed:
            until = time.monotonic() + seconds
            self._changed.wait_for(
                lambda: self.stream.finished or time.monotonic() >= until, seconds
            )
            self._check()

    def lose(self) -> None:
        self.handler.cancelled = True
        self.stream.finish()
        self._settle()

    def _check(self) -> None:
        if self.stream.finished:
            raise CallCancelled

    def _give_up(self, status: Status) -> None:
        if not self.stream.finished:
            self._outlet.put([self.handler.end(status, [])])
