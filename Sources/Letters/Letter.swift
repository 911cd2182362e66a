/// A letter, ready to be read.
public struct Letter: Sendable, Hashable {
  public let text: String
}
