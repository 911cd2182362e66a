// Handles, and what those of one file share: its lock and the memory of its write-ahead log's index.

#include "parts.h"
#include <stdlib.h>

#define REGIONS_LIMIT 65536

// MARK: - Handles

void handle_attach(handle *handle) {
  handle->next = handle->disk->handles;
  handle->disk->handles = handle;
}

static bool is_shared_by_living(simulated_disk *disk, const shared_memory *shared) {
  for (handle *other = disk->handles; other; other = other->next) {
    if (other->shared == shared) return true;
  }
  return false;
}

void handle_kill(handle *dying) {
  simulated_disk *disk = dying->disk;
  if (!disk) return;
  handle **link = &disk->handles;
  while (*link != dying) link = &(*link)->next;
  *link = dying->next;
  // Who opens the file next begins with new memory, as with the unix VFS; the dead one keeps the old.
  if (dying->shared && !is_shared_by_living(disk, dying->shared)
      && dying->file->shared == dying->shared) {
    dying->file->shared = NULL;
  }
  file_release(dying->file);
  dying->file = NULL;
  dying->disk = NULL;
  dying->node = dying->owner = NULL;
  dying->lock_level = SQLITE_LOCK_NONE;
  dying->readers = dying->writers = 0;
}

void handles_kill(simulated_disk *disk, const node *owner) {
  for (handle *handle = disk->handles, *next; handle; handle = next) {
    next = handle->next;
    if (!owner || handle->owner == owner) handle_kill(handle);
  }
}

// MARK: - The file's lock

static int highest_of_others(const handle *own) {
  int highest = SQLITE_LOCK_NONE;
  for (handle *other = own->disk->handles; other; other = other->next) {
    if (other == own || other->file != own->file) continue;
    if (other->lock_level > highest) highest = other->lock_level;
  }
  return highest;
}

// "File Locking And Concurrency In SQLite Version 3".
int sharing_lock(handle *handle, int level) {
  if (handle->lock_level >= level) return SQLITE_OK;
  int others = highest_of_others(handle);
  switch (level) {
  case SQLITE_LOCK_SHARED:
    if (others >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
    break;
  case SQLITE_LOCK_RESERVED:
    if (others >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
    break;
  default:
    if (others >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
    if (others >= SQLITE_LOCK_SHARED) {
      handle->lock_level = SQLITE_LOCK_PENDING;
      return SQLITE_BUSY;
    }
  }
  handle->lock_level = level;
  return SQLITE_OK;
}

bool sharing_is_reserved(const handle *handle) {
  return handle->lock_level >= SQLITE_LOCK_RESERVED
         || highest_of_others(handle) >= SQLITE_LOCK_RESERVED;
}

// MARK: - Shared memory

static void release(shared_memory *shared) {
  if (--shared->references > 0) return;
  for (int region = 0; region < shared->region_count; region += 1) free(shared->regions[region]);
  free(shared->regions);
  free(shared);
}

static int open_memory(handle *handle) {
  file *file = handle->file;
  if (!file->shared) {
    if (handle->node->faults.read_only) return SQLITE_CANTOPEN;
    file->shared = allocate(sizeof *file->shared);
  }
  file->shared->references += 1;
  handle->shared = file->shared;
  return SQLITE_OK;
}

int sharing_map(handle *handle, int region, int bytes, bool extends, void volatile **address) {
  *address = NULL;
  if (!handle->shared) {
    int code = open_memory(handle);
    if (code != SQLITE_OK) return code;
  }
  shared_memory *shared = handle->shared;
  if (region >= shared->region_count) {
    if (!extends) return SQLITE_OK;
    if (region >= REGIONS_LIMIT) return SQLITE_FULL;
    void **regions = realloc(shared->regions, sizeof(void *) * ((size_t)region + 1));
    if (!regions) return SQLITE_IOERR_NOMEM;
    shared->regions = regions;
    while (shared->region_count <= region) {
      shared->regions[shared->region_count++] = allocate((size_t)bytes);
    }
  }
  *address = shared->regions[region];
  return SQLITE_OK;
}

int sharing_lock_memory(handle *handle, int offset, int count, int flags) {
  if (!handle->shared || offset < 0 || count < 1 || offset + count > SHARED_MEMORY_LOCKS) {
    return SQLITE_IOERR_SHMLOCK;
  }
  unsigned bits = ((1u << count) - 1) << offset;
  bool alone = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  if (flags & SQLITE_SHM_UNLOCK) {
    if (alone) handle->writers &= ~bits;
    else handle->readers &= ~bits;
    return SQLITE_OK;
  }
  for (struct handle *other = handle->disk->handles; other; other = other->next) {
    if (other == handle || other->shared != handle->shared) continue;
    if ((other->writers & bits) || (alone && (other->readers & bits))) return SQLITE_BUSY;
  }
  if (alone) handle->writers |= bits;
  else handle->readers |= bits;
  return SQLITE_OK;
}

void sharing_unmap(handle *handle) {
  shared_memory *shared = handle->shared;
  if (!shared) return;
  handle->shared = NULL;
  handle->readers = handle->writers = 0;
  if (handle->disk && handle->file->shared == shared
      && !is_shared_by_living(handle->disk, shared)) {
    handle->file->shared = NULL;
  }
  release(shared);
}
