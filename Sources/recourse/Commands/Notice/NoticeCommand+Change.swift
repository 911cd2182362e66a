import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension NoticeCommand {
  /// `recourse notice release`: lets a held notice go.
  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Let a notice go that was held; the digest names the text that you have read.",
      discussion: """
        Example: recourse notice release ID --digest DIGEST --officer 'A. Officer' --reason 'Both live in that street'
        """)

    @OptionGroup var which: Which

    @Option(name: .long, help: ArgumentHelp("As `show` gives it.", valueName: "digest"))
    var digest: String

    @OptionGroup var grounds: Grounds

    @Option(name: .long, help: "By this one of the person's safe ways.")
    var channel: Channel?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        try await connection.correspondence.releaseNotice(
          .with {
            $0.noticeID = which.id
            $0.digest = digest
            $0.officer = grounds.officer
            $0.reason = grounds.reason
            $0.channel = channel?.message ?? .unspecified
          }, options: Connection.limit())
      }
      Output.change(response, asJSON: output.json)
    }
  }

  /// `recourse notice amend`: other words.
  struct Amend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "amend",
      abstract: "Replace the text of a notice that has not left; it is guarded like any.",
      discussion: """
        Example: recourse notice amend ID --digest DIGEST --text letter.txt --officer 'A. Officer' --reason 'A name taken out'
        """)

    @OptionGroup var which: Which

    @Option(name: .long, help: ArgumentHelp("As `show` gives it.", valueName: "digest"))
    var digest: String

    @Option(
      name: .long, help: ArgumentHelp("The new text; - for standard input.", valueName: "file"))
    var text: String

    @Option(name: .long, help: ArgumentHelp("The new subject; else as it was.", valueName: "text"))
    var subject: String = ""

    @OptionGroup var grounds: Grounds
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let words = String(decoding: try await Input.bytes(of: text), as: UTF8.self)
      let response = try await Connection.open(client) { connection in
        try await connection.correspondence.amendNotice(
          .with {
            $0.noticeID = which.id
            $0.digest = digest
            $0.subject = subject
            $0.text = words
            $0.officer = grounds.officer
            $0.reason = grounds.reason
          }, options: Connection.limit())
      }
      Output.change(response, asJSON: output.json)
    }
  }

  /// `recourse notice cancel`: it does not go.
  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Keep a notice from going that has not left.",
      discussion: """
        Example: recourse notice cancel ID --officer 'A. Officer' --reason 'Told on the telephone'
        """)

    @OptionGroup var which: Which
    @OptionGroup var grounds: Grounds
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        try await connection.correspondence.cancelNotice(
          .with {
            $0.noticeID = which.id
            $0.officer = grounds.officer
            $0.reason = grounds.reason
          }, options: Connection.limit())
      }
      Output.change(response, asJSON: output.json)
    }
  }

  /// `recourse notice settle`: what became of it, as a person knows.
  struct Settle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "settle",
      abstract: "Say what became of a notice that was carried out by hand, or is uncertain.",
      discussion: """
        --sent and --delivered are evidence, as if a channel had said so; --again sends it once more.

        Examples:
          recourse notice settle ID --sent --officer 'A. Officer' --reason 'Handed over at the meeting'
          recourse notice settle ID --again --officer 'A. Officer' --reason 'Not in the outbox of the server'
        """)

    enum Word: String, EnumerableFlag {
      case sent
      case delivered
      case failed
      case again

      static func help(for value: Word) -> ArgumentHelp? {
        switch value {
        case .sent: "It left."
        case .delivered: "It arrived."
        case .failed: "It did not arrive."
        case .again: "It did not leave, and goes again."
        }
      }

      fileprivate var message: Recourse_Correspondence_V1_NoticeState.Value {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .failed: .failed
        case .again: .ready
        }
      }
    }

    @OptionGroup var which: Which

    @Flag(exclusivity: .exclusive)
    var word: Word

    @OptionGroup var grounds: Grounds
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        try await connection.correspondence.settleNotice(
          .with {
            $0.noticeID = which.id
            $0.state = word.message
            $0.officer = grounds.officer
            $0.reason = grounds.reason
          }, options: Connection.limit())
      }
      Output.change(response, asJSON: output.json)
    }
  }
}

extension Output {
  /// What became of what was changed.
  static func change(
    _ response: Recourse_Correspondence_V1_NoticeChangeResponse, asJSON: Bool
  ) {
    guard asJSON else {
      return response.notices.isEmpty
        ? line("It is being written; `recourse notice list REF` shows what becomes of it.")
        : notices(response.notices)
    }
    line(
      .object([
        ("notices", .list(response.notices.map(\.json))),
        ("repeated", .bool(response.repeated)), ("logPosition", .position(response.logPosition)),
      ]))
  }
}
