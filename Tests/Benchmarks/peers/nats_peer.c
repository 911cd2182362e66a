// NATS core request-reply with its C client.
//   nats_peer serve --at nats://HOST:PORT
//   nats_peer call  --at nats://HOST:PORT --mode sync|async --case unary|stream --in-flight N …
// sync: what most programs do: a thread per caller, in natsConnection_Request on one connection.
// async: as fast as this client goes: one thread, one connection and one inbox, callers told apart
// by the last token of the reply's subject. The client's event loop interface lets its user take
// all that one read has brought and send all answers by one write; its own threads do neither.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "nats_loop.h"

enum { REPLY_MILLISECONDS = 5000, THREAD_STACK = 1 << 18 };

// MARK: Serving

// The one stream: NATS has no flow control from end to end, so the caller's grants are messages.
typedef struct {
  char to[128];
  long messages, bytes;  // room
  size_t size;
  char *body;
} stream;

static bool stream_on(nats_loop *loop, stream *stream) {
  if (!*stream->to || stream->messages <= 0 || stream->bytes <= 0) return false;
  memset(stream->body, 0x55, stream->size);
  stream->messages -= 1;
  stream->bytes -= (long)stream->size;
  nats_send(loop, stream->to, NULL, stream->body, (int)stream->size);
  return true;
}

static void open_stream(stream *stream, natsMsg *message) {
  snprintf(stream->to, sizeof stream->to, "%s", natsMsg_GetReply(message));
  stream->messages = WINDOW_MESSAGES;
  stream->bytes = WINDOW_BYTES;
  stream->size = strtoul(natsMsg_GetData(message), NULL, 10);
  free(stream->body);
  stream->body = malloc(stream->size + 1);
}

static void answer(nats_loop *loop, stream *stream, natsMsg *message) {
  const char *method = natsMsg_GetSubject(message) + strlen("echo.");
  const char *data = natsMsg_GetData(message);
  if (!strcmp(method, "unary")) {
    nats_send(loop, natsMsg_GetReply(message), NULL, data, natsMsg_GetDataLength(message));
  } else if (!strcmp(method, "started")) {
    ready();
  } else if (!strcmp(method, "open") && natsMsg_GetReply(message)) {
    open_stream(stream, message);
  } else if (!strcmp(method, "credit")) {
    char *end;
    stream->messages += strtol(data, &end, 10);
    stream->bytes += strtol(end, NULL, 10);
  } else if (!strcmp(method, "close")) {
    *stream->to = '\0';
  }
  natsMsg_Destroy(message);
}

static void serve(const char *at) {
  static nats_loop loop;
  static stream stream;
  nats_connect(&loop, at, "echo.*");
  // Comes back when the server knows the subscription.
  nats_send(&loop, "echo.started", NULL, "", 0);
  for (;;) {
    nats_turn(&loop, -1);
    for (natsMsg *message; (message = nats_next(&loop));) answer(&loop, &stream, message);
    while (stream_on(&loop, &stream)) {
    }
  }
}

// MARK: Calling

static char *make_body(size_t size) {
  char *body = malloc(size + 1);
  if (!body) fail("no memory");
  memset(body, 0x55, size);
  return body;
}

static void call_async(const load_options *options, load *load) {
  static nats_loop loop;
  natsInbox *inbox;
  char subject[128], reply[160];
  nats_check(natsInbox_Create(&inbox), "inbox");
  snprintf(subject, sizeof subject, "%s.*", inbox);
  nats_connect(&loop, options->at, subject);
  uint64_t callers = options->in_flight, *began = calloc(callers, sizeof *began);
  int size = (int)options->body;
  char *body = make_body(options->body);
  load_begin(load, options);
  for (uint64_t caller = 0; caller < callers; caller++) {
    snprintf(reply, sizeof reply, "%s.%u", inbox, (unsigned)caller);
    began[caller] = load_now();
    nats_send(&loop, "echo.unary", reply, body, size);
  }
  for (uint64_t open_calls = callers; open_calls > 0;) {
    if (!nats_turn(&loop, REPLY_MILLISECONDS)) {
      load->errors += open_calls;
      break;
    }
    for (natsMsg *message; (message = nats_next(&loop)); natsMsg_Destroy(message)) {
      uint64_t now = load_now(),
               caller = strtoul(natsMsg_GetSubject(message) + strlen(inbox) + 1, NULL, 10);
      if (caller >= callers) fail("an answer to nobody");
      load->errors += natsMsg_GetDataLength(message) != size;
      load_end_call(load, began[caller], now);
      if (now >= load->end) {
        open_calls--;
        continue;
      }
      began[caller] = now;
      memset(body, 0x55, options->body);  // a body per request, as the other peers have it
      nats_send(&loop, "echo.unary", natsMsg_GetSubject(message), body, size);
    }
  }
}

static void call_stream(const load_options *options, load *load) {
  static nats_loop loop;
  natsInbox *inbox;
  nats_check(natsInbox_Create(&inbox), "inbox");
  nats_connect(&loop, options->at, inbox);
  char text[64];
  snprintf(text, sizeof text, "%zu", options->body);
  load_begin(load, options);
  nats_send(&loop, "echo.open", inbox, text, (int)strlen(text));
  unsigned messages = 0, bytes = 0;
  for (uint64_t now = 0; now <= load->end;) {
    if (!nats_turn(&loop, REPLY_MILLISECONDS)) {
      load->errors++;
      return;
    }
    for (natsMsg *message; (message = nats_next(&loop)); natsMsg_Destroy(message)) {
      now = load_now();
      load->errors += natsMsg_GetDataLength(message) != (int)options->body;
      load_end_message(load, now);
      messages += 1;
      bytes += (unsigned)options->body;
      if (messages < WINDOW_MESSAGES / 2 && bytes < WINDOW_BYTES / 2) continue;
      snprintf(text, sizeof text, "%u %u", messages, bytes);
      nats_send(&loop, "echo.credit", NULL, text, (int)strlen(text));
      messages = bytes = 0;
    }
  }
  nats_send(&loop, "echo.close", NULL, "", 0);
  nats_turn(&loop, 0);
}

typedef struct {
  natsConnection *connection;
  const load_options *options;
  load load;
  pthread_t thread;
} caller;

static void *call_again(void *data) {
  caller *caller = data;
  load *load = &caller->load;
  int size = (int)caller->options->body;
  char *body = make_body(caller->options->body);
  for (uint64_t began = load_now(), done; began < load->end; began = done) {
    natsMsg *reply = NULL;
    natsStatus status = natsConnection_Request(&reply, caller->connection, "echo.unary", body, size,
                                               REPLY_MILLISECONDS);
    done = load_now();
    load->errors += status != NATS_OK || natsMsg_GetDataLength(reply) != size;
    load_end_call(load, began, done);
    natsMsg_Destroy(reply);
  }
  free(body);
  return NULL;
}

static void call_sync(const load_options *options, load *load) {
  natsOptions *connecting = nats_make_options(options->at);
  natsConnection *connection;
  nats_check(natsConnection_Connect(&connection, connecting), options->at);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, THREAD_STACK);
  load_begin(load, options);
  caller *callers = calloc(options->in_flight, sizeof *callers);
  for (unsigned i = 0; i < options->in_flight; i++) {
    callers[i] = (caller){.connection = connection, .options = options, .load = *load};
    if (pthread_create(&callers[i].thread, &attributes, call_again, &callers[i])) fail("no thread");
  }
  for (unsigned i = 0; i < options->in_flight; i++) {
    pthread_join(callers[i].thread, NULL);
    load_add(load, &callers[i].load);
  }
}

int main(int argc, char **argv) {
  static load load;
  const char *command = argc > 1 ? argv[1] : "";
  if (!strcmp(command, "version")) return puts(nats_GetVersion()) < 0;
  load_options options = load_parse(argc, argv);
  if (!strcmp(command, "serve")) serve(options.at);
  if (strcmp(command, "call")) fail("nats_peer serve, call or version");
  (options.is_stream ? call_stream : options.is_sync ? call_sync : call_async)(&options, &load);
  load_print(&load, &options);
  return 0;
}
