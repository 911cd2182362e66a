import IntakeRules
import Testing

/// Without which consents a review cannot be run: every row of the rule.
@Suite struct AwaitedConsentsTests {
  typealias Victim = AwaitedConsents.Victim
  typealias Awaited = AwaitedConsents.Awaited

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sharing: Bool
    let applicantIsVictim: Bool
    let victims: [Victim]
    let awaited: [Awaited]

    init(
      _ description: String, sharing: Bool = true, applicantIsVictim: Bool = false,
      _ victims: [Victim], _ awaited: [Awaited]
    ) {
      testDescription = description
      self.sharing = sharing
      self.applicantIsVictim = applicantIsVictim
      self.victims = victims
      self.awaited = awaited
    }
  }

  static func victim(
    _ place: Int, _ authority: AwaitedConsents.Word?, sharing: AwaitedConsents.Word? = nil
  ) -> Victim {
    Victim(place: place, authority: authority, sharing: sharing)
  }

  static let rows: [Row] = [
    Row("for oneself, shared", applicantIsVictim: true, [], []),
    Row(
      "for oneself, not shared", sharing: false, applicantIsVictim: true, [],
      [.sharing(.applicant)]),
    Row("for another, who said yes", [victim(0, .yes)], []),
    Row("for another, who was not asked", [victim(0, nil)], [.authority(of: 0)]),
    Row("for another, who said no", [victim(0, .no)], [.authority(of: 0)]),
    Row(
      "for another, who said yes but not to sharing", [victim(0, .yes, sharing: .no)],
      [.sharing(.victim(0))]),
    Row(
      "for another, neither", sharing: false, [victim(0, nil)],
      [.sharing(.applicant), .authority(of: 0)]),
    Row(
      "for three, of whom one was not asked", [victim(0, .yes), victim(1, nil), victim(2, .yes)],
      [.authority(of: 1)]),
    Row("for two, of whom one said no", [victim(0, .no), victim(1, .yes)], []),
    Row(
      "for two, of whom one will not have it shared",
      [victim(0, .yes), victim(1, .yes, sharing: .no)], []),
    Row(
      "for two, of whom one said no and one was not asked", [victim(0, .no), victim(1, nil)],
      [.authority(of: 1)]),
    Row(
      "for two who said no", [victim(0, .no), victim(1, .yes, sharing: .no)],
      [.authority(of: 0), .sharing(.victim(1))]),
    Row("for oneself and another who said no", applicantIsVictim: true, [victim(1, .no)], []),
    Row(
      "for oneself and another who was not asked", applicantIsVictim: true, [victim(1, nil)],
      [.authority(of: 1)]),
  ]

  @Test(arguments: rows) func `what is waited for`(row: Row) {
    #expect(
      AwaitedConsents.find(
        sharing: row.sharing, applicantIsVictim: row.applicantIsVictim, victims: row.victims)
        == row.awaited)
  }

  @Test(arguments: ["applicant", "victims[0]", "victims[12]"])
  func `who it is, is read as it is written`(path: String) {
    #expect(ConsentingPerson(path: path)?.path == path)
  }

  @Test(arguments: ["", "victim", "victims", "victims[]", "victims[01]", "victims[-1]", "Jo Doe"])
  func `who cannot be told is nobody`(path: String) {
    #expect(ConsentingPerson(path: path) == nil)
  }
}
