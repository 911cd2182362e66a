import Foundation
import IntakeRules
import Messages
import Policy
import SwiftProtobuf

extension ApplicationReader {
  mutating func readConsents(
    _ messages: [Recourse_Intake_V1_Consent], _ pack: PolicyPack?, of victims: [ConsentingPerson]
  ) -> [ConsentAnswer] {
    var seen: [ConsentSubject: Int] = [:]
    return messages.enumerated().map { index, message in
      let path = FormPath.whole.field("consents").item(index)
      let answer = readConsent(message, pack, of: victims, at: path)
      if let earlier = seen.updateValue(index, forKey: answer.subject) {
        problems.add(
          .contradiction, at: path,
          "consents[\(earlier)] answers the same purpose for the same person and recipient; "
            + "expected one answer.")
      }
      return answer
    }
  }

  /// One answer, of an application or a later one.
  mutating func readConsent(
    _ message: Recourse_Intake_V1_Consent, _ pack: PolicyPack?, of victims: [ConsentingPerson],
    at path: FormPath
  ) -> ConsentAnswer {
    let answer = ConsentAnswer(
      subject: ConsentSubject(
        person: readPerson(of: message, victims, at: path.field("person")),
        purpose: message.purpose.formName, recipient: message.recipient),
      given: message.given, wording: message.wording,
      at: message.hasAt ? message.at.date : nil, capacity: message.capacity.formName)
    check(answer, pack, at: path)
    if let at = answer.at, at.timeIntervalSince(now) > Self.clockDifferenceLimit {
      problems.add(
        .inTheFuture, at: path.field("at"), "This time is still to come; expected when it was said."
      )
    }
    return answer
  }

  /// Whose answer it is. Where it does not say so, and could be several people's, that is told.
  private mutating func readPerson(
    of message: Recourse_Intake_V1_Consent, _ victims: [ConsentingPerson], at path: FormPath
  ) -> ConsentingPerson {
    let isAuthority = message.purpose == .thirdPartyAuthority
    let others = victims.filter { $0 != .applicant }
    guard !message.person.isEmpty else {
      if isAuthority && others.count > 1 {
        problems.add(
          .missing, at: path,
          "Several victims are somebody else than the applicant; expected whose authority this is, "
            + "each in an answer of their own: \(Self.list(others)).")
      }
      return isAuthority ? others.first ?? .applicant : .applicant
    }
    guard let named = ConsentingPerson(path: message.person) else {
      problems.add(
        .wrongForm, at: path,
        "This does not say whose answer it is; expected one of: \(Self.list(.applicant, others)).")
      return .applicant
    }
    guard case .victim(let place) = named else {
      checkNotOwn(isAuthority, others, at: path)
      return named
    }
    guard victims.indices.contains(place) else {
      problems.add(
        .unknownPerson, at: path,
        "The application has no \(named.path); expected one of: \(Self.list(.applicant, others)).")
      return named
    }
    if victims[place] == .applicant { checkNotOwn(isAuthority, others, at: path) }
    return victims[place]
  }

  private mutating func checkNotOwn(
    _ isAuthority: Bool, _ others: [ConsentingPerson], at path: FormPath
  ) {
    guard isAuthority else { return }
    problems.add(
      .contradiction, at: path,
      "Nobody needs an authority to apply for themselves; expected "
        + (others.isEmpty
          ? "none, for no victim is somebody else than the applicant."
          : "a victim who is somebody else: \(Self.list(others))."))
  }

  private static func list(_ people: [ConsentingPerson]) -> String {
    people.map(\.path).joined(separator: ", ")
  }

  private static func list(_ first: ConsentingPerson, _ others: [ConsentingPerson]) -> String {
    list([first] + others)
  }

  /// Recipient and wording are announced in events, so they must have the form of a key.
  private mutating func check(
    _ answer: ConsentAnswer, _ pack: PolicyPack?, at path: FormPath
  ) {
    if answer.subject.purpose.isEmpty {
      problems.add(
        .missing, at: path.field("purpose"),
        "The purpose is missing; expected what the consent is for.")
    }
    check(recipientOf: answer.subject, pack, at: path.field("recipient"))
    if answer.given && answer.wording.isEmpty {
      problems.add(
        .missing, at: path.field("wording"),
        "The wording is missing; expected the version of the words that were agreed to.")
    } else if !answer.wording.isEmpty && !Self.isVersion(answer.wording) {
      problems.add(
        .wrongForm, at: path.field("wording"),
        "This is not a version; expected letters, digits, points and hyphens, such as 2026-01.")
    }
  }

  private mutating func check(
    recipientOf subject: ConsentSubject, _ pack: PolicyPack?, at path: FormPath
  ) {
    if subject.purpose == ConsentSubject.supportReferral {
      guard let pack, !pack.supportAgencies.contains(where: { $0.key == subject.recipient }) else {
        return
      }
      let known = pack.supportAgencies.map(\.key).joined(separator: ", ")
      problems.add(
        subject.recipient.isEmpty ? .missing : .unknownRecipient, at: path,
        known.isEmpty
          ? "The procedure of this area names no support service; leave this consent out."
          : "This does not say which support service may be told; expected one of: \(known).")
    } else if !subject.recipient.isEmpty && !Self.isKey(subject.recipient) {
      problems.add(
        .wrongForm, at: path,
        "This is not a key; expected small letters, digits and hyphens, or nothing.")
    }
  }

  private static func isKey(_ text: String) -> Bool {
    PlainWords.isKey(text) || text.wholeMatch(of: /[a-z0-9][a-z0-9\-]{0,63}/) != nil
  }

  private static func isVersion(_ text: String) -> Bool {
    PlainWords.isVersion(text)
      || text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9.\-]{0,31}/) != nil
  }
}
