#define _GNU_SOURCE
#include "hermetic.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

static __thread bool is_virtual;
static __thread uint64_t virtual_now;
static __thread int64_t wall_start;
static __thread uint64_t state;

enum { NANOSECONDS = 1000000000 };

void hermetic_keep_addresses(void) { personality(ADDR_NO_RANDOMIZE); }

void hermetic_begin(uint64_t seed) {
  is_virtual = true;
  virtual_now = NANOSECONDS;
  state = seed;
}

uint64_t hermetic_now(void) { return virtual_now; }
void hermetic_set_now(uint64_t nanoseconds) { virtual_now = nanoseconds; }
void hermetic_set_wall(int64_t nanoseconds) { wall_start = nanoseconds; }

// SplitMix64 (Steele, Lea, Flood 2014).
uint64_t hermetic_random(void) {
  uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

static int64_t wall_now(void) { return wall_start + (int64_t)virtual_now; }

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (!is_virtual) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    return real(clock, time);
  }
  bool is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  int64_t now = is_wall ? wall_now() : (int64_t)virtual_now;
  time->tv_sec = now / NANOSECONDS;
  time->tv_nsec = now % NANOSECONDS;
  return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  int result = clock_gettime(CLOCK_REALTIME, &precise);
  time->tv_sec = precise.tv_sec;
  time->tv_usec = precise.tv_nsec / 1000;
  return result;
}

time_t time(time_t *result) {
  struct timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (result) *result = precise.tv_sec;
  return precise.tv_sec;
}

static void fill(unsigned char *bytes, size_t count) {
  while (count > 0) {
    uint64_t number = hermetic_random();
    size_t some = count < sizeof number ? count : sizeof number;
    memcpy(bytes, &number, some);
    bytes += some;
    count -= some;
  }
}

long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long arguments[6];
  for (int i = 0; i < 6; i++) arguments[i] = va_arg(list, long);
  va_end(list);
  if (is_virtual && number == SYS_getrandom) {
    fill((unsigned char *)arguments[0], (size_t)arguments[1]);
    return arguments[1];
  }
  static long (*real)(long, ...);
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, "syscall");
  return real(
      number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}
