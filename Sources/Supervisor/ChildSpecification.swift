/// How to start one child process, and after whom.
///
/// A supervisor is given these in starting order. A child is told to leave by the end of its
/// standard input; it says that it is ready by the line ``readyLine`` on its standard output.
public struct ChildSpecification: Sendable, Hashable {
  /// The line, alone on standard output, by which a child says that it can do its work.
  ///
  /// Only the first one in a run counts; others like it are ignored. Every other line is passed
  /// on as ``SupervisorEvent/output(name:line:)``.
  public static let readyLine = "ready"

  /// What the child is called in events and in `startAfter`; unique within a supervisor.
  public var name: String
  /// The path of the program. It is not searched for on `PATH`.
  public var executable: String
  /// The arguments after the program's own name.
  ///
  /// Anyone on the host can read them, so no key or password belongs here.
  public var arguments: [String]
  /// The variables that it has from the supervisor's own environment; nil for all of them.
  ///
  /// For a program that is somebody else's, which the rest is no business of.
  public var inherited: [String]?
  /// Variables set on top of those.
  ///
  /// No key or password belongs here either.
  public var environment: [String: String]
  /// The file that the lines of the child's standard error are appended to; created, readable by its owner alone, if
  /// it is not there. Its folder must exist. It does not grow beyond `RotatingFile.bytesLimit`: then it becomes
  /// `logFile.1`, and a new one is begun. A line that is no JSON object is written as a `LogLine`.
  public var logFile: String
  /// The names of the children that must be ready before this one is started.
  ///
  /// Each must come earlier in the list given to the supervisor, so a circle cannot be written.
  /// The same names say who leaves last: a child is told to leave once all that start after it
  /// have gone.
  public var startAfter: [String]

  /// A file whose content each run of the child is given first on its standard input, which stays open after it;
  /// nil gives it nothing.
  ///
  /// The way for a secret: it is read anew for each run, and is kept neither here nor in what the host shows of a
  /// process.
  public var inputFile: String?

  /// Describes one child.
  ///
  /// - Parameters:
  ///   - name: What the child is called, unique within a supervisor.
  ///   - executable: The path of the program.
  ///   - arguments: The arguments after the program's own name.
  ///   - inherited: The variables that it has from the supervisor's own environment; nil for all.
  ///   - environment: Variables set on top of the inherited environment.
  ///   - logFile: The path of the file that standard error is appended to.
  ///   - startAfter: Names of children, earlier in the list, that must be ready first.
  ///   - inputFile: The path of the file that the child is given on its standard input.
  public init(
    name: String,
    executable: String,
    arguments: [String] = [],
    inherited: [String]? = nil,
    environment: [String: String] = [:],
    logFile: String,
    startAfter: [String] = [],
    inputFile: String? = nil
  ) {
    self.name = name
    self.executable = executable
    self.arguments = arguments
    self.inherited = inherited
    self.environment = environment
    self.logFile = logFile
    self.startAfter = startAfter
    self.inputFile = inputFile
  }
}
