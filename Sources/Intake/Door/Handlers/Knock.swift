import CaseModel
import Foundation
import WorkerKit

/// Whether somebody who shows a code is let in. A wrong one is counted in the same transaction that turns it away, so that
/// who is killed in between has not guessed for nothing.
enum Knock<Opened: Sendable>: Sendable {
  case letIn(Opened)
  /// To be thrown once the count is kept.
  case turnedAway(Refusal)

  /// - Throws: what it was turned away with.
  func get() throws -> Opened {
    switch self {
    case .letIn(let opened): opened
    case .turnedAway(let refusal): throw refusal
    }
  }
}

extension SliceTransaction {
  /// - Parameters:
  ///   - subjects: what the guess is about, from the narrowest on.
  ///   - isRight: compared in constant time.
  /// - Returns: nil if the right code was shown and nothing is locked.
  func refusal(of subjects: [GuessSubject], isRight: Bool) throws -> Refusal? {
    for subject in subjects {
      guard let book = try guesses(subject), book.isLocked(at: now, subject.rule) else { continue }
      return .lockedOut
    }
    guard !isRight else { return nil }
    var isTooOften = false
    for subject in subjects {
      var book = try guesses(subject) ?? GuessBook(at: now)
      switch book.guessedWrong(at: now, subject.rule) {
      case .wrong: break
      case .wrongAgain: isTooOften = true
      case .locks:
        isTooOften = true
        try audit(
          actor: "intake", action: "intake.lock-out", subject: subject.key,
          reason: "too many wrong codes, for \(Int(subject.rule.lockOut)) seconds")
      }
      try keep(book, subject)
    }
    try tidyLater()
    return isTooOften ? .lockedOut : .unknownCode
  }
}

extension Refusal {
  /// The same whether there is no such case, it has no code, or the code is another one.
  static let unknownCode = Refusal(
    .notAllowed, code: "unknown-code", path: "code",
    message:
      "This code does not open it. Read it again, character by character; whoever has lost it "
      + "asks the council for a new one.")

  static let lockedOut = Refusal(
    .tooMany, code: "locked-out", path: "code",
    message:
      "Too many wrong codes were tried. Wait a quarter of an hour, then try again; or ask the "
      + "council for a new code.")

  static let sessionEnded = Refusal(
    .notAllowed, code: "session-ended", path: "session",
    message: "This visit has ended. What was saved is kept: open it again with the code.")
}

extension DoorCode {
  /// What somebody typed.
  /// - Throws: the refusal `invalid-code`, which does not repeat it and is counted as no guess.
  init(request text: String) throws {
    guard let code = DoorCode(text) else {
      throw Refusal(
        .input, code: "invalid-code", path: "code",
        message: "A code has 16 letters and digits, in groups of four; check the one you have.")
    }
    self = code
  }

  /// One that nobody has.
  /// - Throws: the refusal `no-free-code`.
  static func drawn(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> DoorCode {
    for _ in 0..<DoorBounds.drawsLimit {
      let code = DoorCode(using: &generator)
      if try !tx.isTaken(code.secret.kept.locator) { return code }
    }
    throw Refusal(
      .tryAgain, code: "no-free-code",
      message: "No free code was found. Nothing was kept; try again.")
  }
}
