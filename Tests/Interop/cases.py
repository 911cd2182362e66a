"""The cases: gRPC's by their names and meaning, and two of our own for flow control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recourse_peer import limits
from recourse_peer.client import StreamingCall
from recourse_peer.status import Metadata, RpcError, Status, StatusCode
from test_client import TIMEOUT, Failed, TestClient, expect
from test_service import ECHO_INITIAL, ECHO_TRAILING

REQUEST_SIZES = [27_182, 8, 1_828, 45_904]
RESPONSE_SIZES = [31_415, 9, 2_653, 58_979]
LARGE_REQUEST, LARGE_RESPONSE = 271_828, 314_159
METADATA: Metadata = [
    (ECHO_INITIAL, "test_initial_metadata_value"),
    (ECHO_TRAILING, b"\xab\xab\xab"),
]
STATUS_MESSAGE = "test status message"
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"

MANY = 500
MANY_RESPONSE_SIZE = 100  # so small that room for messages runs out first
MANY_REQUEST_SIZE = 20_000  # so large that room for bytes runs out first

Case = Callable[[TestClient], None]
CASES: dict[str, Case] = {}


def case(function: Case) -> Case:
    """A case has the name of its function."""
    CASES[function.__name__] = function
    return function


def run(name: str, client: TestClient) -> None:
    """Runs that case. Raises Failed."""
    try:
        CASES[name](client)
    except RpcError as error:
        raise Failed(f"status: expected OK, came {error}") from error


@case
def empty_unary(client: TestClient) -> None:
    """A message of no bytes, there and back."""
    response = client.unary("EmptyCall", client.message("Empty"))
    expect("bytes of the response", response.message.ByteSize(), 0)


@case
def large_unary(client: TestClient) -> None:
    """Large messages, there and back."""
    response = client.unary("UnaryCall", _large_request(client))
    expect("bytes of the payload", len(response.message.payload.body), LARGE_RESPONSE)


@case
def client_streaming(client: TestClient) -> None:
    """Four requests, one response."""
    requests = [_input_request(client, size) for size in REQUEST_SIZES]
    response = client.streaming_input(requests)
    size = response.message.aggregated_payload_size
    expect("aggregated_payload_size", size, sum(REQUEST_SIZES))


@case
def server_streaming(client: TestClient) -> None:
    """One request, four responses."""
    call = client.streaming_output(*RESPONSE_SIZES)
    expect("bytes of the payloads", _payload_sizes(call), RESPONSE_SIZES)


@case
def ping_pong(client: TestClient) -> None:
    """Each request goes out when the response to the one before has come."""
    call = client.begin("FullDuplexCall")
    for request_size, response_size in zip(REQUEST_SIZES, RESPONSE_SIZES, strict=True):
        call.send(client.output_request(response_size, payload=request_size))
        _expect_response(call, response_size)
    call.end()
    expect("bytes of further payloads", _payload_sizes(call), [])


@case
def empty_stream(client: TestClient) -> None:
    """No message in either direction."""
    call = client.begin("FullDuplexCall")
    call.end()
    expect("bytes of the payloads", _payload_sizes(call), [])


@case
def custom_metadata(client: TestClient) -> None:
    """Text and binary metadata, there and back, in a unary call and a full duplex one."""
    response = client.unary("UnaryCall", _large_request(client), METADATA)
    _expect_echo(response.initial_metadata, response.trailing_metadata)

    call = client.begin("FullDuplexCall", METADATA)
    call.send(client.output_request(LARGE_RESPONSE, payload=LARGE_REQUEST))
    call.end()
    expect("bytes of the payloads", _payload_sizes(call), [LARGE_RESPONSE])
    _expect_echo(call.initial_metadata(), call.status().metadata)


@case
def status_code_and_message(client: TestClient) -> None:
    """The handler's status, from a unary call and a full duplex one."""
    wanted = client.message("EchoStatus", code=StatusCode.UNKNOWN, message=STATUS_MESSAGE)
    request = client.message("SimpleRequest", response_status=wanted)
    _expect_unknown(client.status(client.method("UnaryCall"), request), STATUS_MESSAGE)

    call = client.begin("FullDuplexCall")
    call.send(client.message("StreamingOutputCallRequest", response_status=wanted))
    call.end()
    _expect_unknown(call.status(), STATUS_MESSAGE)


@case
def special_status_message(client: TestClient) -> None:
    """The text of a status may have line breaks, and characters from all of Unicode."""
    wanted = client.message("EchoStatus", code=StatusCode.UNKNOWN, message=SPECIAL_MESSAGE)
    request = client.message("SimpleRequest", response_status=wanted)
    _expect_unknown(client.status(client.method("UnaryCall"), request), SPECIAL_MESSAGE)


@case
def unimplemented_method(client: TestClient) -> None:
    """A method that nobody has, of a service that somebody has."""
    method = client.method("UnimplementedCall")
    status = client.status(method, client.message("Empty"))
    expect("status", status.code, StatusCode.UNIMPLEMENTED)


@case
def unimplemented_service(client: TestClient) -> None:
    """A service that nobody has."""
    method = client.method("UnimplementedCall", "grpc.testing.UnimplementedService")
    status = client.status(method, client.message("Empty"))
    expect("status", status.code, StatusCode.UNIMPLEMENTED)


@case
def cancel_after_begin(client: TestClient) -> None:
    """The caller gives up before it has sent a message."""
    call = client.begin("StreamingInputCall")
    call.cancel()
    expect("status", call.status().code, StatusCode.CANCELLED)


@case
def cancel_after_first_response(client: TestClient) -> None:
    """The caller gives up between two messages."""
    call = client.begin("FullDuplexCall")
    call.send(client.output_request(RESPONSE_SIZES[0], payload=REQUEST_SIZES[0]))
    _expect_response(call, RESPONSE_SIZES[0])
    call.cancel()
    expect("status", call.status().code, StatusCode.CANCELLED)


@case
def timeout_on_sleeping_server(client: TestClient) -> None:
    """The handler has nothing to say, and the caller's time is up after a millisecond."""
    call = client.begin("FullDuplexCall", timeout=0.001)
    call.send(client.output_request(payload=REQUEST_SIZES[0]))
    expect("status", call.status().code, StatusCode.DEADLINE_EXCEEDED)


@case
def credit_server_streaming(client: TestClient) -> None:
    """As many responses come untaken as there is room for at the start, and never more."""
    call = client.streaming_output(*[MANY_RESPONSE_SIZE] * MANY)
    if not call.call.wait_in_hand(limits.INITIAL_MESSAGES, TIMEOUT):
        raise Failed(f"expected {limits.INITIAL_MESSAGES} responses in hand, came fewer")
    expect("bytes of the payloads", _payload_sizes(call), [MANY_RESPONSE_SIZE] * MANY)
    expect("most in hand at once", call.call.stream.inbox_peak, limits.INITIAL_MESSAGES)


@case
def credit_client_streaming(client: TestClient) -> None:
    """Requests beyond the room that there is at the start go out as the handler grants more."""
    call = client.begin("StreamingInputCall")
    request = _input_request(client, MANY_REQUEST_SIZE)
    expect("requests sent", sum(call.send(request) for _ in range(MANY)), MANY)
    call.end()
    sizes = [response.aggregated_payload_size for response in call]
    expect("aggregated_payload_size", sizes, [MANY * MANY_REQUEST_SIZE])
    if call.call.stream.granted < MANY - limits.INITIAL_MESSAGES:
        least = MANY - limits.INITIAL_MESSAGES
        raise Failed(f"messages granted: expected {least}, came {call.call.stream.granted}")


def _large_request(client: TestClient) -> Any:
    payload = client.payload(LARGE_REQUEST)
    return client.message("SimpleRequest", response_size=LARGE_RESPONSE, payload=payload)


def _input_request(client: TestClient, size: int) -> Any:
    return client.message("StreamingInputCallRequest", payload=client.payload(size))


def _payload_sizes(call: StreamingCall) -> list[int]:
    return [len(response.payload.body) for response in call]


def _expect_response(call: StreamingCall, size: int) -> None:
    response: Any = call.receive()
    if response is None:
        raise RpcError(call.status())
    expect("bytes of the payload", len(response.payload.body), size)


def _expect_echo(initial: Metadata, trailing: Metadata) -> None:
    echoes = [entry for entry in initial if entry[0] == ECHO_INITIAL]
    expect(f"{ECHO_INITIAL} in initial metadata", echoes, METADATA[:1])
    echoes = [entry for entry in trailing if entry[0] == ECHO_TRAILING]
    expect(f"{ECHO_TRAILING} in trailing metadata", echoes, METADATA[1:])


def _expect_unknown(status: Status, text: str) -> None:
    expect("status", status.code, StatusCode.UNKNOWN)
    expect("text of the status", status.text, text)
