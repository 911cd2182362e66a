/// Something in a run that is not as it must be.
public struct Finding: Sendable, Hashable {
  /// What is wrong. Raw values are what reports print.
  public enum Kind: String, Sendable, CaseIterable {
    /// It was acknowledged and is not in the log.
    case lost
    /// It is there more often than it should be.
    case duplicated
    /// It came before what it follows from.
    case outOfOrder
    /// A position or number is missing.
    case gap
    /// A consequence did not come about.
    case missing
    /// Nobody asked for it.
    case unexpected
    /// It says something else than what it must say.
    case wrong
    case wrongFigure
    /// A command was refused that had to be carried out.
    case refused
    /// Events were set aside.
    case parked
    /// Nobody knows of an effect whether it happened. Every channel of the built-in workers can be asked, so
    /// no fault explains one that stays so.
    case uncertain
    /// A row of a worker's audit was lost, put in or changed, or is not the one whose head the log has.
    case brokenAudit
    /// A worker does not serve, or is behind.
    case unsettled
    /// The run did not put to the test what it was to: that all is well then says nothing.
    case untested
  }

  public let kind: Kind
  /// A case reference, an application's number, a producer or a worker.
  public let place: String
  public let detail: String
}

/// The verdict on a run, in the manner of Jepsen's total-queue checker: what went in, and what of it came
/// out.
public struct TortureReport: Sendable, Hashable {
  /// Applications that were submitted.
  public internal(set) var attempted = 0
  public internal(set) var acknowledged = 0
  /// Those that were never answered.
  public var unknown: Int { attempted - acknowledged }
  /// Those that were never answered and are in the log all the same.
  public internal(set) var recovered = 0
  /// Those that were acknowledged more than once.
  public internal(set) var repeated = 0
  public internal(set) var events = 0
  public internal(set) var decided = 0
  public internal(set) var reviewed = 0
  public internal(set) var referred = 0
  /// Notices that were written.
  public internal(set) var written = 0
  /// Rows of audits that were looked at.
  public internal(set) var audited = 0
  public internal(set) var findings: [Finding] = []

  public var isAsExpected: Bool { findings.isEmpty }

  /// Whether what is not as expected may only be late.
  public var mayOnlyBeLate: Bool {
    findings.allSatisfy { [.missing, .unsettled, .uncertain, .wrongFigure].contains($0.kind) }
  }

  /// How many findings there are of a kind.
  public func count(_ kind: Finding.Kind) -> Int { findings.count { $0.kind == kind } }

  mutating func add(_ kind: Finding.Kind, _ place: String, _ detail: String) {
    findings.append(Finding(kind: kind, place: place, detail: detail))
  }
}
