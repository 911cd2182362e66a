import Messages
import SwiftProtobuf
import WorkerKit

/// The files of a case, for the person whose it is: add, save to their own device, remove. None is shown in a page.
enum CaseFiles {
  static let routes: [Route] = [
    .get("/case/files") { try await show($0) },
    .post("/case/files", rate: .uploading, bodyBytesLimit: PortalBounds.uploadBytesLimit) {
      try await add($0)
    },
    .get("/case/files/{file}") { try await save($0) },
    .get("/case/files/{file}/remove") { .screen(question($0)) },
    .post("/case/files/{file}/remove") { try await remove($0) },
  ]

  private static func show(_ visit: Visit, fault: String = "") async throws -> Reply {
    let say = visit.say
    let session = try visit.needingSession()
    // Files of an application that was not handed in have a page of their own.
    _ = try await visit.workers.door.getOwnCase(
      .with { $0.session = session.token }, options: Workers.limit)
    let files = try await visit.workers.attachments.list(
      .with { $0.session = session.token }, options: Workers.limit
    ).attachments
    let rows = files.map { file in
      SummaryRow(
        key: file.name, values: [Words("\(max(1, file.bytes / 1024)) KB")],
        changes: [
          .init(
            label: say("Save", "Cadw"), of: file.name,
            address: visit.link("/case/files/\(file.attachmentID)")),
          .init(
            label: say("Remove", "Dileu"), of: file.name,
            address: visit.link("/case/files/\(file.attachmentID)/remove")),
        ])
    }
    var blocks: [Block] = [
      .p(
        say(
          "What says where and when a picture was taken is removed from it. Who reads a file is "
            + "shown under who has opened your case.",
          "Caiff yr hyn sy'n dweud ble a phryd y tynnwyd llun ei ddileu ohono. Dangosir pwy sy'n "
            + "darllen ffeil o dan bwy sydd wedi agor eich achos.")),
      rows.isEmpty
        ? .p(say("You have added no files.", "Nid ydych wedi ychwanegu unrhyw ffeiliau."))
        : .summary(rows),
    ]
    if rows.count < FilePages.filesLimit {
      blocks.append(FileSending.form(to: visit.link("/case/files"), say))
    }
    return .screen(
      Screen(
        say("Your files", "Eich ffeiliau"), blocks, back: visit.link("/case"),
        faults: fault.isEmpty ? [] : [FieldFault(field: "file", message: fault)],
        status: fault.isEmpty ? 200 : 400))
  }

  private static func add(_ visit: Visit) async throws -> Reply {
    let session = try visit.needingSession()
    guard let file = visit.form.file, !file.bytes.isEmpty else {
      return try await show(
        visit, fault: visit.say("Choose a file that is not empty", "Dewiswch ffeil nad yw'n wag"))
    }
    do {
      _ = try await FileSending.send(file, of: session, visit)
    } catch {
      guard let words = FileFault.words(of: Problem(any: error), visit.say) else { throw error }
      return try await show(visit, fault: words)
    }
    return .redirect(visit.link("/case/files"))
  }

  private static func save(_ visit: Visit) async throws -> Reply {
    let session = try visit.needingSession()
    let (record, bytes) = try await FileSending.read(
      visit.parameters["file"] ?? "", of: session, visit)
    return Reply(content: .file(name: record.name, mediaType: record.mediaType, bytes))
  }

  private static func question(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Remove this file?", "Dileu'r ffeil hon?"),
      [
        .form(
          Form(
            visit.link("/case/files/\(FileSending.id(visit))/remove"), [],
            button: say("Yes, remove it", "Ie, ei dileu"), isSerious: true)),
        .p(.link(say("No, keep it", "Na, ei chadw"), visit.link("/case/files"))),
      ], back: visit.link("/case/files"))
  }

  private static func remove(_ visit: Visit) async throws -> Reply {
    let session = try visit.needingSession()
    _ = try await visit.workers.attachments.remove(
      .with {
        $0.session = session.token
        $0.attachmentID = FileSending.id(visit)
      }, options: Workers.limit)
    return .redirect(visit.link("/case/files"))
  }
}
