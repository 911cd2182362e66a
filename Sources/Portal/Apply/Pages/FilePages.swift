import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Files that somebody adds: one at a time, kept by Intake, never shown in a page.
struct FilePages: Sendable {
  let desk: DraftDesk

  /// What Intake takes, as browsers name it.
  static let types = "image/jpeg,image/png,application/pdf,text/plain"
  /// Files of a draft.
  static let filesLimit = 10
  /// Bytes in one message of a file.
  private static let partBytes = 64 * 1024

  func show(_ visit: Visit, fault: String = "") async throws -> Reply {
    let open = try await desk.open(visit)
    let say = visit.say
    let rows = open.draft.files.map { file in
      SummaryRow(
        key: file.name, values: [Words("\(max(1, file.bytes / 1024)) KB")],
        changes: [
          .init(
            label: say("Remove", "Dileu"), of: file.name,
            address: visit.link("/apply/files/\(file.id)/remove"))
        ])
    }
    let hasRoom = rows.count < Self.filesLimit
    return .screen(
      Screen(
        say("Add files, if you have any", "Ychwanegu ffeiliau, os oes gennych rai"),
        [
          .p(
            say(
              "Such as photographs, letters or diary sheets. You can leave this out, and "
                + "add files later. What says where and when a picture was taken is removed "
                + "from it.",
              "Megis ffotograffau, llythyrau neu ddyddiaduron. Gallwch hepgor hyn, ac "
                + "ychwanegu ffeiliau'n ddiweddarach. Caiff yr hyn sy'n dweud ble a phryd y "
                + "tynnwyd llun ei ddileu ohono."
            )), .summary(rows),
        ]
          + (hasRoom
            ? [
              .form(
                Form(
                  visit.link("/apply/files"),
                  [
                    Field(
                      "file", say("Choose a file", "Dewis ffeil"),
                      hint: say(
                        "A picture (JPEG, PNG), PDF or plain text, up to 10 megabytes",
                        "Llun (JPEG, PNG), PDF neu destun plaen, hyd at 10 megabeit"),
                      .file(Self.types))
                  ], button: say("Add this file", "Ychwanegu'r ffeil hon"), isUpload: true))
            ] : []) + [
            .start(
              rows.isEmpty
                ? say("Go on without files", "Parhau heb ffeiliau") : say(CommonWords.continues),
              visit.link(Stop.check.path))
          ], back: visit.link(open.journey.previous(before: .files)?.path ?? "/"),
        faults: fault.isEmpty ? [] : [FieldFault(field: "file", message: fault)]))
  }

  func add(_ visit: Visit) async throws -> Reply {
    let say = visit.say
    let open = try await desk.open(visit)
    guard let file = visit.form.file, !file.bytes.isEmpty else {
      return try await show(
        visit, fault: say("Choose a file that is not empty", "Dewiswch ffeil nad yw'n wag"))
    }
    guard open.draft.files.count < Self.filesLimit else { return try await show(visit) }
    do {
      let kept = try await send(file, of: open.session, visit)
      try await desk.change(visit) { draft, _ in
        draft.files.append(
          .init(
            id: kept.attachmentID, name: kept.name, mediaType: kept.mediaType, bytes: kept.bytes))
      }
    } catch {
      switch Problem(any: error) {
      case .sessionEnded: throw error
      case .away:
        return try await show(
          visit,
          fault: say(
            "Files cannot be taken right now. Go on without: you can add them later.",
            "Ni ellir cymryd ffeiliau ar hyn o bryd. Parhewch hebddynt: gallwch eu "
              + "hychwanegu'n ddiweddarach."
          ))
      case .refused:
        return try await show(
          visit,
          fault: say(
            "We cannot take this file. Choose a JPEG, PNG, PDF or plain text file of up "
              + "to 10 megabytes.",
            "Ni allwn gymryd y ffeil hon. Dewiswch ffeil JPEG, PNG, PDF neu destun plaen "
              + "o hyd at 10 megabeit."
          ))
      default: throw error
      }
    }
    return .redirect(visit.link(Stop.files.path))
  }

  func askToRemove(_ visit: Visit) -> Reply {
    let say = visit.say
    let id = Self.id(visit)
    return .screen(
      Screen(
        say("Remove this file?", "Dileu'r ffeil hon?"),
        [
          .form(
            Form(
              visit.link("/apply/files/\(id)/remove"), [],
              button: say("Yes, remove it", "Ie, ei dileu"), isSerious: true)),
          .p(.link(say("No, keep it", "Na, ei chadw"), visit.link(Stop.files.path))),
        ], back: visit.link(Stop.files.path)))
  }

  func remove(_ visit: Visit) async throws -> Reply {
    let session = try visit.needingSession()
    let id = Self.id(visit)
    _ = try await visit.workers.attachments.remove(
      .with {
        $0.session = session.token
        $0.attachmentID = id
      }, options: Workers.limit)
    try await desk.change(visit) { draft, _ in draft.files.removeAll { $0.id == id } }
    return .redirect(visit.link(Stop.files.path))
  }

  /// An id of ours; empty for anything else.
  private static func id(_ visit: Visit) -> String {
    let id = visit.parameters["file"] ?? ""
    let isPlain =
      id.utf8.count <= 64
      && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return isPlain ? id : ""
  }

  private func send(
    _ file: PostedFile, of session: Session, _ visit: Visit
  ) async throws -> Recourse_Intake_V1_AttachmentOnRecord {
    try await visit.workers.attachments.add(
      options: Workers.limit,
      requestProducer: { writer in
        try await writer.write(
          .with {
            $0.opening = .with {
              $0.session = session.token
              $0.name = file.name
              $0.idempotencyKey = RandomKey.make()
            }
          })
        for start in stride(from: 0, to: file.bytes.count, by: Self.partBytes) {
          let end = min(start + Self.partBytes, file.bytes.count)
          try await writer.write(.with { $0.bytes = .init(file.bytes[start..<end]) })
        }
      })
  }
}
