import CaseModel
import CorrespondenceRules
import WorkerKit

/// Lists notices: those of a case, or those of all cases that wait for a person. It tells what became of them, and
/// nothing that somebody wrote.
struct ListNotices {
  /// Notices in a page.
  static let pageLimit = 200
  /// Notices of one case that are looked at in one go.
  static let caseLimit = 10_000

  /// Nil for those of all cases that wait for a person.
  let reference: CaseReference?
  /// Only those to this person that are for them to read; empty for all.
  let person: String
  /// The id of the last notice of the page before; empty for the first page.
  let after: String

  struct Page: Sendable {
    var notices: [(notice: KeptNotice, steps: [KeptStep])] = []
    /// What is still to be written.
    var owed: [KeptOwed] = []
    var hasMore = false
    /// Channels that a worker has taken on.
    var served: Set<NoticeWay> = []
    /// Of all cases, on the first page: those that notices would go by and that none has taken on.
    var unserved: [(channel: NoticeWay, notices: Int)] = []
  }

  /// - Throws: the refusal `unknown-notice` if there is no notice of that id.
  func apply(in slice: SliceReader) throws -> Page {
    var place = 0
    if !after.isEmpty {
      guard let last = try slice.noticeIfAny(after) else { throw Refusal.unknownNotice }
      place = last.place
    }
    let limit = Self.pageLimit + 1
    let found =
      if let reference {
        try slice.listed(of: reference, to: person, after: place, limit: limit)
      } else {
        try slice.noticesForPeople(after: place, limit: limit)
      }
    var page = Page()
    page.served = Set(try slice.servedChannels().keys)
    if reference == nil, after.isEmpty { page.unserved = try slice.unservedChannels() }
    page.hasMore = found.count > Self.pageLimit
    for notice in found.prefix(Self.pageLimit) where isMeant(notice) {
      page.notices.append((notice, try slice.steps(of: notice)))
    }
    if let reference, person.isEmpty, !page.hasMore {
      page.owed = try slice.owed(in: reference).filter(\.isOpen)
    }
    return page
  }

  private func isMeant(_ notice: KeptNotice) -> Bool {
    person.isEmpty || notice.state.isForItsReader(held: notice.hold)
  }
}

/// Shows the exact text of a notice. Who read it and for what is put on record.
struct ReadNotice {
  /// What somebody reads it for. Raw values are what an operator approves and what the audit has.
  enum Purpose: String, Sendable, CaseIterable {
    /// To work on the case.
    case caseWork = "case-work"
    /// The person whom it is for reads it.
    case ownLetter = "own-letter"
  }

  /// Fields of the answer.
  enum Field: String, Sendable, CaseIterable {
    case subject
    case text
    case html
    case calendar
    case textMessage = "text_message"
    case phone
    /// Who did what to it, and why, in their words.
    case steps = "notice.steps"
  }

  let noticeID: String
  let purpose: Purpose
  /// Of one's own letter: whose, and in which case.
  let person: String
  let reference: CaseReference?
  let caller: Caller

  struct View: Sendable {
    let notice: KeptNotice
    let steps: [KeptStep]
    let fields: [Field]
  }

  /// The table of what each purpose is told.
  static func minimum(for purpose: Purpose) -> [Field] {
    switch purpose {
    case .caseWork: Field.allCases
    case .ownLetter: [.subject, .text, .html, .calendar]
    }
  }

  /// - Throws: the refusal `unknown-notice`, also if it is none of the person's.
  func apply(in tx: SliceTransaction) throws -> View {
    guard let notice = try tx.noticeIfAny(noticeID), isMeant(notice) else {
      throw Refusal.unknownNotice
    }
    let fields = try caller.fields(Self.minimum(for: purpose), for: purpose.rawValue)
    try tx.auditDisclosure(
      to: caller, "correspondence.read-notice", of: notice.reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue), grounds: notice.id)
    return View(notice: notice, steps: try tx.steps(of: notice), fields: fields)
  }

  private func isMeant(_ notice: KeptNotice) -> Bool {
    switch purpose {
    case .caseWork: reference == nil || notice.reference == reference
    case .ownLetter:
      notice.reference == reference && !person.isEmpty && notice.to.path == person
        && notice.state.isForItsReader(held: notice.hold)
    }
  }
}
