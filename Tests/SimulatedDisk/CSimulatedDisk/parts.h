// The parts of a simulated disk, for its own files. The lock is held in all of these functions, but for
// those of `vfs.c`, which take it.

#ifndef SIMULATED_DISK_PARTS_H
#define SIMULATED_DISK_PARTS_H

#include "simulated_disk.h"
#include <sqlite3.h>
#include <stddef.h>

#define SIMULATED_PREFIX "/simulated/"
#define SECTOR_BYTES 512
#define SHARED_MEMORY_LOCKS 8

// MARK: - A file (contents.c)

typedef struct {
  unsigned char *bytes;
  int64_t length;
  int64_t room;
} contents;

// A write of `length` bytes at an offset, or a change of the file's length to the offset.
typedef struct operation {
  struct operation *next;
  bool is_truncation;
  int64_t offset;
  int64_t length;
  unsigned char bytes[];
} operation;

typedef struct shared_memory {
  unsigned references;
  int region_count;
  void **regions;
} shared_memory;

typedef struct {
  unsigned references;
  contents durable;
  contents written;
  operation *oldest;
  operation **end; // where the next pending operation goes
  int64_t pending_bytes;
  unsigned pending_count;
  shared_memory *shared; // of the living handles, who own it
} file;

file *file_new(void);
file *file_retain(file *file);
void file_release(file *file);
void file_write(file *file, const void *bytes, int64_t length, int64_t offset);
void file_truncate(file *file, int64_t length);
// All that is pending becomes durable.
void file_sync(file *file);
// What is pending will never be durable, though readers see it.
void file_forget_pending(file *file);
// What is pending is kept, torn or lost.
void file_lose_power(file *file, uint64_t *random, simulated_disk_counters *counters);
bool file_flip(file *file, int64_t offset);

void *allocate(size_t bytes);
uint64_t next_random(uint64_t *state);

// MARK: - The directory (directory.c)

// A node, a process, or both: names that faults are set for and that handles belong to.
typedef struct node {
  struct node *next;
  simulated_disk_faults faults;
  bool has_own_faults; // that were set by its name
  bool down;
  unsigned crashes;
  char name[];
} node;

typedef struct entry {
  struct entry *next;
  file *file;
  node *node;
  char path[];
} entry;

// A creation or deletion that is not durable yet.
typedef struct change {
  struct change *next;
  bool is_creation;
  file *file;
  char path[];
} change;

typedef struct handle {
  sqlite3_file base;
  struct handle *next;
  simulated_disk *disk; // NULL: dead
  file *file;
  node *node;
  node *owner;
  char *path;
  bool writable;
  bool syncs_directory;
  bool deletes_on_close;
  int lock_level;
  shared_memory *shared; // what it has mapped, even when it is dead
  unsigned readers;      // bits: locks of shared memory that it holds with others
  unsigned writers;      // and alone
} handle;

struct simulated_disk {
  simulated_disk *next;
  char *root;
  node *nodes;
  entry *entries;
  change *changes;
  handle *handles; // the living
  node *running;
  unsigned telling; // calls of `on_event` that have not returned
  simulated_disk_faults faults; // of nodes to come
  simulated_disk_counters counters;
  void *context;
  simulated_disk_event_handler on_event;
  simulated_disk_sync_handler on_sync;
};

extern simulated_disk *every_disk;

// The disk whose root the path is beneath.
simulated_disk *disk_of(const char *path);
// Made if there is none; aborts when there are too many.
node *node_named(simulated_disk *disk, const char *name, size_t length);
node *node_of(simulated_disk *disk, const char *path);
// Forgets those of which nothing lives; while an event is told, none.
void nodes_forget(simulated_disk *disk);
entry *entry_at(simulated_disk *disk, const char *path);
// NULL when there are too many.
entry *entry_create(simulated_disk *disk, const char *path);
void entry_delete(simulated_disk *disk, entry *entry);
int64_t entries_bytes(simulated_disk *disk, const node *node);
// The oldest changes become durable, up to the creation of the file, if that is among them; NULL: all.
void changes_sync(simulated_disk *disk, const file *file);
// The newest changes are undone.
void changes_lose_power(simulated_disk *disk, uint64_t *random);
void directory_forget(simulated_disk *disk);

// MARK: - Handles and what they share (sharing.c)

void handle_attach(handle *handle);
// Gives back all that the handle has but its shared memory; it is dead then.
void handle_kill(handle *handle);
// Kills the handles of an owner; NULL: all.
void handles_kill(simulated_disk *disk, const node *owner);

int sharing_lock(handle *handle, int level);
bool sharing_is_reserved(const handle *handle);
int sharing_map(handle *handle, int region, int bytes, bool extends, void volatile **address);
int sharing_lock_memory(handle *handle, int offset, int count, int flags);
void sharing_unmap(handle *handle);

// MARK: - The lock (simulated_disk.c)

void lock_disks(void);
void unlock_disks(void);

// MARK: - Reading and writing (handles.c)

extern const sqlite3_io_methods handle_methods;

// Tells the handler of an event; gives what it answers. A crash that it asks for is made.
int tell(simulated_disk *disk, node *owner, simulated_disk_event event, const char *path);

// MARK: - The VFS (vfs.c)

int vfs_install(void);
void vfs_set_randomness(void *context, uint64_t (*next)(void *context));
void vfs_set_clock(void *context, int64_t (*now)(void *context));

#endif
