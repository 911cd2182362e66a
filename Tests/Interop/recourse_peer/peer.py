"""The peer: one DEALER on one thread, which alone touches it.

Other threads hold the lock to change a call, leave frames in `_outgoing` and wake that thread. The
queue needs no limit of its own: credit bounds the messages of a call, OPEN_CALLS_LIMIT the calls.
"""

from __future__ import annotations

import math
import os
import random
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence

import zmq
from zmq.utils.monitor import recv_monitor_message

from . import limits
from .calls import Call, CallerCall, HandlerCall
from .fields import Open
from .keys import Keys
from .schema import Method, Schema
from .session import CALLER_PRINCIPAL, Session, State
from .status import Metadata, RpcError, Status, StatusCode
from .stream import CallerStream, HandlerStream
from .wire import Frame, Kind, WireError, decode, encode

_TOO_MANY = Status(StatusCode.RESOURCE_EXHAUSTED, "as many calls as are allowed are open")
_LEAVING = Status.unavailable("the worker is leaving", delivered="no")


class Peer:
    """A connection to the broker, its session and its calls."""

    def __init__(
        self,
        address: str,
        schema: Schema,
        keys: Keys,
        *,
        worker: str = "client",
        methods: Sequence[Method] = (),
        on_open: Callable[[HandlerCall], None] | None = None,
        on_state: Callable[[State], None] | None = None,
    ) -> None:
        """`methods` are offered. `on_open` is told of calls to answer, `on_state` of the session;
        both must return soon."""
        hello = schema.message("recourse.bus.v1.Hello")(
            wire_version_min=limits.WIRE_VERSION,
            wire_version_max=limits.WIRE_VERSION,
            worker=worker,
            instance=uuid.uuid4().hex,
            process_id=os.getpid(),
            stateless=True,
            features=[CALLER_PRINCIPAL],
        )
        for service in dict.fromkeys(method.service for method in methods):
            offered = [method for method in methods if method.service == service]
            names = [method.name for method in offered]
            hello.services.add(name=service, methods=names, kinds=[m.kind for m in offered])
        self.lock = threading.RLock()
        self.session = Session(schema, hello, attempt=random.getrandbits(63))
        self._on_open = on_open
        self._on_state = on_state
        self._address = address
        self._keys = keys
        self._changed = threading.Condition(self.lock)
        self._outgoing: deque[Frame] = deque()
        self._callers: dict[int, CallerCall] = {}
        self._handlers: dict[int, HandlerCall] = {}
        self._next_stream = 1
        self._state = self.session.state  # what `_change` has seen
        self._number = 0  # the same
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._thread = threading.Thread(target=self._run, name="recourse-peer", daemon=True)

    def __enter__(self) -> Peer:
        """Connects and greets."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the session with BYE, and all calls with it."""
        with self.lock:
            self._change(self.session.close())
            self.put([])
        self._thread.join(limits.CLOSE_LIMIT)

    def wait_ready(self, limit: float) -> bool:
        """Waits until there is a session, or is to be none; whether there is one."""
        with self.lock:
            self._changed.wait_for(lambda: self.session.state is not State.GREETING, limit)
            return self.session.state is State.ESTABLISHED

    def open(
        self,
        method: str,
        target: str,
        metadata: Metadata,
        timeout: float | None,
        message: bytes | None,
        last: bool,
    ) -> CallerCall:
        """Begins a call, once there is a session. Raises RpcError where that is not to be."""
        deadline = None if timeout is None else time.monotonic() + timeout
        with self.lock:
            self._require_session(deadline)
            if len(self._callers) >= limits.OPEN_CALLS_LIMIT:
                raise RpcError(_TOO_MANY)
            stream = CallerStream(self.session.number, self._next_stream)
            opening = Open(_milliseconds(deadline), method, target, metadata)
            try:
                frame = stream.open(opening, message, last)
            except WireError:
                text = "the request is too large to be sent"
                raise RpcError(Status(StatusCode.RESOURCE_EXHAUSTED, text)) from None
            call = CallerCall(self, stream, deadline)
            self._callers[stream.number] = call
            self._next_stream += 2
            self.put([frame])
            return call

    def drain(self, limit: float = limits.DRAIN_LIMIT) -> bool:
        """Takes no new calls and waits for those that it answers; whether all have ended."""
        with self.lock:
            self.put(self.session.drain())
            return self._changed.wait_for(lambda: not self._handlers, limit)

    def put(self, frames: list[Frame]) -> None:
        """For calls: hands frames to the thread of the socket. The lock must be held."""
        self._outgoing.extend(frames)
        if self._wake >= 0 and threading.current_thread() is not self._thread:
            os.eventfd_write(self._wake, 1)

    def forget(self, call: Call) -> None:
        """For calls: it is over. The lock must be held."""
        calls = self._callers if isinstance(call, CallerCall) else self._handlers
        if calls.get(call.stream.number) is call:
            del calls[call.stream.number]
            self._changed.notify_all()

    def _require_session(self, deadline: float | None) -> None:
        limit = limits.READY_WAIT_LIMIT
        if deadline is not None:
            limit = min(limit, deadline - time.monotonic())
        if self.wait_ready(limit):
            return
        if deadline is not None and time.monotonic() >= deadline:
            raise RpcError(Status(StatusCode.DEADLINE_EXCEEDED, "the deadline has passed"))
        text = f"there is no session ({self.session.state.value}) {self.session.refusal}"
        raise RpcError(Status.unavailable(text.strip(), delivered="no"))

    # What follows runs on the thread of the socket; `_change` also where the peer is closed.

    def _run(self) -> None:
        context = zmq.Context()
        dealer = context.socket(zmq.DEALER)
        self._keys.set(dealer)
        dealer.setsockopt(zmq.SNDHWM, 0)
        dealer.setsockopt(zmq.RCVHWM, 0)
        dealer.setsockopt(zmq.LINGER, limits.LINGER)
        dealer.setsockopt(zmq.RECONNECT_IVL, limits.RECONNECT_FIRST)
        dealer.setsockopt(zmq.RECONNECT_IVL_MAX, limits.RECONNECT_MAX)
        monitor = dealer.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        poller = zmq.Poller()
        for source in (dealer, monitor, self._wake):
            poller.register(source, zmq.POLLIN)
        try:
            self._connect(dealer)
            while self._turn(dealer, monitor, poller):
                pass
        finally:
            with self.lock:
                self._change(self.session.close())
                os.close(self._wake)
                self._wake = -1
            dealer.disable_monitor()
            monitor.close()
            dealer.close()
            context.term()

    def _connect(self, dealer: zmq.Socket) -> None:
        with self.lock:
            try:
                dealer.connect(self._address)
            except zmq.ZMQError as error:
                self.session.refuse(f"{self._address}: {error}")
                self._change([])
            else:
                self._change(self.session.start(time.monotonic()))

    def _turn(self, dealer: zmq.Socket, monitor: zmq.Socket, poller: zmq.Poller) -> bool:
        with self.lock:
            outgoing = list(self._outgoing)
            self._outgoing.clear()
            goes_on = self.session.state is not State.CLOSED
            pause = self._pause(time.monotonic())
        for frame in outgoing:
            dealer.send_multipart(encode(frame))
        if not goes_on:
            return False
        ready = dict(poller.poll(pause))
        if self._wake in ready:
            os.eventfd_read(self._wake)
        with self.lock:
            now = time.monotonic()
            if dealer in ready:
                self._receive(dealer, now)
            if monitor in ready:
                while monitor.poll(0):
                    recv_monitor_message(monitor)
                self._change(self.session.connection_broke(now))
            self._change(self.session.tick(now))
            for call in [*self._callers.values(), *self._handlers.values()]:
                if call.deadline is not None and call.deadline <= now:
                    call.expire()
        return True

    def _pause(self, now: float) -> int | None:
        """Milliseconds until something is to be done without being asked; None is for ever."""
        calls: list[Call] = [*self._callers.values(), *self._handlers.values()]
        times = [call.deadline for call in calls] + [self.session.wake_at()]
        known = [at for at in times if at is not None]
        return max(0, math.ceil((min(known) - now) * 1_000)) if known else None

    def _receive(self, dealer: zmq.Socket, now: float) -> None:
        for _ in range(limits.RECEIVE_BATCH):
            try:
                frame = decode(dealer.recv_multipart(zmq.NOBLOCK))
            except zmq.Again:
                return
            except WireError:
                continue  # the broker's mistake; what it belonged to cannot be told
            if not frame.kind.is_of_call:
                self._change(self.session.hear(frame, now))
            elif self.session.number != 0 and frame.session == self.session.number:
                self.session.note(now)
                self._hear_call(frame, now)

    def _hear_call(self, frame: Frame, now: float) -> None:
        calls = self._callers if frame.stream % 2 else self._handlers
        call = calls.get(frame.stream)
        if call is not None:
            call.hear(frame)
        elif frame.kind is Kind.OPEN and frame.stream % 2 == 0:
            self._hear_open(frame, now)

    def _hear_open(self, frame: Frame, now: float) -> None:
        call = HandlerCall(self, HandlerStream(frame.session, frame.stream))
        call.says_caller = self.session.says_caller
        full = len(self._handlers) >= limits.OPEN_CALLS_LIMIT
        self._handlers[frame.stream] = call
        call.open(frame, now)
        if call.stream.finished:
            return
        if self.session.draining:
            call.finish(_LEAVING)
        elif full:
            call.finish(_TOO_MANY)
        elif self._on_open is None:
            call.finish(Status(StatusCode.UNIMPLEMENTED, "this peer serves nothing"))
        else:
            self._on_open(call)

    def _change(self, frames: list[Frame]) -> None:
        """The session may have moved: ends the calls of one that is over, and says what follows."""
        session = self.session
        if session.number != self._number:
            for call in [*self._callers.values(), *self._handlers.values()]:
                call.lose()
            if session.state is State.GREETING:
                self._outgoing.clear()
            self._number = session.number
            self._next_stream = 1
        self._outgoing.extend(frames)
        if session.state is not self._state:
            self._state = session.state
            self._changed.notify_all()
            if self._on_state is not None:
                self._on_state(session.state)


def _milliseconds(deadline: float | None) -> int:
    """The timeout of OPEN, at least 1 where there is one."""
    if deadline is None:
        return 0
    left = math.ceil((deadline - time.monotonic()) * 1_000)
    return min(max(left, 1), 2**32 - 1)
