import CaseModel
public import Messages
import SwiftProtobuf
import WorkerKit

/// A notice with everything defaulted, so that what a test sets is what it is about.
public struct StandInNotice: Sendable {
  public var id = "notice-1"
  public var attempt: UInt32 = 1
  public var channel: Recourse_Correspondence_V1_NoticeChannel
  public var subject = "A message from the council"
  public var text = "Dear Siân,\n\nthe threshold is met. Ŵyn & Sons' fence = 2 m.\n"
  public var html =
    "<!DOCTYPE html><html lang=\"en\"><head><title>Notice</title></head>"
    + "<body><h1>Notice</h1><p>Dear Siân,</p></body></html>"
  public var calendar = ""
  public var address: String
  public var name = "Siân Example"
  public var language = "en"

  public init(
    _ channel: Recourse_Correspondence_V1_NoticeChannel = .email, id: String = "notice-1",
    address: String = "someone@example.net"
  ) {
    self.channel = channel
    self.id = id
    self.address = address
  }

  var key: EventKey { get throws { try CaseReference(parsing: Self.reference).key } }

  /// A good one.
  private static let reference: String = {
    var numbers = Ones()
    return CaseReference(using: &numbers).description
  }()

  private struct Ones: RandomNumberGenerator {
    mutating func next() -> UInt64 { 1 }
  }

  func ready(servedBy: String) -> Recourse_Correspondence_V1_NoticeReady {
    .with {
      $0.caseReference = Self.reference
      $0.noticeID = id
      $0.kind = .thresholdMet
      $0.channel = channel
      $0.servedBy = servedBy
      $0.personKey = "applicant"
      $0.attempt = attempt
    }
  }

  var response: Recourse_Correspondence_V1_TakeNoticeResponse {
    .with {
      $0.noticeID = id
      $0.channel = channel
      $0.subject = subject
      $0.text = text
      $0.html = html
      $0.calendar = calendar
      $0.address = address
      $0.name = name
      $0.language = language
      $0.kind = .thresholdMet
    }
  }
}
