import IntakeRules
import Messages

extension ApplicationReader {
  mutating func readApplicant(_ message: Recourse_Intake_V1_Application) -> Person? {
    let path = FormPath.whole.field("applicant")
    guard message.hasApplicant else {
      problems.add(
        .missing, at: path,
        "The applicant is missing; expected who applies, with at least a name.")
      return nil
    }
    return readPerson(message.applicant, at: path)
  }

  mutating func readVictims(_ messages: [Recourse_Intake_V1_Victim]) -> [Victim] {
    messages.enumerated().map { index, message in
      let path = FormPath.whole.field("victims").item(index)
      switch (message.sameAsApplicant, message.hasParty) {
      case (true, false):
        return .applicant
      case (true, true):
        problems.add(
          .contradiction, at: path,
          "This victim is the applicant and a party as well; expected one of sameAsApplicant "
            + "and party.")
        return .applicant
      case (false, true):
        return .person(readPerson(message.party, at: path.field("party")))
      case (false, false):
        problems.add(
          .missing, at: path,
          "This does not say who the victim is; expected \"sameAsApplicant\": true, or a party.")
        return .applicant
      }
    }
  }

  mutating func readOthers(_ messages: [Recourse_Intake_V1_Other]) -> [OtherComplainant] {
    var ids: Set<String> = []
    return messages.enumerated().map { index, message in
      let path = FormPath.whole.field("others").item(index).field("id")
      if message.id.isEmpty {
        problems.add(
          .missing, at: path, "The id is missing; expected a word that complaints refer to.")
      } else if Self.reservedComplainants.contains(message.id) {
        problems.add(
          .contradiction, at: path,
          "The words self and victim stand for the applicant and the victim; expected another id.")
      } else if !ids.insert(message.id).inserted {
        problems.add(
          .contradiction, at: path, "Somebody above has this id; expected one of their own.")
      }
      return OtherComplainant(
        id: message.id, household: message.household, name: message.name)
    }
  }

  static var reservedComplainants: Set<String> { ["self", "victim"] }

  /// Somebody of an application, or how they are reached from now on.
  mutating func readPerson(
    _ message: Recourse_Intake_V1_Party, at path: FormPath
  ) -> Person {
    if message.name.allSatisfy(\.isWhitespace) {
      problems.add(.missing, at: path.field("name"), "The name is missing; expected a name.")
    }
    let contact = message.safeContact
    let contactPath = path.field("safeContact")
    let channels = readSafeChannels(message, at: contactPath.field("channels"))
    if !contact.phoneBetween.isEmpty && !Self.isTimeSpan(contact.phoneBetween) {
      problems.add(
        .wrongForm, at: contactPath.field("phoneBetween"),
        "This is not a span of the day; expected HH:MM-HH:MM, such as 10:00-14:00.")
    }
    return Person(
      kind: message.kind.formName, name: message.name, email: message.email,
      phone: message.phone, postalAddress: message.postalAddress, language: message.language,
      organisation: message.organisation, relation: message.relation,
      adjustments: message.adjustments, safeChannels: channels,
      phoneBetween: contact.phoneBetween, voicemail: contact.voicemail, contactNote: contact.note)
  }

  private mutating func readSafeChannels(
    _ message: Recourse_Intake_V1_Party, at path: FormPath
  ) -> [SafeChannel] {
    var channels: [SafeChannel] = []
    for (index, written) in message.safeContact.channels.enumerated() {
      guard let channel = SafeChannel(rawValue: written.formName) else {
        let offered = SafeChannel.allCases.map(\.rawValue).joined(separator: ", ")
        problems.add(
          .unknownValue, at: path.item(index),
          "This does not say which way is safe; expected one of: \(offered).")
        continue
      }
      let address = message.address(channel.address)
      if address.allSatisfy(\.isWhitespace)
        || (channel == .email && !Self.looksLikeEmail(address))
      {
        problems.add(
          .unreachable, at: path.item(index),
          "\(channel.rawValue) is said to be safe, but \(channel.address.rawValue) has no address "
            + "to use; expected it filled in, or this way left out.")
      }
      if !channels.contains(channel) { channels.append(channel) }
    }
    return channels
  }

  /// `10:00-14:00`, or `22:00-02:00`, which goes on over midnight; not no time at all.
  private static func isTimeSpan(_ text: String) -> Bool {
    guard
      let match = text.wholeMatch(of: /([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)/)
    else { return false }
    let (_, fromHour, fromMinute, toHour, toMinute) = match.output
    return (fromHour, fromMinute) != (toHour, toMinute)
  }

  private static func looksLikeEmail(_ text: String) -> Bool {
    PlainWords.isEmail(text) || text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil
  }
}

extension Recourse_Intake_V1_Party {
  func address(_ address: SafeChannel.Address) -> String {
    switch address {
    case .email: email
    case .phone: phone
    case .postalAddress: postalAddress
    }
  }
}
