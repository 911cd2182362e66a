import CZeroMQ

extension Socket {
  /// Bounds how long a connection over tcp may stand without a sign from the other side, and how long an attempt at
  /// one may take. Call it before `bind` or `connect`; elsewhere than over tcp it changes nothing.
  ///
  /// A network that drops packets says nothing, and tcp then waits twice as long before each repetition: what was cut
  /// off for a minute is found again up to a minute after the network is back. A connection that has been given up
  /// is made anew at once.
  public func setNetworkPatience(milliseconds: Int32) throws(ZeroMQError) {
    try set(ZMQ_TCP_MAXRT, to: milliseconds)
    try set(ZMQ_CONNECT_TIMEOUT, to: milliseconds)
  }
}
