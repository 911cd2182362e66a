#ifndef RECOURSE_CLINUX_SHIM_H
#define RECOURSE_CLINUX_SHIM_H

#include <stddef.h>
#include <sys/pidfd.h>
#include <sys/types.h>

// The C library's Swift module leaves sys/pidfd.h out.
static inline int recourse_pidfd_open(pid_t process) { return pidfd_open(process, 0); }
static inline int recourse_pidfd_send_signal(int process, int signal) {
  return pidfd_send_signal(process, signal, NULL, 0);
}

#endif
