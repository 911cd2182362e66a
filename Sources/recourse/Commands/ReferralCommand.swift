import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// `recourse case referral`: what an agency says of a referral, where no plugin brings it.
struct ReferralCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "referral",
    abstract: "Put on record what an agency says of a referral.",
    discussion: """
      For an agency that is told by file, telephone or letter; what one answers that a plugin serves comes by itself. \
      Who is declined is offered the details to refer themselves. Whose consent was withdrawn after the referral is \
      shown until the agency has confirmed that it knows: --knows-withdrawal.

      Examples:
        recourse case referral REF --agency victim-care-unit --accepted --officer 'A. Officer'
        recourse case referral REF --agency victim-care-unit --declined --reason out-of-area \
      --officer 'A. Officer'
        recourse case referral REF --agency victim-care-unit --knows-withdrawal --on 2026-03-20 \
      --officer 'A. Officer'
      """)

  enum Word: String, EnumerableFlag {
    case accepted
    case declined
    case noContact
    case closed
    case knowsWithdrawal

    static func help(for value: Word) -> ArgumentHelp? {
      switch value {
      case .accepted: "It takes the person on."
      case .declined: "It does not, for a --reason."
      case .noContact: "It tried, and did not reach the person."
      case .closed: "Its support has come to its end."
      case .knowsWithdrawal: "It confirms that it knows that the consent was withdrawn."
      }
    }

    /// Nil for what is no answer to a referral.
    fileprivate var message: Recourse_Support_V1_ReferralAnswer? {
      switch self {
      case .accepted: .accepted
      case .declined: .declined
      case .noContact: .noContact
      case .closed: .closed
      case .knowsWithdrawal: nil
      }
    }
  }

  enum Reason: String, ExpressibleByArgument, CaseIterable {
    case noCapacity = "no-capacity"
    case notEligible = "not-eligible"
    case outOfArea = "out-of-area"
    case alreadySupported = "already-supported"
    case personDeclined = "person-declined"

    fileprivate var message: Recourse_Support_V1_DeclineReason {
      switch self {
      case .noCapacity: .noCapacity
      case .notEligible: .notEligible
      case .outOfArea: .outOfArea
      case .alreadySupported: .alreadySupported
      case .personDeclined: .personDeclined
      }
    }
  }

  @OptionGroup var argument: CaseArgument

  @Option(name: .long, help: ArgumentHelp("Which agency, by its key.", valueName: "key"))
  var agency: String

  @Flag(exclusivity: .exclusive)
  var word: Word

  @Option(name: .long, help: "Why it declines.")
  var reason: Reason?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Which of several referrals to the agency, by its consent; else the newest that it may be about.",
      valueName: "id"))
  var consent: String = ""

  @Option(
    name: .long, help: ArgumentHelp("The day it said so; else today.", valueName: "yyyy-mm-dd"))
  var on: String = ""

  @Option(name: .long, help: ArgumentHelp("Who puts it on record.", valueName: "name"))
  var officer: String

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let reference = try argument.checked.description
    let (referral, repeated, position) = try await Connection.open(client) { connection in
      let head = try await connection.head()
      let referral = try await find(reference, connection, head)
      let (repeated, position) = try await record(referral, reference, connection, head)
      return (referral, repeated, position)
    }
    if output.json {
      Output.line(
        .object([
          ("reference", .text(reference)), ("agency", .text(agency)),
          ("consentId", .text(referral.consentID)), ("word", .text(word.rawValue)),
          ("repeated", .bool(repeated)), ("logPosition", .position(position)),
        ]))
    } else {
      Output.line(
        repeated ? "That was on record before." : "On record: \(agency), \(Self.words(of: word)).")
    }
  }

  private static func words(of word: Word) -> String {
    switch word {
    case .accepted: "accepted"
    case .declined: "declined"
    case .noContact: "no contact"
    case .closed: "closed"
    case .knowsWithdrawal: "knows of the withdrawal"
    }
  }

  /// The referral that it is about.
  private func find(
    _ reference: String, _ connection: Connection, _ head: UInt64
  ) async throws -> Recourse_Support_V1_Referral {
    let support = try await connection.support.getSupport(
      .with {
        $0.caseReference = reference
        $0.atLeastPosition = head
      }, options: Connection.limit())
    let own = support.referrals.filter {
      $0.agency == agency && (consent.isEmpty || $0.consentID == consent)
    }
    let isWithdrawal = word == .knowsWithdrawal
    guard let referral = own.last(where: { $0.consentWithdrawn == isWithdrawal }) ?? own.last
    else {
      let known = Set(support.referrals.map(\.agency)).sorted().joined(separator: ", ")
      throw Failure.input(
        "unknown-referral", path: "--agency",
        "\(reference) has no such referral"
          + (known.isEmpty ? "." : "; it has been referred to \(known)."))
    }
    return referral
  }

  private func record(
    _ referral: Recourse_Support_V1_Referral, _ reference: String, _ connection: Connection,
    _ head: UInt64
  ) async throws -> (repeated: Bool, position: UInt64) {
    guard let answer = word.message else {
      let response = try await connection.support.recordWithdrawalAcknowledged(
        .with {
          $0.caseReference = reference
          $0.agency = agency
          $0.consentID = referral.consentID
          $0.acknowledgedOn = on
          $0.atLeastPosition = head
          $0.officer = officer
        }, options: Connection.limit())
      return (response.repeated, response.logPosition)
    }
    let response = try await connection.support.recordReferralAnswer(
      .with {
        $0.caseReference = reference
        $0.agency = agency
        $0.consentID = referral.consentID
        $0.answer = answer
        $0.reason = reason?.message ?? .unspecified
        $0.answeredOn = on
        $0.atLeastPosition = head
        $0.officer = officer
      }, options: Connection.limit())
    return (response.repeated, response.logPosition)
  }
}
