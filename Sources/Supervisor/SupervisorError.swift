/// Why a supervisor cannot be made or run. Every case is a mistake in the calling program.
public enum SupervisorError: Error, Sendable, Hashable {
  /// Two children have the same name.
  case nameTaken(String)
  /// `child` starts after `predecessor`, which does not come earlier in the list.
  case unknownPredecessor(child: String, predecessor: String)
  /// ``Supervisor/run(onEvent:)`` was called a second time; make a new supervisor instead.
  case alreadyRun
}

extension SupervisorError: CustomStringConvertible {
  /// A sentence that says what to change.
  public var description: String {
    switch self {
    case .nameTaken(let name):
      "Two children are called \"\(name)\"; give each a name of its own."
    case .unknownPredecessor(let child, let predecessor):
      "\"\(child)\" starts after \"\(predecessor)\"; list \"\(predecessor)\" before it."
    case .alreadyRun:
      "A supervisor runs once; make a new one to start the children again."
    }
  }
}
