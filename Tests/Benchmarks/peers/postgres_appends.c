// Inserts rows of Recourse's log into PostgreSQL, one in each transaction, over N connections that
// each send the next when the last is committed.
//   postgres_appends call --at CONNINFO --in-flight CONNECTIONS --body BYTES --seconds S --warmup W
#include <endian.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include "event_row.h"
#include "load.h"

static const char schema[] =
    "CREATE TABLE event ("
    "  position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    "  slice_id BYTEA NOT NULL,"
    "  incarnation BIGINT NOT NULL,"
    "  sequence BIGINT NOT NULL CHECK (sequence > 0),"
    "  worker TEXT NOT NULL,"
    "  event_key TEXT NOT NULL,"
    "  partition_number BIGINT NOT NULL CHECK (partition_number BETWEEN 0 AND 255),"
    "  type TEXT NOT NULL,"
    "  payload BYTEA NOT NULL,"
    "  occurred_at BIGINT NOT NULL,"
    "  recorded_at BIGINT NOT NULL,"
    "  checksum BYTEA NOT NULL,"
    "  UNIQUE (slice_id, incarnation, sequence)"
    ");"
    "CREATE INDEX event_by_key ON event (event_key, position);";

static const char insert[] =
    "INSERT INTO event (slice_id, incarnation, sequence, worker, event_key, partition_number, type,"
    " payload, occurred_at, recorded_at, checksum) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
    " $11)";

enum { COLUMNS = 11, BYTEA = 17, INT8 = 20, TEXT = 25, REPLY_MILLISECONDS = 10000, EVENTS = 64 };
static const Oid types[COLUMNS] = {BYTEA, INT8, INT8,  TEXT, TEXT, INT8,
                                   TEXT,  BYTEA, INT8, INT8, BYTEA};

typedef struct {
  PGconn *link;
  uint64_t sent, began;
} connection;

static void done(PGconn *link, PGresult *result) {
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    fail("postgres: %s", PQerrorMessage(link));
  }
  PQclear(result);
}

// What is compared is durable, or it is no comparison.
static void expect(PGconn *link, const char *setting, const char *value) {
  char sql[64];
  snprintf(sql, sizeof sql, "SHOW %s", setting);
  PGresult *result = PQexec(link, sql);
  if (PQresultStatus(result) != PGRES_TUPLES_OK || strcmp(PQgetvalue(result, 0, 0), value)) {
    fail("postgres: %s is not %s", setting, value);
  }
  PQclear(result);
}

static void send_row(connection *c, uint64_t number, const load_options *options,
                     const unsigned char *payload) {
  static const unsigned char checksum[CHECKSUM_BYTES] = {0x33};
  static const int formats[COLUMNS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  unsigned char id[SLICE_ID_BYTES];
  char key[KEY_BYTES];
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  uint64_t sequence = ++c->sent;
  event_slice_id(id, number);
  size_t key_size = event_key(key, number, sequence);
  uint64_t one = htobe64(1), sequence_bytes = htobe64(sequence), part = htobe64(sequence & 255),
           time = htobe64((uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000);
  const char *values[COLUMNS] = {
      (char *)id,    (char *)&one,    (char *)&sequence_bytes, EVENT_WORKER,  key, (char *)&part,
      EVENT_TYPE, (char *)payload, (char *)&time,           (char *)&time, (char *)checksum};
  const int sizes[COLUMNS] = {
      sizeof id,          8, 8, sizeof EVENT_WORKER - 1, (int)key_size, 8, sizeof EVENT_TYPE - 1,
      (int)options->body, 8, 8, sizeof checksum};
  c->began = load_now();
  if (!PQsendQueryPrepared(c->link, "insert", COLUMNS, values, sizes, formats, 0)) {
    fail("postgres: %s", PQerrorMessage(c->link));
  }
}

// True when the row that was sent is committed.
static bool is_committed(connection *c) {
  if (!PQconsumeInput(c->link)) fail("postgres: %s", PQerrorMessage(c->link));
  while (!PQisBusy(c->link)) {
    PGresult *result = PQgetResult(c->link);
    if (!result) return true;
    done(c->link, result);
  }
  return false;
}

int main(int argc, char **argv) {
  static load load;
  if (argc < 2 || strcmp(argv[1], "call")) fail("postgres_appends call");
  load_options options = load_parse(argc, argv);
  unsigned char *payload = malloc(options.body + 1);
  memset(payload, 0x55, options.body);
  connection *connections = calloc(options.in_flight, sizeof *connections);
  int poll = epoll_create1(0);
  for (unsigned i = 0; i < options.in_flight; i++) {
    PGconn *link = connections[i].link = PQconnectdb(options.at);
    if (PQstatus(link) != CONNECTION_OK) fail("postgres: %s", PQerrorMessage(link));
    if (i == 0) {
      done(link, PQexec(link, schema));
      expect(link, "fsync", "on");
      expect(link, "synchronous_commit", "on");
      expect(link, "full_page_writes", "on");
    }
    done(link, PQprepare(link, "insert", insert, COLUMNS, types));
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, PQsocket(link), &event)) fail("epoll_ctl");
  }
  load_begin(&load, &options);
  for (unsigned i = 0; i < options.in_flight; i++) send_row(connections + i, i, &options, payload);
  for (unsigned open = options.in_flight; open > 0;) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poll, events, EVENTS, REPLY_MILLISECONDS);
    if (count == 0) fail("no answer");
    for (int i = 0; i < count; i++) {
      uint32_t number = events[i].data.u32;
      connection *c = connections + number;
      if (!is_committed(c)) continue;
      uint64_t now = load_now();
      load_end_append(&load, c->began, now);
      if (now < load.end) {
        send_row(c, number, &options, payload);
      } else {
        epoll_ctl(poll, EPOLL_CTL_DEL, PQsocket(c->link), NULL);
        PQfinish(c->link);
        open--;
      }
    }
  }
  load_print(&load, &options);
  return 0;
}
