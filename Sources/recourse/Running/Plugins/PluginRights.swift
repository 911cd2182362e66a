import Broker
import Foundation
import GRPCCore
import Messages
import PluginPackages
import SwiftProtobuf
import WorkerKit

/// What a plugin is approved for: what its manifest asks for, and what the kit itself needs for that.
enum PluginRights {
  /// Made here and not taken from the program, which could ask for more than an operator has read.
  /// - Throws: ``Failure`` `invalid-plugin` if the broker could not take it.
  static func manifest(for asks: PluginAsks) throws -> Recourse_Bus_V1_Manifest {
    typealias Log = Recourse_Bus_V1_EventLog.Method
    let kit = try Worker(name: "plugin").manifest()
    var manifest = asks.own
    manifest.serves = Set(manifest.serves + kit.serves).sorted()
    var calls = manifest.calls + kit.calls
    if !asks.subscribes.isEmpty {
      calls.append(Log.Read.descriptor.fullyQualifiedMethod)
      manifest.readsByKey = true
    }
    manifest.calls = Set(calls).sorted()
    if let problem = Grants.problem(in: manifest) {
      throw Failure.input(
        "invalid-plugin", path: "asks", "The broker cannot take this: \(problem)."
      )
      .with(wayOut: "Ask for less, or by other names.")
    }
    return manifest
  }

  /// What a program asks for that would not be approved for it, a line each.
  static func excess(
    of description: PluginPackages.PluginDescription, beyond asks: PluginAsks
  ) throws -> [String] {
    Grants(description.manifest).lines(notIn: Grants(try manifest(for: asks)))
  }
}
