import Foundation
import Messages
import WorkerKit

/// Sample plugin: tells an HTTP API of each application that is received, by its reference and area.
@main enum SamplePlugin {
  static let name = "sample-plugin"

  static func main() async { await PluginMain.run(name, version: "0.1.0", worker) }

  /// The plugin as it is declared: what it takes in, what it does outside, what it keeps.
  static func worker(_ settings: PluginSettings) throws -> Worker {
    let endpoint = try settings.text("endpoint")
    let token = settings.optional("token")
    return Worker(
      name: name,
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self) { received, tx in
          let reference = received.event.caseReference
          try tx.execute(
            "INSERT OR IGNORE INTO notice (reference, area) VALUES (?, ?)",
            .text(reference), .text(received.event.area))
          try tx.intend("notice", key: reference)
        }
      ],
      effects: [
        .on(
          "notice",
          perform: { effect, context in
            let area = try await context.slice.read { reader in
              try reader.row("SELECT area FROM notice WHERE reference = ?", .text(effect.key))?
                .text("area")
            }
            let notice = Notice(reference: effect.key, area: area ?? "")
            let bearer = token.map { [(name: "Authorization", value: "Bearer \($0)")] } ?? []
            _ = try await context.web.deliver(
              WebRequest(
                .post, url: endpoint, headers: [("Content-Type", "application/json")] + bearer,
                body: Array(JSONEncoder().encode(notice)), idempotencyKey: effect.idempotencyKey))
          },
          confirmed: { effect, tx in try record("sent", of: effect, in: tx) },
          abandoned: { effect, _, tx in try record("refused", of: effect, in: tx) })
      ],
      migrations: [
        Migration(
          "notice-1",
          "CREATE TABLE notice (reference TEXT PRIMARY KEY, area TEXT NOT NULL, state TEXT) STRICT")
      ])
  }

  private static func record(_ state: String, of effect: Effect, in tx: SliceTransaction) throws {
    try tx.execute(
      "UPDATE notice SET state = ? WHERE reference = ?", .text(state), .text(effect.key))
    try tx.audit(actor: name, action: "notice.\(state)", subject: effect.key)
  }
}

/// What the API is told: nothing personal.
struct Notice: Codable { let reference, area: String }
