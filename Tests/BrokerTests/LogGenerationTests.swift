import Bus
import Foundation
import GRPCCore
import Messages
import Testing

@testable import Broker

/// A reader goes on in the history that it was told of, or is refused and told what to do.
@Suite("The log's generations")
struct LogGenerationTests {
  /// The log was restored twice: to position 5, and later to 8.
  static let generations = [
    LogGeneration.first, LogGeneration(number: 100, branchedAfter: 5),
    LogGeneration(number: 200, branchedAfter: 8),
  ]

  @Test(
    arguments: [
      (after: 0, generation: 0), (5, 1), (3, 1), (8, 100), (10, 200), (10, 0),
    ] as [(after: UInt64, generation: UInt32)])
  func `a reader goes on where its history is the log's`(after: UInt64, generation: UInt32) throws {
    var client = try LogClient(logHead: 10, generations: Self.generations)
    try client.open(
      1, "Read", LogClient.request(after: after, follow: true, generation: generation))
    #expect(client.heard().isEmpty)
    #expect(client.readsAsked().map(\.after) == (after < 10 ? [after] : []))
  }

  @Test(
    arguments: [
      (after: 6, generation: 1), (9, 1), (9, 100), (3, 99), (3, 201),
    ] as [(after: UInt64, generation: UInt32)])
  func `a reader of another history is refused and told what to do`(
    after: UInt64, generation: UInt32
  ) throws {
    var client = try LogClient(logHead: 10, generations: Self.generations)
    try client.open(
      1, "Read", LogClient.request(after: after, follow: true, generation: generation))
    let heard = client.heard()
    #expect(heard.map(\.code) == [.failedPrecondition])
    #expect(heard[0].statusFields?.status.message.contains("from the same backup") == true)
    #expect(client.readsAsked().isEmpty)
    #expect(client.place.core.calls.isEmpty)
  }

  @Test func `a reader that is further than the log is refused and told what to do`() throws {
    var client = try LogClient(logHead: 10)
    try client.open(1, "Read", LogClient.request(after: 11))
    let heard = client.heard()
    #expect(heard.map(\.code) == [.outOfRange])
    #expect(heard[0].statusFields?.status.message.contains("from the same backup") == true)
  }

  @Test func `a new log refuses the reader of another, and keeps its number`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      let own = try store.generations()
      try store.fill(1...12)
      try store.archiveWhatIsDue()
      try store.close()
      let again = try place.open()
      #expect(try again.generations() == own)
      try again.close()
      let other = try LogStore().generations()[0].number
      #expect(own.count == 1 && own[0].number > 1 && own[0].number != other)
      #expect(own[0].number < UInt32(Batch.recordedAt.timeIntervalSince1970))
      for (generation, codes) in [(other, [Status.Code.failedPrecondition]), (own[0].number, [])] {
        var client = try LogClient(logHead: 12, generations: own)
        try client.open(
          1, "Read", LogClient.request(after: 7, follow: true, generation: generation))
        #expect(client.heard().map(\.code) == codes)
      }
    }
  }

  @Test func `every page says the newest generation`() throws {
    var client = try LogClient(logHead: 10, generations: Self.generations)
    try client.open(1, "Read", LogClient.request(after: 5, generation: 1))
    client.page(1, [6], scanned: 10)
    #expect(try LogClient.pages(client.heard()).map(\.generation) == [200])
  }
}
