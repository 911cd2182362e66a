/// Why a message was not handed in; above all, whether the server may have taken it.
public enum MailFault: Error, Hashable {
  /// It cannot be sent as it is, now or later: what is wrong with it, without its values.
  case unusable(String)
  /// The server has not taken it, for this reason; it may be sent again.
  case notSent(String)
  /// The server says no, with this code (RFC 5321, section 4.2): 400 to 499 for now, 500 to 599 for good. It has not taken
  /// it.
  case refused(status: Int)
  /// All of it was sent and then no answer came, for this reason: nobody knows whether the server has taken it, and it
  /// cannot be asked.
  case unknown(String)
}
