/// One row of an answer, in as little room as it takes: a file may have two million.
struct AnswerRecord: Sendable, Hashable {
  /// Place of the case among those that were asked.
  var asked: UInt32 = 0
  /// From 1, as an editor counts.
  var line: UInt32 = 0
  /// Place in the application; ``wholeCase`` for a refusal.
  var complaint: UInt16 = 0
  /// Place of the word among all findings, or of the ground among all refusals.
  var word: UInt8 = 0
  /// Days since 1970; 0 where there is none.
  var behaviourFrom: UInt16 = 0
  var behaviourTo: UInt16 = 0
  var reportedFrom: UInt16 = 0
  var reportedTo: UInt16 = 0

  /// Stands before all complaints in the order of records.
  static let wholeCase = UInt16(0)

  /// True if it says the same of the same, on whatever line.
  func repeats(_ other: AnswerRecord) -> Bool {
    var copy = other
    copy.line = line
    return self == copy
  }

  /// By case, then complaint, then line.
  static func isInOrder(_ left: AnswerRecord, _ right: AnswerRecord) -> Bool {
    if left.asked != right.asked { return left.asked < right.asked }
    if left.complaint != right.complaint { return left.complaint < right.complaint }
    return left.line < right.line
  }
}
