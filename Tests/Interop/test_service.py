"""gRPC's grpc.testing.TestService, as "Interoperability Test Case Descriptions" wants a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recourse_peer.schema import Schema
from recourse_peer.server import Context, Server
from recourse_peer.status import RpcError, Status, StatusCode

SERVICE = "grpc.testing.TestService"
ECHO_INITIAL = "x-grpc-test-echo-initial"
ECHO_TRAILING = "x-grpc-test-echo-trailing-bin"

HALF_DUPLEX_LIMIT = 1_024  # responses that are collected before the first is sent
_COMPRESSABLE = 0


class TestService:
    """The handlers. UnimplementedCall has none: that is what it is for."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def server(self) -> Server:
        """All methods that are served."""
        handlers = {
            "EmptyCall": self.empty_call,
            "UnaryCall": self.unary_call,
            "StreamingInputCall": self.streaming_input_call,
            "StreamingOutputCall": self.streaming_output_call,
            "FullDuplexCall": self.full_duplex_call,
            "HalfDuplexCall": self.half_duplex_call,
        }
        methods = self._schema.methods(SERVICE)
        server = Server()
        for name, handler in handlers.items():
            server.register(methods[name], handler)
        return server

    def empty_call(self, _: Any, context: Context) -> Any:
        """Answers with nothing in it."""
        _echo_metadata(context)
        return self._message("Empty")

    def unary_call(self, request: Any, context: Context) -> Any:
        """Answers with as many bytes as the request says."""
        _echo_metadata(context)
        if request.response_status.code:
            raise _status(request)
        payload = self._payload(request.response_type, request.response_size)
        return self._message("SimpleResponse", payload=payload)

    def streaming_input_call(self, requests: Iterator[Any], context: Context) -> Any:
        """Answers with the size of all payloads."""
        _echo_metadata(context)
        size = sum(len(request.payload.body) for request in requests)
        return self._message("StreamingInputCallResponse", aggregated_payload_size=size)

    def streaming_output_call(self, request: Any, context: Context) -> Iterator[Any]:
        """A response for each of the request's parameters."""
        _echo_metadata(context)
        if request.HasField("response_status"):
            raise _status(request)
        yield from self._responses(request, context)

    def full_duplex_call(self, requests: Iterator[Any], context: Context) -> Iterator[Any]:
        """The same for each request, at once."""
        _echo_metadata(context)
        for request in requests:
            if request.HasField("response_status"):
                raise _status(request)
            yield from self._responses(request, context)

    def half_duplex_call(self, requests: Iterator[Any], context: Context) -> Iterator[Any]:
        """The same, once there are no more requests."""
        _echo_metadata(context)
        collected = self._message("StreamingOutputCallRequest")
        for request in requests:
            if request.HasField("response_status"):
                raise _status(request)
            collected.response_type = request.response_type
            collected.response_parameters.extend(request.response_parameters)
            if len(collected.response_parameters) > HALF_DUPLEX_LIMIT:
                raise RpcError(Status(StatusCode.RESOURCE_EXHAUSTED, "too many to collect"))
        yield from self._responses(collected, context)

    def _responses(self, request: Any, context: Context) -> Iterator[Any]:
        for parameters in request.response_parameters:
            if parameters.interval_us > 0:
                context.wait(parameters.interval_us / 1_000_000)
            payload = self._payload(request.response_type, parameters.size)
            yield self._message("StreamingOutputCallResponse", payload=payload)

    def _payload(self, type_: int, size: int) -> Any:
        if type_ != _COMPRESSABLE or size < 0:
            text = "there is no payload of that type or size"
            raise RpcError(Status(StatusCode.INVALID_ARGUMENT, text))
        return self._message("Payload", type=type_, body=bytes(size))

    def _message(self, name: str, **values: Any) -> Any:
        return self._schema.message(f"grpc.testing.{name}")(**values)


def _echo_metadata(context: Context) -> None:
    for key, value in context.metadata:
        if key == ECHO_INITIAL:
            context.initial_metadata.append((key, value))
        elif key == ECHO_TRAILING:
            context.trailing_metadata.append((key, value))


def _status(request: Any) -> RpcError:
    """What the request wants as its status; OK too ends a stream there."""
    wanted = request.response_status
    return RpcError(Status(StatusCode.read(wanted.code), wanted.message))
