import CaseModel
import Foundation
import Policy
import PolicyDocuments

/// What ages although nobody touches it.
enum ProcedureCheck {
  /// Days before the end of something at which an operator should hear of it.
  static let warningDays = 180

  /// Working days are counted only as far as bank holidays are known.
  static func holidays(now: Date) -> Examination.Check {
    let today = CalendarDate(ofUnixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)))
    let last = WorkingCalendar.horizon.upperBound
    let left = last.daysSince1970 - today.daysSince1970
    let known = BankHolidays.knownOn.map { "compared on \($0)" } ?? "compared on an unknown day"
    let summary = "Bank holidays are known until \(last), \(known)."
    let way = "Install a newer version of Recourse: bank holidays are part of it."
    let findings: [Finding] =
      if left < 0 {
        [.problem("holidays-end", "calendar", "No deadline can be counted any more.", wayOut: way)]
      } else if left < warningDays {
        [
          .note(
            "holidays-end", "calendar", "Deadlines beyond \(last) cannot be counted.", wayOut: way)
        ]
      } else {
        []
      }
    return Examination.Check(name: "holidays", summary: summary, findings: findings)
  }

  /// Procedures that cannot be read keep the system from starting; an area whose last one ends takes in nothing more.
  static func packs(of directory: DataDirectory, now: Date) -> Examination.Check {
    let packs: [PolicyPack]
    do {
      packs = try AdoptedPacks.documents(in: directory).map { try PolicyDocument.parse($0) }
    } catch let failure as Failure {
      return Examination.Check(
        name: "procedures", summary: "One cannot be read.",
        findings: [
          .problem(failure.code, failure.path, failure.message, wayOut: failure.wayOut)
        ])
    } catch {
      return Examination.Check(
        name: "procedures", summary: "One cannot be read.",
        findings: [.problem("invalid-policy", directory.packsPath, "\(error)")])
    }
    let today = CalendarDate(ofUnixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)))
    let findings = Set(packs.compactMap(\.area)).sorted().compactMap { area in
      finding(of: area, packs.filter { $0.area == area }, today)
    }
    return Examination.Check(
      name: "procedures", summary: "\(packs.count) packs are built in or adopted.",
      findings: findings)
  }

  /// The end of an area's last procedure, unless another area takes its place.
  private static func finding(
    of area: String, _ packs: [PolicyPack], _ today: CalendarDate
  ) -> Finding? {
    let ends = packs.map(\.until)
    guard !ends.contains(nil), let last = ends.compactMap(\.self).max() else { return nil }
    let left = last.daysSince1970 - today.daysSince1970
    let way = "Write its successor into DIR/packs; see recourse policy --help."
    // One that ended long ago has ended on purpose, such as where councils were merged.
    guard left < warningDays, left > -warningDays else { return nil }
    return .note(
      "procedure-ends", area, "Its last procedure \(left < 0 ? "ended" : "ends") on \(last).",
      wayOut: way)
  }
}
