import CaseModel
import Policy

// What more than one letter says.
extension Speech {
  /// Whom to ring.
  var danger: String {
    self(
      "If you are in danger, call 999. If it is not urgent, call the police on 101.",
      "Os ydych mewn perygl, ffoniwch 999. Os nad yw'n fater brys, ffoniwch yr heddlu ar 101.")
  }

  /// What the abbreviation means.
  var whatASBMeans: String {
    self("ASB means anti-social behaviour.", "Ystyr YG yw ymddygiad gwrthgymdeithasol.")
  }
}

extension Paper {
  /// The line with which a letter about a case begins.
  mutating func begin(_ caseReference: String, on day: CalendarDate, _ say: Speech) {
    let opening = Self.opening(caseReference, on: day, say)
    paragraph(opening.reference, opening.date)
  }

  /// Its first and its last sentence; the first is empty where there is no case.
  private static func opening(
    _ caseReference: String, on day: CalendarDate, _ say: Speech
  ) -> (reference: String, date: String) {
    (
      caseReference.isEmpty
        ? "" : say("Case reference: \(caseReference).", "Cyfeirnod yr achos: \(caseReference)."),
      say("Date: \(say.day(day)).", "Dyddiad: \(say.day(day)).")
    )
  }

  /// The same without case and day in the line with which it begins; what else stands in that line stays.
  func withoutBeginning(_ caseReference: String, on day: CalendarDate, _ say: Speech) -> Paper {
    let opening = Self.opening(caseReference, on: day, say)
    guard case .paragraph(let line) = blocks.first, line.quoted.isEmpty, line.address.isEmpty,
      line.text.hasPrefix(opening.reference), line.text.hasSuffix(opening.date)
    else { return self }
    let rest = line.text.dropFirst(opening.reference.count).dropLast(opening.date.count)
      .split(separator: " ").joined(separator: " ")
    return beginning(with: rest)
  }

  /// How to follow a case. The code itself is never in a letter.
  mutating func follow(_ caseReference: String, _ sender: Letter.Sender, _ say: Speech) {
    heading(say("How to follow your case", "Sut i ddilyn eich achos"))
    guard sender.readerHasCode else {
      return paragraph(
        say("You can ask us where the case is.", "Gallwch ofyn i ni ble mae'r achos."))
    }
    paragraph(
      say(
        "You need your reference (\(caseReference)) and the code that you were given when you applied.",
        "Bydd angen eich cyfeirnod (\(caseReference)) a'r cod a gawsoch wrth wneud cais."),
      say(
        "Keep the code to yourself. It is never in a letter, and nobody from here asks for it on the phone.",
        "Cadwch y cod i chi'ch hun. Nid yw byth mewn llythyr, ac ni fydd neb oddi yma'n gofyn amdano dros y ffôn."
      ))
    if sender.followAt.isEmpty {
      paragraph(
        say(
          "Without a code, you can ask us where your case is.",
          "Heb god, gallwch ofyn i ni ble mae eich achos."))
    } else {
      paragraph(
        say("You can follow your case here:", "Gallwch ddilyn eich achos yma:"),
        address: sender.followAt)
      paragraph(
        say(
          "There you can see where it is, read our letters, and change what you told us. If you have lost the code, "
            + "ask us for a new one.",
          "Yno gallwch weld ble mae'r achos, darllen ein llythyrau, a newid yr hyn a ddywedwyd gennych. Os collwyd y "
            + "cod, gofynnwch i ni am un newydd."))
    }
  }
}
