import CaseModel
import CorrespondenceRules
import WorkerKit

extension SliceTransaction {
  /// Keeps a notice that was not there.
  func add(_ notice: KeptNotice) throws {
    let (person, key, body) = notice.to.stored
    let written = notice.written
    try execute(
      """
      INSERT INTO notice (notice_id, place, owed_id, case_reference, policy_digest, kind, person,
        person_key, body, state, hold_reason, language, template, subject, text, html, calendar,
        text_message, phone, digest, composed_on)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(notice.id), .integer(notice.place), .text(notice.owedID),
      .text(notice.reference.description), .text(notice.policyDigest), .text(notice.kind.rawValue),
      .text(person), .text(key), .text(body), .text(notice.state.rawValue),
      .optionalText(notice.hold?.rawValue), .text(written.language.rawValue),
      .text(written.template), .text(written.subject), .text(written.text), .text(written.html),
      .text(written.calendar), .text(written.textMessage), .text(written.phone),
      .text(written.digest), .text(notice.composedOn.description))
    try keep(notice)
  }

  /// Keeps what is different about a notice that is there.
  func keep(_ notice: KeptNotice) throws {
    let written = notice.written
    try execute(
      """
      UPDATE notice SET state = ?, hold_reason = ?, hold_parts = ?, channel = ?, preferred = ?,
        because = ?, language = ?, template = ?, subject = ?, text = ?, html = ?, calendar = ?,
        text_message = ?, phone = ?, digest = ?, released_digest = ?,
        released_parts = ?, released_channel = ?, attempt = ?,
        is_taken = ?, served_by = ?, rounds = ?, sent_on = ?, delivered_on = ?, failure_code = ?
      WHERE notice_id = ?
      """, .text(notice.state.rawValue), .optionalText(notice.hold?.rawValue),
      .text(notice.holdParts.joined(separator: ",")), .text(notice.channel?.rawValue ?? ""),
      .text(notice.preferred?.rawValue ?? ""), .text(notice.because),
      .text(written.language.rawValue), .text(written.template), .text(written.subject),
      .text(written.text), .text(written.html), .text(written.calendar),
      .text(written.textMessage), .text(written.phone), .text(written.digest),
      .text(notice.releasedDigest), .text(notice.releasedParts.joined(separator: ",")),
      .text(notice.releasedChannel?.rawValue ?? ""), .integer(notice.attempt),
      .bool(notice.isTaken), .text(notice.servedBy), .integer(notice.rounds),
      .text(notice.sentOn?.description ?? ""), .text(notice.deliveredOn?.description ?? ""),
      .text(notice.failureCode), .text(notice.id))
  }

  /// Notes for good what was done to a notice.
  func note(_ step: KeptStep, of notice: KeptNotice) throws {
    try execute(
      """
      INSERT INTO notice_step (notice_id, place, step, officer, reason, step_on)
      SELECT ?, COUNT(*), ?, ?, ?, ? FROM notice_step WHERE notice_id = ?
      """, .text(notice.id), .text(step.step.rawValue), .text(step.officer), .text(step.reason),
      .text(step.day.description), .text(notice.id))
  }

  /// The place of the next notice.
  func nextPlace() throws -> Int {
    try row("SELECT COALESCE(MAX(place), 0) + 1 AS place FROM notice")?.int("place") ?? 1
  }
}

extension SliceReader {
  private static let query =
    """
    SELECT notice_id, place, owed_id, case_reference, policy_digest, kind, person, person_key, body,
      state, hold_reason, hold_parts, channel, preferred, because, language, template, subject,
      text, html, calendar, text_message, phone, digest, released_digest, released_parts,
      released_channel, attempt, is_taken, served_by, rounds, composed_on, sent_on, delivered_on, failure_code FROM notice
    """

  /// As ``query``, with nothing of what was written but its language and template.
  private static let listQuery =
    """
    SELECT notice_id, place, owed_id, case_reference, policy_digest, kind, person, person_key, body,
      state, hold_reason, hold_parts, channel, preferred, because, language, template, '' AS subject,
      '' AS text, '' AS html, '' AS calendar, '' AS text_message, '' AS phone, digest,
      released_digest, released_parts, released_channel, attempt, is_taken, served_by, rounds,
      composed_on, sent_on, delivered_on, failure_code FROM notice
    """

  /// - Throws: ``UnknownNotice``.
  func notice(_ id: String) throws -> KeptNotice {
    guard let notice = try noticeIfAny(id) else { throw UnknownNotice() }
    return notice
  }

  /// Nil if there is none.
  func noticeIfAny(_ id: String) throws -> KeptNotice? {
    try row(Self.query + " WHERE notice_id = ?", .text(id)).map(KeptNotice.init)
  }

  /// The notice to a reader of what is owed; nil if it is not written yet.
  func notice(of owedID: String, to addressee: Addressee) throws -> KeptNotice? {
    let (person, key, body) = addressee.stored
    return try row(
      Self.query + " WHERE owed_id = ? AND person = ? AND person_key = ? AND body = ?",
      .text(owedID), .text(person), .text(key), .text(body)
    ).map(KeptNotice.init)
  }

  /// Those that were written because of what is owed, to each reader.
  func notices(of owed: KeptOwed) throws -> [KeptNotice] {
    try rows(Self.query + " WHERE owed_id = ? ORDER BY place", .text(owed.id)).map(KeptNotice.init)
  }

  /// Those of a case that come after a place, without their words: a list shows none.
  /// - Parameter person: only those to this person; empty for all.
  func listed(
    of reference: CaseReference, to person: String, after place: Int, limit: Int
  ) throws -> [KeptNotice] {
    try rows(
      Self.listQuery
        + " WHERE case_reference = ? AND place > ? AND (? = '' OR person = ?) ORDER BY place LIMIT ?",
      .text(reference.description), .integer(place), .text(person), .text(person), .integer(limit)
    ).map(KeptNotice.init)
  }

  /// Those of all cases that wait for a person, after a place.
  func noticesForPeople(after place: Int, limit: Int) throws -> [KeptNotice] {
    try rows(
      Self.listQuery
        + """
         WHERE state IN ('HELD', 'FAILED', 'UNCERTAIN') AND place > ? ORDER BY place LIMIT ?
        """, .integer(place), .integer(limit)
    ).map(KeptNotice.init)
  }

  /// Those that wait for a channel, and those that are ready for another worker, which has not taken them.
  func noticesToMove(to worker: String, on channel: NoticeWay) throws -> [KeptNotice] {
    try rows(
      Self.query
        + """
         WHERE channel = ? AND (state = 'WAITING' OR state = 'READY' AND is_taken = 0
          AND served_by <> ?) ORDER BY place
        """, .text(channel.rawValue), .text(worker)
    ).map(KeptNotice.init)
  }

  /// Those to a body that are held because it is not known where it is written to.
  func noticesWithoutWay(to body: String) throws -> [KeptNotice] {
    try rows(
      Self.query
        + " WHERE state = 'HELD' AND hold_reason = ? AND body = ? ORDER BY place",
      .text(NoticeHold.noSafeWay.rawValue), .text(body)
    ).map(KeptNotice.init)
  }

  /// What was done to a notice, in that order.
  func steps(of notice: KeptNotice) throws -> [KeptStep] {
    try rows(
      """
      SELECT step, officer, reason, step_on FROM notice_step WHERE notice_id = ? ORDER BY place
      """, .text(notice.id)
    ).map { row in
      guard let step = NoticeStep(rawValue: try row.text("step")),
        let day = CalendarDate(try row.text("step_on"))
      else { throw SliceError.wrongType("step") }
      return KeptStep(
        step: step, officer: try row.text("officer"), reason: try row.text("reason"), day: day)
    }
  }
}

extension Addressee {
  fileprivate var stored: (person: String, key: String, body: String) {
    switch self {
    case .person(let path, let key): (path, key, "")
    case .body(let body): ("", "", body)
    }
  }
}

extension KeptNotice {
  fileprivate init(_ row: SQLRow) throws {
    let body = try row.text("body")
    guard let kind = NoticeKind(rawValue: try row.text("kind")),
      let state = NoticeState(rawValue: try row.text("state")),
      let language = Language(rawValue: try row.text("language")),
      let composedOn = CalendarDate(try row.text("composed_on"))
    else { throw SliceError.wrongType("state") }
    self.init(
      id: try row.text("notice_id"), place: try row.int("place"),
      owedID: try row.text("owed_id"),
      reference: try CaseReference(parsing: try row.text("case_reference")),
      policyDigest: try row.text("policy_digest"), kind: kind,
      to: body.isEmpty
        ? .person(path: try row.text("person"), key: try row.text("person_key")) : .body(body),
      written: Written(
        language: language, template: try row.text("template"),
        subject: try row.text("subject"), text: try row.text("text"), html: try row.text("html"),
        calendar: try row.text("calendar"), textMessage: try row.text("text_message"),
        phone: try row.text("phone"), storedDigest: try row.text("digest")),
      state: state, composedOn: composedOn)
    hold = try row.optionalText("hold_reason").flatMap(NoticeHold.init)
    holdParts = try row.text("hold_parts").split(separator: ",").map(String.init)
    channel = NoticeWay(rawValue: try row.text("channel"))
    preferred = NoticeWay(rawValue: try row.text("preferred"))
    because = try row.text("because")
    releasedDigest = try row.text("released_digest")
    releasedParts = try row.text("released_parts").split(separator: ",").map(String.init)
    releasedChannel = NoticeWay(rawValue: try row.text("released_channel"))
    attempt = try row.int("attempt")
    isTaken = try row.bool("is_taken")
    servedBy = try row.text("served_by")
    rounds = try row.int("rounds")
    sentOn = CalendarDate(try row.text("sent_on"))
    deliveredOn = CalendarDate(try row.text("delivered_on"))
    failureCode = try row.text("failure_code")
  }
}
