#include "nats_loop.h"

#include <errno.h>
#include <string.h>

#include "load.h"

void nats_check(natsStatus status, const char *what) {
  if (status != NATS_OK) fail("%s: %s", what, natsStatus_GetText(status));
}

static natsStatus attach(void **data, void *given, natsConnection *connection, natsSock socket) {
  (void)connection;
  ((nats_loop *)given)->socket = (struct pollfd){.fd = socket, .events = POLLIN};
  *data = given;
  return NATS_OK;
}

static natsStatus want(nats_loop *loop, short event, bool is_wanted) {
  if (is_wanted) {
    loop->socket.events |= event;
  } else {
    loop->socket.events &= (short)~event;
  }
  return NATS_OK;
}

static natsStatus want_read(void *data, bool is_wanted) {
  return want(data, POLLIN, is_wanted);
}

static natsStatus want_write(void *data, bool is_wanted) {
  return want(data, POLLOUT, is_wanted);
}

static natsStatus detach(void *data) {
  ((nats_loop *)data)->socket.fd = -1;
  return NATS_OK;
}

natsOptions *nats_make_options(const char *at) {
  natsOptions *options;
  nats_check(natsOptions_Create(&options), "options");
  nats_check(natsOptions_SetURL(options, at), at);
  nats_check(natsOptions_SetAllowReconnect(options, false), "options");
  return options;
}

void nats_connect(nats_loop *loop, const char *at, const char *subject) {
  natsOptions *options = nats_make_options(at);
  nats_check(natsOptions_SetEventLoop(options, loop, attach, want_read, want_write, detach),
             "event loop");
  // With an event loop this is no write per message: it asks for a write event at once, where the
  // client's flusher would wait a millisecond.
  nats_check(natsOptions_SetSendAsap(options, true), "options");
  nats_check(natsConnection_Connect(&loop->connection, options), at);
  nats_check(natsConnection_SubscribeSync(&loop->subscription, loop->connection, subject), subject);
  nats_check(natsSubscription_SetPendingLimits(loop->subscription, -1, -1), "limits");
  natsOptions_Destroy(options);
}

bool nats_turn(nats_loop *loop, int wait_milliseconds) {
  if (loop->socket.events & POLLOUT) natsConnection_ProcessWriteEvent(loop->connection);
  int count = poll(&loop->socket, 1, wait_milliseconds);
  if (count < 0 && errno != EINTR) fail("poll: %s", strerror(errno));
  if (count > 0 && loop->socket.revents & ~POLLOUT)
    natsConnection_ProcessReadEvent(loop->connection);
  if (loop->socket.fd < 0 || natsConnection_IsClosed(loop->connection))
    fail("the connection is lost");
  return count != 0;
}

natsMsg *nats_next(nats_loop *loop) {
  natsMsg *message = NULL;
  natsSubscription_NextMsg(&message, loop->subscription, 0);
  return message;
}

void nats_send(nats_loop *loop, const char *subject, const char *reply, const char *data,
               int size) {
  natsStatus status =
      reply ? natsConnection_PublishRequest(loop->connection, subject, reply, data, size)
            : natsConnection_Publish(loop->connection, subject, data, size);
  nats_check(status, subject);
}
