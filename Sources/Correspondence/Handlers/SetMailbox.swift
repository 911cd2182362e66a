import CaseModel
import CorrespondenceRules
import Policy
import PolicyLibrary
import WorkerKit

/// Where a body is written to: as this installation has it, else as its procedure does.
struct BodyMailbox: Sendable, Hashable {
  let area: String
  /// By its key in the pack, and its name there.
  let body: String
  let name: String
  /// Nil: what it is told waits for somebody who hands it over.
  let address: String?
  /// Nil where the address is the procedure's own.
  let setOn: CalendarDate?

  init(_ body: RelevantBody, of area: String, in slice: SliceReader) throws {
    self.area = area
    self.body = body.key
    name = body.name
    let kept = try slice.mailbox(of: body.key, in: area).flatMap { $0.address == nil ? nil : $0 }
    address = kept?.address ?? body.mailbox
    setOn = kept?.setOn
  }
}

/// Says where a body is written to in this installation, without another pack: an office's address changes oftener than a
/// procedure, and most procedures publish none. What was held for want of one goes on.
struct SetMailbox {
  let body: String
  /// Nil takes back what was set.
  let address: String?
  /// Empty where only one area has such a body.
  let area: String
  let grounds: Grounds
  let library: PolicyLibrary

  struct Outcome: Sendable {
    let mailbox: BodyMailbox
    /// How many notices were held for want of one, and are looked at again.
    let notices: Int
  }

  /// - Throws: the refusals `unknown-body` and `several-areas`.
  func apply(in tx: SliceTransaction) throws -> Outcome {
    let (known, area) = try find(in: tx)
    try tx.keep(KeptMailbox(area: area, body: body, address: address, setOn: tx.today), grounds)
    try tx.audit(
      actor: grounds.officer, action: "correspondence.set-mailbox", subject: "\(area)/\(body)",
      reason: address == nil ? "taken back" : "set", words: grounds.reason)
    let mailbox = try BodyMailbox(known, of: area, in: tx)
    guard mailbox.address != nil else { return Outcome(mailbox: mailbox, notices: 0) }
    let held = try tx.noticesWithoutWay(to: body).filter {
      try library.pack($0.policyDigest, in: tx).area == area
    }
    for notice in held { try tx.findWay(of: notice) }
    // What is being written now has not heard of it.
    try tx.renewOpen()
    return Outcome(mailbox: mailbox, notices: held.count)
  }

  private func find(in slice: SliceReader) throws -> (RelevantBody, String) {
    var found: [(body: RelevantBody, area: String)] = []
    for (area, bodies) in try library.bodies(in: slice) where self.area.isEmpty || area == self.area
    {
      if let known = bodies.first(where: { $0.key == body }) { found.append((known, area)) }
    }
    guard let first = found.first else {
      throw Refusal(
        .notFound, code: "unknown-body", path: "body",
        message: "No procedure has a body of this key"
          + (area.isEmpty ? "" : " in this area") + "; `recourse notice mailboxes` lists them.")
    }
    guard found.count == 1 else {
      let areas = found.map(\.area).joined(separator: ", ")
      throw Refusal(
        .input, code: "several-areas", path: "area",
        message: "Several areas have a body of this key; expected one of: \(areas).")
    }
    return first
  }
}

/// Lists the relevant bodies that there still are, with where each is written to.
struct ListMailboxes {
  /// Empty for all.
  let area: String
  let today: CalendarDate
  let library: PolicyLibrary

  func apply(in slice: SliceReader) throws -> [BodyMailbox] {
    try library.bodies(in: slice).filter { area.isEmpty || $0.area == area }.flatMap { found in
      try found.bodies.filter { $0.until.map { today <= $0 } ?? true }
        .map { try BodyMailbox($0, of: found.area, in: slice) }
    }
  }
}

extension PolicyLibrary {
  /// The bodies of each area's procedures, each once, as the newest procedure has it: cases go on under older ones.
  fileprivate func bodies(
    in slice: SliceReader
  ) throws -> [(area: String, bodies: [RelevantBody])] {
    let shelf = try shelf(in: slice)
    return shelf.areas.map { area in
      var bodies: [RelevantBody] = []
      for pack in shelf.all.filter({ $0.area == area }).sorted(by: { $0.from > $1.from }) {
        bodies += pack.bodies.filter { body in !bodies.contains { $0.key == body.key } }
      }
      return (area, bodies)
    }
  }
}
