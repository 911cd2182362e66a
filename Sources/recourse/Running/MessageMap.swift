import SwiftProtobuf
import WorkerKit

/// Who announces which events, and who takes them in, derived from the workers' declarations.
struct MessageMap: Sendable {
  struct Announcement: Sendable, Hashable {
    /// Full name of the message.
    let type: String
    /// Names of the workers that take it in, in the order of the map.
    let takers: [String]

    var shortName: String { String(type.split(separator: ".").last ?? "") }
  }

  /// Each worker with what it announces, in the order of a case's way.
  let workers: [(name: String, announcements: [Announcement])]

  init(workers declared: [Worker]) {
    workers = declared.map { worker in
      let announcements = worker.emits.map { event in
        let type = event.protoMessageName
        let takers = declared.filter { $0.routes.contains { $0.type == type } }.map(\.name)
        return Announcement(type: type, takers: takers)
      }
      return (worker.name, announcements)
    }
  }

  /// The map as text.
  var lines: [String] {
    let width = workers.flatMap(\.announcements).map(\.shortName.count).max() ?? 0
    return workers.flatMap { worker -> [String] in
      let lines = worker.announcements.map { announcement in
        let blanks = String(repeating: " ", count: width - announcement.shortName.count)
        let takers = announcement.takers.joined(separator: ", ")
        let end = takers.isEmpty ? "the log alone" : takers
        return "  \(announcement.shortName)\(blanks) → \(end)"
      }
      return [worker.name] + (lines.isEmpty ? ["  announces nothing"] : lines)
    }
  }

  /// The page of the documentation that holds the map.
  var page: [String] {
    [
      "# The map of messages",
      "",
      "Which worker announces what, and who takes it in. Every event also stays in the broker's log,",
      "where the status, the timeline and the figures of a case come from. Derived from what the",
      "workers declare; `recourse flow` prints the map, `recourse flow --markdown` this page.",
      "",
      "```text",
    ] + lines + ["```"]
  }

  var json: JSON {
    .object([
      (
        "workers",
        .list(
          workers.map { worker in
            .object([
              ("name", .text(worker.name)),
              (
                "announces",
                .list(
                  worker.announcements.map {
                    .object([("type", .text($0.type)), ("takenBy", .texts($0.takers))])
                  })
              ),
            ])
          })
      )
    ])
  }
}
