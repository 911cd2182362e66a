/// Why the check itself cannot go on: nothing that a rule is about.
public enum StageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The program does not say what it asks for, for this reason.
  case undescribed(String)
  /// No port of this machine could be had.
  case noPort
  /// A file or folder of the check's own could not be written.
  case noFolder(String)

  /// Stable, lower case with hyphens.
  public var code: String {
    switch self {
    case .undescribed: "plugin-not-described"
    case .noPort: "no-port"
    case .noFolder: "no-folder"
    }
  }

  public var description: String {
    switch self {
    case .undescribed(let why): "The program does not describe itself: \(why)."
    case .noPort: "No port of 127.0.0.1 could be had within 10 seconds."
    case .noFolder(let path): "The folder \(path) could not be made."
    }
  }

  /// What helps.
  public var wayOut: String {
    switch self {
    case .undescribed:
      "`PROGRAM describe` prints one JSON object and ends with status 0; PluginMain of WorkerKit does it."
    case .noPort, .noFolder: "Look at what else this machine does, and try again."
    }
  }
}
