/// What becomes of a request for reports.
enum GeoReportFate: String, Sendable, CaseIterable {
  /// It is answered.
  case answered
  /// 429: to be asked again after half a minute.
  case busy
  /// A server that is half way: 500.
  case failing
  /// Cut off in the middle of the text.
  case broken
  /// The first report has a time that is none.
  case malformed

  /// - Throws: ``SimulatorError/unknownFate(expected:)``.
  init(word: String) throws {
    guard let fate = GeoReportFate(rawValue: word) else {
      throw SimulatorError.unknownFate(expected: Self.allCases.map(\.rawValue))
    }
    self = fate
  }
}
