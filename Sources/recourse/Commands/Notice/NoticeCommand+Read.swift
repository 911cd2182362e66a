import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension NoticeCommand {
  /// `recourse notice list`: what became of notices.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the notices of a case, or those of all cases that wait for a person.",
      discussion: """
        Without a reference: those that are held, that failed, or of which nobody knows whether they left.

        Examples:
          recourse notice list
          recourse notice list REF
        """)

    @Argument(help: ArgumentHelp("The case; else all cases.", valueName: "ref"))
    var reference: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try self.reference.map(checked) ?? ""
      let notices = try await Connection.open(client) { connection in
        try await connection.notices(of: reference)
      }
      if output.json {
        Output.line(.object([("notices", .list(notices.map(\.json)))]))
      } else {
        Output.notices(notices)
        let waiting = notices.filter(\.awaitsServer)
        if !waiting.isEmpty {
          Output.line(
            "What waits for a worker that takes letters by its way: \(waiting.count); `recourse status` says what helps."
          )
        }
      }
    }

    private func checked(_ text: String) throws -> String {
      do {
        return try CaseReference(parsing: text).description
      } catch {
        throw Failure.input(error.code, path: "REF", "\(error).".capitalizedSentence)
      }
    }
  }

  /// `recourse notice show`: exactly what goes out, or went.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show a notice with its exact text; that it was read is put on record.",
      discussion: """
        The digest names the text: whoever releases or amends a notice repeats it.

        Examples:
          recourse notice show ID
          recourse notice show ID --part html --out letter.html
        """)

    enum Part: String, ExpressibleByArgument, CaseIterable {
      case text
      case html
      case calendar
      case message
      case phone
    }

    @OptionGroup var which: Which

    @Option(
      name: .long,
      help:
        "Which part: the text, the page, the calendar entry, the text message, or what may be said when ringing."
    )
    var part = Part.text

    @Option(name: .long, help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let read = try await Connection.open(client) { connection in
        try await connection.correspondence.readNotice(
          .with {
            $0.noticeID = which.id
            $0.purpose = .caseWork
          }, options: Connection.limit())
      }
      let words =
        switch part {
        case .text: read.text
        case .html: read.html
        case .calendar: read.calendar
        case .message: read.textMessage
        case .phone: read.phone
        }
      if output.json {
        Output.line(
          .object([
            ("notice", read.notice.json), ("subject", .text(read.subject)),
            ("text", .text(read.text)), ("html", .text(read.html)),
            ("calendar", .text(read.calendar)), ("textMessage", .text(read.textMessage)),
            ("phone", .text(read.phone)),
          ]))
        return
      }
      if out == nil { for line in heading(read) { Output.line(line) } }
      try Output.text(words, to: out)
    }

    private func heading(_ read: Recourse_Correspondence_V1_ReadNoticeResponse) -> [String] {
      let notice = read.notice
      var lines = [
        "\(Naming.name(of: notice.kind)) to \(notice.reader) in \(notice.caseReference): "
          + notice.standing
      ]
      if !notice.insteadBecause.isEmpty { lines.append(notice.insteadBecause) }
      if !notice.holdParts.isEmpty {
        lines.append("The guard stopped at: \(notice.holdParts.joined(separator: ", "))")
      }
      for step in notice.steps {
        lines.append(
          "\(step.on)  \(step.step) by \(step.officer)"
            + (step.reason.isEmpty ? "" : ": \(step.reason)"))
      }
      lines.append("Digest: \(notice.digest)")
      if !read.subject.isEmpty { lines.append("Subject: \(read.subject)") }
      return lines + [""]
    }
  }
}
