// Time and chance for a simulation: on the thread that has begun, the C library's clocks tell virtual time and
// the kernel's random bytes come from a seed. Whatever reads a clock or draws a number there, in Swift's
// runtime, Foundation or a library, gets the same in every run; other threads are not concerned.
//
// It works by standing before the C library: `clock_gettime`, `gettimeofday`, `time` and `syscall` (for
// getrandom, which Swift's generator uses) are defined in the executable.

#ifndef HERMETIC_H
#define HERMETIC_H

#include <stdint.h>

// The program that this process starts next has its memory at the same addresses in every run.
void hermetic_keep_addresses(void);

// From now on this thread's time is virtual, and its chance comes from the seed. May be called again.
void hermetic_begin(uint64_t seed);

// Nanoseconds of virtual time; what monotonic clocks tell.
uint64_t hermetic_now(void);

// Moves virtual time. It must not go back.
void hermetic_set_now(uint64_t nanoseconds);

// Nanoseconds since 1970 that the wall clock tells at virtual time nought. Set for whoever runs next: each
// node has a clock of its own.
void hermetic_set_wall(int64_t nanoseconds);

// The next random number of the seed.
uint64_t hermetic_random(void);

#endif
