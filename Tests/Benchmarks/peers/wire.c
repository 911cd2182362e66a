#include "wire.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "load.h"

enum { HEARTBEAT_MILLISECONDS = 2000, GREETINGS = 3 };

// MARK: Bytes

void wire_put_u16(void *bytes, uint16_t value) {
  value = htobe16(value);
  memcpy(bytes, &value, sizeof value);
}

void wire_put_u32(void *bytes, uint32_t value) {
  value = htobe32(value);
  memcpy(bytes, &value, sizeof value);
}

uint32_t wire_get_u32(const void *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return be32toh(value);
}

static void put_u64(void *bytes, uint64_t value) {
  value = htobe64(value);
  memcpy(bytes, &value, sizeof value);
}

static uint64_t get_u64(const void *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  return be64toh(value);
}

void wire_put_head(void *bytes, wire_head head) {
  unsigned char *at = bytes;
  at[0] = 0x52;
  at[1] = 1;
  at[2] = head.kind;
  at[3] = head.flags;
  put_u64(at + 4, head.session);
  put_u64(at + 12, head.stream);
  wire_put_u32(at + 20, head.sequence);
}

bool wire_get_head(zmq_msg_t *message, wire_head *head) {
  if (zmq_msg_size(message) < HEAD_BYTES) return false;
  const unsigned char *at = zmq_msg_data(message);
  *head = (wire_head){at[2], at[3], get_u64(at + 4), get_u64(at + 12), wire_get_u32(at + 20)};
  return at[0] == 0x52 && at[1] == 1;
}

// MARK: Protobuf

unsigned char *wire_put_varint(unsigned char *at, uint64_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = (unsigned char)(value | 0x80);
  *at++ = (unsigned char)value;
  return at;
}

const unsigned char *wire_get_varint(const unsigned char *at, const unsigned char *end,
                                     uint64_t *value) {
  *value = 0;
  for (int shift = 0; at < end && shift < 64; shift += 7) {
    *value |= (uint64_t)(*at & 0x7f) << shift;
    if (*at++ < 0x80) return at;
  }
  return NULL;
}

static unsigned char *put_text(unsigned char *at, unsigned field, const char *text) {
  size_t size = strlen(text);
  at = wire_put_varint(wire_put_varint(at, field << 3 | 2), size);
  memcpy(at, text, size);
  return at + size;
}

static unsigned char *put_number(unsigned char *at, unsigned field, uint64_t value) {
  return wire_put_varint(wire_put_varint(at, field << 3), value);
}

// recourse.bus.v1.Manifest: what “echo” serves, or what a client calls and appends.
static size_t put_manifest(unsigned char *bytes, bool serves) {
  if (serves) return (size_t)(put_text(bytes, 1, SERVICE) - bytes);
  unsigned char *at = put_text(bytes, 2, SERVICE "/*");
  at = put_text(at, 2, "recourse.bus.v1.EventLog/Append");
  return (size_t)(put_text(at, 3, "recourse.benchmark.v1.*") - bytes);
}

// recourse.bus.v1.Hello: a stateless worker “echo”, or a client.
static size_t put_hello(unsigned char *bytes, bool serves, uint64_t attempt) {
  unsigned char offer[128], *offer_end = offer, *at = bytes;
  offer_end = put_text(offer_end, 1, SERVICE);
  offer_end = put_text(offer_end, 2, "Unary");
  offer_end = put_text(offer_end, 2, "Stream");
  at = put_number(put_number(at, 1, 1), 2, 1);
  at = put_text(at, 4, serves ? "echo" : "client");
  char instance[16];  // new for each start
  snprintf(instance, sizeof instance, "%d", (int)getpid());
  at = put_text(at, 5, instance);
  at = put_number(at, 6, (uint64_t)getpid());
  if (serves) {
    size_t size = (size_t)(offer_end - offer);
    at = wire_put_varint(wire_put_varint(at, 7 << 3 | 2), size);
    memcpy(at, offer, size);
    at = put_number(at + size, 8, 1);
  }
  at = put_number(at, 9, attempt);
  unsigned char manifest[256];
  size_t size = put_manifest(manifest, serves);
  at = wire_put_varint(wire_put_varint(at, 10 << 3 | 2), size);
  memcpy(at, manifest, size);
  return (size_t)(at + size - bytes);
}

wire_hello wire_read_hello(zmq_msg_t *body) {
  wire_hello hello = {0};
  const unsigned char *at = zmq_msg_data(body), *end = at + zmq_msg_size(body);
  uint64_t tag, value;
  while ((at = wire_get_varint(at, end, &tag)) && (at = wire_get_varint(at, end, &value))) {
    if (tag == (9 << 3)) hello.attempt = value;
    if (tag == (7 << 3 | 2)) hello.serves = true;
    if ((tag & 7) == 2) {
      if (value > (uint64_t)(end - at)) break;
      at += value;
    }
  }
  return hello;
}

// MARK: Messages

void *wire_socket(void *context, int type) {
  void *socket = zmq_socket(context, type);
  if (!socket) fail("zmq_socket: %s", zmq_strerror(errno));
  int none = 0, linger = 500;
  zmq_setsockopt(socket, ZMQ_SNDHWM, &none, sizeof none);
  zmq_setsockopt(socket, ZMQ_RCVHWM, &none, sizeof none);
  zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
  return socket;
}

void wire_begin(wire_message *message) {
  zmq_msg_init(&message->head);
  zmq_msg_init(&message->body);
}

void wire_end(wire_message *message) {
  zmq_msg_close(&message->head);
  zmq_msg_close(&message->body);
}

bool wire_receive(void *socket, wire_message *message, int flags) {
  while (zmq_msg_recv(&message->head, socket, flags) < 0) {
    if (errno == EAGAIN) return false;
    if (errno != EINTR) fail("zmq_msg_recv: %s", zmq_strerror(errno));
  }
  message->has_body = zmq_msg_more(&message->head);
  // All parts of a message come together, so this one does not wait.
  if (message->has_body && zmq_msg_recv(&message->body, socket, 0) < 0) {
    fail("zmq_msg_recv: %s", zmq_strerror(errno));
  }
  if (message->has_body && zmq_msg_more(&message->body)) fail("a message of more than two frames");
  return true;
}

void wire_send_bytes(void *socket, const void *bytes, size_t size, int flags) {
  zmq_msg_t part;
  zmq_msg_init_size(&part, size);
  memcpy(zmq_msg_data(&part), bytes, size);
  wire_send_part(socket, &part, flags);
}

void wire_send_part(void *socket, zmq_msg_t *part, int flags) {
  while (zmq_msg_send(part, socket, flags) < 0) {
    if (errno != EINTR) fail("zmq_msg_send: %s", zmq_strerror(errno));
  }
}

// MARK: Session

static void greet(wire_peer *peer, bool serves, uint64_t attempt) {
  unsigned char head[HEAD_BYTES], body[512];
  wire_put_head(head, (wire_head){.kind = HELLO, .flags = MESSAGE_FLAG});
  size_t size = put_hello(body, serves, attempt);
  wire_send_bytes(peer->socket, head, sizeof head, ZMQ_SNDMORE);
  wire_send_bytes(peer->socket, body, size, 0);
}

static void set_key(void *socket, int option, wire_key key) {
  if (zmq_setsockopt(socket, option, key.text, KEY_CHARACTERS)) fail("%s", zmq_strerror(errno));
}

static void use_keys(void *socket, const char *folder, bool serves) {
  wire_key secret = wire_read_key(folder, serves ? "echo.secret" : "operator.secret"), own;
  if (zmq_curve_public(own.text, secret.text)) fail("curve: %s", zmq_strerror(errno));
  set_key(socket, ZMQ_CURVE_SERVERKEY, wire_read_key(folder, "broker.public"));
  set_key(socket, ZMQ_CURVE_PUBLICKEY, own);
  set_key(socket, ZMQ_CURVE_SECRETKEY, secret);
}

wire_key wire_read_key(const char *folder, const char *name) {
  char path[4096];
  wire_key key = {0};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  if (!file || fread(key.text, 1, KEY_CHARACTERS, file) != KEY_CHARACTERS) fail("%s: no key", path);
  fclose(file);
  return key;
}

wire_peer wire_connect(const char *at, const char *keys, bool serves) {
  wire_peer peer = {.context = zmq_ctx_new()};
  peer.socket = wire_socket(peer.context, ZMQ_DEALER);
  if (keys) use_keys(peer.socket, keys, serves);
  if (zmq_connect(peer.socket, at)) fail("%s: %s", at, zmq_strerror(errno));
  int wait = HEARTBEAT_MILLISECONDS;
  zmq_setsockopt(peer.socket, ZMQ_RCVTIMEO, &wait, sizeof wait);
  uint64_t attempt = load_now();
  wire_message message;
  wire_begin(&message);
  for (int greetings = 0; greetings < GREETINGS; greetings++) {
    greet(&peer, serves, attempt);
    while (wire_receive(peer.socket, &message, 0)) {
      wire_head head;
      if (!wire_get_head(&message.head, &head)) fail("no head that is known");
      if (head.kind == REFUSE) fail("the broker refuses the session");
      if (head.kind != WELCOME) continue;
      peer.session = head.session;
      wire_end(&message);
      return peer;
    }
  }
  fail("%s: no WELCOME", at);
}

void wire_send_frame(wire_peer *peer, wire_head head, const void *fields, size_t size) {
  unsigned char bytes[256];
  if (size > sizeof bytes - HEAD_BYTES) fail("fields of %zu bytes", size);
  head.session = peer->session;
  wire_put_head(bytes, head);
  if (size) memcpy(bytes + HEAD_BYTES, fields, size);
  wire_send_bytes(peer->socket, bytes, HEAD_BYTES + size, 0);
}

void wire_close(wire_peer *peer) {
  wire_send_frame(peer, (wire_head){.kind = BYE}, NULL, 0);
  zmq_close(peer->socket);
  zmq_ctx_term(peer->context);
}

bool wire_take_session_frame(wire_peer *peer, wire_message *message, wire_head head) {
  if (head.kind >= OPEN) return false;
  const unsigned char *fields = (const unsigned char *)zmq_msg_data(&message->head) + HEAD_BYTES;
  size_t size = zmq_msg_size(&message->head) - HEAD_BYTES;
  if (head.kind == PING) wire_send_frame(peer, (wire_head){.kind = PONG}, fields, size);
  if (head.kind == REFUSE && head.session == peer->session) fail("the broker ends the session");
  return true;
}
