import CaseModel
import IntakeRules
import PolicyLibrary
import WorkerKit

/// Answers at once what letters of a case need before they are written, or leave: how their readers can be reached safely,
/// and in which parts somebody is named whom the reader must not be told of. It is one transaction, however many they are.
struct PrepareLetters: Sendable {
  /// People in one question.
  static let peopleLimit = 64

  let letters: [CheckText]
  let people: [PassOnContact]
  /// Who asks.
  let caller: Caller

  struct Answer: Sendable {
    /// Of each letter the names of the parts in which something was found.
    let hits: [[String]]
    /// Nil where the case has nobody there who could be written to.
    let people: [PassOnContact.Answer?]
  }

  /// - Throws: the refusals `unknown-case`, `missing` and `contradiction`; PERMISSION_DENIED if people are asked for and
  ///   the purpose is not approved for who asks.
  func apply(
    _ reference: CaseReference, _ library: PolicyLibrary, in slice: Slice
  ) async throws -> Answer {
    let hits = try await hits(reference, library, in: slice)
    return try await slice.write { tx in
      if !letters.isEmpty {
        let letters = zip(letters, hits).map { ($0.parts.count, $1) }
        try CheckText.audit(letters, of: reference, by: caller, in: tx)
      }
      let people = try people.map { person in
        try Self.known(["unknown-person", "no-contact"]) { try person.apply(reference, in: tx) }
      }
      return Answer(hits: hits, people: people)
    }
  }

  /// Whose values a letter must not have. Letters of one case to several bodies must not have the same.
  fileprivate struct Protection: Sendable, Hashable {
    let protected: Set<CheckText.Party>
    let reader: String
  }

  private func hits(
    _ reference: CaseReference, _ library: PolicyLibrary, in slice: Slice
  ) async throws -> [[String]] {
    let guards = try await slice.read { slice in
      var guards: [Protection: LeakGuard] = [:]
      for letter in letters where guards[letter.protection] == nil {
        guards[letter.protection] = try Self.known(["unknown-person"]) {
          try letter.leakGuard(reference, library, in: slice)
        }
      }
      return guards
    }
    return letters.map { letter in
      // What cannot be looked at is not clear.
      guard let leakGuard = guards[letter.protection] else {
        return letter.parts.reduce(into: []) { names, part in
          if !names.contains(part.name) { names.append(part.name) }
        }
      }
      return letter.hits(of: leakGuard)
    }
  }

  /// Nil where it is refused with one of these codes.
  private static func known<T>(_ codes: Set<String>, _ body: () throws -> T) throws -> T? {
    do { return try body() } catch let refusal as Refusal where codes.contains(refusal.code) {
      return nil
    }
  }
}

extension CheckText {
  fileprivate var protection: PrepareLetters.Protection {
    .init(protected: protected, reader: reader)
  }
}
