extension Reason {
  /// The sentence in Welsh.
  var welsh: String { rendered(in: .english) }
}
