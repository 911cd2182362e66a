import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// `recourse notice`: what is written to applicants, victims and bodies.
struct NoticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "What is written to people and bodies: show, release, amend, cancel, settle, write.",
    discussion: """
      Notices are written by themselves when something happens in a case, and go by ways that the person has said are \
      safe. What names somebody who is protected, or has no safe way, waits for a person.

      Examples:
        recourse notice list
        recourse notice show ID
        recourse notice release ID --digest DIGEST --officer 'A. Officer' --reason 'The street is named by both'
        recourse notice mailboxes
      """,
    subcommands: [
      List.self, Show.self, Release.self, Amend.self, Cancel.self, Settle.self, Write.self,
      Mailbox.self, Mailboxes.self,
    ])

  /// Which notice.
  struct Which: ParsableArguments {
    @Argument(
      help: ArgumentHelp("The notice, by its id; `recourse notice list` has it.", valueName: "id"))
    var id: String
  }

  /// Who does it, and why.
  struct Grounds: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Who does it.", valueName: "name"))
    var officer: String

    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String
  }

  /// The ways of a notice, as options name them.
  enum Channel: String, ExpressibleByArgument, CaseIterable {
    case email
    case sms
    case post
    case phone

    var message: Recourse_Correspondence_V1_NoticeChannel {
      switch self {
      case .email: .email
      case .sms: .sms
      case .post: .post
      case .phone: .phone
      }
    }
  }
}
