// The event that all append: the columns of Recourse's log, with the same bytes in them.
#ifndef EVENT_ROW_H
#define EVENT_ROW_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define EVENT_TYPE "recourse.benchmark.v1.Happened"
// The principal of the peer that appends: the log takes events in nobody else's name.
#define EVENT_WORKER "operator"

enum { SLICE_ID_BYTES = 16, CHECKSUM_BYTES = 16, AUDIT_HEAD_BYTES = 32, KEY_BYTES = 16 };
// A case has about so many events, one after the other.
enum { EVENTS_OF_A_KEY = 16 };

// Each stream has a producer of its own.
static inline void event_slice_id(unsigned char id[SLICE_ID_BYTES], uint64_t stream) {
  memset(id, 0x5a, SLICE_ID_BYTES);
  uint64_t scattered = (stream + 1) * UINT64_C(0x9e3779b97f4a7c15);
  memcpy(id, &scattered, sizeof scattered);
}

// case/XXXX-XXXX: as far from the one before as real ones are.
static inline size_t event_key(char key[KEY_BYTES], uint64_t stream, uint64_t sequence) {
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  uint64_t bits = (stream << 40 ^ (sequence - 1) / EVENTS_OF_A_KEY) + 1;
  bits = (bits ^ bits >> 31) * UINT64_C(0x9e3779b97f4a7c15);
  bits = (bits ^ bits >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
  memcpy(key, "case/XXXX-XXXX", 15);
  for (int i = 5; i < 14; i++, bits >>= 5) {
    if (i != 9) key[i] = alphabet[bits & 31];
  }
  return 14;
}

#endif
