// Which files there are: the entries as everybody sees them, and the changes of them that are not durable.

#include "parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

simulated_disk *every_disk;

simulated_disk *disk_of(const char *path) {
  for (simulated_disk *disk = every_disk; disk; disk = disk->next) {
    size_t length = strlen(disk->root);
    if (strncmp(path, disk->root, length) == 0 && path[length] == '/') return disk;
  }
  return NULL;
}

// MARK: - Nodes

node *node_named(simulated_disk *disk, const char *name, size_t length) {
  unsigned count = 0;
  node **link = &disk->nodes;
  for (; *link; link = &(*link)->next, count += 1) {
    if (strlen((*link)->name) == length && memcmp((*link)->name, name, length) == 0) return *link;
  }
  if (count >= SIMULATED_DISK_NODES_LIMIT) {
    fprintf(stderr, "a simulated disk has %u nodes and processes, and is to have %.*s\n", count,
        (int)length, name);
    abort();
  }
  node *made = allocate(sizeof *made + length + 1);
  memcpy(made->name, name, length);
  made->faults = disk->faults;
  return *link = made;
}

node *node_of(simulated_disk *disk, const char *path) {
  const char *name = path + strlen(disk->root) + 1;
  const char *slash = strchr(name, '/');
  return node_named(disk, name, slash ? (size_t)(slash - name) : 0);
}

// Whether anything of the node lives, or somebody has set it up.
static bool is_needed(const simulated_disk *disk, const node *node) {
  if (node == disk->running || node->down || node->has_own_faults) return true;
  for (entry *entry = disk->entries; entry; entry = entry->next) {
    if (entry->node == node) return true;
  }
  for (handle *handle = disk->handles; handle; handle = handle->next) {
    if (handle->node == node || handle->owner == node) return true;
  }
  return false;
}

void nodes_forget(simulated_disk *disk) {
  if (disk->telling > 0) return;
  node **link = &disk->nodes;
  while (*link) {
    node *node = *link;
    if (is_needed(disk, node)) {
      link = &node->next;
    } else {
      *link = node->next;
      free(node);
    }
  }
}

// MARK: - Entries

entry *entry_at(simulated_disk *disk, const char *path) {
  for (entry *entry = disk->entries; entry; entry = entry->next) {
    if (strcmp(entry->path, path) == 0) return entry;
  }
  return NULL;
}

static entry *add(simulated_disk *disk, const char *path, file *file) {
  unsigned count = 0;
  entry **link = &disk->entries;
  for (; *link; link = &(*link)->next) count += 1;
  node *node = node_of(disk, path);
  if (count >= SIMULATED_DISK_FILES_LIMIT) return NULL;
  size_t bytes = strlen(path) + 1;
  entry *made = allocate(sizeof *made + bytes);
  memcpy(made->path, path, bytes);
  made->node = node;
  made->file = file_retain(file);
  return *link = made;
}

static void take_out(simulated_disk *disk, entry *gone) {
  entry **link = &disk->entries;
  while (*link != gone) link = &(*link)->next;
  *link = gone->next;
  file_release(gone->file);
  free(gone);
}

int64_t entries_bytes(simulated_disk *disk, const node *node) {
  int64_t sum = 0;
  for (entry *entry = disk->entries; entry; entry = entry->next) {
    if (!node || entry->node == node) sum += entry->file->written.length;
  }
  return sum;
}

// MARK: - Changes

static void drop_oldest(simulated_disk *disk) {
  change *oldest = disk->changes;
  disk->changes = oldest->next;
  file_release(oldest->file);
  free(oldest);
}

static void remember(simulated_disk *disk, const char *path, file *file, bool is_creation) {
  unsigned count = 0;
  change **link = &disk->changes;
  for (; *link; link = &(*link)->next) count += 1;
  size_t bytes = strlen(path) + 1;
  change *made = allocate(sizeof *made + bytes);
  memcpy(made->path, path, bytes);
  made->file = file_retain(file);
  made->is_creation = is_creation;
  *link = made;
  if (count >= SIMULATED_DISK_PENDING_ENTRIES_LIMIT) drop_oldest(disk);
}

entry *entry_create(simulated_disk *disk, const char *path) {
  file *file = file_new();
  entry *made = add(disk, path, file);
  if (made) remember(disk, path, file, true);
  file_release(file);
  return made;
}

void entry_delete(simulated_disk *disk, entry *entry) {
  remember(disk, entry->path, entry->file, false);
  take_out(disk, entry);
}

void changes_sync(simulated_disk *disk, const file *file) {
  unsigned until = 0, count = 0;
  for (change *change = disk->changes; change; change = change->next) {
    count += 1;
    if (!file || (change->is_creation && change->file == file)) until = count;
  }
  for (; until > 0; until -= 1) drop_oldest(disk);
}

// Undone from the newest back, so that each finds what it left.
static void undo_from(simulated_disk *disk, change *change) {
  if (!change) return;
  undo_from(disk, change->next);
  entry *entry = entry_at(disk, change->path);
  if (change->is_creation) {
    if (entry) take_out(disk, entry);
  } else {
    add(disk, change->path, change->file);
  }
  disk->counters.undone_entries += 1;
}

void changes_lose_power(simulated_disk *disk, uint64_t *random) {
  uint64_t count = 0;
  for (change *change = disk->changes; change; change = change->next) count += 1;
  for (uint64_t kept = next_random(random) % (count + 1); kept > 0; kept -= 1) drop_oldest(disk);
  undo_from(disk, disk->changes);
  changes_sync(disk, NULL);
}

void directory_forget(simulated_disk *disk) {
  while (disk->entries) take_out(disk, disk->entries);
  changes_sync(disk, NULL);
}
