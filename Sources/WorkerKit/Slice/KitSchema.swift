/// What the kit itself keeps in every slice, beside the worker's own tables.
enum KitSchema {
  /// What the names of the kit's own migrations begin with, and of no worker's.
  static let prefix = "kit-"

  static let migrations = [
    Migration(
      "kit-1",
      """
      CREATE TABLE kit_identity (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        worker TEXT NOT NULL,
        slice_id BLOB NOT NULL,
        incarnation BIGINT NOT NULL CHECK (incarnation > 0),
        epoch BIGINT NOT NULL
      );
      CREATE TABLE kit_outbox (
        sequence BIGINT PRIMARY KEY CHECK (sequence > 0),
        type TEXT NOT NULL,
        event_key TEXT NOT NULL,
        payload BLOB NOT NULL,
        occurred_at BIGINT NOT NULL
      );
      CREATE TABLE kit_outbox_counter (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        last_sequence BIGINT NOT NULL,
        durable_sequence BIGINT NOT NULL,
        durable_position BIGINT NOT NULL
      );
      INSERT INTO kit_outbox_counter VALUES (1, 0, 0, 0);
      CREATE TABLE kit_inbox (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        taken BIGINT NOT NULL,
        holding BIGINT NOT NULL,
        attempts BIGINT NOT NULL,
        error TEXT NOT NULL,
        alone_until BIGINT NOT NULL
      );
      INSERT INTO kit_inbox VALUES (1, 0, 0, 0, '', 0);
      CREATE TABLE kit_inbox_mark (
        partition_number BIGINT PRIMARY KEY CHECK (partition_number BETWEEN 0 AND 255),
        position BIGINT NOT NULL
      );
      CREATE TABLE kit_parked (
        position BIGINT PRIMARY KEY,
        event_key TEXT NOT NULL,
        type TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        error TEXT NOT NULL,
        worker_version TEXT NOT NULL,
        parked_at BIGINT NOT NULL
      );
      CREATE INDEX kit_parked_by_key ON kit_parked (event_key);
      CREATE TABLE kit_timer (
        kind TEXT NOT NULL,
        timer_key TEXT NOT NULL,
        due_at BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        attempts BIGINT NOT NULL,
        error TEXT NOT NULL,
        PRIMARY KEY (kind, timer_key)
      );
      CREATE INDEX kit_timer_by_time ON kit_timer (next_at);
      CREATE TABLE kit_effect (
        kind TEXT NOT NULL,
        effect_key TEXT NOT NULL,
        idempotency_key TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'uncertain', 'confirmed')),
        attempts BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        PRIMARY KEY (kind, effect_key)
      );
      CREATE TABLE kit_audit (
        sequence BIGINT PRIMARY KEY,
        at BIGINT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        reason TEXT NOT NULL,
        previous BLOB NOT NULL,
        hash BLOB NOT NULL
      );
      CREATE TABLE kit_command (
        command TEXT NOT NULL,
        command_key TEXT NOT NULL,
        digest BLOB NOT NULL,
        response BLOB NOT NULL,
        sequence BIGINT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (command, command_key)
      );
      CREATE INDEX kit_command_by_age ON kit_command (at);
      """),
    // Effects may be abandoned, and tell since when they are as they are.
    Migration(
      "kit-2",
      """
      CREATE TABLE kit_effect_anew (
        kind TEXT NOT NULL,
        effect_key TEXT NOT NULL,
        idempotency_key TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL
          CHECK (state IN ('intended', 'sending', 'uncertain', 'confirmed', 'abandoned')),
        attempts BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL,
        PRIMARY KEY (kind, effect_key)
      );
      INSERT INTO kit_effect_anew
        SELECT kind, effect_key, idempotency_key, state, attempts, next_at, next_at FROM kit_effect;
      DROP TABLE kit_effect;
      ALTER TABLE kit_effect_anew RENAME TO kit_effect;
      CREATE INDEX kit_effect_by_state ON kit_effect (state, kind, next_at);
      """),
    Migration(
      "kit-3-restored",
      """
      ALTER TABLE kit_identity ADD COLUMN branched_from BIGINT NOT NULL DEFAULT 0;
      ALTER TABLE kit_identity ADD COLUMN branched_after BIGINT NOT NULL DEFAULT 0;
      ALTER TABLE kit_inbox ADD COLUMN log_generation BIGINT NOT NULL DEFAULT 0;
      """),
    // Attempts at the held event at which another worker was away.
    Migration("kit-4-away", "ALTER TABLE kit_inbox ADD COLUMN away BIGINT NOT NULL DEFAULT 0"),
    // Those that are due, and the next one, among very many that are to come.
    Migration(
      "kit-5-timers-of-a-kind",
      """
      DROP INDEX kit_timer_by_time;
      CREATE INDEX kit_timer_by_next ON kit_timer (kind, next_at);
      CREATE INDEX kit_timer_by_due ON kit_timer (kind, due_at)
      """),
    // What a person typed is beside the audit, and may be removed; the audit's rows have a digest of it.
    Migration(
      "kit-6-audit-words",
      """
      ALTER TABLE kit_audit ADD COLUMN words_digest BLOB;
      CREATE TABLE kit_audit_words (
        sequence BIGINT PRIMARY KEY,
        salt BLOB NOT NULL,
        words TEXT NOT NULL
      )
      """),
    // Which rows of the audit say that something personal was told, by the case: what a person is shown of it. Those of
    // before are known by their codes.
    Migration(
      "kit-7-disclosures",
      """
      CREATE TABLE kit_disclosure (
        sequence BIGINT PRIMARY KEY,
        subject TEXT NOT NULL,
        purpose TEXT NOT NULL,
        fields TEXT NOT NULL
      );
      CREATE INDEX kit_disclosure_by_subject ON kit_disclosure (subject, sequence);
      INSERT INTO kit_disclosure (sequence, subject, purpose, fields)
      SELECT sequence, subject, rtrim(substr(reason, 1, instr(reason, ' ') - 1), ':'),
        substr(reason, instr(reason, ': ') + 2)
      FROM kit_audit
      WHERE (action GLOB '*.read-*' OR action GLOB '*.pass-on-*') AND instr(reason, ': ') > 0
        AND reason NOT LIKE '%: nothing personal'
      """),
  ]
}
