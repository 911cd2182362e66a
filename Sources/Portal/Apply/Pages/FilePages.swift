import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Files that somebody adds: one at a time, kept by Intake, never shown in a page.
struct FilePages: Sendable {
  let desk: DraftDesk

  /// Files of a draft.
  static let filesLimit = 10

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
              FileSending.form(to: visit.link("/apply/files"), say)
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
      let kept = try await FileSending.send(file, of: open.session, visit)
      try await desk.change(visit) { draft, _ in
        draft.files.append(
          .init(
            id: kept.attachmentID, name: kept.name, mediaType: kept.mediaType, bytes: kept.bytes))
      }
    } catch {
      guard let words = FileFault.words(of: Problem(any: error), say) else { throw error }
      return try await show(visit, fault: words)
    }
    return .redirect(visit.link(Stop.files.path))
  }

  func askToRemove(_ visit: Visit) -> Reply {
    let say = visit.say
    let id = FileSending.id(visit)
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
    let id = FileSending.id(visit)
    _ = try await visit.workers.attachments.remove(
      .with {
        $0.session = session.token
        $0.attachmentID = id
      }, options: Workers.limit)
    try await desk.change(visit) { draft, _ in draft.files.removeAll { $0.id == id } }
    return .redirect(visit.link(Stop.files.path))
  }
}
