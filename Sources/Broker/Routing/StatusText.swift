extension String {
  /// At most so many Unicode scalars of a text that repeats what a caller has said: with it a STATUS stays
  /// within one frame, whatever that was.
  static let statusTextLimit = 256

  /// The text as it fits in a STATUS; it is cut between scalars, so that it stays UTF-8.
  var fittingStatus: String {
    guard utf8.count > Self.statusTextLimit else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(Self.statusTextLimit)))
  }
}
