// The disks as the simulator sees them. Every function here takes the lock.

#include "parts.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// MARK: - The lock

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t mutex;

// Recursive, because handlers call back.
static void make_mutex(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&mutex, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

void lock_disks(void) {
  pthread_once(&once, make_mutex);
  pthread_mutex_lock(&mutex);
}

void unlock_disks(void) { pthread_mutex_unlock(&mutex); }

// MARK: - A disk's life

int simulated_disk_install(void) {
  lock_disks();
  int code = vfs_install();
  unlock_disks();
  return code;
}

simulated_disk_faults simulated_disk_no_faults(void) {
  return (simulated_disk_faults){.capacity_bytes = -1};
}

static bool is_beneath(const char *path, const char *root) {
  size_t length = strlen(root);
  return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static bool is_root(const char *root) {
  size_t prefix = strlen(SIMULATED_PREFIX), length = strlen(root);
  if (strncmp(root, SIMULATED_PREFIX, prefix) != 0) return false;
  if (length == prefix || length > SIMULATED_DISK_PATH_BYTES_LIMIT) return false;
  return root[length - 1] != '/';
}

simulated_disk *simulated_disk_create(const char *root) {
  if (!is_root(root)) return NULL;
  lock_disks();
  bool taken = false;
  for (simulated_disk *disk = every_disk; disk; disk = disk->next) {
    taken = taken || is_beneath(root, disk->root) || is_beneath(disk->root, root);
  }
  simulated_disk *disk = NULL;
  if (!taken) {
    disk = allocate(sizeof *disk);
    disk->root = allocate(strlen(root) + 1);
    strcpy(disk->root, root);
    disk->faults = simulated_disk_no_faults();
    disk->next = every_disk;
    every_disk = disk;
  }
  unlock_disks();
  return disk;
}

static void crash(node *node) {
  node->crashes += 1;
  node->down = false;
}

void simulated_disk_reset(simulated_disk *disk) {
  lock_disks();
  handles_kill(disk, NULL);
  directory_forget(disk);
  for (node *node = disk->nodes; node; node = node->next) {
    node->faults = simulated_disk_no_faults();
    node->has_own_faults = false;
    crash(node);
  }
  disk->faults = simulated_disk_no_faults();
  disk->counters = (simulated_disk_counters){0};
  disk->running = NULL;
  disk->on_event = NULL;
  disk->on_sync = NULL;
  nodes_forget(disk);
  unlock_disks();
}

void simulated_disk_destroy(simulated_disk *disk) {
  lock_disks();
  simulated_disk_reset(disk);
  simulated_disk **link = &every_disk;
  while (*link != disk) link = &(*link)->next;
  *link = disk->next;
  for (node *node = disk->nodes, *next; node; node = next) {
    next = node->next;
    free(node);
  }
  free(disk->root);
  free(disk);
  unlock_disks();
}

// MARK: - Processes and crashes

void simulated_disk_run_as(simulated_disk *disk, const char *process) {
  lock_disks();
  disk->running = process ? node_named(disk, process, strlen(process)) : NULL;
  unlock_disks();
}

void simulated_disk_process_crash(simulated_disk *disk, const char *process) {
  lock_disks();
  node *owner = node_named(disk, process, strlen(process));
  crash(owner);
  handles_kill(disk, owner);
  nodes_forget(disk);
  disk->counters.process_crashes += 1;
  unlock_disks();
}

void simulated_disk_power_cut(simulated_disk *disk, uint64_t seed) {
  lock_disks();
  for (node *node = disk->nodes; node; node = node->next) crash(node);
  handles_kill(disk, NULL);
  changes_lose_power(disk, &seed);
  for (entry *entry = disk->entries; entry; entry = entry->next) {
    file_lose_power(entry->file, &seed, &disk->counters);
  }
  nodes_forget(disk);
  disk->counters.power_cuts += 1;
  unlock_disks();
}

void simulated_disk_set_handlers(
    simulated_disk *disk, void *context, simulated_disk_event_handler on_event,
    simulated_disk_sync_handler on_sync) {
  lock_disks();
  disk->context = context;
  disk->on_event = on_event;
  disk->on_sync = on_sync;
  unlock_disks();
}

// MARK: - Faults

void simulated_disk_set_faults(
    simulated_disk *disk, const char *name, simulated_disk_faults faults) {
  lock_disks();
  if (name) {
    node *named = node_named(disk, name, strlen(name));
    named->faults = faults;
    named->has_own_faults = true;
  } else {
    for (node *node = disk->nodes; node; node = node->next) {
      node->faults = faults;
      node->has_own_faults = false;
    }
    disk->faults = faults;
  }
  unlock_disks();
}

simulated_disk_faults simulated_disk_get_faults(simulated_disk *disk, const char *name) {
  lock_disks();
  simulated_disk_faults faults = node_named(disk, name, strlen(name))->faults;
  unlock_disks();
  return faults;
}

// MARK: - Files

int64_t simulated_disk_bytes(simulated_disk *disk, const char *name) {
  lock_disks();
  node *node = name ? node_named(disk, name, strlen(name)) : NULL;
  int64_t bytes = entries_bytes(disk, node);
  unlock_disks();
  return bytes;
}

int64_t simulated_disk_file_size(simulated_disk *disk, const char *path) {
  lock_disks();
  entry *entry = entry_at(disk, path);
  int64_t size = entry ? entry->file->written.length : -1;
  unlock_disks();
  return size;
}

bool simulated_disk_corrupt(simulated_disk *disk, const char *path, int64_t offset) {
  lock_disks();
  entry *entry = entry_at(disk, path);
  bool done = entry && file_flip(entry->file, offset);
  unlock_disks();
  return done;
}

static int force_opened(sqlite3_file *file) {
  const sqlite3_io_methods *methods = file->pMethods;
  unsigned char part[4096];
  sqlite3_int64 length;
  int code = methods->xFileSize(file, &length);
  for (sqlite3_int64 offset = 0; code == SQLITE_OK && offset < length; offset += sizeof part) {
    sqlite3_int64 rest = length - offset;
    int amount = rest < (sqlite3_int64)sizeof part ? (int)rest : (int)sizeof part;
    code = methods->xRead(file, part, amount, offset);
    if (code == SQLITE_OK) code = methods->xWrite(file, part, amount, offset);
  }
  return code == SQLITE_OK ? methods->xSync(file, SQLITE_SYNC_NORMAL) : code;
}

int simulated_disk_force(const char *path) {
  lock_disks();
  simulated_disk *disk = disk_of(path);
  bool exists = disk && entry_at(disk, path);
  unlock_disks();
  if (!exists) return SQLITE_OK;
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  sqlite3_file *file = allocate((size_t)vfs->szOsFile);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;
  int code = vfs->xOpen(vfs, path, file, flags, NULL);
  if (code == SQLITE_OK) {
    code = force_opened(file);
    file->pMethods->xClose(file);
  }
  free(file);
  return code;
}

bool simulated_disk_remove(simulated_disk *disk, const char *path) {
  lock_disks();
  entry *entry = entry_at(disk, path);
  if (entry) {
    entry_delete(disk, entry);
    changes_sync(disk, NULL);
  }
  unlock_disks();
  return entry != NULL;
}

simulated_disk_counters simulated_disk_get_counters(simulated_disk *disk) {
  lock_disks();
  simulated_disk_counters counters = disk->counters;
  unlock_disks();
  return counters;
}

// MARK: - Time and randomness

void simulated_disk_set_randomness(void *context, uint64_t (*next)(void *context)) {
  lock_disks();
  vfs_set_randomness(context, next);
  unlock_disks();
  sqlite3_randomness(0, NULL);
}

void simulated_disk_set_clock(void *context, int64_t (*now)(void *context)) {
  lock_disks();
  vfs_set_clock(context, now);
  unlock_disks();
}
