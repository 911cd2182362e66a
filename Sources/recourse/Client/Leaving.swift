import Foundation
import GRPCCore
import Messages

/// What is to leave this installation and does not by itself: letters by ways that no worker takes on, and referrals that
/// are files.
enum Leaving {
  /// What Correspondence says of the ways that letters wait for.
  /// - Returns: nothing where it does not answer: that is told of it already.
  static func letters(_ connection: Connection) async throws -> [Finding] {
    do {
      let listed = try await connection.correspondence.listNotices(
        .init(), options: Connection.limit(Picture.answerLimit))
      return letters(listed.unserved, in: connection.directory)
    } catch is RPCError {
      try Task.checkCancellation()
      return []
    }
  }

  /// A note for each way.
  static func letters(
    _ unserved: [Recourse_Correspondence_V1_UnservedChannel], in directory: DataDirectory
  ) -> [Finding] {
    unserved.map { way in
      let name = words(for: way.channel)
      let count = way.notices == 1 ? "1 letter waits" : "\(way.notices) letters wait"
      return .note(
        "no-channel", "correspondence", "No worker takes letters by \(name): \(count) for it.",
        wayOut: plugin(for: way.channel).map { plugin in
          "Let one in: recourse plugin add \(plugin) --data \(directory.path). What waited for longer than a day is "
            + "then let go by a person: recourse notice list."
        } ?? "Somebody does it by hand, and says so: recourse notice settle.")
    }
  }

  private static func words(
    for channel: Recourse_Correspondence_V1_NoticeChannel
  ) -> String {
    switch channel {
    case .email: "e-mail"
    case .sms: "text message"
    case .post, .phone, .unspecified, .UNRECOGNIZED: Naming.words(of: Naming.name(of: channel))
    }
  }

  /// The plugin that ships and takes letters by a way; nil where there is none.
  private static func plugin(for channel: Recourse_Correspondence_V1_NoticeChannel) -> String? {
    switch channel {
    case .email: "mail"
    case .post: "print"
    case .sms: "notify"
    case .phone, .unspecified, .UNRECOGNIZED: nil
    }
  }

  /// The folder in which Support puts referrals to agencies that no worker serves.
  static func referralsPath(_ directory: DataDirectory) -> String {
    directory.outputDirectory(of: "support").appending(path: "referrals").path
  }

  /// How many referrals lie there and have not been fetched.
  static func referralFiles(in directory: DataDirectory) -> Int {
    let names = try? FileManager.default.contentsOfDirectory(atPath: referralsPath(directory))
    return (names ?? []).count { $0.hasSuffix(".json") }
  }

  /// A note while there are any.
  static func referrals(in directory: DataDirectory) -> [Finding] {
    let number = referralFiles(in: directory)
    guard number > 0 else { return [] }
    let count = number == 1 ? "1 referral is a file" : "\(number) referrals are files"
    return [
      .note(
        "referral-files", referralsPath(directory),
        "\(count) here, for somebody to take to the agency: no worker takes them there.",
        wayOut:
          "Take each to its agency and remove it. For those to come: recourse plugin add victim-support "
          + "--data \(directory.path), where the agency has an interface.")
    ]
  }
}
