// What the C peers have in common: the options of `call`, the clock, and what is measured.
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *at;
  const char *keys;  // a folder of CURVE keys; NULL: none. Means something to who speaks the wire
  bool is_stream;
  bool is_sync;        // --mode sync; means something to nats_peer alone
  unsigned in_flight;  // logical callers, streams or connections
  unsigned depth;      // appends that each of them has in flight; means something to wire_appends
  const char *groups;  // a file with rows of each commit; means something to sqlite_appends
  size_t body;         // bytes of a request and of a reply
  double seconds, warmup;
} load_options;

// Window of a stream: what the server may send before the caller has taken it. The caller grants
// what it took when that is half of either.
enum { WINDOW_MESSAGES = 64, WINDOW_BYTES = 1 << 20 };

// Each power of two in 128 equal parts: a value is off by less than 0.4 %.
enum { PARTS_BITS = 7, PARTS = 1 << PARTS_BITS, LARGEST_EXPONENT = 40 };

typedef struct {
  uint64_t start, end;  // a call counts if it begins and ends between them
  uint64_t calls, total, errors;
  bool has_latencies;
  uint64_t latencies[(LARGEST_EXPONENT - PARTS_BITS + 2) * PARTS];  // by nanoseconds
} load;

uint64_t load_now(void);  // CLOCK_MONOTONIC, nanoseconds

load_options load_parse(int argc, char **argv);
void load_begin(load *load, const load_options *options);
void load_end_call(load *load, uint64_t began, uint64_t done);
// An append counts by when it is durable alone: with many in flight each takes long.
void load_end_append(load *load, uint64_t began, uint64_t done);
void load_end_message(load *load, uint64_t time);
void load_add(load *sum, const load *part);
void load_print(const load *load, const load_options *options);

void ready(void);  // tells the runner that calls can come
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
