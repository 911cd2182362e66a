import Foundation

/// Everything at the public's door that could grow, or go on for ever, is bounded by one of these.
enum DoorBounds {
  /// Bytes of what a draft holds. Whoever asks the questions has a form of their own for it.
  static let draftBytesLimit = 262_144
  /// Days for which a draft is kept after it was saved last.
  static let draftDaysKept = 28
  /// Drafts that are kept at once. One too many takes the place of the oldest in which nothing was ever saved; where there
  /// is none, who starts it is asked to try later.
  static let draftsLimit = 20_000
  /// Nobody has done anything for so long: the session has ended. Somebody may have to look for a letter, or speak to
  /// the person for whom they apply.
  static let sessionIdle: TimeInterval = 3_600
  /// A session ends after so long, whatever is done.
  static let sessionLifetime: TimeInterval = 12 * 3_600
  /// That a session is in use is written down no more often than this.
  static let sessionUseNoted: TimeInterval = 60
  /// Sessions of one draft or one case at once; the oldest ends when another one is opened.
  static let sessionsLimit = 20
  /// Days on which a code answers what somebody is asked for by letter.
  static let answerDaysKept = 56
  /// Codes of one person that answer at once: a letter may be on its way while another is written.
  static let answerCodesLimit = 4
  /// Codes of one person that are known, with those that answer no more.
  static let answerCodesKnown = 32
  /// Days for which a code is known after its last one.
  static let endedAnswerDaysKnown = 365
  /// How often expired drafts, sessions and counts of guesses are removed.
  static let tidyInterval: TimeInterval = 3_600
  /// Codes that are drawn before giving up. None of 2^80 is taken twice, but for a generator that repeats itself.
  static let drawsLimit = 8

  /// Wrong guesses about one case within ``guessWindow`` before it is locked.
  static let guessesPerCase = 10
  static let guessWindow: TimeInterval = 3_600
  /// For so long nobody gets into a case that is locked by guessing, the right code included.
  static let caseLockOut: TimeInterval = 15 * 60
  /// So often a day guessing locks a case. After that a wrong code is turned away as before, but the right one lets in:
  /// a stranger who guesses on and on does not keep a victim out for longer than that.
  static let caseLocksPerDay = 4

  /// Wrong guesses about everything together, within ``guessInAllWindow``, before all doors are locked.
  static let guessesInAll = 200
  static let guessInAllWindow: TimeInterval = 60
  /// So short that everybody gets in at their second try, and long enough that guessing gets nowhere.
  static let lockOutInAll: TimeInterval = 60
  /// So often a day guessing locks all doors. A code has 80 bits: turning wrong ones away is enough, and a stranger with many
  /// addresses must not be able to keep every victim out.
  static let locksInAllPerDay = 10

  /// Complaints of one case, those that were added later included.
  static let complaintsLimit = FormBounds.itemsLimit
  /// Characters of an officer's name, and of a reason.
  static let nameLimit = 200
  static let reasonLimit = 10_000
}
