"""Requests of grpc.testing.TestService, and what a case expects of the answers."""

from __future__ import annotations

from typing import Any

from recourse_peer.client import Client, Response, StreamingCall
from recourse_peer.schema import Method, Schema
from recourse_peer.status import Metadata, Status
from test_service import SERVICE

TIMEOUT = 20.0  # seconds for each call; none comes near it


class Failed(Exception):
    """Something else came than was expected."""


def expect(what: str, came: object, expected: object) -> None:
    """Raises Failed, saying both, where they differ."""
    if came != expected:
        raise Failed(f"{what}: expected {expected!r}, came {_short(came)}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 400 else f"{text[:400]}… ({len(text)} characters)"


class TestClient:
    """Calls the TestService."""

    def __init__(self, client: Client, schema: Schema) -> None:
        self._client = client
        self._schema = schema

    def method(self, name: str, service: str = SERVICE) -> Method:
        """The method of that name."""
        return self._schema.methods(service)[name]

    def message(self, name: str, **values: Any) -> Any:
        """A message of grpc.testing."""
        return self._schema.message(f"grpc.testing.{name}")(**values)

    def payload(self, size: int) -> Any:
        """A payload of zeros."""
        return self.message("Payload", body=bytes(size))

    def output_request(self, *sizes: int, payload: int | None = None) -> Any:
        """Asks for responses of these sizes, and has a payload itself if it is to."""
        request = self.message("StreamingOutputCallRequest")
        for size in sizes:
            request.response_parameters.add(size=size)
        if payload is not None:
            request.payload.body = bytes(payload)
        return request

    def unary(self, name: str, request: Any, metadata: Metadata | None = None) -> Response:
        """A unary call that must end with OK."""
        return self._client.unary(self.method(name), request, TIMEOUT, metadata)

    def status(self, method: Method, request: Any) -> Status:
        """What a unary call ends with."""
        return self._client.server_streaming(method, request, TIMEOUT).status()

    def streaming_input(self, requests: list[Any]) -> Response:
        """StreamingInputCall with these requests."""
        return self._client.client_streaming(self.method("StreamingInputCall"), requests, TIMEOUT)

    def streaming_output(self, *sizes: int) -> StreamingCall:
        """StreamingOutputCall for responses of these sizes."""
        request = self.output_request(*sizes)
        return self._client.server_streaming(self.method("StreamingOutputCall"), request, TIMEOUT)

    def begin(
        self, name: str, metadata: Metadata | None = None, timeout: float = TIMEOUT
    ) -> StreamingCall:
        """A call with a stream of requests, none of them sent yet."""
        return self._client.bidi(self.method(name), timeout, metadata)
