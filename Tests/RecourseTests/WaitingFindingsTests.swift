import Broker
import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import recourse

/// What `recourse status` says of those who wait for approval, as the broker tells: with no file of rights at hand.
@Suite struct WaitingFindingsTests {
  private static func picture(
    of status: Recourse_Worker_V1_StatusResponse?, waiting principals: String...
  ) -> Picture {
    var picture = Picture.of(status)
    picture.waiting = principals.map { principal in
      .with {
        $0.principal = principal
        $0.why = "\(principal) asks for more than is approved (calls t.S/M)"
      }
    }
    return picture
  }

  @Test func `who was never let in, and so has no line, is told all the same`() {
    let picture = Self.picture(of: .serving(), waiting: "outreach")
    #expect(picture.findings.inShort == ["problem not-approved outreach"])
    #expect(picture.findings[0].message.contains("calls t.S/M"))
    #expect(picture.findings[0].wayOut.hasPrefix("Where the broker's data is, see it: "))
  }
}

/// What `recourse doctor` and whatever starts say where rights are gone.
@Suite struct LostRightsTests {
  @Test func `rights that were approved once and are gone are told, and not approved anew`() throws
  {
    try withDirectory { directory in
      try KeyKeeper(directory.keys).prepare([])
      let keeper = RightsKeeper(directory)
      #expect(keeper.lost == nil)
      #expect(try keeper.prepare())
      #expect(try !keeper.prepare())
      try FileManager.default.removeItem(atPath: directory.approvals.path)
      let failure = try #require(throws: Failure.self) { try keeper.prepare() }
      #expect(failure.code == "rights-lost" && failure.path == directory.approvals.path)
      #expect(!directory.approvals.exists)
      #expect(
        KeysCheck.rights(of: directory).findings.inShort == [
          "problem rights-lost \(directory.approvals.path)"
        ])
      // A broker that runs keeps there what everybody asks for in vain from then on.
      try FileManager.default.createDirectory(
        atPath: "\(directory.approvals.path)/asked", withIntermediateDirectories: true)
      try directory.write("{}", "rights/asked/intake.json")
      #expect(keeper.lost == failure)
      _ = try keeper.approve("intake")
      #expect(keeper.lost == nil)
    }
  }

  @Test func `what is approved is what was seen`() throws {
    try withDirectory { directory in
      let keeper = RightsKeeper(directory)
      let digest = try #require(try keeper.row("intake").digest)
      let other = Recourse_Bus_V1_Manifest.with { $0.calls = ["t.S/M"] }
      let failure = try #require(throws: Failure.self) {
        try keeper.approve("intake", other, seen: digest)
      }
      #expect(failure.code == "other-than-seen")
      #expect(try directory.approvals.approved(for: "intake") == nil)
      _ = try keeper.approve("intake", seen: digest)
      #expect(try keeper.row("intake").lacking.isEmpty)
    }
  }
}
