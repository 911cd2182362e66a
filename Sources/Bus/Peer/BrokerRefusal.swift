/// The broker does not want this peer, and will not change its mind.
public struct BrokerRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why, as the broker or the transport said it.
  public let message: String

  public init(message: String) { self.message = message }

  public var description: String { "the broker refuses this process: \(message)" }
}
