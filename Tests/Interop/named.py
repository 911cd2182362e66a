"""A peer that sets a routing id of its own, which could be another's."""

from __future__ import annotations

import zmq

from recourse_peer import wire
from recourse_peer.keys import Keys
from recourse_peer.schema import Schema, parse

_ANSWER_LIMIT_MS = 5_000


def fault(address: str, schema: Schema, keys: Keys) -> str | None:
    """What is wrong with the broker's answer to it; None where it is REFUSE, with the reason."""
    with zmq.Context() as context, context.socket(zmq.DEALER) as dealer:
        keys.set(dealer)
        dealer.linger = 0
        dealer.routing_id = b"another"
        dealer.rcvtimeo = _ANSWER_LIMIT_MS
        dealer.connect(address)
        hello = schema.message("recourse.bus.v1.Hello")()
        frame = wire.Frame(wire.Kind.HELLO, flags=wire.MESSAGE, body=hello.SerializeToString())
        dealer.send_multipart(wire.encode(frame))
        try:
            answer = wire.decode(dealer.recv_multipart())
        except zmq.Again:
            return "no answer came"
        if answer.kind is not wire.Kind.REFUSE or answer.body is None:
            return f"expected REFUSE, came {answer}"
        refuse = parse(schema.message("recourse.bus.v1.Refuse"), answer.body)
        if "routing id" not in refuse.message:
            return f"expected the reason, came {refuse.message!r}"
        return None
