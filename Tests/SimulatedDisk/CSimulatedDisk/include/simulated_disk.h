// A disk in memory that forgets what was not synced: a SQLite VFS for deterministic simulation.
//
// `simulated_disk_install` registers it as SQLite's default VFS. A path beneath the root of a disk, such
// as `/simulated/7/threshold/slice.sqlite`, is kept in memory; every other path goes on to the VFS that
// was the default before. A disk is one machine's file system. The first folder beneath its root, here
// `threshold`, is a node: faults are set for a node. (A file that is in no folder is in the node "".)
//
// What is modelled
// - A file has content as written, which every handle reads, and durable content. What was written or
//   truncated since the file's last sync is pending. A power cut leaves the durable content and, as its
//   seed decides for each pending operation by itself, all of it, nothing, or a part of it at its
//   beginning or its end that stops at a sector of 512 bytes: in any order, in other words. The kernel
//   writes back on its own too, the oldest first, when more is pending than
//   SIMULATED_DISK_PENDING_BYTES_LIMIT.
// - Bytes outside the range of a write are never changed by it ("Powersafe overwrite"), which the disk
//   tells SQLite as the unix VFS does; sector size 4096 as well.
// - Creations and deletions of files are kept in one journal, like ext4's: a power cut leaves as many of
//   the unsynced ones, oldest first, as its seed decides. So a new file may vanish and a deleted file may
//   come back. The sync of a file whose creation is pending makes durable everything up to its creation;
//   the first sync of a new journal or WAL file, and a deletion with `syncDir`, make durable everything,
//   for there SQLite's unix VFS syncs the directory ("Atomic Commit In SQLite").
// - A failed sync leaves the pages clean, as Linux does: what was pending is seen by readers, is not
//   pending any more, and is gone after a power cut unless it is written again ("How To Corrupt An SQLite
//   Database File", 3).
// - File locks and the WAL's shared memory, for any number of handles in this process. They go with
//   the process that holds them. Shared memory is gone with the last handle that uses it.
// - A disk that is full (nothing of the write that does not fit is written), read-only, failing,
//   stalled, or that lies about syncs.
//
// What is not modelled: delays (the simulator accounts for them, see `on_sync`), bits that rot by
// themselves (see `simulated_disk_corrupt`), hard links, renaming, folders as entries of their own,
// permissions, memory-mapped I/O, several operating system processes. SQLite's anonymous temporary files
// go to the real disk. A handle that is dead can still touch the shared memory that it had mapped, as
// SQLite does when it rolls back what failed; let it do so before a survivor goes on.
//
// Everything is determined by the calls. One lock guards all of it, and is held while handlers are
// called: a handler may call back, power cuts and crashes included, but must not wait for another thread
// that uses a disk.

#ifndef SIMULATED_DISK_H
#define SIMULATED_DISK_H

#include <stdbool.h>
#include <stdint.h>

// Bytes and operations that may be pending in a file, and creations and deletions in a disk, before the
// kernel makes the oldest durable.
#define SIMULATED_DISK_PENDING_BYTES_LIMIT (64 * 1024 * 1024)
#define SIMULATED_DISK_PENDING_OPERATIONS_LIMIT 65536
#define SIMULATED_DISK_PENDING_ENTRIES_LIMIT 1024
// Bytes that all files of a disk may have together: SQLITE_FULL.
#define SIMULATED_DISK_BYTES_LIMIT (1024LL * 1024 * 1024)
// Files that a disk may have: SQLITE_CANTOPEN.
#define SIMULATED_DISK_FILES_LIMIT 4096
// Nodes and processes together that a disk may have at a time: the program aborts. A name counts until a crash
// or a reset leaves it without files and open handles; a node's does for as long as faults are set for it by name.
#define SIMULATED_DISK_NODES_LIMIT 256
// Bytes that a path may have: SQLITE_CANTOPEN.
#define SIMULATED_DISK_PATH_BYTES_LIMIT 480

typedef struct simulated_disk simulated_disk;

// MARK: - A disk's life

// Makes the disks reachable: registers the default VFS, once per process. Gives a SQLite code.
int simulated_disk_install(void);

// A new empty disk. The root begins with `/simulated/` and has no slash at its end, like `/simulated/7`.
// NULL when it is no such root, or beneath or above another disk's. (Where memory is lacking, the program
// aborts.)
simulated_disk *simulated_disk_create(const char *root);

// Forgets all files, faults, counters, handlers and who runs. Open handles are dead and may still be closed.
void simulated_disk_reset(simulated_disk *disk);

// Resets the disk and frees it. Handles that are still open are dead and may still be closed. Not to be
// called by a handler.
void simulated_disk_destroy(simulated_disk *disk);

// MARK: - Processes and crashes

// Handles that are opened from now on belong to `process`; NULL: to the node in whose folder the file is,
// as at the start. Needed where two processes use the same file.
void simulated_disk_run_as(simulated_disk *disk, const char *process);

// The process is killed: its handles are dead (SQLITE_IOERR; closing works), its locks are gone, and
// what it wrote stays, for the kernel has it. A process started anew opens its files again.
void simulated_disk_process_crash(simulated_disk *disk, const char *process);

// The machine loses power: every handle is dead, and what was not synced is lost as the seed decides.
void simulated_disk_power_cut(simulated_disk *disk, uint64_t seed);

// MARK: - What happens, as it happens

typedef enum {
  SIMULATED_DISK_BEFORE_WRITE, // or truncation
  SIMULATED_DISK_BEFORE_SYNC,
  SIMULATED_DISK_AFTER_SYNC, // which succeeded, or is reported to have
  SIMULATED_DISK_BEFORE_DELETE,
} simulated_disk_event;

// Called at each event. With WAL and synchronous=FULL, a transaction is committed by the sync of its
// `-wal` file. An answer other than 0 (SQLITE_IOERR, say) is given to SQLite and is a crash at this point:
// the process that called is down, it can neither use nor open a file, until the simulator calls
// `simulated_disk_process_crash` or `simulated_disk_power_cut`, here or afterwards.
typedef int (*simulated_disk_event_handler)(
    void *context, simulated_disk_event event, const char *path);

// Called before each sync, ahead of the event, with whether the node's disk is stalled, so that the
// simulator can account for the time that it takes.
typedef void (*simulated_disk_sync_handler)(void *context, const char *path, bool stalled);

// Either may be NULL.
void simulated_disk_set_handlers(
    simulated_disk *disk, void *context, simulated_disk_event_handler on_event,
    simulated_disk_sync_handler on_sync);

// MARK: - Faults

typedef struct {
  // Bytes that all files of the node may have together; a write beyond gives SQLITE_FULL. Negative: no
  // limit. `simulated_disk_bytes` says how many there are.
  int64_t capacity_bytes;
  // Opening falls back to reading, as the unix VFS does; handles that are open for writing already get
  // SQLITE_IOERR_WRITE; a database in WAL mode that nobody has open cannot be opened.
  bool read_only;
  // So many of the next reads, writes (and truncations) or syncs fail with an I/O error.
  uint32_t read_errors;
  uint32_t write_errors;
  uint32_t sync_errors;
  // Syncs are told to `on_sync` as stalled, and counted.
  bool stalled;
  // Syncs succeed and make nothing durable: a mutant.
  bool skip_sync;
} simulated_disk_faults;

// No fault.
simulated_disk_faults simulated_disk_no_faults(void);

// Sets the node's faults, all at once; NULL: of all nodes, those that come later too.
void simulated_disk_set_faults(simulated_disk *disk, const char *node, simulated_disk_faults faults);

// The node's faults as they are now: errors are counted down.
simulated_disk_faults simulated_disk_get_faults(simulated_disk *disk, const char *node);

// MARK: - Files

// Bytes that all files of the node have together; NULL: of all nodes.
int64_t simulated_disk_bytes(simulated_disk *disk, const char *node);

// The file's length in bytes, or -1 when there is none.
int64_t simulated_disk_file_size(simulated_disk *disk, const char *path);

// Changes all bits of one byte of a file, durably. False when there is no such byte.
bool simulated_disk_corrupt(simulated_disk *disk, const char *path, int64_t offset);

// Writes a file's bytes anew as they are and syncs it, as a process would before it builds on what an earlier
// one has left; its faults and events are those of any write and sync. Gives a SQLite code.
int simulated_disk_force(const char *path);

// Removes a file, durably, with what was pending in the journal. False when there is none. Handles that are
// open keep it, as on unix.
bool simulated_disk_remove(simulated_disk *disk, const char *path);

// MARK: - Counters

typedef struct {
  uint64_t writes;          // and truncations
  uint64_t syncs;           // reported as successful
  uint64_t skipped_syncs;   // of these, what made nothing durable
  uint64_t stalled_syncs;
  uint64_t power_cuts;
  uint64_t process_crashes;
  uint64_t kept_writes;     // pending at a power cut and survived whole
  uint64_t torn_writes;     // pending at a power cut and survived in part
  uint64_t lost_writes;     // pending at a power cut and did not survive
  uint64_t undone_entries;  // creations and deletions that a power cut undid
  uint64_t full_errors;
  uint64_t read_only_errors; // and files that were opened for reading instead
  uint64_t io_errors;       // reads, writes and syncs that failed by a fault
} simulated_disk_counters;

simulated_disk_counters simulated_disk_get_counters(simulated_disk *disk);

// MARK: - Time and randomness, for all of SQLite in this process

// SQLite's random numbers are seeded anew from `next`; NULL: from the system again.
void simulated_disk_set_randomness(void *context, uint64_t (*next)(void *context));

// SQLite's clock, in milliseconds since 1970; NULL: the system's again. While it is set, SQLite's waiting
// for a lock returns at once and lets no time pass.
void simulated_disk_set_clock(void *context, int64_t (*now)(void *context));

#endif
