public import CaseModel
public import Policy

/// What an application on another day than the one that was assessed would need. It counts from its own day of
/// receipt: what was complained of before counts in it as far as it is not too old by then.
public struct NewApplication: Sendable, Hashable {
  /// The day on which it would be received.
  public let receivedOn: CalendarDate
  /// What would be enough whatever was complained of before: for s.104(4) first, then for each alternative that
  /// counts complaints, in the pack's order. It holds on any day, and is never empty.
  public let byThemselves: [Reason]
  /// What would change its outcome with what was complained of before; empty if s.104(4) would be met.
  public let changes: [Reason]
  /// Clauses of the routes that what was complained of before would meet on that day.
  public let met: [String]

  /// - Parameters:
  ///   - complaints: those of the application that was assessed.
  ///   - evidence: what was found out about them.
  ///   - pack: the procedure of that application; another may be in force on the day.
  public init(
    on day: CalendarDate, after complaints: [ComplaintFacts], _ evidence: Evidence = .none,
    under pack: PolicyPack
  ) {
    receivedOn = day
    func assessment(_ complaints: [ComplaintFacts], _ evidence: Evidence) -> Assessment {
      .of(ApplicationFacts(receivedOn: day, complaints: complaints), evidence, under: pack)
    }
    byThemselves = assessment([], .none).changes.compactMap(Self.newComplaints)
    let again = assessment(complaints, evidence)
    changes = again.changes
    met = again.routes.filter { $0.outcome == .met }.map(\.clause)
  }

  /// What would change it on the route of a clause; nil where nothing needs to, or can.
  public func change(of clause: String) -> Reason? {
    changes.first { $0["clause"] == clause }
  }

  /// Of an application without any complaint, what it asks for; nil where a person finds everything.
  private static func newComplaints(_ reason: Reason) -> Reason? {
    guard let needed = reason.details.first(where: { $0.name == "needed" }) else { return nil }
    let others =
      switch reason.code {
      case .morePeopleNeeded: [Reason.Detail("people", needed.value)]
      case .moreHouseholdsNeeded: [Reason.Detail("households", needed.value)]
      default: [] as [Reason.Detail]
      }
    return Reason(.newComplaintsNeeded, reason.details + others)
  }
}
