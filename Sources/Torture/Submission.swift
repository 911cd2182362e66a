/// An application that a run submits, and what must come of it: a function of seed and number.
public struct Submission: Sendable, Hashable {
  /// What the panel does, if the threshold is met.
  public enum Meeting: Sendable, Hashable, CaseIterable {
    /// Nobody says that it met.
    case none
    case withoutRecommendation
    case withRecommendation
  }

  /// From 0. The log shows which application an event is about by this number.
  public let number: Int
  /// All of them count under s.104(4).
  public let complaints: Int
  /// Those that a referral to is consented to.
  public let agencies: [String]
  public let meeting: Meeting
  /// Whether it is submitted again, under the same key, after it was acknowledged.
  public let isRepeated: Bool

  /// So many complaints meet the threshold (s.104(4)).
  static let complaintsRequired = 3

  /// Whether the threshold is met.
  public var isMet: Bool { complaints >= Self.complaintsRequired }

  /// - Parameter agencies: those of the area; consent is given for some of them, or none.
  public init(number: Int, seed: UInt64, agencies: [String]) {
    var numbers = SeededNumbers(seed: seed, part: number)
    let complaints = numbers.next(in: 1...5)
    let consents = agencies.filter { _ in numbers.next(below: 2) == 0 }
    let meeting = Meeting.allCases[numbers.next(below: Meeting.allCases.count)]
    self.init(
      number: number, complaints: complaints, agencies: consents,
      meeting: complaints >= Self.complaintsRequired ? meeting : .none,
      isRepeated: numbers.next(below: 4) == 0)
  }

  init(
    number: Int, complaints: Int, agencies: [String], meeting: Meeting, isRepeated: Bool = false
  ) {
    self.number = number
    self.complaints = complaints
    self.agencies = agencies
    self.meeting = meeting
    self.isRepeated = isRepeated
  }
}
