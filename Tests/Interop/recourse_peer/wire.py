"""The codec: a frame as one or two parts (ZeroMQ's frames) and back."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from . import limits

MAGIC = 0x52
END, MESSAGE, METADATA, WAIT = 1, 2, 4, 8
ALL_FLAGS = END | MESSAGE | METADATA | WAIT
FIRST_CALL_KIND = 16

_HEAD = struct.Struct("!BBBBQQI")


class Kind(IntEnum):
    """What a frame is for."""

    HELLO = 1
    WELCOME = 2
    REFUSE = 3
    PING = 4
    PONG = 5
    DRAIN = 6
    BYE = 7
    OPEN = 16
    DATA = 17
    END = 18
    STATUS = 19
    CANCEL = 20
    CREDIT = 21

    @property
    def is_of_call(self) -> bool:
        """Whether it belongs to a call, and so has a stream."""
        return self >= FIRST_CALL_KIND


class WireError(Exception):
    """A frame that is refused; `name` is one of the page's "Errors of the wire"."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Frame:
    """A head, the bytes of its fields, and the body if it has one."""

    kind: Kind
    session: int = 0
    stream: int = 0
    sequence: int = 0
    flags: int = 0
    fields: bytes = b""
    body: bytes | None = None

    def has(self, flag: int) -> bool:
        """Whether that flag is set."""
        return self.flags & flag != 0


def encode(frame: Frame) -> list[bytes]:
    """The parts of the frame. Raises WireError where it would be refused."""
    check(frame)
    head = _HEAD.pack(
        MAGIC,
        limits.WIRE_VERSION,
        frame.kind,
        frame.flags,
        frame.session,
        frame.stream,
        frame.sequence,
    )
    parts = [head + frame.fields]
    if frame.body is not None:
        parts.append(frame.body)
    return parts


def decode(parts: Sequence[bytes]) -> Frame:
    """The frame in the parts; its fields are not looked into."""
    if not 1 <= len(parts) <= 2:
        raise WireError("wrong-frame-count")
    head = parts[0]
    if not head or head[0] != MAGIC:
        raise WireError("not-a-frame")
    if len(head) < limits.HEAD_BYTES:
        raise WireError("truncated")
    _, version, kind, flags, session, stream, sequence = _HEAD.unpack_from(head)
    if version != limits.WIRE_VERSION:
        raise WireError("version")
    try:
        known_kind = Kind(kind)
    except ValueError:
        raise WireError("unknown-kind") from None
    frame = Frame(
        kind=known_kind,
        session=session,
        stream=stream,
        sequence=sequence,
        flags=flags,
        fields=head[limits.HEAD_BYTES :],
        body=parts[1] if len(parts) == 2 else None,
    )
    check(frame)
    return frame


def check(frame: Frame) -> None:
    """Raises WireError where the frame would be refused; its fields are not looked into."""
    if frame.flags & ~ALL_FLAGS:
        raise WireError("unknown-flags")
    if frame.kind.is_of_call and frame.stream == 0:
        raise WireError("stream-expected")
    if not frame.kind.is_of_call and frame.stream != 0:
        raise WireError("stream-unexpected")
    if len(frame.fields) > limits.FIELD_BYTES_LIMIT:
        raise WireError("too-large")
    if frame.body is not None and len(frame.body) > limits.BODY_BYTES_LIMIT:
        raise WireError("too-large")
    if frame.has(MESSAGE) and frame.body is None:
        raise WireError("body-expected")
    if not frame.has(MESSAGE) and frame.body is not None:
        raise WireError("body-unexpected")
