"""gRPC's status codes, and what a call ends with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Union

Metadata = list[tuple[str, Union[str, bytes]]]
"""Keys and values in the order in which they were added; bytes where the key ends in "-bin"."""


class StatusCode(IntEnum):
    """How a call ended."""

    OK = 0
    CANCELLED = 1
    UNKNOWN = 2
    INVALID_ARGUMENT = 3
    DEADLINE_EXCEEDED = 4
    NOT_FOUND = 5
    ALREADY_EXISTS = 6
    PERMISSION_DENIED = 7
    RESOURCE_EXHAUSTED = 8
    FAILED_PRECONDITION = 9
    ABORTED = 10
    OUT_OF_RANGE = 11
    UNIMPLEMENTED = 12
    INTERNAL = 13
    UNAVAILABLE = 14
    DATA_LOSS = 15
    UNAUTHENTICATED = 16

    @classmethod
    def read(cls, number: int) -> StatusCode:
        """The code of that number; UNKNOWN where gRPC has none."""
        return cls(number) if 0 <= number <= cls.UNAUTHENTICATED else cls.UNKNOWN


@dataclass(frozen=True)
class Status:
    """A code, a text for people, and trailing metadata."""

    code: StatusCode
    text: str = ""
    metadata: Metadata = field(default_factory=list)

    @classmethod
    def unavailable(cls, text: str, delivered: str) -> Status:
        """What the bus says where no worker can: `delivered` is `no` or `unknown`."""
        return cls(StatusCode.UNAVAILABLE, text, [("recourse-delivered", delivered)])


class RpcError(Exception):
    """A call that did not end with OK. A handler raises it to answer with its status."""

    def __init__(self, status: Status) -> None:
        super().__init__(f"{status.code.name}: {status.text}")
        self.status = status


class CallCancelled(Exception):
    """Raised in a handler whose caller is gone: whatever it says, nobody hears it."""
