import Synchronization

/// Tells the demonstration, step by step, to a person who works for a council.
final class DemoStory: Sendable {
  private let isTold: Bool
  private let steps = Mutex(0)

  /// Letters that the names of steps have room for.
  private static let nameWidth = 10

  /// - Parameter isTold: false where the result is printed as JSON.
  init(isTold: Bool) { self.isTold = isTold }

  /// Tells the next step: what happened, and what there is to see of it.
  func tell(_ name: String, _ sentence: String, _ details: [String] = []) {
    guard isTold else { return }
    let number = steps.withLock { steps in
      steps += 1
      return String(steps)
    }
    let place = String(repeating: " ", count: max(0, 2 - number.count)) + number
    let blanks = String(repeating: " ", count: max(0, Self.nameWidth - name.count))
    Output.line("\(place)  \(name)\(blanks)  \(sentence)")
    let indent = String(repeating: " ", count: 2 + 2 + Self.nameWidth + 2)
    for detail in details { Output.line(indent + detail) }
  }
}

extension Failure {
  /// Something did not come about that the demonstration is to show.
  static func notShown(_ what: String) -> Failure {
    Failure(exit: .fault, code: "not-shown", message: what)
  }
}
