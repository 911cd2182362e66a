#ifndef RECOURSE_CLINUX_SHIM_H
#define RECOURSE_CLINUX_SHIM_H

#include <fcntl.h>
#include <stddef.h>
#include <sys/pidfd.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <unistd.h>

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

// Nor is renameat2(2): gives a file or folder another name, if nothing has that; or exchanges two in one instant.
// 0 if it is done, else -1 and errno.
static inline int recourse_rename_new(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1 /* RENAME_NOREPLACE */);
}
static inline int recourse_exchange(const char *one, const char *other) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2 /* RENAME_EXCHANGE */);
}

#endif
