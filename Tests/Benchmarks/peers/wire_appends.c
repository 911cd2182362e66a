// Appends to Recourse's log over its wire: N streams, each a producer that keeps so many appends of
// one event in flight. An append counts when the broker says that it is durable.
//   wire_appends call --at ADDRESS --keys FOLDER --in-flight STREAMS --depth N --body BYTES --seconds S
//   --warmup W
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "event_row.h"
#include "load.h"
#include "wire.h"

#define METHOD "recourse.bus.v1.EventLog/Append"

enum { REPLY_MILLISECONDS = 10000, BATCH_BYTES = 256, DURABLE_SEQUENCE_TAG = 1 << 3 };

typedef struct {
  uint32_t frame;                 // of the next frame
  uint64_t sent, durable;         // events
  uint64_t began[WINDOW_MESSAGES / 2];
  uint32_t taken, taken_bytes;    // answers that are not granted yet
  bool has_ended;
} stream;

typedef struct {
  wire_peer peer;
  const load_options *options;
  load load;
  stream *streams;
} run;

static unsigned char *put_bytes(unsigned char *at, unsigned field, const void *bytes, size_t size) {
  at = wire_put_varint(wire_put_varint(at, field << 3 | 2), size);
  memcpy(at, bytes, size);
  return at + size;
}

static unsigned char *put_number(unsigned char *at, unsigned field, uint64_t value) {
  return wire_put_varint(wire_put_varint(at, field << 3), value);
}

// recourse.bus.v1.AppendRequest with one event.
static size_t put_batch(unsigned char *bytes, unsigned char *event, uint64_t number,
                        uint64_t sequence, size_t body) {
  unsigned char producer[64], time[16], id[SLICE_ID_BYTES], head[AUDIT_HEAD_BYTES] = {0}, *at;
  event_slice_id(id, number);
  at = put_bytes(producer, 1, id, sizeof id);
  at = put_bytes(put_number(at, 2, 1), 3, EVENT_WORKER, strlen(EVENT_WORKER));
  size_t producer_size = (size_t)(put_number(at, 6, 1) - producer);

  char key[KEY_BYTES];
  size_t key_size = event_key(key, number, sequence);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  size_t time_size = (size_t)(put_number(put_number(time, 1, (uint64_t)now.tv_sec), 2,
                                         (uint64_t)now.tv_nsec) - time);
  at = put_bytes(put_number(event, 1, sequence), 2, key, key_size);
  at = put_bytes(at, 3, EVENT_TYPE, strlen(EVENT_TYPE));
  at = wire_put_varint(wire_put_varint(at, 4 << 3 | 2), body);
  memset(at, 0x55, body);
  at = put_bytes(at + body, 5, time, time_size);
  size_t event_size = (size_t)(at - event);

  at = put_bytes(bytes, 1, producer, producer_size);
  at = put_bytes(at, 2, event, event_size);
  return (size_t)(put_bytes(at, 3, head, sizeof head) - bytes);
}

static uint64_t wire_number(uint64_t stream) { return 2 * stream + 1; }

static void append(run *run, uint64_t number) {
  stream *s = run->streams + number;
  size_t limit = run->options->body + BATCH_BYTES;
  unsigned char head[128], event[limit], batch[limit + BATCH_BYTES];
  size_t head_size = HEAD_BYTES;
  if (s->frame == 0) {
    // Timeout, method, target and metadata: no limit, ours, none.
    size_t size = strlen(METHOD);
    wire_put_u32(head + HEAD_BYTES, 0);
    wire_put_u16(head + HEAD_BYTES + 4, (uint16_t)size);
    memcpy(head + HEAD_BYTES + 6, METHOD, size);
    memset(head + HEAD_BYTES + 6 + size, 0, 4);
    head_size += 6 + size + 4;
  }
  wire_put_head(head, (wire_head){s->frame == 0 ? OPEN : DATA, MESSAGE_FLAG, run->peer.session,
                                  wire_number(number), s->frame});
  s->frame++;
  s->began[s->sent % run->options->depth] = load_now();
  size_t size = put_batch(batch, event, number, ++s->sent, run->options->body);
  wire_send_bytes(run->peer.socket, head, head_size, ZMQ_SNDMORE);
  wire_send_bytes(run->peer.socket, batch, size, 0);
}

static uint64_t durable_sequence(wire_message *message) {
  const unsigned char *at = zmq_msg_data(&message->body), *end = at + zmq_msg_size(&message->body);
  uint64_t tag, value;
  if (!(at = wire_get_varint(at, end, &tag)) || tag != DURABLE_SEQUENCE_TAG ||
      !wire_get_varint(at, end, &value)) {
    fail("no AppendResponse");
  }
  return value;
}

// Grants the broker room for answers again, when half of it is used.
static void grant(run *run, uint64_t number, size_t bytes) {
  stream *s = run->streams + number;
  s->taken += 1;
  s->taken_bytes += (uint32_t)bytes;
  if (s->taken < WINDOW_MESSAGES / 2 || s->has_ended) return;
  unsigned char fields[8];
  wire_put_u32(fields, s->taken);
  wire_put_u32(fields + 4, s->taken_bytes);
  s->taken = s->taken_bytes = 0;
  wire_send_frame(&run->peer, (wire_head){CREDIT, 0, 0, wire_number(number), s->frame++}, fields,
                  sizeof fields);
}

static void take_answer(run *run, uint64_t number, wire_message *message) {
  stream *s = run->streams + number;
  uint64_t now = load_now();
  // One answer for each append, in order.
  if (durable_sequence(message) != s->durable + 1) fail("an append was answered out of order");
  load_end_append(&run->load, s->began[s->durable++ % run->options->depth], now);
  grant(run, number, zmq_msg_size(&message->body));
  if (now < run->load.end) {
    append(run, number);
  } else if (!s->has_ended) {
    s->has_ended = true;
    wire_send_frame(&run->peer, (wire_head){END, 0, 0, wire_number(number), s->frame++}, NULL, 0);
  }
}

int main(int argc, char **argv) {
  static run run;
  if (argc < 2 || strcmp(argv[1], "call")) fail("wire_appends call");
  load_options options = load_parse(argc, argv);
  if (options.depth > WINDOW_MESSAGES / 2) fail("--depth is at most %d", WINDOW_MESSAGES / 2);
  run.options = &options;
  run.streams = calloc(options.in_flight, sizeof *run.streams);
  run.peer = wire_connect(options.at, options.keys, false);
  int wait = REPLY_MILLISECONDS;
  zmq_setsockopt(run.peer.socket, ZMQ_RCVTIMEO, &wait, sizeof wait);
  load_begin(&run.load, &options);
  for (unsigned depth = 0; depth < options.depth; depth++) {
    for (uint64_t number = 0; number < options.in_flight; number++) append(&run, number);
  }
  wire_message message;
  wire_begin(&message);
  for (unsigned open = options.in_flight; open > 0;) {
    wire_head head;
    if (!wire_receive(run.peer.socket, &message, 0)) fail("no answer");
    if (!wire_get_head(&message.head, &head)) fail("no head that is known");
    if (wire_take_session_frame(&run.peer, &message, head)) continue;
    uint64_t number = head.stream >> 1;
    if (head.kind == DATA && message.has_body) take_answer(&run, number, &message);
    if (head.kind != STATUS) continue;
    open--;
    stream *s = run.streams + number;
    if (!s->has_ended || s->sent != s->durable) fail("the log refuses an append");
  }
  wire_end(&message);
  load_print(&run.load, &options);
  wire_close(&run.peer);
  return 0;
}
