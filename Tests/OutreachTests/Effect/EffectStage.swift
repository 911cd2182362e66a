import Foundation
import GRPCCore
import Intake
import Messages
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Outreach

typealias EffectResponse = Recourse_Outreach_V1_GetEffectResponse

/// Intake and Outreach as they are, beside Threshold, which publishes the packs.
struct EffectStage: Sendable {
  /// 30 June 2026, at noon.
  static let now = Date(timeIntervalSince1970: 1_782_820_800)

  let place: TestPlace

  static func with(
    now: Date = now, onDisk: Bool = false, _ body: (EffectStage) async throws -> Void
  ) async throws {
    let workers = [ThresholdWorker.worker(), IntakeWorker.worker(), try OutreachPlugin.worker()]
    try await TestPlace.with(workers, now: now, onDisk: onDisk) { place in
      try await place.settle()
      try await body(EffectStage(place: place))
    }
  }

  /// Sends the example of three complaints in, as it was received on a day; gives its reference.
  @discardableResult
  func apply(
    on day: String, channel: Recourse_Intake_V1_HeardVia.Channel = .unspecified,
    material: String = "", _ change: (inout Recourse_Intake_V1_Application) -> Void = { _ in }
  ) async throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/three-complaints.json")
    var application = try Recourse_Intake_V1_Application(
      jsonString: String(contentsOf: file, encoding: .utf8))
    application.receivedAt = try .init(jsonString: "\"\(day)T10:00:00Z\"")
    application.heardVia = .with {
      $0.channel = channel
      $0.material = material
    }
    // Complaints of any day will do, if they are before the application.
    application.complaints = application.complaints.map { complaint in
      var complaint = complaint
      complaint.behaviourDate = "2025-01-06"
      complaint.complaintDate = "2025-01-07"
      complaint.clearDates()
      return complaint
    }
    application.consents = application.consents.map { consent in
      var consent = consent
      consent.clearAt()
      return consent
    }
    change(&application)
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let response = try await refusing { [application] in
      try await intake.submit(
        .with {
          $0.application = application
          $0.submittedBy = .officer
        })
    }
    return response.caseReference
  }

  /// A material's code.
  func add(
    _ title: String, ward: String = "", channel: Recourse_Intake_V1_HeardVia.Channel = .press,
    activity: String = "", key: String = ""
  ) async throws -> String {
    let stub = Recourse_Outreach_V1_OutreachMaterials.Stub(wrapping: place.client)
    return try await refusing {
      try await stub.addMaterial(
        .with {
          $0.material.title = title
          $0.material.kind = .poster
          $0.material.channel = channel
          $0.material.ward = ward
          $0.material.activity = activity
          $0.idempotencyKey = key
        }
      ).material.code
    }
  }

  /// The effect of some months, everything in the log being counted.
  func effect(
    _ from: String = "", _ to: String = "",
    by: Recourse_Outreach_V1_GetEffectRequest.By = .unspecified,
    baseline: (UInt32, UInt32)? = nil
  ) async throws -> EffectResponse {
    let head = try await place.logHead()
    let stub = Recourse_Outreach_V1_OutreachEffect.Stub(wrapping: place.client)
    return try await refusing {
      try await stub.getEffect(
        .with {
          $0.from = from
          $0.to = to
          $0.by = by
          $0.atLeastPosition = head
          if let (applications, months) = baseline {
            $0.baseline.applications = applications
            $0.baseline.months = months
          }
        })
    }
  }

  func visit(_ day: String, _ visits: [String: UInt32]) async throws -> UInt32 {
    let stub = Recourse_Outreach_V1_OutreachEffect.Stub(wrapping: place.client)
    return try await refusing {
      try await stub.recordVisits(
        .with {
          $0.day = day
          $0.visits = visits.map { material, count in
            .with {
              $0.material = material
              $0.count = count
            }
          }
        }
      ).unknown
    }
  }

  /// Turns a status back into the refusal that it travelled as.
  private func refusing<T>(_ call: () async throws -> T) async throws -> T {
    do {
      return try await call()
    } catch let error as RPCError {
      guard let refusal = Refusal(error) else { throw error }
      throw refusal
    }
  }
}

extension Recourse_Intake_V1_Complaint {
  /// Of days that are known exactly.
  fileprivate mutating func clearDates() {
    behaviourDateTo = ""
    complaintDateTo = ""
  }
}
