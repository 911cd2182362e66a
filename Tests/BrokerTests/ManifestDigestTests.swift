import Messages
import SwiftProtobuf
import Testing

@testable import Broker

@Suite("Digests of what is asked for")
struct ManifestDigestTests {
  typealias Manifest = Recourse_Bus_V1_Manifest

  private static let digest = ManifestDigest.text(of: RightsFixture.asks, for: "ask")

  @Test func `the same manifest has the same digest, however its names are ordered`() {
    var other = RightsFixture.asks
    other.calls.reverse()
    other.calls.append(other.calls[0])
    other.quota.openCalls = 7
    #expect(ManifestDigest.text(of: other, for: "ask") == Self.digest)
    #expect(Self.digest.split(separator: "-").map(\.count) == Array(repeating: 4, count: 8))
  }

  static let changes: [@Sendable (inout Manifest) -> Void] = [
    { $0.serves.append("t.T") }, { $0.calls.append("t.S/O") }, { $0.calls.removeLast() },
    { $0.publishes.append("t.Other") }, { $0.subscribes.removeFirst() },
    { $0.readsByKey = false },
    {
      $0.disclosures = [
        .with {
          $0.method = "t.S/M"
          $0.purposes = ["help"]
          $0.fields = ["name"]
        }
      ]
    },
  ]

  @Test(arguments: changes.indices)
  func `whatever is asked for more or less, the digest is another`(_ index: Int) {
    var other = RightsFixture.asks
    Self.changes[index](&other)
    #expect(ManifestDigest.text(of: other, for: "ask") != Self.digest)
  }

  @Test func `the same asked for by another has another digest`() {
    #expect(ManifestDigest.text(of: RightsFixture.asks, for: "answer") != Self.digest)
  }

  @Test func `a digest is read as a person types it`() {
    let plain = Self.digest.filter { $0 != "-" }.uppercased()
    #expect(ManifestDigest.isSame(" \(plain) ", as: Self.digest))
    #expect(!ManifestDigest.isSame(String(Self.digest.dropLast()), as: Self.digest))
    #expect(!ManifestDigest.isSame("", as: Self.digest))
  }
}
