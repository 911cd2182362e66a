// The part of Recourse's wire (proto/README.md) that one service with two methods needs.
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <zmq.h>

enum wire_kind {
  HELLO = 1,
  WELCOME = 2,
  REFUSE = 3,
  PING = 4,
  PONG = 5,
  BYE = 7,
  OPEN = 16,
  DATA = 17,
  END = 18,
  STATUS = 19,
  CANCEL = 20,
  CREDIT = 21,
};
enum wire_flag { END_FLAG = 1, MESSAGE_FLAG = 2, METADATA_FLAG = 4 };

#define SERVICE "recourse.benchmark.v1.Echo"
#define UNARY SERVICE "/Unary"
#define STREAM SERVICE "/Stream"

enum { HEAD_BYTES = 24 };

typedef struct {
  uint8_t kind, flags;
  uint64_t session, stream;
  uint32_t sequence;
} wire_head;

// One message: a head with its fields, and a body if MESSAGE is set.
typedef struct {
  zmq_msg_t head, body;
  bool has_body;
} wire_message;

void wire_put_head(void *bytes, wire_head head);
bool wire_get_head(zmq_msg_t *message, wire_head *head);
void wire_put_u16(void *bytes, uint16_t value);
void wire_put_u32(void *bytes, uint32_t value);
uint32_t wire_get_u32(const void *bytes);

// A protobuf varint; both return where the next byte is, reading NULL if there is no whole varint.
unsigned char *wire_put_varint(unsigned char *at, uint64_t value);
const unsigned char *wire_get_varint(const unsigned char *at, const unsigned char *end,
                                     uint64_t *value);

// What the C broker reads of a HELLO.
typedef struct {
  uint64_t attempt;
  bool serves;
} wire_hello;
wire_hello wire_read_hello(zmq_msg_t *body);

// Takes the next message, false if there is none within ZMQ_RCVTIMEO or at once (ZMQ_DONTWAIT).
// The message before it is freed, so it has to have been begun once.
void wire_begin(wire_message *message);
void wire_end(wire_message *message);
bool wire_receive(void *socket, wire_message *message, int flags);
void wire_send_bytes(void *socket, const void *bytes, size_t size, int flags);
void wire_send_part(void *socket, zmq_msg_t *part, int flags);  // takes the part, copies nothing

// A peer with a session.
typedef struct {
  void *context, *socket;
  uint64_t session;
} wire_peer;

// Connects, sends HELLO and waits for WELCOME; with a folder of keys as the worker “echo” or the operator.
wire_peer wire_connect(const char *at, const char *keys, bool serves);
void wire_close(wire_peer *peer);  // says BYE
// Answers PING, fails at REFUSE of this session; false for frames of calls, which are the caller's.
bool wire_take_session_frame(wire_peer *peer, wire_message *message, wire_head head);
// A call frame of nothing but a head and fields.
void wire_send_frame(wire_peer *peer, wire_head head, const void *fields, size_t size);

// A ROUTER or DEALER as all processes of the bus have them: no high-water marks.
void *wire_socket(void *context, int type);

// A key in a folder: Z85, 40 characters.
enum { KEY_CHARACTERS = 40 };
typedef struct {
  char text[KEY_CHARACTERS + 1];
} wire_key;
wire_key wire_read_key(const char *folder, const char *file);

#endif
