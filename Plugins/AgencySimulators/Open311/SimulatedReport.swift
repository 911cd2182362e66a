import Foundation

/// A report that somebody made to the server, who is nobody.
struct SimulatedReport: Sendable, Hashable {
  let id: String
  var at: Date
  var service = "asb"
  /// Empty where the reporter gave none.
  var email = ""
  var phone = ""
  /// They agreed to being told again.
  var consents = true

  /// Reports of half a year: most people report once, some again and again, and some of those do not consent.
  static func drawn(seed: UInt64, now: Date, count: Int = 120) -> [SimulatedReport] {
    (1...count).map { number in
      var choice = SeededChoice(seed: seed, about: "report \(number)")
      let person = choice.next(below: count)
      let at = now - TimeInterval(choice.next(below: 180 * 86_400) + 3_600)
      return SimulatedReport(
        id: "R-\(number)", at: Date(timeIntervalSince1970: at.timeIntervalSince1970.rounded()),
        service: choice.next(below: 4) == 0 ? "graffiti" : "asb",
        email: "person-\(person)@example.org",
        phone: "+44 1632 960\(String(1_000 + person).suffix(3))",
        consents: choice.next(below: 3) > 0)
    }
  }
}
