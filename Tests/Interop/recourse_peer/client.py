"""A small client: calls by method, with protobuf messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from google.protobuf.message import DecodeError

from .calls import CallerCall
from .peer import Peer
from .schema import Method, parse
from .status import Metadata, RpcError, Status, StatusCode

_OWN_KEYS = {"grpc-timeout": "timeout", "recourse-target": "target"}


@dataclass(frozen=True)
class Response:
    """The message of a unary answer, and the metadata around it."""

    message: Any
    initial_metadata: Metadata
    trailing_metadata: Metadata


class StreamingCall:
    """A call with a stream in either direction. `call` is the call below the messages."""

    def __init__(self, call: CallerCall, method: Method) -> None:
        self.call = call
        self._method = method

    def send(self, request: Any) -> bool:
        """Sends a request, waiting for room. False if the call is over: its status says why."""
        return self.call.send(request.SerializeToString())

    def end(self) -> None:
        """There are no more requests."""
        self.call.end()

    def cancel(self) -> None:
        """Gives the call up."""
        self.call.cancel()

    def receive(self) -> Any | None:
        """The next response; None where there are no more."""
        body = self.call.receive()
        return None if body is None else _read(self._method, body)

    def __iter__(self) -> Iterator[Any]:
        """The responses that are left. Raises RpcError where the status is not OK."""
        while (response := self.receive()) is not None:
            yield response
        self.check()

    def initial_metadata(self) -> Metadata:
        """Waits for what the handler says first."""
        return self.call.initial_metadata()

    def status(self) -> Status:
        """Waits for what the call ends with. Take all responses first, they hold it up."""
        return self.call.status()

    def check(self) -> Status:
        """The same; raises RpcError where it is not OK."""
        status = self.status()
        if status.code is not StatusCode.OK:
            raise RpcError(status)
        return status


class Client:
    """Calls methods through a peer, at one target or at whoever serves them."""

    def __init__(self, peer: Peer, target: str = "") -> None:
        self._peer = peer
        self._target = target

    def unary(
        self, method: Method, request: Any, timeout: float | None, metadata: Metadata | None = None
    ) -> Response:
        """One request, one response. Raises RpcError where the status is not OK."""
        return _single(self.server_streaming(method, request, timeout, metadata))

    def client_streaming(
        self,
        method: Method,
        requests: Iterable[Any],
        timeout: float | None,
        metadata: Metadata | None = None,
    ) -> Response:
        """Many requests, one response. Raises RpcError where the status is not OK."""
        call = self.bidi(method, timeout, metadata)
        for request in requests:
            if not call.send(request):
                break
        call.end()
        return _single(call)

    def server_streaming(
        self, method: Method, request: Any, timeout: float | None, metadata: Metadata | None = None
    ) -> StreamingCall:
        """One request, many responses."""
        body = request.SerializeToString()
        call = self._peer.open(
            method.path, self._target, _checked(metadata), timeout, body, last=True
        )
        return StreamingCall(call, method)

    def bidi(
        self, method: Method, timeout: float | None, metadata: Metadata | None = None
    ) -> StreamingCall:
        """Many requests and responses, in any order; also for a stream of requests alone."""
        call = self._peer.open(
            method.path, self._target, _checked(metadata), timeout, None, last=False
        )
        return StreamingCall(call, method)


def _single(call: StreamingCall) -> Response:
    responses = list(islice(call, 2))
    if len(responses) != 1:
        call.cancel()
        text = f"{'no' if not responses else 'more than one'} response came, one is right"
        raise RpcError(Status(StatusCode.INTERNAL, text))
    return Response(responses[0], call.initial_metadata(), call.status().metadata)


def _read(method: Method, body: bytes) -> Any:
    try:
        return parse(method.response, body)
    except DecodeError:
        text = f"what came is no {method.response.DESCRIPTOR.full_name}"
        raise RpcError(Status(StatusCode.INTERNAL, text)) from None


def _checked(metadata: Metadata | None) -> Metadata:
    metadata = metadata or []
    for key, value in metadata:
        if key in _OWN_KEYS:
            raise ValueError(f"{key} is no metadata on the wire; pass {_OWN_KEYS[key]}")
        if not key.isascii() or key != key.lower():
            raise ValueError(f"the key {key!r} is not lower-case ASCII")
        if isinstance(value, bytes) != key.endswith("-bin"):
            raise ValueError(f"{key}: bytes go with keys that end in -bin, and with no others")
    return metadata
