public import Foundation

/// What a simulated agency is told before it starts. The same options and the same requests give the same answers.
public struct SimulatorOptions: Sendable {
  /// The agency's drop folder, with `outbox` and `inbox` in it; for agencies that exchange files.
  public var folder: URL?
  /// Where it listens on 127.0.0.1; 0 is any free port. For agencies with an API.
  public var port: Int
  /// What chance is drawn from where no fates are asked for.
  public var seed: UInt64
  /// What becomes of the first request, the second, and so on, beginning anew at the end; none: chance decides, by
  /// what a request is about. Which words there are is each agency's own.
  public var fates: [String]
  /// Between two looks at what is there.
  public var interval: Duration
  /// What it takes for now where its own records have days; nil: the machine's time at its start.
  public var now: Date?
  /// What time it is, where something that is sent has an age.
  public var clock: @Sendable () -> Date
  /// Told what it does, a line each, without personal data.
  public var tell: @Sendable (String) -> Void

  /// Options with everything defaulted but who is told.
  public init(
    folder: URL? = nil, port: Int = 0, seed: UInt64 = 1, fates: [String] = [],
    interval: Duration = .milliseconds(200), now: Date? = nil,
    clock: @escaping @Sendable () -> Date = { Date() },
    tell: @escaping @Sendable (String) -> Void
  ) {
    self.folder = folder
    self.port = port
    self.seed = seed
    self.fates = fates
    self.interval = interval
    self.now = now
    self.clock = clock
    self.tell = tell
  }
}

/// Why a simulated agency cannot work, with what would help.
public struct SimulatorError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable, lower case with hyphens.
  public let code: String
  /// What is wrong, and what would be right.
  public let description: String

  /// An error by its code and sentence.
  public init(code: String, _ description: String) {
    self.code = code
    self.description = description
  }

  /// The agency exchanges files and has no folder.
  public static let noFolder = SimulatorError(
    code: "no-folder", "This agency exchanges files; give it its drop folder.")

  /// A fate that the agency does not know.
  /// - Parameter known: those that it knows.
  public static func unknownFate(expected known: [String]) -> SimulatorError {
    SimulatorError(
      code: "unknown-fate",
      "This is no fate of a request; expected one of: \(known.joined(separator: ", ")).")
  }
}
