import CaseModel
import Foundation
import Policy
import PolicyDocuments
import Testing

@testable import Portal

/// A draft that can be handed in, and changed as a test wants it.
enum DraftFixture {
  static let today = CalendarDate(year: 2026, month: 3, day: 20)

  static let main: [String: String] = [
    "who": "myself", "danger": "no", "name": "Applicant One", "email": "one@mail.example",
    "phone": "01632 960001", "safe-ways": "EMAIL", "language": "en",
    "attendance": "ATTEND_REMOTELY", "consent-sharing": "yes",
    "consent-support-victim-support": "yes", "consent-support-victim-care-unit": "no",
    "consent-feedback": "no", "impact": "No sleep",
  ]

  static let complaint: [String: String] = [
    "happened-day": "9", "happened-month": "1", "happened-year": "2026", "reported-day": "10",
    "reported-month": "1", "reported-year": "2026", "made-to": "police", "by": "self",
    "what": "Music until four",
  ]

  static func draft(
    main changes: [String: String] = [:], complaints: [[String: String]] = [[:]]
  ) -> ApplicationDraft {
    var draft = ApplicationDraft()
    draft.main = Answers(main.merging(changes) { $1 })
    for changes in complaints {
      _ = draft.add(to: \.complaints)
      draft.complaints[draft.complaints.count - 1].answers = Answers(
        complaint.merging(changes) { $1 })
    }
    return draft
  }

  static func journey(_ draft: ApplicationDraft, language: Language = .english) throws -> Journey {
    Journey(
      asking: Asking(
        language: language, today: try #require(today),
        pack: try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth), draft: draft))
  }
}
