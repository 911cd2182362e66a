// What SQLite does with an open file.

#include "parts.h"
#include <stdlib.h>
#include <string.h>

int tell(simulated_disk *disk, node *owner, simulated_disk_event event, const char *path) {
  if (!disk->on_event) return SQLITE_OK;
  unsigned crashes = owner->crashes;
  disk->telling += 1;
  int code = disk->on_event(disk->context, event, path);
  disk->telling -= 1;
  if (code != SQLITE_OK && owner->crashes == crashes) owner->down = true;
  return code;
}

static bool is_alive(const handle *handle) { return handle->disk && !handle->owner->down; }

// SQLITE_OK when the handle may go on after an event.
static int tell_of(handle *handle, simulated_disk_event event, int when_dead) {
  int code = tell(handle->disk, handle->owner, event, handle->path);
  return code != SQLITE_OK ? code : is_alive(handle) ? SQLITE_OK : when_dead;
}

// Counts one of the errors that are to come down, if there is one.
static bool fails(handle *handle, uint32_t *errors) {
  if (*errors == 0) return false;
  *errors -= 1;
  handle->disk->counters.io_errors += 1;
  return true;
}

// MARK: - Reading

static int read_locked(handle *handle, unsigned char *bytes, int amount, int64_t offset) {
  if (!is_alive(handle) || fails(handle, &handle->node->faults.read_errors)) {
    return SQLITE_IOERR_READ;
  }
  const contents *written = &handle->file->written;
  int64_t there = written->length - offset;
  if (there >= amount) {
    memcpy(bytes, written->bytes + offset, (size_t)amount);
    return SQLITE_OK;
  }
  memset(bytes, 0, (size_t)amount);
  if (there > 0) memcpy(bytes, written->bytes + offset, (size_t)there);
  return SQLITE_IOERR_SHORT_READ;
}

static int on_read(sqlite3_file *base, void *bytes, int amount, sqlite3_int64 offset) {
  lock_disks();
  int code = read_locked((handle *)base, bytes, amount, offset);
  unlock_disks();
  return code;
}

static int on_size(sqlite3_file *base, sqlite3_int64 *size) {
  handle *handle = (struct handle *)base;
  lock_disks();
  bool alive = is_alive(handle);
  *size = alive ? handle->file->written.length : 0;
  unlock_disks();
  return alive ? SQLITE_OK : SQLITE_IOERR_FSTAT;
}

// MARK: - Writing

// Whether the disk takes a change that leaves the file with so many bytes at least.
static int admit(handle *handle, int64_t length, int failure) {
  if (!is_alive(handle)) return failure;
  int code = tell_of(handle, SIMULATED_DISK_BEFORE_WRITE, failure);
  if (code != SQLITE_OK) return code;
  simulated_disk *disk = handle->disk;
  simulated_disk_faults *faults = &handle->node->faults;
  if (!handle->writable || faults->read_only) {
    disk->counters.read_only_errors += 1;
    return failure;
  }
  if (fails(handle, &faults->write_errors)) return failure;
  int64_t growth = length - handle->file->written.length;
  if (growth <= 0) return SQLITE_OK;
  int64_t capacity = faults->capacity_bytes;
  bool fits = capacity < 0 || entries_bytes(disk, handle->node) + growth <= capacity;
  if (fits && entries_bytes(disk, NULL) + growth <= SIMULATED_DISK_BYTES_LIMIT) return SQLITE_OK;
  disk->counters.full_errors += 1;
  return SQLITE_FULL;
}

static int on_write(sqlite3_file *base, const void *bytes, int amount, sqlite3_int64 offset) {
  handle *handle = (struct handle *)base;
  lock_disks();
  int code = admit(handle, offset + amount, SQLITE_IOERR_WRITE);
  if (code == SQLITE_OK) {
    file_write(handle->file, bytes, amount, offset);
    handle->disk->counters.writes += 1;
  }
  unlock_disks();
  return code;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 length) {
  handle *handle = (struct handle *)base;
  lock_disks();
  int code = admit(handle, length, SQLITE_IOERR_TRUNCATE);
  if (code == SQLITE_OK) {
    file_truncate(handle->file, length);
    handle->disk->counters.writes += 1;
  }
  unlock_disks();
  return code;
}

// MARK: - Syncing

static void make_durable(handle *handle) {
  file_sync(handle->file);
  changes_sync(handle->disk, handle->syncs_directory ? NULL : handle->file);
  handle->syncs_directory = false;
}

static int sync_locked(handle *handle) {
  if (!is_alive(handle)) return SQLITE_IOERR_FSYNC;
  simulated_disk *disk = handle->disk;
  simulated_disk_faults *faults = &handle->node->faults;
  bool stalled = faults->stalled;
  if (stalled) disk->counters.stalled_syncs += 1;
  if (disk->on_sync) disk->on_sync(disk->context, handle->path, stalled);
  if (!is_alive(handle)) return SQLITE_IOERR_FSYNC;
  int code = tell_of(handle, SIMULATED_DISK_BEFORE_SYNC, SQLITE_IOERR_FSYNC);
  if (code != SQLITE_OK) return code;
  if (fails(handle, &faults->sync_errors)) {
    file_forget_pending(handle->file);
    return SQLITE_IOERR_FSYNC;
  }
  disk->counters.syncs += 1;
  if (faults->skip_sync) disk->counters.skipped_syncs += 1;
  else make_durable(handle);
  return tell_of(handle, SIMULATED_DISK_AFTER_SYNC, SQLITE_IOERR_FSYNC);
}

static int on_sync(sqlite3_file *base, int flags) {
  (void)flags;
  lock_disks();
  int code = sync_locked((handle *)base);
  unlock_disks();
  return code;
}

// MARK: - Locks and shared memory

static int on_lock(sqlite3_file *base, int level) {
  handle *handle = (struct handle *)base;
  lock_disks();
  int code = is_alive(handle) ? sharing_lock(handle, level) : SQLITE_IOERR_LOCK;
  unlock_disks();
  return code;
}

static int on_unlock(sqlite3_file *base, int level) {
  handle *handle = (struct handle *)base;
  lock_disks();
  bool alive = is_alive(handle);
  if (alive && handle->lock_level > level) handle->lock_level = level;
  unlock_disks();
  return alive ? SQLITE_OK : SQLITE_IOERR_UNLOCK;
}

static int on_check_reserved(sqlite3_file *base, int *reserved) {
  handle *handle = (struct handle *)base;
  lock_disks();
  bool alive = is_alive(handle);
  *reserved = alive && sharing_is_reserved(handle);
  unlock_disks();
  return alive ? SQLITE_OK : SQLITE_IOERR_CHECKRESERVEDLOCK;
}

static int on_map(
    sqlite3_file *base, int region, int bytes, int extends, void volatile **address) {
  handle *handle = (struct handle *)base;
  *address = NULL;
  lock_disks();
  int code = is_alive(handle) ? sharing_map(handle, region, bytes, extends != 0, address)
                              : SQLITE_IOERR_SHMMAP;
  unlock_disks();
  return code;
}

static int on_lock_memory(sqlite3_file *base, int offset, int count, int flags) {
  handle *handle = (struct handle *)base;
  lock_disks();
  int code = is_alive(handle) ? sharing_lock_memory(handle, offset, count, flags)
                              : SQLITE_IOERR_SHMLOCK;
  unlock_disks();
  return code;
}

static void on_barrier(sqlite3_file *base) {
  (void)base;
  __sync_synchronize();
}

static int on_unmap(sqlite3_file *base, int deletes) {
  (void)deletes;
  lock_disks();
  sharing_unmap((handle *)base);
  unlock_disks();
  return SQLITE_OK;
}

// MARK: - The rest

static bool has_moved(const handle *handle) {
  if (!is_alive(handle)) return false;
  entry *entry = entry_at(handle->disk, handle->path);
  return !entry || entry->file != handle->file;
}

static int on_control(sqlite3_file *base, int operation, void *argument) {
  if (operation != SQLITE_FCNTL_HAS_MOVED) return SQLITE_NOTFOUND;
  lock_disks();
  *(int *)argument = has_moved((handle *)base);
  unlock_disks();
  return SQLITE_OK;
}

static int on_sector_size(sqlite3_file *base) {
  (void)base;
  return 4096;
}

static int on_characteristics(sqlite3_file *base) {
  (void)base;
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int on_close(sqlite3_file *base) {
  handle *handle = (struct handle *)base;
  lock_disks();
  sharing_unmap(handle);
  if (is_alive(handle) && handle->deletes_on_close && !has_moved(handle)) {
    entry_delete(handle->disk, entry_at(handle->disk, handle->path));
  }
  handle_kill(handle);
  free(handle->path);
  handle->path = NULL;
  base->pMethods = NULL;
  unlock_disks();
  return SQLITE_OK;
}

const sqlite3_io_methods handle_methods = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_check_reserved,
    .xFileControl = on_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_characteristics,
    .xShmMap = on_map,
    .xShmLock = on_lock_memory,
    .xShmBarrier = on_barrier,
    .xShmUnmap = on_unmap,
};
