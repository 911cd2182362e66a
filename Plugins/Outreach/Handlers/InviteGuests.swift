import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// Invites guests to an event, or tells those who are invited what has changed.
struct InviteGuests: Sendable {
  let event: String
  /// Ids; none for all who do not know what holds now.
  let guests: [String]
  let caller: Caller
  /// The name of an event that nobody was invited to yet.
  let uid: String

  init(_ request: Recourse_Outreach_V1_InviteRequest, by caller: Caller, uid: String) {
    event = request.event
    guests = request.guests
    self.caller = caller
    self.uid = uid
  }

  /// - Throws: a `Refusal` if the event is over or called off, or it is not known when it is or who invites.
  func apply(
    to plan: String, in tx: SliceTransaction
  ) throws -> Recourse_Outreach_V1_InviteResponse {
    var event: OutreachEvent = try tx.presentItem(event, of: plan, path: "event")
    let head = try tx.planHead(plan) ?? OutreachPlan()
    try check(event, head, on: tx.today)
    if event.uid.isEmpty {
      event.uid = uid
      event.sequence = 0
    }
    var told: [OutreachGuest] = []
    for index in try event.places(of: guests) {
      guard event.guests[index].isToBeTold(event, isNamed: !guests.isEmpty) else { continue }
      event.guests[index].invite(to: event, on: tx.today)
      told.append(event.guests[index])
    }
    // Everybody knows what holds: nothing is changed, and nothing is written down.
    guard !told.isEmpty else {
      return .with {
        $0.plan = plan
        $0.sequence = event.sequence
      }
    }
    try tx.update(event, of: plan)
    let files = try tx.write(.request, to: told, of: event, in: head)
    try tx.audit(
      "outreach.event-invite", OutreachEvent.self, event.id, plan, by: caller,
      reason: told.map(\.id).joined(separator: ", "))
    return .with {
      $0.plan = plan
      $0.sequence = event.sequence
      $0.files = files
    }
  }

  private func check(_ event: OutreachEvent, _ plan: OutreachPlan, on today: CalendarDate) throws {
    try event.checkStands()
    guard let day = CalendarDate(event.date) else {
      throw Refusal(
        .state, code: "no-date", path: "event",
        message: "The plan does not say when it is. Give it a date, import the plan, and invite.")
    }
    guard day >= today else {
      throw Refusal(
        .state, code: "event-over", path: "event", message: "It was on \(day); nobody is invited.")
    }
    guard !plan.organiser.mailbox.isEmpty else {
      throw Refusal(
        .state, code: "no-mailbox", path: "event",
        message: "The plan does not say where answers go. Give its organiser a mailbox, import it, "
          + "and invite.")
    }
  }
}

/// Calls an event off, or takes back the invitation of some guests.
struct CancelInvitations: Sendable {
  let event: String
  /// Ids; none for the event itself.
  let guests: [String]
  let caller: Caller

  init(_ request: Recourse_Outreach_V1_CancelInvitationsRequest, by caller: Caller) {
    event = request.event
    guests = request.guests
    self.caller = caller
  }

  /// - Throws: a `Refusal` if it is called off already, or a guest is not invited.
  func apply(
    to plan: String, in tx: SliceTransaction
  ) throws -> Recourse_Outreach_V1_InviteResponse {
    var event: OutreachEvent = try tx.presentItem(event, of: plan, path: "event")
    try event.checkStands()
    let places = try event.places(of: guests)
    let told = guests.isEmpty ? places.filter { event.guests[$0].isExpected } : places
    if guests.isEmpty {
      event.sequence = event.nextSequence
      event.cancelledOn = tx.today.description
    }
    for index in told {
      guard event.guests[index].isExpected else {
        throw Refusal(
          .state, code: "not-invited", path: "guests",
          message: "\(event.guests[index].id) is not invited.")
      }
      event.guests[index].sequence =
        guests.isEmpty ? event.sequence : event.guests[index].sequence + 1
      event.guests[index].cancelledOn = tx.today.description
    }
    try tx.update(event, of: plan)
    let head = try tx.planHead(plan) ?? OutreachPlan()
    let files = try tx.write(.cancel, to: told.map { event.guests[$0] }, of: event, in: head)
    try tx.audit(
      "outreach.event-cancel", OutreachEvent.self, event.id, plan, by: caller,
      reason: guests.isEmpty ? "the event" : guests.joined(separator: ", "))
    return .with {
      $0.plan = plan
      $0.sequence = event.sequence
      $0.files = files
    }
  }
}

extension Recourse_Outreach_V1_Event {
  /// - Throws: a `Refusal` if it was called off.
  func checkStands() throws {
    guard cancelledOn.isEmpty else {
      throw Refusal(
        .state, code: "event-cancelled", path: "event",
        message: "It was called off on \(cancelledOn). Plan another one under an id of its own.")
    }
  }

  /// Where guests stand in the list; all, if none is named.
  /// - Throws: a `Refusal` if one is none.
  func places(of ids: [String]) throws -> [Int] {
    guard !ids.isEmpty else { return Array(guests.indices) }
    return try ids.map { id in
      guard let place = guests.firstIndex(where: { $0.id == id }) else {
        throw Refusal(
          .notFound, code: "unknown-guest", path: "guests",
          message: guests.isEmpty
            ? "The event has no guests."
            : "There is no such guest; there are: \(guests.map(\.id).joined(separator: ", ")).")
      }
      return place
    }
  }
}

extension Recourse_Outreach_V1_Guest {
  /// Who was told no longer to come hears again only by name.
  fileprivate func isToBeTold(_ event: OutreachEvent, isNamed: Bool) -> Bool {
    if !cancelledOn.isEmpty { return isNamed }
    return invitedOn.isEmpty || sequence < event.sequence
  }

  /// What was answered was answered to something else.
  fileprivate mutating func invite(to event: OutreachEvent, on today: CalendarDate) {
    sequence = max(event.sequence, cancelledOn.isEmpty ? 0 : sequence + 1)
    invitedOn = today.description
    cancelledOn = ""
    answer = .unspecified
    answeredOn = ""
    clearAttended()
  }
}

extension SliceTransaction {
  fileprivate func write(
    _ method: Invitation.Method, to guests: [OutreachGuest], of event: OutreachEvent,
    in plan: OutreachPlan
  ) throws -> [Recourse_Outreach_V1_InvitationFile] {
    try guests.map { guest in
      let invitation = KeptInvitation(
        plan: plan.id, event: event.id, uid: event.uid, guest: guest.id, sequence: guest.sequence,
        text: Invitation(method, to: guest, of: event, in: plan, at: now).text)
      try intend(invitation)
      return .with {
        $0.guest = guest.id
        $0.name = "\(InvitationFolder.name)/\(invitation.fileName)"
      }
    }
  }
}
