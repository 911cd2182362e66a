/// What came of one rule of conformance.
public enum Verdict: Sendable, Hashable {
  case holds
  /// What was seen, and how to mend it.
  case broken(seen: String, mend: String)
  /// The rule does not concern this plugin, and why.
  case passedOver(String)
}
