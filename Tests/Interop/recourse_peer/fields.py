"""What OPEN, DATA, STATUS and CREDIT say in their fields."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Union

from . import limits
from .status import Metadata, Status, StatusCode
from .wire import METADATA, Frame, Kind, WireError


@dataclass(frozen=True)
class Open:
    """Which method is called, with what. A timeout of 0 milliseconds is no limit."""

    timeout: int
    method: str
    target: str
    metadata: Metadata = field(default_factory=list)


@dataclass(frozen=True)
class Data:
    """Initial metadata, in a handler's first DATA; None where METADATA is not set."""

    initial: Metadata | None


@dataclass(frozen=True)
class Ending:
    """STATUS: initial metadata where METADATA is set, and what the call ends with."""

    initial: Metadata | None
    status: Status


@dataclass(frozen=True)
class Credit:
    """Room for so many messages and bytes more."""

    messages: int
    bytes: int


Fields = Union[Open, Data, Ending, Credit, None]


def read(frame: Frame) -> Fields:
    """The fields of a call frame; None for kinds that have none. Raises WireError."""
    reader = _Reader(frame.fields)
    result: Fields = None
    if frame.kind is Kind.OPEN:
        result = Open(reader.number(4), reader.text(), reader.text(), reader.metadata())
    elif frame.kind is Kind.DATA:
        if not frame.has(METADATA):
            return Data(None)
        result = Data(reader.metadata())
    elif frame.kind is Kind.STATUS:
        initial = reader.metadata() if frame.has(METADATA) else None
        code = StatusCode.read(reader.number(1))
        result = Ending(initial, Status(code, reader.text(), reader.metadata()))
    elif frame.kind is Kind.CREDIT:
        result = Credit(reader.number(4), reader.number(4))
    else:
        return None
    reader.finish()
    return result


def write(fields: Fields) -> bytes:
    """The bytes of the fields. Raises WireError where something is too large for them."""
    if isinstance(fields, Open):
        return b"".join(
            [
                struct.pack("!I", fields.timeout),
                _text(fields.method),
                _text(fields.target),
                _metadata(fields.metadata),
            ]
        )
    if isinstance(fields, Data):
        return b"" if fields.initial is None else _metadata(fields.initial)
    if isinstance(fields, Ending):
        initial = b"" if fields.initial is None else _metadata(fields.initial)
        status = fields.status
        return initial + bytes([status.code]) + _text(status.text) + _metadata(status.metadata)
    if isinstance(fields, Credit):
        return struct.pack("!II", fields.messages, fields.bytes)
    return b""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def octets(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise WireError("truncated")
        self._at += count
        return self._data[self._at - count : self._at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.octets(size), "big")

    def text(self) -> str:
        return _decode(self.octets(self.number(2)))

    def metadata(self) -> Metadata:
        count = self.number(2)
        if count > limits.METADATA_ENTRIES_LIMIT:
            raise WireError("too-large")
        return [self._entry() for _ in range(count)]

    def _entry(self) -> tuple[str, str | bytes]:
        key = self.text()
        value = self.octets(self.number(4))
        return key, value if key.endswith("-bin") else _decode(value)

    def finish(self) -> None:
        if self._at != len(self._data):
            raise WireError("trailing-bytes")


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise WireError("not-utf8") from None


def _text(text: str) -> bytes:
    data = text.encode("utf-8")
    if len(data) > 0xFFFF:
        raise WireError("too-large")
    return struct.pack("!H", len(data)) + data


def _metadata(metadata: Metadata) -> bytes:
    if len(metadata) > limits.METADATA_ENTRIES_LIMIT:
        raise WireError("too-large")
    pieces = [struct.pack("!H", len(metadata))]
    for key, value in metadata:
        data = value.encode("utf-8") if isinstance(value, str) else value
        pieces += [_text(key), struct.pack("!I", len(data)), data]
    return b"".join(pieces)
