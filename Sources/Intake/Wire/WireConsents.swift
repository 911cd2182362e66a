import Messages
import Policy
import SwiftProtobuf

extension ApplicationReader {
  mutating func readConsents(
    _ messages: [Recourse_Intake_V1_Consent], _ pack: PolicyPack?
  ) -> [ConsentAnswer] {
    var seen: [ConsentSubject: Int] = [:]
    return messages.enumerated().map { index, message in
      let path = FormPath.whole.field("consents").item(index)
      let answer = ConsentAnswer(
        purpose: message.purpose.formName, recipient: message.recipient, given: message.given,
        wording: message.wording, at: message.hasAt ? message.at.date : nil)
      check(answer, pack, at: path)
      let subject = ConsentSubject(purpose: answer.purpose, recipient: answer.recipient)
      if let earlier = seen.updateValue(index, forKey: subject) {
        problems.add(
          .contradiction, at: path,
          "consents[\(earlier)] answers the same purpose for the same recipient; "
            + "expected one answer.")
      }
      return answer
    }
  }

  private struct ConsentSubject: Hashable {
    let purpose: String
    let recipient: String
  }

  /// Recipient and wording are announced in events, so they must have the form of a key.
  private mutating func check(
    _ answer: ConsentAnswer, _ pack: PolicyPack?, at path: FormPath
  ) {
    if answer.purpose.isEmpty {
      problems.add(
        .missing, at: path.field("purpose"),
        "The purpose is missing; expected what the consent is for.")
    }
    check(recipientOf: answer, pack, at: path.field("recipient"))
    if answer.given && answer.wording.isEmpty {
      problems.add(
        .missing, at: path.field("wording"),
        "The wording is missing; expected the version of the words that were agreed to.")
    } else if !answer.wording.isEmpty && answer.wording.wholeMatch(of: Self.version) == nil {
      problems.add(
        .wrongForm, at: path.field("wording"),
        "This is not a version; expected letters, digits, points and hyphens, such as 2026-01.")
    }
  }

  private mutating func check(
    recipientOf answer: ConsentAnswer, _ pack: PolicyPack?, at path: FormPath
  ) {
    if answer.purpose == ConsentAnswer.supportReferral {
      guard let pack, !pack.supportAgencies.contains(where: { $0.key == answer.recipient }) else {
        return
      }
      let known = pack.supportAgencies.map(\.key).joined(separator: ", ")
      problems.add(
        answer.recipient.isEmpty ? .missing : .unknownRecipient, at: path,
        "This does not say which support service may be told; expected one of: \(known).")
    } else if !answer.recipient.isEmpty && !Self.isKey(answer.recipient) {
      problems.add(
        .wrongForm, at: path,
        "This is not a key; expected small letters, digits and hyphens, or nothing.")
    }
  }

  private static func isKey(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z0-9][a-z0-9\-]{0,63}/) != nil
  }

  private static var version: Regex<Substring> { /[A-Za-z0-9][A-Za-z0-9.\-]{0,31}/ }
}
