import Foundation
import Messages
import SwiftProtobuf
import Testing

/// Bytes that were stored once decode for ever, to what they said then.
@Suite struct StoredEventTests {
  @Test(arguments: StoredEvent.all)
  func `a stored event decodes to what it said when it was stored`(_ event: StoredEvent) throws {
    let stored = try GoldenEvents.read().filter { $0.type == event.type }
    let newest = try #require(stored.last)
    #expect(try event.isSaid(newest.payload))
    for older in stored { #expect(try event.decodes(older.payload)) }
  }

  @Test func `every declared event is in the golden file, and every one there has its test`() throws
  {
    let declared = try Declarations.events().sorted()
    #expect(Set(try GoldenEvents.read().map(\.type)).sorted() == declared)
    #expect(StoredEvent.all.map(\.type).sorted() == declared)
  }
}

/// What the newest bytes of a type say.
struct StoredEvent: Sendable, CustomTestStringConvertible {
  let type: String
  let isSaid: @Sendable (Data) throws -> Bool
  /// No field of the bytes is unknown.
  let decodes: @Sendable (Data) throws -> Bool

  var testDescription: String { type }

  init<Event: Message & Equatable & Sendable>(_ fill: (inout Event) -> Void) {
    var event = Event()
    fill(&event)
    type = Event.protoMessageName
    isSaid = { [event] in try Event(serializedBytes: $0) == event }
    decodes = { try Event(serializedBytes: $0).unknownFields.data.isEmpty }
  }
}

/// Reads `Golden/events.txt`; its head says how it is written.
enum GoldenEvents {
  struct Malformed: Error {}

  static func read() throws -> [(type: String, payload: Data)] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/events.txt")
    var events: [(type: String, payload: Data)] = []
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("#") { continue }
      if line.hasPrefix("event ") {
        events.append((String(line.dropFirst(6)), Data()))
        continue
      }
      var digits = line.drop { $0 == " " }
      guard let last = events.indices.last, digits.count.isMultiple(of: 2) else {
        throw Malformed()
      }
      while !digits.isEmpty {
        guard let byte = UInt8(digits.prefix(2), radix: 16) else { throw Malformed() }
        events[last].payload.append(byte)
        digits = digits.dropFirst(2)
      }
    }
    return events
  }
}
