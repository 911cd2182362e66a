import WorkerKit

/// The schema of the plugin's slice. Steps are added, never edited.
///
/// Entries of a plan are kept as messages: a plan is a document that is read and written whole, and no query looks into
/// one. What is looked for by (plans, kinds, ids, what is gone) is a column.
enum OutreachMigrations {
  static let all = [
    Migration(
      "plans",
      """
      CREATE TABLE plan (
        id TEXT NOT NULL PRIMARY KEY,
        head BLOB NOT NULL
      );
      CREATE TABLE plan_item (
        plan TEXT NOT NULL REFERENCES plan (id),
        kind TEXT NOT NULL
          CHECK (kind IN ('campaign', 'activity', 'event', 'distribution', 'pledge')),
        id TEXT NOT NULL,
        place BIGINT NOT NULL CHECK (place >= 0),
        body BLOB NOT NULL,
        gone_since TEXT,
        PRIMARY KEY (plan, kind, id)
      )
      """),
    Migration(
      "invitations",
      """
      CREATE TABLE invitation (
        effect_key TEXT NOT NULL PRIMARY KEY,
        body TEXT NOT NULL
      )
      """),
    // What was announced of entries that are forgotten: should they come back, it is not announced again.
    Migration(
      "announced",
      """
      CREATE TABLE announced (
        plan TEXT NOT NULL REFERENCES plan (id),
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        says TEXT NOT NULL,
        PRIMARY KEY (plan, kind, id, says)
      )
      """),
  ]
}
