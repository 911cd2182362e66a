import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Asks bodies for what they know of an application (Sch. 4 para 7). Who exercises public functions must
/// answer; anybody else may.
struct RequestInformation: Sendable {
  /// Fires on the day after the last day for an answer.
  static let timerKind = "information-due"

  /// Keys of bodies in the pack; empty for all that are notified.
  let bodies: [String]
  /// Who asks; empty if nobody is named.
  let officer: String
  let library: PolicyLibrary

  struct Outcome: Sendable {
    /// Of the bodies that were named, in the order in which they were asked.
    let requests: [KeptInformationRequest]
    /// True if all of them had been asked before.
    let repeated: Bool
  }

  /// A body is asked once; one that has been asked already is left as it is.
  /// - Throws: the refusals `unknown-case`, `unknown-body`, `nobody-to-ask`, `no-information-clock` and
  ///   `beyond-horizon`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Outcome {
    let application = try tx.openApplication(reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    let named = try namedBodies(in: pack, of: application, tx)
    let asked = try tx.informationRequests(of: reference)
    let fresh = named.filter { body in !asked.contains { $0.body == body.key } }
    if !fresh.isEmpty {
      let due = try dueDay(of: application, under: pack, in: tx)
      for (offset, body) in fresh.enumerated() {
        let request = KeptInformationRequest(
          body: body.key, isMandatory: body.exercisesPublicFunctions, requestedOn: tx.today,
          dueOn: due)
        try ask(request, at: asked.count + offset, application, in: tx)
      }
      try CaseClocks(library: library).startFurtherRound(of: application, in: tx)
    }
    let keys = Set(named.map(\.key))
    return Outcome(
      requests: try tx.informationRequests(of: reference).filter { keys.contains($0.body) },
      repeated: fresh.isEmpty)
  }

  private func ask(
    _ request: KeptInformationRequest, at place: Int, _ application: KeptApplication,
    in tx: SliceTransaction
  ) throws {
    try tx.keep(request, at: place, of: application.reference)
    try tx.announceRequested(request, of: application)
    try tx.schedule(
      Self.timerKind, key: Self.timerKey(request.body, application.reference),
      at: request.dueOn.isOver)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.request-information",
      subject: application.reference.description, reason: "\(request.body) by \(request.dueOn)")
  }

  /// The bodies that are asked, each once, in the order in which they are named or stand in the pack.
  private func namedBodies(
    in pack: PolicyPack, of application: KeptApplication, _ tx: SliceTransaction
  ) throws -> [RelevantBody] {
    let existing = pack.bodies.filter { $0.exists(on: application.receivedOn) }
    guard !bodies.isEmpty else {
      let told = Set(try tx.notifications(of: application.reference).map(\.body))
      let notified = existing.filter { told.contains($0.key) }
      if notified.isEmpty { throw Self.nobodyToAsk }
      return notified
    }
    var named: [RelevantBody] = []
    for (index, key) in bodies.enumerated() {
      guard let body = existing.first(where: { $0.key == key }) else {
        throw Refusal(
          .input, code: "unknown-body", path: "bodies[\(index)]",
          message: "This is not the key of a body of \(pack.name) on \(application.receivedOn); "
            + "those are: " + existing.map(\.key).joined(separator: ", ") + ".")
      }
      if !named.contains(body) { named.append(body) }
    }
    return named
  }

  /// By the pack's clock or a lent one, in the pack's calendar.
  private func dueDay(
    of application: KeptApplication, under pack: PolicyPack, in tx: SliceTransaction
  ) throws -> CalendarDate {
    let due = try countingDays(at: "") {
      try CaseClocks(library: library).dayToAnswer(ofThoseAskedIn: application, in: tx)
    }
    if let due { return due }
    throw Refusal(
      .state, code: "no-information-clock",
      message: "Neither \(pack.name) nor the default policy says by when information is due; "
        + "publish a policy that does.")
  }

  private static var nobodyToAsk: Refusal {
    Refusal(
      .state, code: "nobody-to-ask", path: "bodies",
      message: "The policy notifies no body of this application; name the bodies that are asked.")
  }

  /// One timer for each body of a case.
  static func timerKey(_ body: String, _ reference: CaseReference) -> String {
    "\(reference)/\(body)"
  }
}

extension RelevantBody {
  /// True if it must disclose what it holds in that capacity (Sch. 4 para 7). What a provider of housing
  /// owes is in the arrangements by which it is co-opted, if it is (Sch. 4 para 6).
  var exercisesPublicFunctions: Bool { kind != .housingProvider }
}
