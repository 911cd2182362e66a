/// What is fuzzed: each takes any bytes as an input and says what is wrong with the code under test.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The codec, and one side of a call.
  case frames
  /// The broker's core with peers around it.
  case broker

  /// Runs one input to its end.
  /// - Parameter tell: gets what happens, line by line.
  /// - Throws: ``Breach`` for a promise that was not kept. What traps is one too.
  public func run(_ input: [UInt8], tell: ((String) -> Void)? = nil) throws {
    switch self {
    case .frames: try FramesRun.run(input, tell)
    case .broker: try BrokerRun.run(input, tell)
    }
  }

  /// Bytes of one step in an input of ``broker``; one byte stands before the first.
  public static let brokerStepBytes = Step.count

  /// Inputs to begin with, by name.
  /// - Parameter golden: the text of `Tests/BusTests/Golden/frames.txt`.
  public func seeds(golden: String) -> [(name: String, input: [UInt8])] {
    switch self {
    case .frames: FramesSeeds.all(golden)
    case .broker: BrokerSeeds.all
    }
  }
}

/// A promise of the code under test that an input has shown not to hold.
public struct Breach: Error, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Throws a breach unless something holds.
func hold(_ condition: Bool, _ promise: @autoclosure () -> String) throws(Breach) {
  if !condition { throw Breach(promise()) }
}
