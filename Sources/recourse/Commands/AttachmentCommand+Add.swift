import ArgumentParser
import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

extension AttachmentCommand {
  /// `recourse case attachment add`: a file that somebody handed over on paper, by mail or in person.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add a file to a case for whoever applied.",
      discussion: """
        It is looked at as one that the person sends themselves: what it is is told from its bytes, a picture loses \
        what tells where and with what it was taken, and a scanner looks at it where one is configured. Ten files and 40 MiB \
        in all are taken. Who added it is in Intake's audit; the person sees the file with their case.

        Example: recourse case attachment add REF diary.pdf --officer 'A. Officer'
        """)

    /// Intake takes as much.
    static let fileBytesLimit = 10 * 1024 * 1024
    /// Bytes of one message.
    static let partBytes = 64 * 1024
    static let answerLimit: Duration = .seconds(60)

    @OptionGroup var argument: CaseArgument

    @Argument(help: ArgumentHelp("The file, or - for standard input.", valueName: "file"))
    var file: String

    @Option(
      name: .long,
      help: ArgumentHelp("What the file is called, else its own name.", valueName: "name"))
    var name: String?

    @Option(name: .long, help: ArgumentHelp("Who adds it.", valueName: "name"))
    var officer: String

    @OptionGroup var client: ClientOptions
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked.description
      let opening = Recourse_Intake_V1_AddAttachmentPart.Opening.with {
        $0.caseReference = reference
        $0.officer = officer
        $0.name = name ?? (file == "-" ? "file" : URL(filePath: file).lastPathComponent)
      }
      let added = try await Connection.open(client) { connection in
        let bytes = Data(try await Input.bytes(of: file, limit: Self.fileBytesLimit))
        return try await repetition.sending { key in
          try await connection.add(bytes, opening, key: key)
        }
      }
      if output.json {
        Output.line(.object([("reference", .text(reference)), ("attachment", added.json)]))
      } else {
        Output.line("Added as \(added.attachmentID): \(added.mediaType), \(added.bytes) bytes.")
      }
    }
  }
}

extension Connection {
  fileprivate func add(
    _ bytes: Data, _ opening: Recourse_Intake_V1_AddAttachmentPart.Opening, key: String
  ) async throws -> Recourse_Intake_V1_AttachmentOnRecord {
    try await attachments.add(
      options: Connection.limit(AttachmentCommand.Add.answerLimit),
      requestProducer: { writer in
        try await writer.write(
          .with {
            $0.opening = opening
            $0.opening.idempotencyKey = key
          })
        for start in stride(from: 0, to: bytes.count, by: AttachmentCommand.Add.partBytes) {
          let end = min(start + AttachmentCommand.Add.partBytes, bytes.count)
          try await writer.write(.with { $0.bytes = bytes[start..<end] })
        }
      })
  }
}
