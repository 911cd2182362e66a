import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Who guesses codes is locked out, and no victim is by them for ever.
@Suite(.timeLimit(.minutes(3))) struct GuessTests {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test func `so many wrong guesses lock for so long, and the lock ends by itself`() {
    var book = GuessBook(at: Self.now)
    for _ in 1..<DoorBounds.guessesPerCase {
      #expect(book.guessedWrong(at: Self.now, .ofCase) == .wrong)
    }
    #expect(!book.isLocked(at: Self.now, .ofCase))
    #expect(book.guessedWrong(at: Self.now, .ofCase) == .locks)
    let end = Self.now + DoorBounds.caseLockOut
    #expect(book.isLocked(at: Self.now, .ofCase) && book.isLocked(at: end - 1, .ofCase))
    #expect(!book.isLocked(at: end, .ofCase))
  }

  @Test func `guesses that lie further apart than the window do not lock`() {
    var book = GuessBook(at: Self.now)
    for number in 0..<(3 * DoorBounds.guessesPerCase) {
      let later = Self.now + Double(number) * DoorBounds.guessWindow
      #expect(book.guessedWrong(at: later, .ofCase) == .wrong)
    }
  }

  @Test func `guessing from everywhere, on and on, keeps nobody out for more than minutes a day`() {
    var book = GuessBook(at: Self.now)
    var locked = 0.0
    for second in 0..<86_400 {
      let time = Self.now + Double(second)
      for _ in 0..<50 where !book.isLocked(at: time, .inAll) {
        _ = book.guessedWrong(at: time, .inAll)
      }
      if book.isLocked(at: time, .inAll) { locked += 1 }
    }
    #expect(book.locks == DoorBounds.locksInAllPerDay)
    #expect(locked > 0)
    #expect(locked <= Double(DoorBounds.locksInAllPerDay) * DoorBounds.lockOutInAll)
  }

  @Test func `a stranger who guesses on and on locks a case only so often a day`() {
    var book = GuessBook(at: Self.now)
    var locked: TimeInterval = 0
    // A guess each second, for a day.
    for second in 0..<86_400 {
      let time = Self.now + Double(second)
      if book.isLocked(at: time, .ofCase) {
        locked += 1
      } else {
        _ = book.guessedWrong(at: time, .ofCase)
      }
    }
    #expect(locked <= Double(DoorBounds.caseLocksPerDay) * DoorBounds.caseLockOut)
    #expect(locked > 0 && book.locks == DoorBounds.caseLocksPerDay)
    let tomorrow = Self.now + GuessBook.day
    #expect(book.guessedWrong(at: tomorrow, .ofCase) == .wrong)
  }

  @Test func `a clock that is set back locks nobody out for longer`() {
    var book = GuessBook(at: Self.now)
    for _ in 0..<DoorBounds.guessesPerCase { _ = book.guessedWrong(at: Self.now, .ofCase) }
    #expect(!book.isLocked(at: Self.now - 86_400, .ofCase))
  }

  @Test func `a wrong code, no such case and a case without a code are refused alike`() async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let without = try await stage.submit().caseReference
      var refusals: [Refusal] = []
      for (reference, code) in [
        (own.reference, strangersCode), ("0000-0000", own.code), (without, own.code),
      ] {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.openCase(reference, code)
        }
        refusals.append(try #require(refusal))
      }
      #expect(Set(refusals).count == 1)
      #expect(refusals[0].code == "unknown-code" && refusals[0].kind == .notAllowed)
      // What can be no code is no guess.
      #expect(
        await stage.refusalCode { try await stage.openCase(own.reference, "none") }
          == "invalid-code")
      _ = try await stage.openCase(own.reference, own.code)
    }
  }

  @Test
  func `guessing locks a case, the right code too, for a while; what is open goes on, others open`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let other = try await stage.ownCase()
      for number in 1...DoorBounds.guessesPerCase {
        let code = await stage.refusalCode {
          try await stage.openCase(own.reference, strangersCode)
        }
        #expect(code == (number < DoorBounds.guessesPerCase ? "unknown-code" : "locked-out"))
      }
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.openCase(own.reference, own.code)
      }
      #expect(refusal?.code == "locked-out" && refusal?.kind == .tooMany)
      #expect(try await stage.recorded("intake.lock-out").map { $0[1] } == [own.reference])
      #expect(try await stage.ownCase(in: own.session).caseReference == own.reference)
      _ = try await stage.openCase(other.reference, other.code)
      try await stage.pass(DoorBounds.caseLockOut)
      _ = try await stage.openCase(own.reference, own.code)
    }
  }

  @Test func `a lock survives a restart, and a new code ends it`() async throws {
    try await IntakeStage.with(onDisk: true) { stage in
      let own = try await stage.ownCase()
      for _ in 0..<DoorBounds.guessesPerCase {
        _ = await stage.refusalCode { try await stage.openCase(own.reference, strangersCode) }
      }
      try await stage.place.restart("intake")
      #expect(
        await stage.refusalCode { try await stage.openCase(own.reference, own.code) }
          == "locked-out")
      let code = try await stage.issueCode(own.reference)
      _ = try await stage.openCase(own.reference, code)
    }
  }

  @Test func `guessing at drafts locks all doors, for a minute`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let draft = try await stage.startDraft()
      for number in 1...DoorBounds.guessesInAll {
        let code = await stage.refusalCode { try await stage.openDraft(strangersCode) }
        #expect(code == (number < DoorBounds.guessesInAll ? "unknown-code" : "locked-out"))
      }
      #expect(await stage.refusalCode { try await stage.openDraft(draft.code) } == "locked-out")
      #expect(
        await stage.refusalCode { try await stage.openCase(own.reference, own.code) }
          == "locked-out")
      _ = try await stage.draft(in: draft.session)
      try await stage.pass(DoorBounds.lockOutInAll)
      _ = try await stage.openDraft(draft.code)
      _ = try await stage.openCase(own.reference, own.code)
    }
  }

  @Test func `counts of guesses are removed when they make no difference any more`() async throws {
    try await IntakeStage.with { stage in
      _ = await stage.refusalCode { try await stage.openCase("0000-0000", strangersCode) }
      #expect(try await stage.count("door_guess") == 2)
      try await stage.pass(GuessBook.day + DoorBounds.tidyInterval)
      #expect(try await stage.count("door_guess") == 0)
    }
  }
}
