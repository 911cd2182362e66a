import Foundation
import Testing

/// Keys for processes that a test starts by hand; `recourse up` makes its own.
enum Keys {
  static let workers = [
    "intake", "threshold", "panel", "support", "correspondence", "reporting", "portal",
  ]

  /// Makes those of the broker, the operator and these workers in a data directory.
  static func make(in data: String, for workers: [String] = workers) async throws {
    try await run(["init"], in: data)
    if !workers.isEmpty { try await run(["enrol"] + workers, in: data) }
  }

  /// Makes those of a worker in a data directory of its own, and enrols it where the broker is.
  static func make(_ worker: String, in own: String, enrolledIn data: String) async throws {
    let made = try await run(["make", worker], in: own)
    let key = try #require(try made.json["publicKey"].text)
    try await run(["enrol", worker, "--public-key", key], in: data)
    try FileManager.default.copyItem(
      atPath: "\(data)/keys/broker.public", toPath: "\(own)/keys/broker.public")
  }

  /// Runs `recourse keys`, which must succeed.
  @discardableResult
  static func run(
    _ arguments: [String], in data: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Tool.Outcome {
    let outcome = try await Tool.run(["keys"] + arguments + ["--data", data, "--json"])
    try #require(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  /// What `recourse keys list` says of a name, oldest first.
  static func listed(_ name: String, in data: String) async throws -> [JSONValue] {
    try await run(["list"], in: data).json["keys"].list.filter { $0["name"].text == name }
  }
}
