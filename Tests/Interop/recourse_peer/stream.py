"""One side of one call (proto/README.md, "Call" and "Credit"), without clock, thread or socket."""

from __future__ import annotations

from collections import deque

from . import fields, limits
from .fields import Credit, Data, Ending, Open
from .status import Metadata, Status
from .wire import END, MESSAGE, METADATA, Frame, Kind, WireError, check

_SEQUENCES = 2**32


class Violation(Exception):
    """What the other side said and may not say there."""


class Stream:
    """What both sides have: sequence and credit in both directions, and messages not taken yet."""

    def __init__(self, session: int, number: int) -> None:
        self.session = session
        self.number = number
        self.finished = False
        self.inbox: deque[bytes] = deque()
        self.inbox_peak = 0  # most messages that were in hand at once
        self.granted = 0  # messages for which the other side has given room
        self._said = 0
        self._heard = 0
        self._said_last = False
        self._heard_last = False
        self._room_messages = limits.INITIAL_MESSAGES
        self._room_bytes = limits.INITIAL_BYTES
        self._their_messages = limits.INITIAL_MESSAGES
        self._their_bytes = limits.INITIAL_BYTES
        self._taken_messages = 0
        self._taken_bytes = 0

    @property
    def has_room(self) -> bool:
        """Whether one more message may be sent."""
        return self._room_messages > 0 and self._room_bytes > 0

    def hear(self, frame: Frame) -> None:
        """A frame came. Raises Violation where it may not."""
        if self.finished:
            return
        if frame.sequence != self._heard:
            raise Violation(f"frame {frame.sequence} came where {self._heard} is next")
        self._heard = (self._heard + 1) % _SEQUENCES
        try:
            said = fields.read(frame)
        except WireError as error:
            raise Violation(f"{frame.kind.name} is {error.name}") from error
        if isinstance(said, Credit):
            self.granted += said.messages
            self._room_messages += said.messages
            self._room_bytes += said.bytes
        else:
            self._hear(frame, said)

    def take(self) -> tuple[bytes, list[Frame]]:
        """The oldest message in hand, and a grant if one is due."""
        message = self.inbox.popleft()
        self._taken_messages += 1
        self._taken_bytes += len(message)
        if self.finished or self._heard_last:
            return message, []
        if self._taken_messages < limits.GRANT_MESSAGES and self._taken_bytes < limits.GRANT_BYTES:
            return message, []
        grant = Credit(self._taken_messages, self._taken_bytes)
        self._their_messages += grant.messages
        self._their_bytes += grant.bytes
        self._taken_messages = self._taken_bytes = 0
        return message, [self._say(Kind.CREDIT, grant)]

    def finish(self) -> None:
        """Nothing is said or heard any more, and what is in hand is dropped."""
        self.finished = True
        self.inbox.clear()

    def _hear(self, frame: Frame, said: fields.Fields) -> None:
        raise NotImplementedError

    def _store(self, body: bytes | None) -> None:
        if body is None:
            return
        if self._their_messages <= 0 or self._their_bytes <= 0:
            raise Violation("a message came without credit")
        self._their_messages -= 1
        self._their_bytes -= len(body)
        self.inbox.append(body)
        self.inbox_peak = max(self.inbox_peak, len(self.inbox))

    def _say(
        self, kind: Kind, said: fields.Fields = None, flags: int = 0, body: bytes | None = None
    ) -> Frame:
        """The next frame of this side. Raises WireError, and says nothing, if it is too large."""
        if body is not None:
            flags |= MESSAGE
        frame = Frame(kind, self.session, self.number, self._said, flags, fields.write(said), body)
        check(frame)
        self._said = (self._said + 1) % _SEQUENCES
        if body is not None:
            self._room_messages -= 1
            self._room_bytes -= len(body)
        return frame


class CallerStream(Stream):
    """The caller's side. `status` is there once STATUS has come."""

    def __init__(self, session: int, number: int) -> None:
        super().__init__(session, number)
        self.initial: Metadata | None = None
        self.status: Status | None = None

    def open(self, opening: Open, message: bytes | None, last: bool) -> Frame:
        """OPEN, with the first request message if there is one, and END if it is the last."""
        self._said_last = last
        return self._say(Kind.OPEN, opening, END if last else 0, message)

    def data(self, message: bytes) -> Frame:
        """DATA with one request message."""
        return self._say(Kind.DATA, body=message)

    def end(self) -> list[Frame]:
        """END, unless it has been said."""
        if self.finished or self._said_last:
            return []
        self._said_last = True
        return [self._say(Kind.END)]

    def cancel(self) -> list[Frame]:
        """CANCEL, unless the call is over."""
        if self.finished:
            return []
        self.finish()
        return [self._say(Kind.CANCEL)]

    def _hear(self, frame: Frame, said: fields.Fields) -> None:
        if isinstance(said, Data):
            if self.initial is None:
                self.initial = said.initial or []
            elif said.initial is not None:
                raise Violation("initial metadata came twice")
            self._store(frame.body)
        elif isinstance(said, Ending):
            if self.initial is None:
                self.initial = said.initial or []
            if said.status.code == 0:
                self._store(frame.body)
            self.status = said.status
            self.finished = True
        else:
            raise Violation(f"{frame.kind.name} came from the handler")


class HandlerStream(Stream):
    """The handler's side. `ended` says that the caller has sent its last."""

    def __init__(self, session: int, number: int) -> None:
        super().__init__(session, number)
        self.opening: Open | None = None
        self.cancelled = False
        self._said_data = False

    @property
    def ended(self) -> bool:
        """Whether the caller has said its last."""
        return self._heard_last

    def data(self, message: bytes | None, initial: Metadata) -> Frame:
        """DATA with a response message; the first one carries the initial metadata."""
        first = None if self._said_data else initial
        frame = self._say(Kind.DATA, Data(first), 0 if first is None else METADATA, message)
        self._said_data = True
        return frame

    def end(self, status: Status, initial: Metadata, message: bytes | None = None) -> Frame:
        """STATUS, the last frame; the initial metadata where no DATA has carried it."""
        first = None if self._said_data else initial
        ending = Ending(first, status)
        frame = self._say(Kind.STATUS, ending, 0 if first is None else METADATA, message)
        self.finish()
        return frame

    def _hear(self, frame: Frame, said: fields.Fields) -> None:
        if frame.kind is Kind.CANCEL:
            self.cancelled = True
            self.finish()
        elif isinstance(said, Open) and self.opening is None:
            self.opening = said
            self._heard_last = frame.has(END)
            self._store(frame.body)
        elif self.opening is None or self._heard_last:
            raise Violation(f"{frame.kind.name} came where it may not")
        elif isinstance(said, Data):
            if said.initial is not None:
                raise Violation("metadata came in DATA of the caller")
            self._store(frame.body)
            self._heard_last = frame.has(END)
        elif frame.kind is Kind.END:
            self._heard_last = True
        else:
            raise Violation(f"{frame.kind.name} came from the caller")
