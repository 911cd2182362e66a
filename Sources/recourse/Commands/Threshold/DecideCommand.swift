import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold decide`: a named person signs.
  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decide",
      abstract: "Sign the decision whether the threshold is met.",
      discussion: """
        Where s.104(4) says that the threshold must be met, "not met" is refused. Where it does not say \
        so, what you sign needs the reason that persuaded you, and "not met" always does. Where the \
        procedure names no body that decides, say for which one you sign: --body; where it is not known to \
        say in what capacity that body decides, say so: --capacity. Where it asks for two signatures on \
        "not met", the decision waits until somebody else has signed by the token that is given here: \
        `recourse threshold countersign`. "Not met" is a result: exit status 0.

        Example: recourse threshold decide REF --met --officer 'A. Officer' --capacity 'Lead authority' \
        --reason 'Three complaints'
        """)

    enum Decision: String, EnumerableFlag {
      case met
      case notMet

      static func name(for value: Decision) -> NameSpecification {
        .customLong(value == .met ? "met" : "not-met")
      }

      static func help(for value: Decision) -> ArgumentHelp? {
        value == .met
          ? "The threshold is met: a review is owed." : "The threshold is not met."
      }
    }

    @OptionGroup var argument: CaseArgument

    @Flag(exclusivity: .exclusive)
    var decision: Decision

    @Option(name: .long, help: ArgumentHelp("Who signs.", valueName: "name"))
    var officer: String

    @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
    var reason: String

    enum Route: String, ExpressibleByArgument, CaseIterable {
      case local
      case discretionary
    }

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What \"met\" rests on where s.104(4) does not decide it: an alternative of the area's own, or "
          + "s.104(5). Without it, the first of the two that is open."))
    var route: Route?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The body for which they sign, by its key; else the one that the procedure names, if it names one.",
        valueName: "key"))
    var body: String = ""

    @Option(
      name: .long,
      help: ArgumentHelp(
        "In what capacity that body decides, such as lead authority, relevant body or co-opted provider to "
          + "which it is delegated; else as the procedure names it, if it does.", valueName: "text")
    )
    var capacity: String = ""

    @OptionGroup var leakGuard: GuardOptions
    @OptionGroup var call: CaseCall

    func run() async throws {
      let reference = try argument.checked.description
      var request = Self.request(
        reference, isMet: decision == .met, officer: officer, reason: reason, capacity: capacity)
      request.route = route?.message ?? .unspecified
      request.body = body
      request.guardOverride = leakGuard.guardOverride
      let (response, pending) = try await call.carryOut(request) { connection, request in
        let response = try await connection.threshold.decide(request, options: Connection.limit())
        let waits = response.awaitsSecondSignature
        return (response, waits ? try await connection.pendingDecision(of: reference) : nil)
      }
      let decided = response.decision
      let what =
        response.awaitsSecondSignature
        ? "is signed as not met, and waits for somebody else to sign: `recourse threshold countersign`"
        : (decided.met ? "is met: a review is owed" : "is not met")
          + ", decided on \(decided.decidedOn)"
      call.answer(
        reference,
        decided.fields + [
          ("awaitsSecondSignature", .bool(response.awaitsSecondSignature)),
          ("pending", pending?.json ?? .null),
          ("repeated", .bool(response.repeated)),
          ("logPosition", .position(response.logPosition)),
        ],
        (["The threshold of \(reference) \(what)."] + (pending?.waitingLines ?? []))
          .joined(separator: "\n"))
    }

    static func request(
      _ reference: String, isMet: Bool, officer: String, reason: String, capacity: String
    ) -> Recourse_Threshold_V1_DecideRequest {
      .with {
        $0.caseReference = reference
        $0.met = isMet
        $0.officer = officer
        $0.reason = reason
        $0.capacity = capacity
      }
    }

    /// Signs as an invented officer does, in an invented capacity.
    static func sign(
      _ reference: String, isMet: Bool, officer: String, reason: String, key: String,
      _ connection: Connection
    ) async throws -> Recourse_Threshold_V1_DecideResponse {
      var request = request(
        reference, isMet: isMet, officer: officer, reason: reason, capacity: "Lead authority")
      request.idempotencyKey = key
      request.atLeastPosition = try await connection.head()
      return try await connection.threshold.decide(request, options: Connection.limit())
    }
  }
}

extension ThresholdCommand.Decide.Route {
  fileprivate var message: Recourse_Threshold_V1_RouteFinding.Route {
    switch self {
    case .local: .local
    case .discretionary: .discretionary
    }
  }
}

extension Recourse_Threshold_V1_ThresholdDecided {
  /// As JSON has it; of one that has not all its signatures only that it is not met.
  var fields: [(String, JSON)] {
    [
      ("met", .bool(met)), ("route", .optional(met ? Naming.name(of: route) : "")),
      ("clause", .optional(clause)), ("decidedOn", .optional(decidedOn)),
      ("number", number == 0 ? .null : .number(Int(number))), ("body", .optional(body)),
    ]
  }
}
