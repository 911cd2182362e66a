import Foundation
import PluginPackages
import Subprocess
import SystemPackage

extension PluginDescription {
  /// How long a program may take to describe itself.
  static let patience: Duration = .seconds(10)

  /// Asks a plugin's program what it is.
  /// - Throws: ``StageError`` if it does not say so.
  static func asking(_ subject: Subject) async throws -> PluginDescription {
    if let text = subject.description { return try read(text) }
    guard let (status, output, complaint) = await answer(of: subject) else {
      throw StageError.undescribed(
        "it could not be started, or took longer than \(patience.components.seconds) s")
    }
    guard status == .exited(0) else {
      let last = complaint.split(separator: "\n").last.map(String.init) ?? "it says nothing"
      throw StageError.undescribed("it ended with \(status): \(last.prefix(300))")
    }
    return try read(output)
  }

  private static func read(_ text: String) throws -> PluginDescription {
    guard let description = PluginDescription(json: Data(text.utf8)) else {
      throw StageError.undescribed("what it printed is no description: one JSON object")
    }
    return description
  }

  private static func answer(of subject: Subject) async -> (TerminationStatus, String, String)? {
    await withTaskGroup(of: (TerminationStatus, String, String)?.self) { group in
      group.addTask {
        let result = try? await Subprocess.run(
          .path(FilePath(subject.program)), arguments: Arguments(subject.describeArguments),
          environment: .inherit.updating(["RECOURSE_DATA": nil]),
          output: .string(limit: bytesLimit), error: .string(limit: bytesLimit))
        return result.map { ($0.terminationStatus, $0.standardOutput, $0.standardError) }
      }
      group.addTask {
        try? await ContinuousClock().sleep(for: patience)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
