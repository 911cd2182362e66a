import Foundation
import PluginPackages
import Subprocess
import SystemPackage
import WorkerKit

/// A program's own word on what it asks for.
enum PluginWord {
  /// How long a program may take to describe itself.
  static let timeLimit: Duration = .seconds(20)

  /// What a plugin's program has of this process's environment: the rest is no business of somebody else's program.
  static let variables = [
    "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", ProcessClock.variable, "SSL_CERT_DIR",
    "SSL_CERT_FILE", "TMPDIR", "TZ",
  ]

  /// Holds a package against what its program says. Its program is run, so it must have been approved.
  /// - Throws: ``Failure`` `manifest-differs` if they say different things, `no-description` if it says nothing.
  static func check(_ package: PluginPackage, _ digests: PluginDigests) async throws {
    let manifest = package.manifest
    var lines: [String]
    switch manifest.source {
    case .program:
      guard let program = package.program else { return }
      let description = try await description(by: program, of: manifest.name)
      lines = manifest.differences(from: description)
      if lines.isEmpty {
        lines = try PluginRights.excess(of: description, beyond: manifest.asks).map {
          "the program \($0), which the kit of this version does not need"
        }
      }
      // Who could be run otherwise from what was looked at.
      guard
        try Failure.ofPlugins({ () throws(PluginRegistryError) in try package.digests() })
          == digests
      else {
        throw Failure(
          PluginRegistryError(
            .changedMeanwhile, path: program, "This program was changed while it was looked at."))
      }
    case .shipped: lines = try differences(ofShipped: manifest)
    case .webhook(let webhook):
      // What it asks for follows from the manifest; whether it can be made is to be seen.
      _ = try ShippedPlugins.webhook(webhook, of: manifest.name, PluginSettings())
      lines = []
    }
    guard lines.isEmpty else {
      throw Failure.input(
        "manifest-differs", path: manifest.name.text,
        "The manifest and the program do not say the same: \(lines.joined(separator: "; "))."
      ).with(wayOut: "Put plugin.yaml right, so that it says what the program does.")
    }
  }

  private static func differences(ofShipped manifest: PluginManifest) throws -> [String] {
    guard let shipped = ShippedPlugins.byName[manifest.name.text] else {
      throw Failure.input(
        "no-program", path: manifest.name.text,
        "\(manifest.name) does not ship in this program, and its manifest names no program."
      ).with(wayOut: "\(ShippedPlugins.told) Else name its program.")
    }
    return manifest.differences(from: try shipped.description())
  }

  private static func description(
    by program: String, of name: PluginName
  ) async throws -> PluginPackages.PluginDescription {
    let answer = try await withThrowingTaskGroup(of: Data?.self) { group in
      group.addTask { try await output(of: program) }
      group.addTask {
        try await ContinuousClock().sleep(for: timeLimit)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    guard let answer, let description = PluginPackages.PluginDescription(json: answer) else {
      throw Failure.input(
        "no-description", path: program,
        "`\(program) describe` does not say, within \(timeLimit), what it asks for."
      ).with(
        wayOut: "Its main is PluginMain.run, from WorkerKit; run it by hand to see what it says.")
    }
    return description
  }

  /// Nil if it fails.
  private static func output(of program: String) async throws -> Data? {
    var environment: [Environment.Key: String] = [:]
    for name in variables {
      if let key = Environment.Key(rawValue: name) {
        environment[key] = ProcessInfo.processInfo.environment[name]
      }
    }
    let result = try? await Subprocess.run(
      .path(FilePath(program)), arguments: ["describe"],
      environment: .custom(environment),
      output: .string(limit: PluginPackages.PluginDescription.bytesLimit), error: .discarded)
    guard let result, result.terminationStatus.isSuccess else { return nil }
    return Data(result.standardOutput.utf8)
  }
}

extension ShippedPlugin {
  /// What its worker says of itself, with settings that stand in for those that will be set.
  func description() throws -> PluginPackages.PluginDescription {
    try WorkerKit.PluginDescription(make).parsed
  }
}

extension WorkerKit.PluginDescription {
  /// The same, as whoever reads it has it.
  fileprivate var parsed: PluginPackages.PluginDescription {
    get throws {
      guard let description = PluginPackages.PluginDescription(json: Data(try json.utf8)) else {
        throw Failure(
          exit: .fault, code: "no-description", message: "What a plugin says is no description.")
      }
      return description
    }
  }
}
