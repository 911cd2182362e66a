"""Numbers of the wire (proto/README.md, "Limits"), and those of this peer."""

WIRE_VERSION = 1
HEAD_BYTES = 24
FIELD_BYTES_LIMIT = 65_536
BODY_BYTES_LIMIT = 4_194_304
METADATA_ENTRIES_LIMIT = 128
OPEN_CALLS_LIMIT = 1_024  # of one session, in each direction

INITIAL_MESSAGES = 64
INITIAL_BYTES = 1_048_576
GRANT_MESSAGES = INITIAL_MESSAGES // 2
GRANT_BYTES = INITIAL_BYTES // 2

# Seconds.
HEARTBEAT = 2.0  # until WELCOME says another
READY_WAIT_LIMIT = 5.0  # a call waits so long for a session
DRAIN_LIMIT = 5.0  # open calls have so long to end when the peer leaves
CLOSE_LIMIT = 2.0  # the input and output thread has so long to end

# Milliseconds, as ZeroMQ wants them.
RECONNECT_FIRST = 20
RECONNECT_MAX = 500
LINGER = 500

RECEIVE_BATCH = 1_024  # messages that are read before anything else is looked at
