import ArgumentParser
import Messages
import SwiftProtobuf

extension NoticeCommand {
  /// `recourse notice mailbox`: where a body is written to.
  struct Mailbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mailbox",
      abstract: "Say where a body is written to; what was held for want of that goes on.",
      discussion: """
        It goes before the mailbox of the procedure, which stays as it is. Who said so, when and why is on record.

        Examples:
          recourse notice mailbox devon-and-cornwall-police asb@police.example --officer 'A. Officer' --reason 'Agreed in March'
          recourse notice mailbox metropolitan-police asb@police.example --area richmond --officer 'A. Officer' --reason 'Agreed'
          recourse notice mailbox livewest --none --officer 'A. Officer' --reason 'The office has closed'
        """)

    @Argument(help: ArgumentHelp("The body, by its key in the procedure.", valueName: "body"))
    var body: String

    @Argument(help: ArgumentHelp("An office's e-mail address.", valueName: "address"))
    var address: String?

    @Flag(name: .long, help: "Take back what was set; the procedure's own counts again.")
    var none = false

    @Option(
      name: .long,
      help: ArgumentHelp("The area, where several have a body of that key.", valueName: "area"))
    var area: String = ""

    @OptionGroup var grounds: Grounds
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if (address == nil) != none {
        throw ValidationError("Give either an address or --none.")
      }
    }

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        try await repetition.sending { key in
          try await connection.correspondence.setMailbox(
            .with {
              $0.body = body
              $0.address = address ?? ""
              $0.area = area
              $0.officer = grounds.officer
              $0.reason = grounds.reason
              $0.idempotencyKey = key
            }, options: Connection.limit())
        }
      }
      guard !output.json else {
        return Output.line(
          .object([
            ("mailbox", response.mailbox.json), ("notices", .number(Int(response.notices))),
            ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ]))
      }
      let mailbox = response.mailbox
      Output.line(
        mailbox.address.isEmpty
          ? "\(mailbox.name) has no mailbox; its notices wait for somebody who hands them over."
          : "\(mailbox.name) is written to at \(mailbox.address).")
      if response.notices > 0 {
        Output.line(
          response.notices == 1
            ? "1 notice was held for want of it, and goes on."
            : "\(response.notices) notices were held for want of it, and go on.")
      }
    }
  }

  /// `recourse notice mailboxes`: where bodies are written to.
  struct Mailboxes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mailboxes",
      abstract: "List the relevant bodies, and where each is written to.",
      discussion: """
        What a body without a mailbox is told waits for somebody who hands it over.

        Example: recourse notice mailboxes --area plymouth
        """)

    @Option(name: .long, help: ArgumentHelp("Of this area alone.", valueName: "area"))
    var area: String = ""

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let mailboxes = try await Connection.open(client) { connection in
        let head = try await connection.head()
        return try await connection.correspondence.listMailboxes(
          .with {
            $0.area = area
            $0.atLeastPosition = head
          }, options: Connection.limit()
        ).mailboxes
      }
      guard !output.json else {
        return Output.line(.object([("mailboxes", .list(mailboxes.map(\.json)))]))
      }
      guard !mailboxes.isEmpty else { return Output.line("No bodies.") }
      var table = Table("AREA", "BODY", "MAILBOX", "FROM")
      for mailbox in mailboxes {
        table.add(
          mailbox.area, mailbox.body, mailbox.address.isEmpty ? "-" : mailbox.address,
          mailbox.source)
      }
      table.print()
    }
  }
}

extension Recourse_Correspondence_V1_Mailbox {
  /// Who says where the body is written to.
  fileprivate var source: String {
    if !setOn.isEmpty { return "here, \(setOn)" }
    return address.isEmpty ? "" : "the procedure"
  }

  fileprivate var json: JSON {
    .object([
      ("area", .text(area)), ("body", .text(body)), ("name", .text(name)),
      ("address", .text(address)), ("setOn", .text(setOn)),
    ])
  }
}
