// The default VFS: paths of simulated disks are theirs, all others go on to the VFS that was the default.

#include "parts.h"
#include <stdlib.h>
#include <string.h>

// Milliseconds from the beginning of the Julian calendar's days to 1970.
#define JULIAN_MILLISECONDS_OF_1970 210866760000000LL
#define DAY_MILLISECONDS 86400000.0

static sqlite3_vfs *real;
static void *random_context;
static uint64_t (*random_next)(void *);
static void *clock_context;
static int64_t (*clock_now)(void *);

static bool is_simulated(const char *path) {
  return path && strncmp(path, SIMULATED_PREFIX, strlen(SIMULATED_PREFIX)) == 0;
}

// MARK: - Opening

static node *owner_of(simulated_disk *disk, const char *path) {
  return disk->running ? disk->running : node_of(disk, path);
}

static int open_locked(handle *handle, const char *path, int flags, int *flags_given) {
  simulated_disk *disk = disk_of(path);
  node *node = disk ? node_of(disk, path) : NULL;
  struct node *owner = disk ? owner_of(disk, path) : NULL;
  if (!owner || owner->down || strlen(path) > SIMULATED_DISK_PATH_BYTES_LIMIT) {
    return SQLITE_CANTOPEN;
  }
  entry *entry = entry_at(disk, path);
  if (entry && (flags & SQLITE_OPEN_EXCLUSIVE)) return SQLITE_CANTOPEN;
  if (node->faults.read_only && (flags & SQLITE_OPEN_READWRITE)) {
    disk->counters.read_only_errors += 1;
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  }
  bool creates = !entry && (flags & SQLITE_OPEN_CREATE);
  if (creates) entry = entry_create(disk, path);
  if (!entry) return SQLITE_CANTOPEN;
  handle->disk = disk;
  handle->file = file_retain(entry->file);
  handle->node = node;
  handle->owner = owner;
  handle->path = allocate(strlen(path) + 1);
  strcpy(handle->path, path);
  handle->writable = (flags & SQLITE_OPEN_READWRITE) != 0;
  handle->deletes_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  handle->syncs_directory = creates && (flags & journals);
  handle_attach(handle);
  if (flags_given) *flags_given = flags;
  return SQLITE_OK;
}

static int on_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_given) {
  (void)vfs;
  if (!is_simulated(path)) return real->xOpen(real, path, base, flags, flags_given);
  memset(base, 0, sizeof(handle));
  lock_disks();
  int code = open_locked((handle *)base, path, flags, flags_given);
  if (code == SQLITE_OK) base->pMethods = &handle_methods;
  unlock_disks();
  return code;
}

// MARK: - Other things with paths

static int delete_locked(const char *path, bool syncs_directory) {
  simulated_disk *disk = disk_of(path);
  node *owner = disk ? owner_of(disk, path) : NULL;
  if (!owner || owner->down) return SQLITE_IOERR_DELETE;
  if (!entry_at(disk, path)) return SQLITE_IOERR_DELETE_NOENT;
  unsigned crashes = owner->crashes;
  int code = tell(disk, owner, SIMULATED_DISK_BEFORE_DELETE, path);
  if (code != SQLITE_OK) return code;
  entry *entry = entry_at(disk, path);
  if (!entry || owner->crashes != crashes) return SQLITE_IOERR_DELETE;
  simulated_disk_faults *faults = &entry->node->faults;
  if (faults->read_only) {
    disk->counters.read_only_errors += 1;
    return SQLITE_IOERR_DELETE;
  }
  bool skips = faults->skip_sync;
  entry_delete(disk, entry);
  if (syncs_directory && !skips) changes_sync(disk, NULL);
  return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int syncs_directory) {
  (void)vfs;
  if (!is_simulated(path)) return real->xDelete(real, path, syncs_directory);
  lock_disks();
  int code = delete_locked(path, syncs_directory != 0);
  unlock_disks();
  return code;
}

// An empty file does not exist, as the unix VFS has it.
static int on_access(sqlite3_vfs *vfs, const char *path, int flags, int *yes) {
  (void)vfs;
  if (!is_simulated(path)) return real->xAccess(real, path, flags, yes);
  lock_disks();
  simulated_disk *disk = disk_of(path);
  entry *entry = disk ? entry_at(disk, path) : NULL;
  if (flags == SQLITE_ACCESS_EXISTS) *yes = entry && entry->file->written.length > 0;
  else *yes = entry && !(flags == SQLITE_ACCESS_READWRITE && entry->node->faults.read_only);
  unlock_disks();
  return SQLITE_OK;
}

static int on_full_path(sqlite3_vfs *vfs, const char *path, int room, char *full) {
  (void)vfs;
  if (!is_simulated(path)) return real->xFullPathname(real, path, room, full);
  if ((int)strlen(path) >= room) return SQLITE_CANTOPEN;
  strcpy(full, path);
  return SQLITE_OK;
}

// MARK: - Libraries, and what went wrong last: always of the real one

static void *on_library_open(sqlite3_vfs *vfs, const char *path) {
  (void)vfs;
  return real->xDlOpen(real, path);
}

static void on_library_error(sqlite3_vfs *vfs, int room, char *message) {
  (void)vfs;
  real->xDlError(real, room, message);
}

static void (*on_library_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void) {
  (void)vfs;
  return real->xDlSym(real, library, name);
}

static void on_library_close(sqlite3_vfs *vfs, void *library) {
  (void)vfs;
  real->xDlClose(real, library);
}

static int on_last_error(sqlite3_vfs *vfs, int room, char *message) {
  (void)vfs;
  return real->xGetLastError ? real->xGetLastError(real, room, message) : 0;
}

// MARK: - Time and randomness

static int on_randomness(sqlite3_vfs *vfs, int amount, char *bytes) {
  (void)vfs;
  lock_disks();
  uint64_t (*next)(void *) = random_next;
  void *context = random_context;
  unlock_disks();
  if (!next) return real->xRandomness(real, amount, bytes);
  for (int done = 0; done < amount; done += (int)sizeof(uint64_t)) {
    uint64_t number = next(context);
    int rest = amount - done;
    memcpy(bytes + done, &number, rest < (int)sizeof number ? (size_t)rest : sizeof number);
  }
  return amount;
}

static bool now(int64_t *milliseconds) {
  lock_disks();
  int64_t (*read)(void *) = clock_now;
  void *context = clock_context;
  unlock_disks();
  if (read) *milliseconds = read(context) + JULIAN_MILLISECONDS_OF_1970;
  return read != NULL;
}

static int on_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  lock_disks();
  bool virtual = clock_now != NULL;
  unlock_disks();
  return virtual ? microseconds : real->xSleep(real, microseconds);
}

static int on_time(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
  (void)vfs;
  int64_t read;
  if (!now(&read)) return real->xCurrentTimeInt64(real, milliseconds);
  *milliseconds = read;
  return SQLITE_OK;
}

static int on_days(sqlite3_vfs *vfs, double *days) {
  (void)vfs;
  int64_t read;
  if (!now(&read)) return real->xCurrentTime(real, days);
  *days = (double)read / DAY_MILLISECONDS;
  return SQLITE_OK;
}

void vfs_set_randomness(void *context, uint64_t (*next)(void *context)) {
  random_context = context;
  random_next = next;
}

void vfs_set_clock(void *context, int64_t (*now)(void *context)) {
  clock_context = context;
  clock_now = now;
}

// MARK: - Installing

static sqlite3_vfs simulated = {
    .iVersion = 2,
    .zName = "simulated",
    .xOpen = on_open,
    .xDelete = on_delete,
    .xAccess = on_access,
    .xFullPathname = on_full_path,
    .xDlOpen = on_library_open,
    .xDlError = on_library_error,
    .xDlSym = on_library_symbol,
    .xDlClose = on_library_close,
    .xRandomness = on_randomness,
    .xSleep = on_sleep,
    .xCurrentTime = on_days,
    .xGetLastError = on_last_error,
    .xCurrentTimeInt64 = on_time,
};

int vfs_install(void) {
  if (real) return SQLITE_OK;
  int code = sqlite3_initialize();
  if (code != SQLITE_OK) return code;
  sqlite3_vfs *before = sqlite3_vfs_find(NULL);
  if (!before || before->iVersion < 2) return SQLITE_NOTFOUND;
  real = before;
  int bytes = (int)sizeof(handle);
  simulated.szOsFile = before->szOsFile > bytes ? before->szOsFile : bytes;
  simulated.mxPathname = before->mxPathname;
  return sqlite3_vfs_register(&simulated, 1);
}
