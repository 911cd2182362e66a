import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Counts one application by its month and by how the applicant heard, and keeps nothing that says which it was.
struct CountApplication {
  let month: EffectMonth
  let heard: Heard

  /// What Intake tells of it.
  struct Heard: Sendable, Hashable {
    /// Name of a channel of the form; empty if not said.
    var channel = ""
    /// A code as it is shown, ``words`` for what is no code; empty if nothing was told.
    var told = ""

    static let words = "words"
  }

  /// - Throws: `MalformedEvent` without a day.
  init(_ received: Recourse_Intake_V1_ApplicationReceived, heard: Heard) throws {
    guard CalendarDate(received.receivedOn) != nil, let month = EffectMonth(received.receivedOn)
    else {
      throw Refusal(
        .input, code: "invalid-date", path: "receivedOn",
        message: "An application has the day on which it was received, as YYYY-MM-DD.")
    }
    self.month = month
    self.heard = heard
  }

  func apply(in tx: SliceTransaction) throws {
    try tx.count(channel: heard.channel, told: heard.told, in: month)
  }
}

extension CountApplication.Heard {
  /// How long Intake may take.
  private static let answerLimit: Duration = .seconds(10)

  /// Asks Intake, for the purpose `outreach-effect`; it records that it answered.
  static func ask(
    of reference: String, _ context: WorkerContext
  ) async throws -> CountApplication.Heard {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    var options = CallOptions.defaults
    options.timeout = answerLimit
    let answer = try await intake.getHeardVia(
      .with {
        $0.caseReference = reference
        $0.purpose = .outreachEffect
      }, options: options)
    return CountApplication.Heard(answer)
  }

  init(_ answer: Recourse_Intake_V1_GetHeardViaResponse) {
    channel = answer.channel.word
    if let code = MaterialCode(answer.material) {
      told = code.description
    } else if answer.otherWords {
      told = Self.words
    }
  }
}
