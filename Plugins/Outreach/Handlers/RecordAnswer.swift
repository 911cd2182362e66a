import Messages
import SwiftProtobuf
import WorkerKit

/// Keeps what a guest answers.
struct RecordAnswer: Sendable {
  let request: Recourse_Outreach_V1_RecordAnswerRequest
  let day: CalendarDate?
  let caller: Caller

  init(_ request: Recourse_Outreach_V1_RecordAnswerRequest, by caller: Caller) throws {
    guard Recourse_Outreach_V1_Answer.words.contains(where: { $0.1 == request.answer }) else {
      let words = Recourse_Outreach_V1_Answer.words.map(\.0).joined(separator: ", ")
      throw Refusal(
        .input, code: "unexpected", path: "answer", message: "Expected one of: \(words).")
    }
    self.request = request
    day = try CalendarDate(on: request.on)
    self.caller = caller
  }

  /// - Throws: a `Refusal` if it is not clear who answers what, or the answer is to something that no longer holds.
  func apply(in tx: SliceTransaction) throws -> Recourse_Outreach_V1_RecordAnswerResponse {
    let day = try tx.past(day)
    var (plan, event) = try meant(in: tx)
    try event.checkStands()
    let place = try place(of: event)
    let guest = event.guests[place]
    guard guest.isExpected else {
      throw Refusal(
        .state, code: "not-invited", path: "guest", message: "\(guest.id) is not invited.")
    }
    guard !request.hasSequence || request.sequence >= guest.sequence else {
      throw Refusal(
        .state, code: "old-answer", path: "sequence",
        message:
          "It answers an earlier invitation (\(request.sequence)); \(guest.id) has been sent "
          + "a newer one (\(guest.sequence)) since. Ask what the answer to that is.")
    }
    event.guests[place].answer = request.answer
    event.guests[place].answeredOn = day.description
    try tx.update(event, of: plan)
    let word = Recourse_Outreach_V1_Answer.words.first { $0.1 == request.answer }?.0 ?? ""
    try tx.audit(
      "outreach.event-answer", OutreachEvent.self, event.id, plan, by: caller,
      reason: "\(guest.id): \(word)")
    return .with {
      $0.plan = plan
      $0.event = event.id
      $0.guest = guest.id
      $0.on = day.description
    }
  }

  private func meant(in tx: SliceTransaction) throws -> (plan: String, event: OutreachEvent) {
    guard !request.uid.isEmpty else {
      let plan = try tx.knownPlan(request.plan)
      return (plan, try tx.presentItem(request.event, of: plan, path: "event"))
    }
    // A plan that was taken in under a second id has the names of its events with it.
    let plans = request.plan.isEmpty ? try tx.planIDs() : [try tx.knownPlan(request.plan)]
    let found = try plans.flatMap { plan in
      let events: [KeptItem<OutreachEvent>] = try tx.items(of: plan)
      return events.filter { $0.item.uid == request.uid }.map { (plan: plan, event: $0.item) }
    }
    guard let first = found.first else {
      throw Refusal(
        .notFound, code: "unknown-event", path: "uid",
        message: "It answers an invitation to no event that is known here.")
    }
    guard found.count == 1 else {
      let list = found.map(\.plan).joined(separator: ", ")
      throw Refusal(
        .input, code: "which-plan", path: "plan",
        message: "Several plans have the event that is answered; name one of: \(list).")
    }
    return first
  }

  /// By name or, in an answer by a mail program, by the address that the invitation had.
  private func place(of event: OutreachEvent) throws -> Int {
    guard request.guest.isEmpty else { return try event.places(of: [request.guest])[0] }
    let address = request.attendee.lowercased()
    let place = event.guests.firstIndex { guest in
      Invitation.address(of: guest, uid: event.uid).lowercased() == address
    }
    guard let place else {
      throw Refusal(
        .input, code: "which-guest", path: "guest",
        message: "It does not say who answers in words that are known here. Name the guest; "
          + "there are: \(event.guests.map(\.id).joined(separator: ", ")).")
    }
    return place
  }
}

/// Keeps who came to an event.
struct RecordAttendance: Sendable {
  let event: String
  let guests: [String]
  let othersAbsent: Bool
  let caller: Caller

  init(_ request: Recourse_Outreach_V1_RecordAttendanceRequest, by caller: Caller) {
    event = request.event
    guests = request.guests
    othersAbsent = request.othersAbsent
    self.caller = caller
  }

  /// Returns today.
  /// - Throws: a `Refusal` if the event is to come, or was called off.
  func apply(to plan: String, in tx: SliceTransaction) throws -> CalendarDate {
    var event: OutreachEvent = try tx.presentItem(event, of: plan, path: "event")
    try event.checkStands()
    if let day = CalendarDate(event.date), day > tx.today {
      throw Refusal(
        .state, code: "event-to-come", path: "event", message: "It is on \(day).")
    }
    guard !guests.isEmpty || othersAbsent else {
      throw Refusal(
        .input, code: "missing", path: "guests",
        message: "Expected somebody who came, or that nobody did.")
    }
    if othersAbsent {
      for index in event.guests.indices { event.guests[index].attended = false }
    }
    if !guests.isEmpty {
      for index in try event.places(of: guests) { event.guests[index].attended = true }
    }
    try tx.update(event, of: plan)
    try tx.audit(
      "outreach.event-attend", OutreachEvent.self, event.id, plan, by: caller,
      reason: "\(guests.count) came" + (othersAbsent ? ", the others did not" : ""))
    return tx.today
  }
}
