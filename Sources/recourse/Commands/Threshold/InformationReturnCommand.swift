import ArgumentParser
import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import ThresholdRules

/// Whose answer it is, and since when.
struct AnswerOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The body, by its key.", valueName: "key"))
  var body: String

  @Option(
    name: .long, help: ArgumentHelp("The day of the answer; else today.", valueName: "yyyy-mm-dd"))
  var on: String = ""

  @OptionGroup var officer: OptionalOfficer

  func request(of reference: CaseReference) -> Recourse_Threshold_V1_RecordInformationRequest {
    .with {
      $0.caseReference = reference.description
      $0.body = body
      $0.answeredOn = on
      $0.officer = officer.officer
    }
  }
}

extension ThresholdCommand.Information {
  /// `recourse threshold information return`: a body answers.
  struct Return: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "return",
      abstract: "Record what a body says of the complaints; the application is assessed anew.",
      discussion: """
        Complaints go by their numbers as `recourse case show` has them, from 1. Of each one that the \
        body can speak of: confirmed, disputed or unknown; and, where it has other days on record than \
        the applicant gave, when it was reported and when it happened: a day, or FIRST..LAST.

        Example: recourse threshold information return REF --body livewest --complaint 1=confirmed \
        --recorded 1=2026-02-03 --complaint 2=unknown
        """)

    @OptionGroup var argument: CaseArgument
    @OptionGroup var answer: AnswerOptions

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp(
        "What it says of a complaint; may be given again.",
        valueName: "n=confirmed|disputed|unknown"))
    var complaint: [String] = []

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp("When it has it as reported.", valueName: "n=day"))
    var recorded: [String] = []

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp("When it has it as happened.", valueName: "n=day"))
    var happened: [String] = []

    @OptionGroup var call: CaseCall

    func validate() throws { _ = try findings() }

    func run() async throws {
      var request = answer.request(of: try argument.checked)
      request.findings = try findings()
      try await Self.record(request, call)
    }

    static func record(
      _ request: Recourse_Threshold_V1_RecordInformationRequest, _ call: CaseCall
    ) async throws {
      let response = try await call.carryOut(request) {
        try await $0.threshold.recordInformation($1, options: Connection.limit())
      }
      let assessed = response.assessment
      let outcome = RouteOutcome(rawValue: Naming.name(of: assessed.outcome))?.inWords
      let now =
        outcome.map {
          " The rules now say: \($0); \(assessed.counted) of \(assessed.required) count."
        }
      call.answer(
        request.caseReference,
        [
          ("body", .text(request.body)), ("outcome", .optional(Naming.name(of: assessed.outcome))),
          ("counted", .number(Int(assessed.counted))),
          ("required", .number(Int(assessed.required))),
          ("revision", .number(Int(assessed.revision))), ("repeated", .bool(response.repeated)),
          ("logPosition", .position(response.logPosition)),
        ], "The answer of \(request.body) is recorded.\(now ?? "")")
    }
  }
}

// MARK: - What is said of each complaint

extension ThresholdCommand.Information.Return {
  /// - Throws: `ValidationError` with what would be right.
  private func findings() throws -> [Recourse_Threshold_V1_InformationFinding] {
    var findings: [UInt32: Recourse_Threshold_V1_InformationFinding] = [:]
    for text in complaint {
      let (number, word) = try Self.parts(of: text)
      guard findings[number] == nil else {
        throw ValidationError("Complaint \(number) is spoken of twice.")
      }
      let standing = try Self.standing(word)
      findings[number] = .with {
        $0.complaint = number - 1
        $0.standing = standing
      }
    }
    for text in recorded {
      let (number, days) = try Self.days(of: text, among: findings.keys)
      findings[number]?.complaintDate = days.first
      findings[number]?.complaintDateTo = days.last
    }
    for text in happened {
      let (number, days) = try Self.days(of: text, among: findings.keys)
      findings[number]?.behaviourDate = days.first
      findings[number]?.behaviourDateTo = days.last
    }
    return findings.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func parts(of text: String) throws -> (UInt32, String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = UInt32(parts[0]), number > 0 else {
      throw ValidationError(
        "Expected the complaint's number, counted from 1, and what is said of it: 1=confirmed.")
    }
    return (number, String(parts[1]))
  }

  private static func standing(
    _ word: String
  ) throws -> Recourse_Threshold_V1_Standing.Value {
    switch word {
    case "confirmed": .bodyConfirms
    case "disputed": .bodyDisputes
    case "unknown": .nobodyKnows
    default:
      throw ValidationError("Of a complaint a body says: confirmed, disputed or unknown.")
    }
  }

  /// A day, or the first and last of those in question.
  private static func days(
    of text: String, among numbers: some Collection<UInt32>
  ) throws -> (UInt32, (first: String, last: String)) {
    let (number, days) = try parts(of: text)
    guard numbers.contains(number) else {
      throw ValidationError(
        "Say also what the body says of complaint \(number): --complaint \(number)=confirmed.")
    }
    let ends = days.components(separatedBy: "..")
    guard ends.count <= 2, ends.allSatisfy({ CalendarDate($0) != nil }) else {
      throw ValidationError("Expected a day, YYYY-MM-DD, or the first and the last: FIRST..LAST.")
    }
    return (number, (ends[0], ends.count == 2 ? ends[1] : ""))
  }
}
