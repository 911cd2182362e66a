/// Why there is no answer.
public enum WebFault: Error, Hashable {
  /// The request cannot be sent as it is, now or later: what is wrong with it, without its values.
  case unusable(String)
  /// Nothing of it has reached the other side, for this reason; it may be sent again.
  case notSent(String)
  /// It may have been received and acted on: sent, and then no answer, for this reason.
  case unanswered(String)
  /// The answer is longer than this many bytes.
  case tooLarge(limit: Int)
}
