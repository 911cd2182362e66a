import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Second reports, from message to handler and back.
extension IntakeService {
  func recordSecondReport(
    request: Recourse_Intake_V1_RecordSecondReportRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_RecordSecondReportResponse {
    let handler = try RecordSecondReport(request)
    // What stands on record tells a repetition, so that it needs no key.
    let outcome = try await context.slice.write { [library] in try handler.apply(library, in: $0) }
    return .with {
      $0.texts = outcome.texts.map { text in
        .with {
          $0.language = text.language
          $0.text = text.text
        }
      }
      $0.told = outcome.isTold
      $0.repeated = outcome.isRepeated
    }
  }
}

extension RecordSecondReport {
  private static let sourceLimit = 64
  private static let reportLimit = 200

  /// - Throws: the refusals `missing`, `wrong-form`, `too-long`, `not-a-date`. None repeats what was sent.
  init(_ request: Recourse_Intake_V1_RecordSecondReportRequest) throws {
    guard
      (1...Self.sourceLimit).contains(request.source.utf8.count),
      request.source.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      })
    else {
      throw Refusal(
        .input, code: "wrong-form", path: "source",
        message:
          "Expected the name of a system: \(Self.sourceLimit) lower-case letters, digits and hyphens "
          + "at most.")
    }
    guard !request.report.isEmpty else {
      throw Refusal(
        .input, code: "missing", path: "report", message: "Expected the report's id at the source.")
    }
    guard request.report.utf8.count <= Self.reportLimit else {
      throw Refusal(
        .input, code: "too-long", path: "report",
        message: "Expected \(Self.reportLimit) bytes at most.")
    }
    self.init(
      source: request.source, report: request.report, area: request.area,
      reportedOn: try Self.day(request.reportedOn, path: "reportedOn"),
      earlierOn: try Self.day(request.earlierReportedOn, path: "earlierReportedOn"),
      toldOn: request.toldOn.isEmpty ? nil : try Self.day(request.toldOn, path: "toldOn"))
  }

  private static func day(_ text: String, path: String) throws -> CalendarDate {
    guard let day = CalendarDate(text) else {
      throw Refusal(
        .input, code: "not-a-date", path: path, message: "Expected a day, as YYYY-MM-DD.")
    }
    return day
  }
}

extension SliceTransaction {
  func announceSecondReport(
    _ number: Int, of area: String, from source: String, reportedOn: CalendarDate,
    earlierOn: CalendarDate
  ) throws {
    try emit(
      Recourse_Intake_V1_SecondReportRecorded.with {
        $0.area = area
        $0.source = source
        $0.number = UInt64(clamping: number)
        $0.reportedOn = reportedOn.description
        $0.earlierReportedOn = earlierOn.description
      }, key: EventKey(.area, area))
  }

  func announceSignposted(
    _ number: Int, of area: String, from source: String, reportedOn: CalendarDate,
    toldOn: CalendarDate, under digest: String
  ) throws {
    try emit(
      Recourse_Intake_V1_SecondReportSignposted.with {
        $0.area = area
        $0.source = source
        $0.number = UInt64(clamping: number)
        $0.reportedOn = reportedOn.description
        $0.signpostedOn = toldOn.description
        $0.days = UInt32(clamping: toldOn.daysSince1970 - reportedOn.daysSince1970)
        $0.channel = .source
        $0.policyDigest = digest
      }, key: EventKey(.area, area))
  }
}
