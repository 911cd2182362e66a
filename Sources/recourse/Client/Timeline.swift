import CaseEvents
import CaseModel
import Foundation
import SwiftProtobuf

extension CaseTimeline.Entry {
  /// When it happened, to the second.
  var moment: String {
    Moment.text(Date(timeIntervalSince1970: occurredAt.timeIntervalSince1970.rounded(.down)))
  }

  var json: JSON {
    .object([
      ("position", .position(position)), ("occurredAt", .text(Moment.text(occurredAt))),
      ("worker", .text(worker)), ("type", .text(shortType)), ("text", .text(fact.line)),
    ])
  }
}

/// Moments as RFC 3339 writes them.
enum Moment {
  /// In UTC; empty for a moment that cannot be written so.
  static func text(_ date: Date) -> String {
    text(Google_Protobuf_Timestamp(date: date))
  }

  /// In UTC; empty for a moment that cannot be written so.
  static func text(_ timestamp: Google_Protobuf_Timestamp) -> String {
    // Its JSON is the text between two quotation marks.
    (try? timestamp.jsonString())?.trimmingCharacters(in: ["\""]) ?? ""
  }

  /// Nil if the text is no moment with a time and a zone.
  static func read(_ text: String) -> Date? {
    (try? Google_Protobuf_Timestamp(jsonString: JSON.text(text).line))?.date
  }
}
