"""Messages and services from a file with a google.protobuf.FileDescriptorSet; no generated code."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

# Python's protobuf takes the end of a group for the end and only warns; `parse` looks itself.
warnings.filterwarnings("ignore", "Unexpected end-group tag", RuntimeWarning)


def parse(kind: type[Any], data: bytes) -> Any:
    """The message in these bytes. Raises DecodeError."""
    message = kind()
    if message.MergeFromString(data) != len(data):
        raise DecodeError(f"this is no {kind.DESCRIPTOR.full_name}")
    return message


@dataclass(frozen=True)
class Method:
    """A method of a service: its names, its messages and its kind."""

    service: str
    name: str
    request: type[Any]
    response: type[Any]
    client_streaming: bool
    server_streaming: bool

    @property
    def path(self) -> str:
        """What OPEN calls it."""
        return f"{self.service}/{self.name}"

    @property
    def kind(self) -> str:
        """The kind by its name in recourse.bus.v1.MethodKind."""
        if self.client_streaming:
            return "BIDIRECTIONAL_STREAMING" if self.server_streaming else "CLIENT_STREAMING"
        return "SERVER_STREAMING" if self.server_streaming else "UNARY"


class Schema:
    """Everything that the file describes."""

    def __init__(self, path: Path) -> None:
        files = descriptor_pb2.FileDescriptorSet.FromString(path.read_bytes())
        self._pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            self._pool.AddSerializedFile(file.SerializeToString())
        self._factory = message_factory.MessageFactory(self._pool)

    def message(self, name: str) -> type[Any]:
        """The class of the message with that full name."""
        return self._factory.GetPrototype(self._pool.FindMessageTypeByName(name))

    def methods(self, service: str) -> dict[str, Method]:
        """The methods of the service with that full name, by their own names."""
        described = descriptor_pb2.ServiceDescriptorProto()
        self._pool.FindServiceByName(service).CopyToProto(described)
        return {
            method.name: Method(
                service=service,
                name=method.name,
                request=self.message(method.input_type.lstrip(".")),
                response=self.message(method.output_type.lstrip(".")),
                client_streaming=method.client_streaming,
                server_streaming=method.server_streaming,
            )
            for method in described.method
        }
