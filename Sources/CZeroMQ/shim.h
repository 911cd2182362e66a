#ifndef RECOURSE_CZEROMQ_SHIM_H
#define RECOURSE_CZEROMQ_SHIM_H

#include <sys/eventfd.h>
#include <zmq.h>

// The C library's Swift module leaves sys/eventfd.h out.
static inline int recourse_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif
