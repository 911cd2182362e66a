import Foundation
import Messages
import PluginPackages
import SwiftProtobuf

/// A plugin that takes part in the demonstration.
struct DemoPlugin: Sendable {
  let name: String

  /// Adds it to a system that does not run yet, as an operator would.
  func add(to directory: DataDirectory, settings: [String: String] = [:]) async throws {
    let keeper = PluginKeeper(directory: directory)
    try await keeper.add(
      keeper.offer(adding: keeper.package(name)), settings: settings, now: Date())
  }

  /// Returns when it is ready, which `up` does not wait for.
  func waitUntilReady(in stage: DemoStage) async throws {
    let process = try await PluginStart(directory: stage.directory, name: name).settled()
    guard case .ready = process else {
      throw Failure(
        exit: .unavailable, code: "never-ready", message: "The plugin \(name) did not start.",
        wayOut: process.sentence)
    }
  }

  /// Returns when it has told others all that it wants to: whom it serves, above all.
  func waitUntilIdle(_ connection: Connection) async throws {
    try await DemoStage.look("The plugin \(name) does not get to tell others whom it serves.") {
      let status = try await connection.worker.status(
        .init(), metadata: Connection.target(name), options: Connection.limit())
      return status.waitingEffects == 0 ? () : nil
    }
  }
}
