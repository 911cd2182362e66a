#ifndef RECOURSE_CLINUX_SHIM_H
#define RECOURSE_CLINUX_SHIM_H

#include <stddef.h>
#include <sys/pidfd.h>
#include <sys/timex.h>
#include <sys/types.h>
#include <sys/vfs.h>

// The C library's Swift module leaves sys/pidfd.h out.
static inline int recourse_pidfd_open(pid_t process) { return pidfd_open(process, 0); }
static inline int recourse_pidfd_send_signal(int process, int signal) {
  return pidfd_send_signal(process, signal, NULL, 0);
}

// Not in the C library's Swift module either: 1 if something keeps the clock right, 0 if nothing does, -1 if that is
// not told; and the kind of file system that a path is on, 0 if that is not told.
static inline int recourse_clock_is_kept(void) {
  struct timex clock = {0};
  int state = adjtimex(&clock);
  return state < 0 ? -1 : state != TIME_ERROR;
}
static inline unsigned long recourse_file_system(const char *path) {
  struct statfs found;
  return statfs(path, &found) == 0 ? (unsigned long)found.f_type : 0;
}

#endif
