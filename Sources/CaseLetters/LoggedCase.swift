public import CaseEvents
import CaseModel
public import Messages
public import Policy
import SwiftProtobuf

/// A case as far as its events tell it: enough for the letters that are written before anything is assessed, and for
/// those to bodies. It asks nobody and reads no clock, and knows nobody's name.
public struct LoggedCase: Sendable {
  /// Such as `3HM3-XBSM`.
  public let reference: String
  public let timeline: CaseTimeline
  /// The procedure of the case.
  public let pack: PolicyPack
  /// The pack that lends clocks; nil where none does.
  public let lender: PolicyPack?
  /// How many complaints the application has named so far.
  public let complaints: Int
  /// True if a consent is waited for without which a review cannot be run.
  public let awaitsConsent: Bool
  let receivedOn: CalendarDate

  /// - Parameters:
  ///   - events: those of the case, in any order.
  ///   - pack: the one that the application's receipt names by its digest (``packDigest(of:)``).
  /// - Throws: ``CaseLetterError`` `not-received-yet`.
  public init(
    reference: String, events: [Recourse_Bus_V1_LoggedEvent], pack: PolicyPack,
    lender: PolicyPack? = nil
  ) throws(CaseLetterError) {
    timeline = CaseTimeline(events)
    guard let receivedOn = timeline.receivedOn else { throw .notReceived }
    self.reference = reference
    self.pack = pack
    self.lender = lender
    self.receivedOn = receivedOn
    complaints = timeline.entries.count {
      if case .complaintRecorded = $0.fact { true } else { false }
    }
    awaitsConsent = events.sorted { $0.position < $1.position }.reduce(false) { before, logged in
      Self.awaitsConsent(after: logged) ?? before
    }
  }

  /// The digest of the pack that was in force on the day of receipt.
  /// - Throws: ``CaseLetterError`` `not-received-yet`.
  public static func packDigest(
    of events: [Recourse_Bus_V1_LoggedEvent]
  ) throws(CaseLetterError) -> String {
    for logged in events {
      if let event = read(Recourse_Intake_V1_ApplicationReceived.self, logged) {
        return event.policyDigest
      }
    }
    throw .notReceived
  }

  /// What an event says of it; nil if it says nothing.
  private static func awaitsConsent(after logged: Recourse_Bus_V1_LoggedEvent) -> Bool? {
    if let event = read(Recourse_Intake_V1_ApplicationReceived.self, logged) {
      return event.awaitsConsent
    }
    if let event = read(Recourse_Intake_V1_ConsentGiven.self, logged) {
      return event.hasAwaitsConsent ? event.awaitsConsent : nil
    }
    if let event = read(Recourse_Intake_V1_ConsentRefused.self, logged) {
      return event.awaitsConsent
    }
    return read(Recourse_Intake_V1_ConsentWithdrawn.self, logged)?.awaitsConsent
  }

  private static func read<Event: SwiftProtobuf.Message>(
    _ type: Event.Type, _ logged: Recourse_Bus_V1_LoggedEvent
  ) -> Event? {
    guard logged.event.type == Event.protoMessageName else { return nil }
    return try? Event(serializedBytes: logged.event.payload)
  }
}

extension CaseLetterError {
  fileprivate static let notReceived = CaseLetterError(
    .notReceivedYet, "The case's application has not been received.")
}
