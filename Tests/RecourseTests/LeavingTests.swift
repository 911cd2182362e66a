import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import recourse

/// What `recourse status` and `recourse doctor` say of letters and referrals that do not leave by themselves.
@Suite struct LeavingTests {
  typealias Channel = Recourse_Correspondence_V1_NoticeChannel

  @Test(arguments: [
    (Channel.email, "e-mail", "mail"), (.post, "post", "print"), (.sms, "text message", "notify"),
  ])
  func `a way that letters wait for is told with the plugin that takes it`(
    channel: Channel, name: String, plugin: String
  ) throws {
    let way = Recourse_Correspondence_V1_UnservedChannel.with {
      $0.channel = channel
      $0.notices = 3
    }
    let finding = try #require(Leaving.letters([way], in: .elsewhere).first)
    #expect(finding.message == "No worker takes letters by \(name): 3 letters wait for it.")
    #expect(
      finding.wayOut.contains(
        "recourse plugin add \(plugin) --data \(DataDirectory.elsewhere.path)"))
    #expect(ShippedPlugins.names.contains(plugin))
    var picture = Picture.of(.serving())
    picture.leaving = [finding]
    #expect(picture.findings.inShort == ["note no-channel correspondence"])
    // The system works: whoever waits for all to be well is not told that it is not.
    #expect(!picture.findings.hasProblem)
  }

  @Test func `a call is made by somebody, and no plugin is named for it`() throws {
    let way = Recourse_Correspondence_V1_UnservedChannel.with {
      $0.channel = .phone
      $0.notices = 1
    }
    let finding = try #require(Leaving.letters([way], in: .elsewhere).first)
    #expect(finding.message.hasSuffix("by phone: 1 letter waits for it."))
    #expect(finding.wayOut.contains("notice settle") && !finding.wayOut.contains("plugin add"))
    #expect(Leaving.letters([], in: .elsewhere).isEmpty)
  }

  @Test func `referrals that lie there as files are told until they were fetched`() throws {
    try withDirectory { directory in
      #expect(RunningCheck.referrals(in: directory).findings.isEmpty)
      let folder = directory.outputDirectory(of: "support").appending(path: "referrals")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("{}".utf8).write(to: folder.appending(path: "a1.json"))
      try Data().write(to: folder.appending(path: "a1.sent"))
      let check = RunningCheck.referrals(in: directory)
      #expect(check.summary == "Files: 1.")
      #expect(check.findings.inShort == ["note referral-files \(folder.path)"])
      #expect(check.findings[0].message.hasPrefix("1 referral is a file here"))
      try FileManager.default.removeItem(at: folder.appending(path: "a1.json"))
      #expect(RunningCheck.referrals(in: directory).findings.isEmpty)
    }
  }
}
