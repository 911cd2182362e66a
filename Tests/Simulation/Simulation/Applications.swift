import Foundation
import Messages
import SwiftProtobuf

/// An application that the simulation makes, and what must come of it.
struct SimulatedApplication: Sendable {
  let number: Int
  let message: Recourse_Intake_V1_Application
  /// So many complaints count under s.104(4).
  let qualifying: Int
  let hasConsent: Bool
  /// How many recommendations its panel makes, if it has one.
  let recommendations: Int
  /// No body says when it can sit.
  let isNeglected: Bool
  var key: String { "application-\(number)" }

  /// What s.104(4) asks for in the pack of the area.
  static let enough = 3
  var mustBeMet: Bool { qualifying >= Self.enough }

  /// Draws one from the seed.
  init(_ number: Int) {
    self.number = number
    qualifying = Chance.number(1..<6)
    hasConsent = Chance.oneIn(2)
    recommendations = Chance.number(0..<3)
    isNeglected = Chance.oneIn(5)
    message = Self.message(number, qualifying, hasConsent)
  }

  private static func message(
    _ number: Int, _ complaints: Int, _ hasConsent: Bool
  ) -> Recourse_Intake_V1_Application {
    .with {
      $0.area = "plymouth"
      $0.channel = .web
      $0.applicant = .with {
        $0.kind = .individual
        $0.name = "Applicant \(number)"
        $0.email = "applicant\(number)@mail.example"
        $0.language = "en"
        $0.safeContact = .with { $0.channels = [.email] }
      }
      $0.victims = [.with { $0.sameAsApplicant = true }]
      $0.complaints = (1...complaints).map { index in
        .with {
          $0.behaviourDate = "2026-02-0\(index)"
          $0.complaintDate = "2026-02-1\(index)"
          $0.madeTo = .council
          $0.body = "plymouth-city-council"
          $0.channel = .email
          $0.incident = "incident \(index)"
          $0.complainant = "self"
          $0.what = "What happened, the \(index). time"
        }
      }
      $0.impact = "No sleep"
      $0.desiredOutcome = "That it ends"
      $0.attendance = .attendRemotely
      $0.consents = [
        .with {
          $0.purpose = .supportReferral
          $0.recipient = "victim-support"
          $0.given = hasConsent
          $0.wording = "2026-01"
        }
      ]
    }
  }
}

/// What became of an application, as its people were told.
struct Outcome: Sendable {
  var reference: String?
  var met: Bool?
  var held = false
}
