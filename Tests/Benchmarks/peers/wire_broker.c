// The least that a broker on one ROUTER can do, and so the ceiling for Recourse's: it greets, and
// passes calls to the one peer that serves, with session and stream exchanged and no bytes copied.
#include "wire_broker.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "load.h"
#include "wire.h"

enum { PEERS = 64, CALLS = 1 << 13, ROUTING_ID_BYTES = 5 };

typedef struct {
  unsigned char routing_id[ROUTING_ID_BYTES];
} bus_peer;

// A call, found by the stream that it has in the handler's session.
typedef struct {
  uint64_t handler_stream;  // 0: free
  uint64_t caller_session, caller_stream;
} open_call;

// Sessions are numbers of this table, from 1; it forgets nobody.
static bus_peer peers[PEERS + 1];
static uint64_t peers_count, server;
static open_call calls[CALLS];
static uint64_t last_stream;

static open_call *call_of_handler(uint64_t stream) {
  open_call *call = &calls[(stream >> 1) % CALLS];
  return stream && call->handler_stream == stream ? call : NULL;
}

// Rare (CREDIT and CANCEL), so it may look at all of them.
static open_call *call_of_caller(uint64_t session, uint64_t stream) {
  for (open_call *call = calls; call < calls + CALLS; call++) {
    if (call->handler_stream && call->caller_stream == stream && call->caller_session == session)
      return call;
  }
  return NULL;
}

static open_call *new_call(uint64_t session, uint64_t stream) {
  for (unsigned tries = 0; tries < CALLS; tries++) {
    last_stream += 2;
    open_call *call = &calls[(last_stream >> 1) % CALLS];
    if (call->handler_stream) continue;
    *call = (open_call){last_stream, session, stream};
    return call;
  }
  fail("more than %d calls", CALLS);
}

static void welcome(void *router, zmq_msg_t *routing_id, wire_message *message) {
  if (peers_count == PEERS) fail("more than %d peers", PEERS);
  uint64_t session = ++peers_count;
  memcpy(peers[session].routing_id, zmq_msg_data(routing_id), ROUTING_ID_BYTES);
  wire_hello hello = wire_read_hello(&message->body);
  if (hello.serves) server = session;
  unsigned char head[HEAD_BYTES], body[32], *end = body;
  wire_put_head(head, (wire_head){.kind = WELCOME, .flags = MESSAGE_FLAG, .session = session});
  end = wire_put_varint(wire_put_varint(end, 1 << 3), 1);
  end = wire_put_varint(wire_put_varint(end, 3 << 3), 2000);
  end = wire_put_varint(wire_put_varint(end, 5 << 3), hello.attempt);
  wire_send_part(router, routing_id, ZMQ_SNDMORE);
  wire_send_bytes(router, head, sizeof head, ZMQ_SNDMORE);
  wire_send_bytes(router, body, (size_t)(end - body), 0);
}

// Says whose the frame is and writes that into its head; false for a frame of no call.
static bool exchange(wire_head *head) {
  open_call *call;
  if (head->session == server) {
    call = call_of_handler(head->stream);
    if (!call) return false;
    head->session = call->caller_session;
    head->stream = call->caller_stream;
    if (head->kind == STATUS) call->handler_stream = 0;
    return true;
  }
  call = head->kind == OPEN ? new_call(head->session, head->stream)
                            : call_of_caller(head->session, head->stream);
  if (!call) return false;
  head->session = server;
  head->stream = call->handler_stream;
  if (head->kind == CANCEL) call->handler_stream = 0;
  return true;
}

static void take(void *router, zmq_msg_t *routing_id, wire_message *message) {
  wire_head head;
  if (!wire_get_head(&message->head, &head)) return;
  if (head.kind == HELLO && message->has_body) return welcome(router, routing_id, message);
  // A session is its connection's alone.
  if (head.kind < OPEN || !server || head.session == 0 || head.session > peers_count) return;
  if (memcmp(peers[head.session].routing_id, zmq_msg_data(routing_id), ROUTING_ID_BYTES)) return;
  if (!exchange(&head)) return;
  wire_put_head(zmq_msg_data(&message->head), head);
  wire_send_bytes(router, peers[head.session].routing_id, ROUTING_ID_BYTES, ZMQ_SNDMORE);
  wire_send_part(router, &message->head, message->has_body ? ZMQ_SNDMORE : 0);
  if (message->has_body) wire_send_part(router, &message->body, 0);
}

void wire_broker(const char *at, const char *keys) {
  void *router = wire_socket(zmq_ctx_new(), ZMQ_ROUTER);
  if (keys) {
    wire_key secret = wire_read_key(keys, "broker.secret");
    int yes = 1;
    if (zmq_setsockopt(router, ZMQ_CURVE_SERVER, &yes, sizeof yes) ||
        zmq_setsockopt(router, ZMQ_CURVE_SECRETKEY, secret.text, KEY_CHARACTERS)) {
      fail("curve: %s", zmq_strerror(errno));
    }
  }
  if (zmq_bind(router, at)) fail("%s: %s", at, zmq_strerror(errno));
  ready();
  zmq_msg_t routing_id;
  wire_message message;
  zmq_msg_init(&routing_id);
  wire_begin(&message);
  // Waiting in `recv` costs fewer system calls than `zmq_poll`, and it only waits if there is
  // nothing to take.
  for (;;) {
    if (zmq_msg_recv(&routing_id, router, 0) < 0) {
      if (errno == EINTR) continue;
      fail("zmq_msg_recv: %s", zmq_strerror(errno));
    }
    if (wire_receive(router, &message, 0) && zmq_msg_size(&routing_id) == ROUTING_ID_BYTES) {
      take(router, &routing_id, &message);
    }
  }
}
