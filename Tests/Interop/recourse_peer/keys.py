"""Who a peer is: CURVE keys, as files have them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import zmq


@dataclass(frozen=True)
class Keys:
    """A peer's own pair, and the broker's public key; Z85, 40 characters each."""

    public: bytes
    secret: bytes
    broker: bytes

    @staticmethod
    def read(secret: Path, broker: Path) -> Keys:
        """Reads the file of a secret key, and that of the broker's public one."""
        own = secret.read_bytes().strip()
        return Keys(zmq.curve_public(own), own, broker.read_bytes().strip())

    def set(self, dealer: zmq.Socket) -> None:
        """For a socket that has not connected yet."""
        dealer.setsockopt(zmq.CURVE_SERVERKEY, self.broker)
        dealer.setsockopt(zmq.CURVE_PUBLICKEY, self.public)
        dealer.setsockopt(zmq.CURVE_SECRETKEY, self.secret)
