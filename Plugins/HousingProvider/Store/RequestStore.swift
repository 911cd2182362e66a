import WorkerKit

/// What a body was asked in a case, and how far that is.
struct KeptRequest: Sendable, Hashable {
  /// Raw values are stored.
  enum State: String, Sendable {
    case intended = "INTENDED"
    case sent = "SENT"
    /// Intake will not tell what it needs, or an operator gave it up.
    case failed = "FAILED"
    case answered = "ANSWERED"
  }

  let reference: CaseReference
  let body: String
  let isMandatory: Bool
  let requestedOn: CalendarDate
  let dueOn: CalendarDate
  let state: State
  let failureCode: String?
}

/// An effect is about a request that was never made.
struct UnknownRequest: Error {}

extension SliceTransaction {
  /// The case's complaints are kept by then: their events stand before every request of the case.
  func keep(_ request: KeptRequest) throws {
    try execute(
      """
      INSERT INTO request (
        case_reference, body, mandatory, requested_on, due_on, made_to_them, state)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_reference, body) DO NOTHING
      """, .text(request.reference.description), .text(request.body), .bool(request.isMandatory),
      .text(request.requestedOn.description), .text(request.dueOn.description),
      .text(
        try complaints(of: request.reference).map { $0.body == request.body ? "1" : "0" }.joined()),
      .text(request.state.rawValue))
  }

  func move(
    _ reference: CaseReference, _ body: String, to state: KeptRequest.State, code: String? = nil
  ) throws {
    try execute(
      "UPDATE request SET state = ?, failure_code = ? WHERE case_reference = ? AND body = ?",
      .text(state.rawValue), .optionalText(code), .text(reference.description), .text(body))
  }

  func keep(_ complaint: KeptComplaint, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO complaint (
        case_reference, place, body, behaviour_from, behaviour_to, complaint_from, complaint_to)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_reference, place) DO NOTHING
      """, .text(reference.description), .integer(complaint.index), .text(complaint.body),
      .text(complaint.behaviour.from), .text(complaint.behaviour.to),
      .text(complaint.reported.from), .text(complaint.reported.to))
  }
}

/// A complaint as its event has it.
struct KeptComplaint: Sendable {
  /// Place in the application, from 0.
  let index: Int
  /// Key of the body that it was made to, or empty.
  let body: String
  let behaviour: (from: String, to: String)
  let reported: (from: String, to: String)
}

extension SliceReader {
  /// Requests of a case, by body.
  func requests(of reference: CaseReference) throws -> [KeptRequest] {
    try rows(
      "SELECT * FROM request WHERE case_reference = ? ORDER BY body", .text(reference.description)
    ).map(KeptRequest.init)
  }

  /// - Throws: ``UnknownRequest``.
  func knownRequest(_ reference: CaseReference, _ body: String) throws -> KeptRequest {
    guard let request = try requests(of: reference).first(where: { $0.body == body }) else {
      throw UnknownRequest()
    }
    return request
  }

  /// A case's complaints, in the order of its application.
  func complaints(of reference: CaseReference) throws -> [KeptComplaint] {
    try rows(
      "SELECT * FROM complaint WHERE case_reference = ? ORDER BY place",
      .text(reference.description)
    ).map { row in
      KeptComplaint(
        index: try row.int("place"), body: try row.text("body"),
        behaviour: (try row.text("behaviour_from"), try row.text("behaviour_to")),
        reported: (try row.text("complaint_from"), try row.text("complaint_to")))
    }
  }

  /// Cases in which a body was asked and may still answer, by reference: also by hand, where no file could be written,
  /// but not where nobody consents to sharing.
  func askedCases(of body: String) throws -> [AskedCase] {
    var cases: [AskedCase] = []
    var page: [SQLRow]
    repeat {
      // A page at a time: rows take many times the room of what they say.
      page = try rows(
        """
        SELECT case_reference, requested_on, due_on, made_to_them FROM request
        WHERE body = ? AND case_reference > ? AND (failure_code IS NULL OR failure_code <> 'no-consent')
        ORDER BY case_reference LIMIT ?
        """, .text(body), .text(cases.last?.reference.description ?? ""),
        .integer(Self.askedPageLimit))
      cases += try page.map { row in
        AskedCase(
          reference: try CaseReference(parsing: try row.text("case_reference")),
          isTheirs: try row.text("made_to_them").utf8.map { $0 == UInt8(ascii: "1") },
          requestedOn: try row.day("requested_on"), dueOn: try row.day("due_on"))
      }
    } while page.count == Self.askedPageLimit
    return cases
  }

  private static var askedPageLimit: Int { 2_000 }
}

extension KeptRequest {
  fileprivate init(_ row: SQLRow) throws {
    guard let state = State(rawValue: try row.text("state")) else {
      throw SliceError.wrongType("state")
    }
    self.init(
      reference: try CaseReference(parsing: try row.text("case_reference")),
      body: try row.text("body"), isMandatory: try row.bool("mandatory"),
      requestedOn: try row.day("requested_on"), dueOn: try row.day("due_on"), state: state,
      failureCode: try row.optionalText("failure_code"))
  }
}

extension SQLRow {
  /// The day in a column.
  fileprivate func day(_ column: String) throws -> CalendarDate {
    guard let day = CalendarDate(try text(column)) else { throw SliceError.wrongType(column) }
    return day
  }
}
