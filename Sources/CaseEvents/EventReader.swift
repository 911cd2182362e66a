import CaseModel
import Foundation
import SwiftProtobuf

/// How the messages of all workers are read as facts, by their full names.
enum EventReader {
  typealias Read = @Sendable (Data) throws -> CaseEventFact

  static let all: [String: Read] = Dictionary(
    uniqueKeysWithValues: intake + threshold + panel + followUps + support + correspondence
      + plugins)

  /// - Parameter fact: what a message says; throws ``Unreadable`` if it lacks what it always says.
  static func reading<Event: Message>(
    _ event: Event.Type, _ fact: @escaping @Sendable (Event) throws -> CaseEventFact
  ) -> (String, Read) {
    (Event.protoMessageName, { try fact(Event(serializedBytes: $0)) })
  }
}

/// A message does not say what it always says.
struct Unreadable: Error {}

extension String {
  /// A day that exists.
  var day: CalendarDate {
    get throws {
      guard let day = CalendarDate(self) else { throw Unreadable() }
      return day
    }
  }

  /// A day that exists, or none at all.
  var dayIfAny: CalendarDate? {
    get throws { isEmpty ? nil : try day }
  }

  /// A text that is not empty.
  var present: String {
    get throws {
      guard !isEmpty else { throw Unreadable() }
      return self
    }
  }
}

extension [String] {
  /// A list that is not empty.
  var present: [String] {
    get throws {
      guard !isEmpty else { throw Unreadable() }
      return self
    }
  }
}
