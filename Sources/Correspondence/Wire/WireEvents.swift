import CaseModel
import CorrespondenceRules
import Messages
import SwiftProtobuf
import WorkerKit

// What goes out by event: opaque keys, days and codes, and nothing of what a notice says.

extension SliceTransaction {
  func announceReady(_ notice: KeptNotice) throws {
    try emit(
      Recourse_Correspondence_V1_NoticeReady.with {
        $0.caseReference = notice.reference.description
        $0.policyDigest = notice.policyDigest
        $0.noticeID = notice.id
        $0.kind = .init(notice.kind)
        $0.channel = .init(notice.channel)
        $0.servedBy = notice.servedBy
        $0.personKey = notice.to.personKey
        $0.body = notice.to.body
        $0.attempt = UInt32(clamping: notice.attempt)
      }, key: notice.reference.key)
  }

  func announceHeld(_ notice: KeptNotice) throws {
    try emit(
      Recourse_Correspondence_V1_NoticeHeld.with {
        $0.caseReference = notice.reference.description
        $0.policyDigest = notice.policyDigest
        $0.noticeID = notice.id
        $0.kind = .init(notice.kind)
        $0.reason = .init(notice.hold)
        $0.heldOn = today.description
        $0.personKey = notice.to.personKey
        $0.body = notice.to.body
      }, key: notice.reference.key)
  }

  func announceSent(_ notice: KeptNotice) throws {
    try emit(
      Recourse_Correspondence_V1_NoticeSent.with {
        $0.caseReference = notice.reference.description
        $0.policyDigest = notice.policyDigest
        $0.noticeID = notice.id
        $0.kind = .init(notice.kind)
        $0.channel = .init(notice.channel)
        $0.personKey = notice.to.personKey
        $0.body = notice.to.body
        $0.sentOn = notice.sentOn?.description ?? ""
        $0.instead = notice.preferred != nil
      }, key: notice.reference.key)
  }

  func announceDelivered(_ notice: KeptNotice) throws {
    try emit(
      Recourse_Correspondence_V1_NoticeDelivered.with {
        $0.caseReference = notice.reference.description
        $0.policyDigest = notice.policyDigest
        $0.noticeID = notice.id
        $0.deliveredOn = notice.deliveredOn?.description ?? ""
        $0.kind = .init(notice.kind)
        $0.personKey = notice.to.personKey
        $0.body = notice.to.body
      }, key: notice.reference.key)
  }

  func announceFailed(_ notice: KeptNotice, on day: CalendarDate) throws {
    try emit(
      Recourse_Correspondence_V1_NoticeFailed.with {
        $0.caseReference = notice.reference.description
        $0.policyDigest = notice.policyDigest
        $0.noticeID = notice.id
        $0.kind = .init(notice.kind)
        $0.code = notice.failureCode
        $0.failedOn = day.description
        $0.uncertain = notice.state == .uncertain
        $0.personKey = notice.to.personKey
        $0.body = notice.to.body
      }, key: notice.reference.key)
  }
}

extension Addressee {
  /// Empty for a body.
  var personKey: String {
    if case .person(_, let key) = self { key } else { "" }
  }

  /// By where the application names them; empty for a body.
  var path: String {
    if case .person(let path, _) = self { path } else { "" }
  }

  /// Empty for a person.
  var body: String {
    if case .body(let key) = self { key } else { "" }
  }
}
