import ArgumentParser
import CaseModel
import Foundation
import GRPCCore
import Glibc
import Messages
import SwiftProtobuf

/// `recourse case attachment`: files that came with a case or later.
struct AttachmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachment",
    abstract: "List the files of a case, save one of them, or add one.",
    subcommands: [List.self, Save.self, Add.self])

  /// `recourse case attachment list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the files that a person added to their case.",
      discussion: """
        That they were listed is in Intake's audit, and the person sees it.

        Example: recourse case attachment list 4F7K-2M98 --data DIR
        """)

    @OptionGroup var argument: CaseArgument
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked.description
      let files = try await Connection.open(client) { connection in
        try await connection.files(of: reference)
      }
      guard !output.json else {
        return Output.line(
          .object([
            ("reference", .text(reference)), ("attachments", .list(files.map(\.json))),
          ]))
      }
      guard !files.isEmpty else { return Output.line("\(reference) has no files.") }
      var table = Table("ID", "TYPE", "BYTES", "ADDED", "NAME")
      for file in files {
        table.add(file.attachmentID, file.mediaType, "\(file.bytes)", file.addedOn, file.name)
      }
      for line in table.lines { Output.line(line) }
    }
  }

  /// `recourse case attachment save`.
  struct Save: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "save",
      abstract: "Save one file of a case, to be opened elsewhere.",
      discussion: """
        Who saved it and why is in Intake's audit, and the person sees that it was read. The file is \
        somebody else's: open it where nothing of it can do harm. A PDF is as the person sent it, with \
        what it says of its author. Nothing that exists is overwritten.

        Example: recourse case attachment save REF ID --out picture.jpg --officer 'A. Officer' --reason 'Panel'
        """)

    @OptionGroup var argument: CaseArgument

    @Argument(help: ArgumentHelp("Which file, from the list.", valueName: "id"))
    var id: String

    @Option(name: .long, help: ArgumentHelp("Where to save it.", valueName: "file"))
    var out: String

    @Option(name: .long, help: ArgumentHelp("Who reads it.", valueName: "name"))
    var officer: String

    @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
    var reason: String

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked.description
      let request = Recourse_Intake_V1_ReadAttachmentRequest.with {
        $0.attachmentID = id
        $0.officer = officer
        $0.reason = reason
      }
      let bytes = try await Connection.open(client) { connection in
        guard try await connection.files(of: reference).contains(where: { $0.attachmentID == id })
        else {
          throw Failure.input(
            "unknown-attachment", path: "ID", "\(reference) has no such file, or not any more."
          ).with(wayOut: "`recourse case attachment list` shows all there are.")
        }
        return try await connection.attachments.read(
          request, options: Connection.limit(.seconds(60))
        ) { response in
          var bytes = Data()
          for try await part in response.messages { bytes += part.bytes }
          return bytes
        }
      }
      try write(bytes)
      if output.json {
        Output.line(
          .object([
            ("reference", .text(reference)), ("attachment", .text(id)),
            ("bytes", .number(bytes.count)),
          ]))
      } else {
        Output.line("Saved \(bytes.count) bytes.")
      }
    }

    /// So that nobody else on this machine reads it.
    private func write(_ bytes: Data) throws {
      let failure = Failure.input(
        "cannot-write", path: "--out", "The file cannot be written there, or is there already.")
      let descriptor = Glibc.open(out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw failure }
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      do { try file.write(contentsOf: bytes) } catch { throw failure }
    }
  }
}

extension Connection {
  fileprivate func files(
    of reference: String
  ) async throws -> [Recourse_Intake_V1_AttachmentOnRecord] {
    let request = Recourse_Intake_V1_ListAttachmentsRequest.with { $0.caseReference = reference }
    return try await attachments.list(request, options: Connection.limit()).attachments
  }
}

extension Recourse_Intake_V1_AttachmentOnRecord {
  var json: JSON {
    .object([
      ("id", .text(attachmentID)), ("name", .text(name)), ("mediaType", .text(mediaType)),
      ("bytes", .number(Int(clamping: bytes))), ("addedOn", .text(addedOn)),
    ])
  }
}
