"""A small server: handlers by method, with protobuf messages, a thread for each call."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from google.protobuf.message import DecodeError

from .calls import HandlerCall
from .schema import Method, parse
from .status import CallCancelled, Metadata, RpcError, Status, StatusCode

Handler = Callable[[Any, "Context"], Any]
"""Takes a request, or an iterator of them where they stream, and a Context. Returns a response, or
an iterator of them where they stream. Raises RpcError to answer with another status than OK."""

_SECONDS_FROM = 100_000_000  # milliseconds: `grpc-timeout` has eight digits at most


class Context:
    """What a handler knows of its call, besides the messages."""

    def __init__(self, call: HandlerCall) -> None:
        self._call = call
        self.trailing_metadata: Metadata = []

    @property
    def metadata(self) -> Metadata:
        """What the caller sent along; its timeout is `grpc-timeout` again."""
        opening = self._call.handler.opening
        if opening is None or opening.timeout == 0:
            return opening.metadata if opening else []
        milliseconds = opening.timeout
        short = milliseconds < _SECONDS_FROM
        timeout = f"{milliseconds}m" if short else f"{milliseconds // 1_000}S"
        return [*opening.metadata, ("grpc-timeout", timeout)]

    @property
    def principal(self) -> str:
        """Who calls, as the broker says; empty where it does not say so."""
        return self._call.principal

    @property
    def initial_metadata(self) -> Metadata:
        """Goes out with the first response; what is added later is not sent."""
        return self._call.initial

    @property
    def deadline(self) -> float | None:
        """When the caller gives up, by the monotonic clock."""
        return self._call.deadline

    def send_initial_metadata(self) -> None:
        """Sends them now, before there is a response."""
        self._call.send(None)

    def is_cancelled(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._call.is_over()

    def wait(self, seconds: float) -> None:
        """Lets time pass; raises CallCancelled at once when the caller is gone."""
        self._call.wait(seconds)


class Server:
    """Knows who handles what. Pass `methods` and `take` to a Peer."""

    def __init__(self) -> None:
        self._handlers: dict[str, tuple[Method, Handler]] = {}

    def register(self, method: Method, handler: Handler) -> None:
        """That handler answers this method, of whichever of the four kinds it is."""
        self._handlers[method.path] = (method, handler)

    @property
    def methods(self) -> list[Method]:
        """What HELLO offers."""
        return [method for method, _ in self._handlers.values()]

    def take(self, call: HandlerCall) -> None:
        """A call came: answers it on a thread of its own."""
        path = call.handler.opening.method if call.handler.opening else ""
        if path not in self._handlers:
            call.finish(Status(StatusCode.UNIMPLEMENTED, "the method is not served here"))
            return
        method, handler = self._handlers[path]
        run = threading.Thread(target=_run, args=(call, method, handler), name=path, daemon=True)
        run.start()


def _run(call: HandlerCall, method: Method, handler: Handler) -> None:
    context = Context(call)
    try:
        message = _answer(call, context, method, handler)
    except CallCancelled:
        return
    except RpcError as error:
        status = error.status
        trailing = context.trailing_metadata + status.metadata
        call.finish(Status(status.code, status.text, trailing))
    except Exception:
        traceback.print_exc(file=sys.stderr)
        call.finish(Status(StatusCode.INTERNAL, "the handler failed"))
    else:
        call.finish(Status(StatusCode.OK, metadata=context.trailing_metadata), message)


def _answer(call: HandlerCall, context: Context, method: Method, handler: Handler) -> bytes | None:
    """Runs the handler and sends what it streams; returns the message of STATUS if there is one."""
    requests = _requests(call, method)
    result = handler(requests if method.client_streaming else _only(requests), context)
    if not method.server_streaming:
        return result.SerializeToString()
    for response in result:
        call.send(response.SerializeToString())
    return None


def _requests(call: HandlerCall, method: Method) -> Iterator[Any]:
    while (body := call.receive()) is not None:
        try:
            request = parse(method.request, body)
        except DecodeError:
            name = method.request.DESCRIPTOR.full_name
            raise RpcError(Status(StatusCode.INTERNAL, f"what came is no {name}")) from None
        yield request


def _only(requests: Iterator[Any]) -> Any:
    found = list(islice(requests, 2))
    if len(found) != 1:
        text = f"{'no' if not found else 'more than one'} request came, one is right"
        raise RpcError(Status(StatusCode.INTERNAL, text))
    return found[0]
