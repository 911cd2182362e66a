import CaseModel
import Messages

extension Recourse_Support_V1_Referral {
  /// What is empty is left out, but who it is to, its state and whether its consent stands.
  var json: JSON {
    let rest = [
      ("servedBy", servedBy), ("answer", Naming.name(of: answer)),
      ("reason", Naming.name(of: reason)), ("answeredOn", answeredOn),
      ("withdrawnOn", withdrawnOn), ("acknowledgementDueOn", acknowledgementDueOn),
      ("acknowledgedOn", acknowledgedOn),
    ].filter { !$0.1.isEmpty }.map { ($0.0, JSON.text($0.1)) }
    return .object(
      [
        ("agency", .text(agency)), ("state", .text(Naming.name(of: state))),
        ("consentWithdrawn", .bool(consentWithdrawn)),
      ] + rest
        + (acknowledgementOverdue ? [("acknowledgementOverdue", .bool(true))] : []))
  }

  /// A line for a person: who it is to, what became of it, and what is still to be done.
  var inWords: String {
    "Referral to \(agency): \(Naming.name(of: state).lowercased())." + answerWords
      + (consentWithdrawn ? withdrawnWords : "")
  }

  private var answerWords: String {
    guard answer != .unspecified else { return "" }
    let what = Naming.words(of: Naming.name(of: answer))
    let why = reason == .unspecified ? "" : ", " + Naming.words(of: Naming.name(of: reason))
    return " Answered on \(answeredOn.dayInWords): \(what)\(why)."
  }

  /// What has to be known of a referral whose consent was taken back.
  private var withdrawnWords: String {
    guard state == .sent, reason != .notDelivered else { return " The consent was withdrawn." }
    guard acknowledgedOn.isEmpty else {
      return " The consent was withdrawn since; the agency confirmed on "
        + "\(acknowledgedOn.dayInWords) that it knows."
    }
    let task = servedBy.isEmpty ? "tell the agency" : "\(servedBy) tells the agency"
    let words = " The consent was withdrawn since: \(task)."
    guard !acknowledgementDueOn.isEmpty else { return words }
    return words
      + (acknowledgementOverdue
        ? " It should have confirmed by \(acknowledgementDueOn.dayInWords) and has not."
        : " It should confirm by \(acknowledgementDueOn.dayInWords).")
  }
}
