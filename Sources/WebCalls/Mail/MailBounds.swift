/// Everything in sending mail that waits or grows is bounded by one of these.
public struct MailBounds: Sendable, Hashable {
  /// Messages that are handed in at once, each by a connection and a thread of its own.
  public var sendingLimit = 2
  /// Messages that wait for their turn; one more is not sent.
  public var waitingLimit = 256
  /// From the first try to connect until the server has let the sender in.
  public var connectTimeLimit: Duration = .seconds(60)
  /// For each answer of the server. After the end of the text a server may take ten minutes (RFC 5321, section 4.5.3.2.6):
  /// who leaves sooner does not know what became of the message.
  public var answerTimeLimit: Duration = .seconds(600)
  /// For all of it.
  public var wholeTimeLimit: Duration = .seconds(900)
  /// Bytes of a message as it is sent, headers and encoding among them.
  public var messageBytesLimit = 4 * 1_024 * 1_024
  /// Bytes of a subject or a name.
  public var headerBytesLimit = 998

  public init() {}
}
