import WorkerKit

/// What the slice keeps of materials and their effect. Steps are added, never edited.
///
/// No row is about one application: they are added up as they come, and nothing says which.
enum EffectMigrations {
  static let all = [materials, counts, releases, releasedSums]

  private static let materials = Migration(
    "materials",
    """
    CREATE TABLE material (
      code TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(code) = 7),
      title TEXT NOT NULL CHECK (title <> ''),
      kind BIGINT NOT NULL CHECK (kind > 0),
      channel BIGINT NOT NULL CHECK (channel >= 0),
      ward TEXT NOT NULL,
      activity TEXT NOT NULL,
      added_on TEXT NOT NULL CHECK (LENGTH(added_on) = 10)
    )
    """)

  /// `told` is how a material was told: '' if it was not, a code, or 'words' for what is no code. A code may turn out
  /// later to be a material's.
  private static let counts = Migration(
    "effect-counts",
    """
    CREATE TABLE heard_count (
      month TEXT NOT NULL CHECK (LENGTH(month) = 7),
      channel TEXT NOT NULL,
      told TEXT NOT NULL CHECK (told IN ('', 'words') OR LENGTH(told) = 7),
      applications BIGINT NOT NULL CHECK (applications > 0),
      PRIMARY KEY (month, channel, told)
    );
    CREATE TABLE visit_count (
      day TEXT NOT NULL CHECK (LENGTH(day) = 10),
      material TEXT NOT NULL REFERENCES material (code),
      visits BIGINT NOT NULL CHECK (visits >= 0),
      PRIMARY KEY (day, material)
    )
    """)

  /// Breakdowns as they were made. A number that is withheld is not here either.
  private static let releases = Migration(
    "effect-releases",
    """
    CREATE TABLE effect_release (
      first_month TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(first_month) = 7),
      last_month TEXT NOT NULL CHECK (last_month >= first_month),
      released_on TEXT NOT NULL CHECK (LENGTH(released_on) = 10),
      log_position BIGINT NOT NULL
    );
    CREATE TABLE effect_release_row (
      first_month TEXT NOT NULL REFERENCES effect_release (first_month),
      breakdown BIGINT NOT NULL,
      place BIGINT NOT NULL,
      row_key TEXT NOT NULL,
      title TEXT NOT NULL,
      ward TEXT NOT NULL,
      rest BIGINT NOT NULL,
      applications BIGINT,
      PRIMARY KEY (first_month, breakdown, place)
    )
    """)

  /// What a breakdown's rows add up to, withheld ones too; not known of those that were made before.
  private static let releasedSums = Migration(
    "effect-release-sums",
    """
    ALTER TABLE effect_release ADD COLUMN applications BIGINT CHECK (applications >= 0)
    """)
}
