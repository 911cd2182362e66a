// What a file has: as written, durably, and what is pending between the two.

#include "parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *allocate(size_t bytes) {
  void *memory = calloc(1, bytes > 0 ? bytes : 1);
  if (!memory) {
    fputs("The simulated disk has no memory left.\n", stderr);
    abort();
  }
  return memory;
}

// SplitMix64.
uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

// MARK: - Contents

// What is beyond `length` is zero wherever there is room.
static void contents_set_length(contents *contents, int64_t length) {
  if (length > contents->room) {
    int64_t room = contents->room > 0 ? contents->room : 4096;
    while (room < length) room *= 2;
    unsigned char *bytes = allocate((size_t)room);
    if (contents->length > 0) memcpy(bytes, contents->bytes, (size_t)contents->length);
    free(contents->bytes);
    contents->bytes = bytes;
    contents->room = room;
  } else if (length < contents->length) {
    memset(contents->bytes + length, 0, (size_t)(contents->length - length));
  }
  contents->length = length;
}

static void contents_write(
    contents *contents, const unsigned char *bytes, int64_t length, int64_t offset) {
  if (length == 0) return;
  if (offset + length > contents->length) contents_set_length(contents, offset + length);
  memcpy(contents->bytes + offset, bytes, (size_t)length);
}

static void contents_apply(contents *contents, const operation *operation) {
  if (operation->is_truncation) {
    contents_set_length(contents, operation->offset);
  } else {
    contents_write(contents, operation->bytes, operation->length, operation->offset);
  }
}

// MARK: - Files

file *file_new(void) {
  file *file = allocate(sizeof *file);
  file->references = 1;
  file->end = &file->oldest;
  return file;
}

file *file_retain(file *file) {
  file->references += 1;
  return file;
}

void file_release(file *file) {
  if (!file || --file->references > 0) return;
  file_forget_pending(file);
  free(file->durable.bytes);
  free(file->written.bytes);
  free(file);
}

static void drop_oldest(file *file) {
  operation *oldest = file->oldest;
  file->oldest = oldest->next;
  if (!file->oldest) file->end = &file->oldest;
  file->pending_bytes -= oldest->length;
  file->pending_count -= 1;
  free(oldest);
}

static void write_back_oldest(file *file) {
  contents_apply(&file->durable, file->oldest);
  drop_oldest(file);
}

static void append(file *file, operation *operation) {
  contents_apply(&file->written, operation);
  *file->end = operation;
  file->end = &operation->next;
  file->pending_bytes += operation->length;
  file->pending_count += 1;
  while (file->pending_bytes > SIMULATED_DISK_PENDING_BYTES_LIMIT
         || file->pending_count > SIMULATED_DISK_PENDING_OPERATIONS_LIMIT) {
    write_back_oldest(file);
  }
}

void file_write(file *file, const void *bytes, int64_t length, int64_t offset) {
  operation *operation = allocate(sizeof *operation + (size_t)length);
  operation->offset = offset;
  operation->length = length;
  if (length > 0) memcpy(operation->bytes, bytes, (size_t)length);
  append(file, operation);
}

void file_truncate(file *file, int64_t length) {
  operation *operation = allocate(sizeof *operation);
  operation->is_truncation = true;
  operation->offset = length;
  append(file, operation);
}

void file_sync(file *file) {
  while (file->oldest) write_back_oldest(file);
}

void file_forget_pending(file *file) {
  while (file->oldest) drop_oldest(file);
}

// MARK: - Power cuts

// Writes the part before or after a sector's beginning that lies within the operation.
static void apply_torn(
    contents *contents, const operation *operation, int64_t first, int64_t boundaries,
    uint64_t *random) {
  int64_t sectors = (int64_t)(next_random(random) % (uint64_t)boundaries);
  int64_t split = first + sectors * SECTOR_BYTES - operation->offset;
  if (next_random(random) % 2 == 0) {
    contents_write(contents, operation->bytes, split, operation->offset);
  } else {
    contents_write(
        contents, operation->bytes + split, operation->length - split, operation->offset + split);
  }
}

void file_lose_power(file *file, uint64_t *random, simulated_disk_counters *counters) {
  // How many of eight are kept whole differs from file to file, so that all and nothing come up as well.
  uint64_t whole = next_random(random) % 9;
  while (file->oldest) {
    operation *operation = file->oldest;
    int64_t first = (operation->offset / SECTOR_BYTES + 1) * SECTOR_BYTES;
    int64_t end = operation->offset + operation->length;
    int64_t boundaries = first < end ? (end - 1 - first) / SECTOR_BYTES + 1 : 0;
    if (next_random(random) % 8 < whole) {
      contents_apply(&file->durable, operation);
      counters->kept_writes += 1;
    } else if (next_random(random) % 2 == 0 && !operation->is_truncation && boundaries > 0) {
      apply_torn(&file->durable, operation, first, boundaries, random);
      counters->torn_writes += 1;
    } else {
      counters->lost_writes += 1;
    }
    drop_oldest(file);
  }
  contents_set_length(&file->written, 0);
  contents_write(&file->written, file->durable.bytes, file->durable.length, 0);
}

bool file_flip(file *file, int64_t offset) {
  if (offset < 0 || offset >= file->written.length) return false;
  file->written.bytes[offset] ^= 0xFF;
  if (offset < file->durable.length) file->durable.bytes[offset] ^= 0xFF;
  for (operation *pending = file->oldest; pending; pending = pending->next) {
    if (offset >= pending->offset && offset < pending->offset + pending->length) {
      pending->bytes[offset - pending->offset] ^= 0xFF;
    }
  }
  return true;
}
