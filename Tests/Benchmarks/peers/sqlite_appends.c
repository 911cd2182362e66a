// Appends rows of Recourse's log to an SQLite file, with its schema and pragmas, as many in each
// commit as a file says, over and over: the ceiling. Nothing is checked, hashed or sent.
//   sqlite_appends call --at FILE --groups FILE --in-flight PRODUCERS --body BYTES --seconds S
//   --warmup W
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "event_row.h"
#include "load.h"

static const char schema[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE event ("
    "  position INTEGER PRIMARY KEY,"
    "  slice_id BLOB NOT NULL,"
    "  incarnation BIGINT NOT NULL,"
    "  sequence BIGINT NOT NULL CHECK (sequence > 0),"
    "  worker TEXT NOT NULL,"
    "  event_key TEXT NOT NULL,"
    "  partition_number INTEGER NOT NULL CHECK (partition_number BETWEEN 0 AND 255),"
    "  type TEXT NOT NULL,"
    "  payload BLOB NOT NULL,"
    "  occurred_at BIGINT NOT NULL,"
    "  recorded_at BIGINT NOT NULL,"
    "  checksum BLOB NOT NULL,"
    "  UNIQUE (slice_id, incarnation, sequence)"
    ");"
    "CREATE INDEX event_by_key ON event (event_key, position);";

static void check(sqlite3 *file, int code) {
  if (code != SQLITE_OK && code != SQLITE_DONE) fail("sqlite: %s", sqlite3_errmsg(file));
}

static sqlite3_stmt *prepared(sqlite3 *file, const char *sql) {
  sqlite3_stmt *statement;
  check(file, sqlite3_prepare_v2(file, sql, -1, &statement, NULL));
  return statement;
}

static void step(sqlite3 *file, sqlite3_stmt *statement) {
  check(file, sqlite3_step(statement));
  check(file, sqlite3_reset(statement));
}

static void insert(sqlite3 *file, sqlite3_stmt *row, const load_options *options, uint64_t number,
                   const void *payload, int64_t microseconds) {
  static const unsigned char checksum[CHECKSUM_BYTES] = {0x33};
  uint64_t stream = number % options->in_flight, sequence = number / options->in_flight + 1;
  unsigned char id[SLICE_ID_BYTES];
  char key[KEY_BYTES];
  event_slice_id(id, stream);
  size_t key_size = event_key(key, stream, sequence);
  sqlite3_bind_int64(row, 1, (int64_t)number + 1);
  sqlite3_bind_blob(row, 2, id, sizeof id, SQLITE_STATIC);
  sqlite3_bind_int64(row, 3, 1);
  sqlite3_bind_int64(row, 4, (int64_t)sequence);
  sqlite3_bind_text(row, 5, EVENT_WORKER, -1, SQLITE_STATIC);
  sqlite3_bind_text(row, 6, key, (int)key_size, SQLITE_STATIC);
  sqlite3_bind_int64(row, 7, (int64_t)(sequence & 255));
  sqlite3_bind_text(row, 8, EVENT_TYPE, -1, SQLITE_STATIC);
  sqlite3_bind_blob(row, 9, payload, (int)options->body, SQLITE_STATIC);
  sqlite3_bind_int64(row, 10, microseconds);
  sqlite3_bind_int64(row, 11, microseconds);
  sqlite3_bind_blob(row, 12, checksum, sizeof checksum, SQLITE_STATIC);
  step(file, row);
}

// Rows of each commit; a single 1 without a file.
static size_t read_groups(const char *name, unsigned **groups) {
  size_t count = 0, room = 1024;
  *groups = malloc(room * sizeof **groups);
  FILE *file = name ? fopen(name, "r") : NULL;
  if (name && !file) fail("%s cannot be read", name);
  while (file && fscanf(file, "%u", *groups + count) == 1) {
    if (++count == room) *groups = realloc(*groups, (room *= 2) * sizeof **groups);
  }
  if (file) fclose(file);
  if (count == 0) (*groups)[count++] = 1;
  return count;
}

int main(int argc, char **argv) {
  static load load;
  if (argc < 2 || strcmp(argv[1], "call")) fail("sqlite_appends call");
  load_options options = load_parse(argc, argv);
  unsigned *groups;
  size_t count = read_groups(options.groups, &groups);
  unsigned char *payload = malloc(options.body + 1);
  memset(payload, 0x55, options.body);

  sqlite3 *file;
  if (sqlite3_open(options.at, &file)) fail("%s cannot be opened", options.at);
  check(file, sqlite3_exec(file, schema, NULL, NULL, NULL));
  sqlite3_stmt *begin = prepared(file, "BEGIN IMMEDIATE"), *commit = prepared(file, "COMMIT");
  sqlite3_stmt *row = prepared(
      file,
      "INSERT INTO event (position, slice_id, incarnation, sequence, worker, event_key,"
      " partition_number, type, payload, occurred_at, recorded_at, checksum)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  load_begin(&load, &options);
  uint64_t number = 0, began = load_now();
  for (size_t group = 0; began < load.end; group = (group + 1) % count) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t microseconds = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    step(file, begin);
    for (unsigned i = 0; i < groups[group]; i++) {
      insert(file, row, &options, number++, payload, microseconds);
    }
    step(file, commit);
    uint64_t done = load_now();
    for (unsigned i = 0; i < groups[group]; i++) load_end_append(&load, began, done);
    began = done;
  }
  load_print(&load, &options);
  return 0;
}
