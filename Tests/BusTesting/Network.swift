/// The ways to reach a broker; suites run the same cases over all of them.
public enum Network: String, CaseIterable, Sendable {
  case memory
  case ipc
  case tcp

  /// Those on which peers in other processes can be met.
  public static let betweenProcesses: [Network] = [.ipc, .tcp]
}
