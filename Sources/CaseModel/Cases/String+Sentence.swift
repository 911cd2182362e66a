extension String {
  /// With a capital at its beginning, as a sentence has it that was written to stand after something.
  public var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() }
}
