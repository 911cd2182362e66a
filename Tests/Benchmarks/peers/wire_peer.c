// C peers on libzmq that speak Recourse's wire, and a C broker for them. With the C broker they are
// the ceiling; with Recourse's broker instead they show what that broker forwards.
//   wire_peer broker --at ADDRESS [--keys FOLDER]
//   wire_peer serve  --at ADDRESS [--keys FOLDER]
//   wire_peer call   --at ADDRESS [--keys FOLDER] --case unary|stream --in-flight N --body BYTES --seconds S
//   --warmup W
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "wire.h"
#include "wire_broker.h"

enum { REPLY_MILLISECONDS = 5000, CONTENT_TAG = 1 << 3 | 2, STREAMS = 16 };

// recourse.benchmark.v1.Body of so many bytes of content.
static void init_body(zmq_msg_t *part, size_t size) {
  unsigned char tag[16], *end = wire_put_varint(wire_put_varint(tag, CONTENT_TAG), size);
  size_t tag_size = (size_t)(end - tag);
  zmq_msg_init_size(part, tag_size + size);
  memcpy(zmq_msg_data(part), tag, tag_size);
  memset((char *)zmq_msg_data(part) + tag_size, 0x55, size);
}

static size_t body_size(size_t content) {
  unsigned char tag[16];
  return (size_t)(wire_put_varint(wire_put_varint(tag, CONTENT_TAG), content) - tag) + content;
}

// MARK: Serving

typedef struct {
  uint64_t number;  // 0: free
  uint32_t sequence;
  int64_t messages, bytes;  // room
  size_t content;
} stream;

static stream streams[STREAMS];

static bool has_method(zmq_msg_t *head, const char *method) {
  const char *at = (const char *)zmq_msg_data(head) + HEAD_BYTES + 4 + 2;
  size_t size = strlen(method);
  return zmq_msg_size(head) >= HEAD_BYTES + 4 + 2 + size && !memcmp(at, method, size);
}

static void open_stream(uint64_t number, zmq_msg_t *request) {
  const unsigned char *at = zmq_msg_data(request), *end = at + zmq_msg_size(request);
  uint64_t tag, content = 0;
  if (!(at = wire_get_varint(at, end, &tag)) || tag != 1 << 3 ||
      !wire_get_varint(at, end, &content)) {
    fail("no StreamRequest");
  }
  for (stream *s = streams; s < streams + STREAMS; s++) {
    if (s->number) continue;
    *s = (stream){number, 0, WINDOW_MESSAGES, WINDOW_BYTES, (size_t)content};
    return;
  }
  fail("more than %d streams", STREAMS);
}

static void answer(wire_peer *peer, wire_message *message, wire_head head) {
  if (head.kind == OPEN && has_method(&message->head, UNARY) && message->has_body) {
    // Initial metadata, code, text and metadata: nothing to say.
    unsigned char status[HEAD_BYTES + 7] = {0};
    wire_put_head(status,
                  (wire_head){STATUS, MESSAGE_FLAG | METADATA_FLAG, peer->session, head.stream, 0});
    wire_send_bytes(peer->socket, status, sizeof status, ZMQ_SNDMORE);
    wire_send_part(peer->socket, &message->body, 0);
    return;
  }
  if (head.kind == OPEN && has_method(&message->head, STREAM) && message->has_body) {
    open_stream(head.stream, &message->body);
    return;
  }
  for (stream *s = streams; s < streams + STREAMS; s++) {
    if (s->number != head.stream) continue;
    if (head.kind == CANCEL) s->number = 0;
    if (head.kind == CREDIT && zmq_msg_size(&message->head) >= HEAD_BYTES + 8) {
      const char *fields = (const char *)zmq_msg_data(&message->head) + HEAD_BYTES;
      s->messages += wire_get_u32(fields);
      s->bytes += wire_get_u32(fields + 4);
    }
  }
}

// Sends one message of each stream that has room; false if none has.
static bool stream_on(wire_peer *peer) {
  bool any = false;
  for (stream *s = streams; s < streams + STREAMS; s++) {
    if (!s->number || s->messages <= 0 || s->bytes <= 0) continue;
    // Initial metadata, with no entries, in the first.
    unsigned char data[HEAD_BYTES + 2] = {0};
    bool is_first = s->sequence == 0;
    uint8_t flags = is_first ? MESSAGE_FLAG | METADATA_FLAG : MESSAGE_FLAG;
    wire_put_head(data, (wire_head){DATA, flags, peer->session, s->number, s->sequence++});
    wire_send_bytes(peer->socket, data, is_first ? sizeof data : HEAD_BYTES, ZMQ_SNDMORE);
    zmq_msg_t body;
    init_body(&body, s->content);
    s->messages -= 1;
    s->bytes -= (int64_t)zmq_msg_size(&body);
    wire_send_part(peer->socket, &body, 0);
    any = true;
  }
  return any;
}

static void serve(const char *at, const char *keys) {
  wire_peer peer = wire_connect(at, keys, true);
  wire_message message;
  wire_begin(&message);
  ready();
  for (bool is_streaming = false;; is_streaming = stream_on(&peer)) {
    while (wire_receive(peer.socket, &message, is_streaming ? ZMQ_DONTWAIT : 0)) {
      wire_head head;
      if (!wire_get_head(&message.head, &head)) fail("no head that is known");
      if (!wire_take_session_frame(&peer, &message, head)) answer(&peer, &message, head);
      if (head.kind == OPEN || head.kind == CREDIT) is_streaming = stream_on(&peer) || is_streaming;
    }
  }
}

// MARK: Calling

// What OPEN has before the body, but for its stream: no timeout, no target, no metadata.
static size_t put_open(unsigned char *bytes, wire_peer *peer, const char *method) {
  size_t size = strlen(method);
  wire_put_head(bytes, (wire_head){OPEN, MESSAGE_FLAG | END_FLAG, peer->session, 0, 0});
  unsigned char *at = bytes + HEAD_BYTES;
  wire_put_u32(at, 0);
  wire_put_u16(at + 4, (uint16_t)size);
  memcpy(at + 6, method, size);
  memset(at + 6 + size, 0, 4);
  return HEAD_BYTES + 6 + size + 4;
}

// STATUS of a unary call: with initial metadata (which ours leave empty) the code comes after it.
static bool is_ok(wire_message *message, wire_head head, size_t size) {
  const unsigned char *fields = (const unsigned char *)zmq_msg_data(&message->head) + HEAD_BYTES;
  size_t code = head.flags & METADATA_FLAG ? 2 : 0;
  return zmq_msg_size(&message->head) > HEAD_BYTES + code && fields[code] == 0 &&
         message->has_body && zmq_msg_size(&message->body) == size;
}

static void call_unary(wire_peer *peer, const load_options *options, load *load) {
  unsigned char open[128];
  size_t open_size = put_open(open, peer, UNARY), size = body_size(options->body);
  wire_head head = {OPEN, MESSAGE_FLAG | END_FLAG, peer->session, 0, 0};
  // Caller i has the streams whose half is i, i + N, i + 2 N …
  uint64_t callers = options->in_flight, *began = calloc(callers, sizeof *began),
           open_calls = callers;
  wire_message message;
  wire_begin(&message);
  load_begin(load, options);
  for (uint64_t next = 0; open_calls > 0;) {
    uint64_t caller, now;
    if (next < callers) {
      head.stream = 2 * next + 1;
      caller = next++;
      now = load_now();
    } else {
      if (!wire_receive(peer->socket, &message, 0)) {
        load->errors += open_calls;
        break;
      }
      if (!wire_get_head(&message.head, &head)) fail("no head that is known");
      if (wire_take_session_frame(peer, &message, head) || head.kind != STATUS) continue;
      caller = (head.stream >> 1) % callers;
      now = load_now();
      load->errors += !is_ok(&message, head, size);
      load_end_call(load, began[caller], now);
      if (now >= load->end) {
        open_calls--;
        continue;
      }
      head.stream += 2 * callers;
    }
    began[caller] = now;
    zmq_msg_t body;
    init_body(&body, options->body);
    wire_put_head(open, (wire_head){OPEN, MESSAGE_FLAG | END_FLAG, peer->session, head.stream, 0});
    wire_send_bytes(peer->socket, open, open_size, ZMQ_SNDMORE);
    wire_send_part(peer->socket, &body, 0);
  }
  wire_end(&message);
  free(began);
}

static void call_stream(wire_peer *peer, const load_options *options, load *load) {
  unsigned char open[128], request[16];
  size_t open_size = put_open(open, peer, STREAM), size = body_size(options->body);
  size_t request_size =
      (size_t)(wire_put_varint(wire_put_varint(request, 1 << 3), options->body) - request);
  wire_head frame = {OPEN, MESSAGE_FLAG | END_FLAG, peer->session, 1, 0};
  wire_message message;
  wire_begin(&message);
  load_begin(load, options);
  wire_put_head(open, frame);
  wire_send_bytes(peer->socket, open, open_size, ZMQ_SNDMORE);
  wire_send_bytes(peer->socket, request, request_size, 0);
  uint32_t messages = 0, bytes = 0;  // taken and not granted yet
  for (uint64_t now = 0; now <= load->end;) {
    wire_head head;
    if (!wire_receive(peer->socket, &message, 0)) {
      load->errors++;
      return;
    }
    if (!wire_get_head(&message.head, &head)) fail("no head that is known");
    if (wire_take_session_frame(peer, &message, head)) continue;
    if (head.kind == STATUS) fail("the stream ended");
    if (head.kind != DATA || !message.has_body) continue;
    now = load_now();
    load->errors += zmq_msg_size(&message.body) != size;
    load_end_message(load, now);
    messages += 1;
    bytes += (uint32_t)size;
    if (messages < WINDOW_MESSAGES / 2 && bytes < WINDOW_BYTES / 2) continue;
    unsigned char fields[8];
    wire_put_u32(fields, messages);
    wire_put_u32(fields + 4, bytes);
    messages = bytes = 0;
    wire_send_frame(peer, (wire_head){CREDIT, 0, 0, 1, ++frame.sequence}, fields, sizeof fields);
  }
  wire_end(&message);
  wire_send_frame(peer, (wire_head){CANCEL, 0, 0, 1, ++frame.sequence}, NULL, 0);
}

static void call(const load_options *options) {
  static load load;
  wire_peer peer = wire_connect(options->at, options->keys, false);
  int wait = REPLY_MILLISECONDS;
  zmq_setsockopt(peer.socket, ZMQ_RCVTIMEO, &wait, sizeof wait);
  (options->is_stream ? call_stream : call_unary)(&peer, options, &load);
  load_print(&load, options);
  wire_close(&peer);
}

int main(int argc, char **argv) {
  const char *command = argc > 1 ? argv[1] : "";
  if (!strcmp(command, "version")) {
    int major, minor, patch;
    zmq_version(&major, &minor, &patch);
    printf("%d.%d.%d\n", major, minor, patch);
    return 0;
  }
  load_options options = load_parse(argc, argv);
  if (!strcmp(command, "broker")) wire_broker(options.at, options.keys);
  if (!strcmp(command, "serve")) serve(options.at, options.keys);
  if (strcmp(command, "call")) fail("wire_peer broker, serve, call or version");
  call(&options);
  return 0;
}
