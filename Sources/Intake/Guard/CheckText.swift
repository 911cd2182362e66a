import CaseModel
import IntakeRules
import Policy
import PolicyLibrary
import WorkerKit

/// Says in which parts of a text somebody is named whom its reader must not be told of, and never who or by what.
///
/// Whoever may ask could find out by asking often; each question is on record with who asked.
struct CheckText: Sendable {
  /// Whose values a text must not have.
  enum Party: Sendable, Hashable {
    case alleged
    case applicantSide
    case otherVictims
  }

  struct Part: Sendable {
    let name: String
    let text: String
  }

  /// What one question may have.
  enum Limits {
    static let parts = 64
    /// Bytes of UTF-8, of all parts together.
    static let text = 262_144
    /// Characters of a part's name.
    static let name = 100
  }

  let protected: Set<Party>
  let parts: [Part]
  /// By where the application names them; empty where it is for a whole side.
  let reader: String
  let caller: Caller

  /// - Returns: the names of the parts in which something was found, each once, in their order.
  /// - Throws: the refusals `unknown-case`, `unknown-person` and `missing`.
  func apply(
    _ reference: CaseReference, _ library: PolicyLibrary, in slice: Slice
  ) async throws -> [String] {
    let leakGuard = try await slice.read { try self.leakGuard(reference, library, in: $0) }
    let hits = hits(of: leakGuard)
    try await slice.write {
      try Self.audit([(parts.count, hits)], of: reference, by: caller, in: $0)
    }
    return hits
  }

  /// Puts on record who asked about how many parts, and in which something was found; of several letters with each one's
  /// number before the part's name.
  static func audit(
    _ letters: [(parts: Int, hits: [String])], of reference: CaseReference, by caller: Caller,
    in tx: SliceTransaction
  ) throws {
    let found = letters.enumerated().flatMap { number, letter in
      letter.hits.map { letters.count > 1 ? "\(number + 1).\($0)" : $0 }
    }
    try tx.audit(
      actor: caller.principal, action: "intake.check-text", subject: reference.description,
      reason: found.isEmpty
        ? "clear: \(letters.map(\.parts).reduce(0, +))"
        : "something in " + found.joined(separator: ", "))
  }

  /// The names of the parts in which something is found, each once, in their order.
  func hits(of leakGuard: LeakGuard) -> [String] {
    var hits: [String] = []
    for part in parts where !hits.contains(part.name) && leakGuard.finds(in: part.text) {
      hits.append(part.name)
    }
    return hits
  }

  /// What finds whom this text must not name.
  /// - Throws: the refusals `unknown-case`, `unknown-person` and `missing`.
  func leakGuard(
    _ reference: CaseReference, _ library: PolicyLibrary, in slice: SliceReader
  ) throws -> LeakGuard {
    let known = try slice.knownCase(reference)
    let victims = try slice.victims(of: reference)
    let person =
      reader.isEmpty
      ? nil : try slice.person(named: reader, field: "reader", victims: victims)
    guard person != nil || !protected.contains(.otherVictims) else {
      throw Refusal(
        .input, code: "missing", path: "reader",
        message: "Who the other victims are depends on whom the text is for; expected the reader.")
    }
    var people = try slice.people(of: reference, victims: victims)
    let pack = try library.pack(known.policyDigest, in: slice)
    people.publicNames =
      pack.bodies.map(\.name) + pack.supportAgencies.map(\.name) + [pack.procedure.title]
    return people.leakGuard(protecting: protected, reader: person)
  }
}
