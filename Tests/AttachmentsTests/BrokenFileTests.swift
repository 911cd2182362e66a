import Foundation
import Testing

@testable import Attachments

/// Files that something went wrong with on their way, or that somebody has tampered with: nothing falls over, and what is
/// taken is taken again as it is.
@Suite struct BrokenFileTests {
  /// Of each file, so many variants.
  private static let variants =
    ProcessInfo.processInfo.environment["RECOURSE_TEST_BUDGET"] == "all" ? 20_000 : 300

  @Test(arguments: Fixture.pictures + Fixture.papers)
  func `whatever is done to a file, it is refused or kept clean`(name: String) throws {
    var chance = Chance(state: 7)
    let whole = try Fixture.bytes(name)
    var taken = 0
    for _ in 0..<Self.variants {
      let sent = chance.changed(whole)
      guard let kept = try? CleanFile(cleaning: sent) else { continue }
      taken += 1
      #expect(try CleanFile(cleaning: kept.bytes) == kept)
      #expect(kept.bytes.count <= sent.count + 64)
      if kept.type != .pdf { #expect(!kept.bytes.contains(run: Fixture.marker)) }
    }
    // Else nothing was tried.
    #expect(taken > 0)
  }

  @Test func `parts of one file in another are refused or kept clean`() throws {
    var chance = Chance(state: 11)
    let files = try (Fixture.pictures + Fixture.papers).map { try Fixture.bytes($0) }
    for _ in 0..<Self.variants {
      let (one, other) = (files[chance.below(files.count)], files[chance.below(files.count)])
      let sent =
        Array(one.prefix(chance.below(one.count) + 1))
        + Array(other.dropFirst(chance.below(other.count)))
      if let kept = try? CleanFile(cleaning: sent) {
        #expect(try CleanFile(cleaning: kept.bytes) == kept)
      }
    }
  }
}

/// The same each time: Knuth's linear congruences.
private struct Chance {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(limit, 1)))
  }

  mutating func changed(_ whole: [UInt8]) -> [UInt8] {
    var bytes = whole
    for _ in 0...below(3) {
      let place = below(bytes.count)
      switch below(4) {
      case 0: bytes[place] = UInt8(below(256))
      case 1 where bytes.count > 1: bytes.remove(at: place)
      case 2: bytes.insert(UInt8(below(256)), at: place)
      default: bytes = Array(bytes.prefix(max(1, bytes.count - below(40))))
      }
    }
    return bytes
  }
}
