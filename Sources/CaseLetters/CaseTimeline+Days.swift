public import CaseEvents
public import CaseModel
public import Messages
import SwiftProtobuf
public import ThresholdRules

extension CaseTimeline {
  /// The area that the application was made for; nil while its receipt is not in the log.
  public var area: String? {
    for case .applicationReceived(_, let area, _) in entries.map(\.fact) { return area }
    return nil
  }

  /// The day of receipt; nil while it is not in the log.
  public var receivedOn: CalendarDate? {
    for case .applicationReceived(let day, _, _) in entries.map(\.fact) { return day }
    return nil
  }

  /// The days of all decisions, the first one first.
  public var decidedOn: [CalendarDate] {
    entries.compactMap { entry in
      switch entry.fact {
      case .thresholdDecided(_, _, let day), .thresholdDecidedAnew(_, _, let day): day
      default: nil
      }
    }
  }

  /// When the decision was put off last.
  public var deferredOn: CalendarDate? {
    for case .thresholdDeferred(let day, _) in entries.reversed().map(\.fact) { return day }
    return nil
  }
}

extension ComplaintFacts {
  /// What is known of a complaint from its event. Nil for any other event, and for one that cannot be read.
  public init?(_ logged: Recourse_Bus_V1_LoggedEvent) {
    guard logged.event.type == Recourse_Intake_V1_ComplaintRecorded.protoMessageName,
      let event = try? Recourse_Intake_V1_ComplaintRecorded(serializedBytes: logged.event.payload),
      let behaviour = Self.days(event.behaviourFrom, event.behaviourTo),
      let complaint = Self.days(event.complaintFrom, event.complaintTo)
    else { return nil }
    self.init(
      index: Int(event.index), behaviour: behaviour, complaint: complaint, body: event.body,
      complainant: event.complainantKey, incident: event.incidentKey, hate: event.hate,
      household: event.householdKey)
  }

  private static func days(_ first: String, _ last: String) -> ClosedRange<CalendarDate>? {
    guard let first = CalendarDate(first) else { return nil }
    return first...max(first, CalendarDate(last) ?? first)
  }
}
