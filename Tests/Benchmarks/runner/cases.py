"""What is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    body: int
    in_flight: int | None  # None: the server streams

    @property
    def is_stream(self) -> bool:
        return self.in_flight is None

    @property
    def options(self) -> list[str]:
        if self.is_stream:
            return ["--case", "stream", "--body", str(self.body)]
        return ["--case", "unary", "--in-flight", str(self.in_flight), "--body", str(self.body)]


def _unary(name: str, size: str, body: int, in_flight: int) -> Case:
    return Case(
        f"{name}-{in_flight}",
        f"Request and reply of {size}, {in_flight} in flight",
        body,
        in_flight,
    )


_ALL = [
    *(_unary("unary", "256 bytes", 256, n) for n in (1, 8, 64, 512)),
    Case("stream-256", "Stream to the caller, messages of 256 bytes", 256, None),
    Case("stream-16k", "Stream to the caller, messages of 16 KiB", 16_384, None),
    *(_unary("big", "1 MiB", 1_048_576, n) for n in (1, 8)),
]
CASES = {case.name: case for case in _ALL}
