import CaseModel
import Foundation
import WorkerKit

/// What guesses are counted for.
enum GuessSubject: Sendable, Hashable {
  /// Whether or not there is such a case: being locked says nothing of that.
  case aCase(CaseReference)
  case everything

  var key: String {
    switch self {
    case .aCase(let reference): reference.description
    case .everything: "all"
    }
  }

  var rule: GuessBook.Rule {
    switch self {
    case .aCase: .ofCase
    case .everything: .inAll
    }
  }
}

extension SliceReader {
  func guesses(_ subject: GuessSubject) throws -> GuessBook? {
    try row(
      """
      SELECT guesses, since, locked_until, locks, locks_since FROM door_guess WHERE subject = ?
      """, .text(subject.key)
    ).map { row in
      GuessBook(
        guesses: try row.int("guesses"), since: try row.moment("since"),
        lockedUntil: try row.optionalInt("locked_until").map {
          Date(timeIntervalSince1970: Double($0) / 1_000_000)
        }, locks: try row.int("locks"), locksSince: try row.moment("locks_since"))
    }
  }
}

extension SliceTransaction {
  func keep(_ book: GuessBook, _ subject: GuessSubject) throws {
    try execute(
      """
      INSERT INTO door_guess (subject, guesses, since, locked_until, locks, locks_since)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (subject) DO UPDATE SET guesses = excluded.guesses, since = excluded.since,
        locked_until = excluded.locked_until, locks = excluded.locks,
        locks_since = excluded.locks_since
      """, .text(subject.key), .integer(book.guesses), .moment(book.since),
      book.lockedUntil.map(SQLValue.moment) ?? .null, .integer(book.locks),
      .moment(book.locksSince))
  }

  func removeGuesses(_ subject: GuessSubject) throws {
    try execute("DELETE FROM door_guess WHERE subject = ?", .text(subject.key))
  }

  /// Those that make no difference any more.
  func removeOldGuesses() throws {
    let yesterday = SQLValue.moment(now - GuessBook.day)
    try execute(
      "DELETE FROM door_guess WHERE since <= ? AND locks_since <= ?", yesterday, yesterday)
  }
}
