// A connection to NATS that is driven by one thread, its caller's.
#ifndef NATS_LOOP_H
#define NATS_LOOP_H

#include <nats/nats.h>
#include <poll.h>
#include <stdbool.h>

typedef struct {
  natsConnection *connection;
  natsSubscription *subscription;
  struct pollfd socket;
} nats_loop;

void nats_check(natsStatus status, const char *what);
natsOptions *nats_make_options(const char *at);

void nats_connect(nats_loop *loop, const char *at, const char *subject);
// Writes what is queued, and takes in what has come; false if nothing comes in time.
bool nats_turn(nats_loop *loop, int wait_milliseconds);
natsMsg *nats_next(nats_loop *loop);  // of what has been taken in; NULL if that was all
// Queues a message; `reply` may be NULL.
void nats_send(nats_loop *loop, const char *subject, const char *reply, const char *data, int size);

#endif
