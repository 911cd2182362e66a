package import Bus
package import Foundation

/// The data directory, as far as a worker knows it: its key, where the broker is, and where it puts files.
package struct WorkerPlace: Sendable, Hashable {
  /// Absolute.
  package let path: String

  /// The variable that names the directory where `--data` does not.
  package static let variable = "RECOURSE_DATA"
  /// Where data are kept if nothing else is said.
  package static let pathByDefault = "./recourse-data"

  /// - Parameter path: relative to the current directory, if it is not absolute.
  package init(path: String) { self.path = URL(filePath: path).standardizedFileURL.path }

  /// The directory that the option or the environment names, else ``pathByDefault``.
  /// - Throws: ``ProcessFailure`` `data-directory` for an empty name, such as from a variable that is not set.
  package init(named option: String?) throws(ProcessFailure) {
    let named = option ?? ProcessInfo.processInfo.environment[Self.variable] ?? Self.pathByDefault
    guard !named.isEmpty else { throw Self.emptyName }
    self.init(path: named)
  }

  /// `--data ""`, such as from a variable that is not set.
  package static var emptyName: ProcessFailure {
    ProcessFailure(
      .usage, code: "data-directory", path: "--data", "The name of the data directory is empty.")
  }

  package var url: URL { URL(filePath: path, directoryHint: .isDirectory) }
  /// The keys of the installation, or of those who run from here.
  package var keys: KeyFolder { KeyFolder("\(path)/\(KeyFolder.name)") }
  /// The file that says where the broker is, while it runs.
  package var addressPath: String { "\(path)/broker.address" }
  /// Where a worker puts files for the outside world.
  package func outputDirectory(of worker: String) -> URL {
    url.appending(path: "output/\(worker)", directoryHint: .isDirectory)
  }
  /// What belongs to a plugin that is added here: its manifest, program, record and settings.
  package func plugin(_ name: String) -> String { "\(path)/plugins/\(name)" }

  /// Where the broker is.
  /// - Throws: ``ProcessFailure`` `unavailable` if nothing says so.
  package func address() throws(ProcessFailure) -> String {
    let text = (try? String(contentsOfFile: addressPath, encoding: .utf8)) ?? ""
    let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard address.isEmpty else { return address }
    throw isSilent
  }

  /// Nobody answers for this directory.
  package var isSilent: ProcessFailure {
    ProcessFailure(
      .unavailable, code: "unavailable", "No broker answers for \(path).",
      wayOut: "Is `recourse up --data \(path)` running?")
  }

  /// Makes what a worker needs here, readable by its owner alone.
  /// - Throws: ``ProcessFailure`` `data-directory`.
  package func create(for worker: String) throws(ProcessFailure) {
    for folder in [path, "\(path)/slices", outputDirectory(of: worker).path] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw ProcessFailure(
          .unavailable, code: "data-directory", path: folder, "This folder cannot be made.",
          wayOut: "Name a directory that you may write to: --data DIR.")
      }
    }
  }
}
