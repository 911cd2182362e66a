import Foundation
import WorkerKit

/// Removes drafts that nobody has returned to, sessions that have ended, and counts of guesses that make no difference any
/// more. None of them opens anything before: that is looked at each time.
enum TidyDoor {
  static let timerKind = "door-tidy"
  static let timerKey = "all"

  static func apply(in tx: SliceTransaction) throws {
    let drafts = try tx.removeDrafts(keptBefore: tx.today)
    try tx.removeEndedSessions()
    try tx.removeOldGuesses()
    try tx.removeAnswerCodes(keptBefore: tx.today.adding(days: -DoorBounds.endedAnswerDaysKnown))
    if drafts > 0 {
      try tx.audit(
        actor: "intake", action: "intake.remove-drafts", subject: "drafts",
        reason: "\(drafts) that nobody returned to")
    }
    if try tx.hasMuchToTidy() { try tx.tidyLater() }
  }
}

extension SliceTransaction {
  /// At the end of the hour: whoever sets the timer again within it moves it nowhere.
  func tidyLater() throws {
    let interval = DoorBounds.tidyInterval
    let next = ((now.timeIntervalSince1970 / interval).rounded(.down) + 1) * interval
    try schedule(TidyDoor.timerKind, key: TidyDoor.timerKey, at: Date(timeIntervalSince1970: next))
  }
}

extension SliceReader {
  /// True while there is something that has to be removed some day.
  fileprivate func hasMuchToTidy() throws -> Bool {
    try row(
      """
      SELECT 1 AS something FROM door_draft UNION ALL SELECT 1 FROM door_session
      UNION ALL SELECT 1 FROM door_guess UNION ALL SELECT 1 FROM door_answer_code LIMIT 1
      """) != nil
  }
}
