import CaseModel
import Foundation
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Torture

/// The forms that a run fills in. The people in them are invented.
///
/// All are received on one day, a millisecond apart, so that the time of receipt tells which one an event
/// is about; none is in the future.
struct TortureForms: Sendable {
  static let area = "plymouth"

  /// Local day of receipt of all.
  let receivedOn: CalendarDate
  /// Keys of the agencies that may be referred to.
  let agencies: [String]
  /// Keys of the bodies that must be told of every application.
  let bodies: [String]
  /// The body that complaints and recommendations go to.
  private let body: String
  /// Noon UTC of that day, in seconds since 1970.
  private let noon: Int64

  private static let secondsOfDay: Int64 = 86_400

  /// - Parameter now: the day of receipt is the one before the last.
  init(now: Date) throws {
    let today = Int64(now.timeIntervalSince1970) / Self.secondsOfDay
    noon = (today - 2) * Self.secondsOfDay + Self.secondsOfDay / 2
    receivedOn = CalendarDate(daysSince1970: Int(today - 2))
    let shelf = PolicyShelf(try BuiltInPolicyDocuments.all.map(PolicyDocument.parse))
    let pack = try shelf.pack(forArea: Self.area, receivedOn: receivedOn)
    agencies = pack.supportAgencies.map(\.key)
    bodies = pack.bodiesToNotify(on: receivedOn).map(\.key)
    body = bodies.first ?? ""
  }

  func application(_ submission: Submission) -> Recourse_Intake_V1_Application {
    .with { form in
      form.area = Self.area
      form.channel = .web
      form.receivedAt.seconds = noon + Int64(submission.number / 1000)
      form.receivedAt.nanos = Int32(submission.number % 1000) * 1_000_000
      form.applicant.kind = .individual
      form.applicant.name = Self.name(submission.number)
      form.applicant.email = "applicant.\(submission.number)@mail.example"
      form.applicant.language = "en"
      form.applicant.safeContact.channels = [.email]
      form.victims = [.with { $0.sameAsApplicant = true }]
      form.complaints = (0..<submission.complaints).map(complaint)
      form.impact = "No sleep"
      form.consents =
        [consent(.shareWithRelevantBodies)]
        + submission.agencies.map { consent(.supportReferral, $0) }
    }
  }

  /// About an occurrence of its own, made the day after it and well within the time for it.
  private func complaint(_ index: Int) -> Recourse_Intake_V1_Complaint {
    .with {
      let day = receivedOn.adding(days: -10 - 5 * index)
      $0.behaviourDate = day.description
      $0.complaintDate = day.adding(days: 1).description
      $0.madeTo = .council
      $0.body = body
      $0.channel = .email
      $0.incident = "noise-\(index)"
      $0.complainant = "self"
      $0.what = "Music all night"
    }
  }

  private func consent(
    _ purpose: Recourse_Intake_V1_Consent.Purpose, _ recipient: String = ""
  ) -> Recourse_Intake_V1_Consent {
    .with {
      $0.purpose = purpose
      $0.recipient = recipient
      $0.given = true
      $0.wording = "2026-01"
      $0.at.seconds = noon - 60
    }
  }

  func meeting(_ submission: Submission, _ reference: String, on day: String)
    -> Recourse_Panel_V1_HoldRequest
  {
    .with {
      $0.caseReference = reference
      $0.heldOn = day
      $0.none = submission.meeting == .withoutRecommendation
      if submission.meeting == .withRecommendation {
        $0.recommendations = [
          .with {
            $0.body = body
            $0.text = "Visit within a week"
          }
        ]
      }
      $0.reason = "Agreed by all"
    }
  }
}

// MARK: - Which application it is

extension TortureForms {
  private static let namePrefix = "Applicant "

  private static func name(_ number: Int) -> String { "\(namePrefix)\(number)" }

  /// The number of the application of the applicant with this name.
  static func number(ofName name: String) -> Int? {
    name.hasPrefix(namePrefix) ? Int(name.dropFirst(namePrefix.count)) : nil
  }

  /// The number of the application that was received then.
  func number(receivedAt time: Google_Protobuf_Timestamp) -> Int? {
    let milliseconds = (Int(time.nanos) + 500_000) / 1_000_000
    let number = Int(time.seconds - noon) * 1000 + milliseconds
    return number >= 0 ? number : nil
  }
}
