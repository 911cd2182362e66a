/// Which page a fault that Intake found belongs to, by its path in the application; and what it says to the person. Intake's
/// own words are for programs.
struct FaultPlace: Sendable {
  let draft: ApplicationDraft

  /// Nil if no page asks for it.
  func stop(of path: String) -> Stop? {
    if let (index, field) = item(path, of: "complaints") {
      guard draft.complaints.indices.contains(index) else { return .complaints }
      return .complaint(draft.complaints[index].number, Self.complaintSteps[field] ?? "what")
    }
    if let (index, _) = item(path, of: "allegedPerpetrators") {
      guard draft.people.indices.contains(index) else { return .people }
      return .person(draft.people[index].number, "person")
    }
    if path.hasPrefix("victims") {
      return .step(path.hasSuffix("name") ? "their-name" : "their-contact")
    }
    if path.hasPrefix("consents") { return .step("consent-sharing") }
    if path.hasPrefix("others") || path == "complaints" { return .complaints }
    for (prefix, key) in Self.steps where path.hasPrefix(prefix) { return .step(key) }
    return nil
  }

  /// What is wrong, by Intake's code.
  static func message(_ code: String, _ say: Say) -> String {
    switch code {
    case "missing":
      say("Something is missing here", "Mae rhywbeth ar goll yma")
    case "unreachable":
      say(
        "A way that you said is safe has no address that works",
        "Nid oes cyfeiriad sy'n gweithio ar gyfer ffordd y dywedoch ei bod yn ddiogel")
    case "not-a-date": say("This is not a real date", "Nid yw hwn yn ddyddiad go iawn")
    case "wrong-order":
      say(
        "A complaint cannot be before what it is about. Check both dates.",
        "Ni all cwyn fod cyn yr hyn y mae'n ymwneud ag ef. Gwiriwch y ddau ddyddiad.")
    case "after-receipt", "in-the-future":
      say("This date is still to come", "Mae'r dyddiad hwn eto i ddod")
    case "too-long": say("This is too long", "Mae hwn yn rhy hir")
    case "too-many": say("There are too many of these", "Mae gormod o'r rhain")
    case "wrong-form": say("Check how this is written", "Gwiriwch sut mae hwn wedi'i ysgrifennu")
    default: say("Check this answer", "Gwiriwch yr ateb hwn")
    }
  }

  /// `complaints[2].behaviourDate` is 2 and `behaviourDate`.
  private func item(_ path: String, of list: String) -> (Int, String)? {
    guard path.hasPrefix("\(list)["), let end = path.firstIndex(of: "]"),
      let index = Int(path[path.index(path.startIndex, offsetBy: list.count + 1)..<end])
    else { return nil }
    let rest = path[path.index(after: end)...]
    let field = rest.drop { $0 == "." }.prefix { $0.isLetter }
    return (index, String(field))
  }

  private static let complaintSteps = [
    "behaviourDate": "happened", "behaviourDateTo": "happened", "complaintDate": "reported",
    "complaintDateTo": "reported", "madeTo": "made-to", "body": "body", "complainant": "by",
    "what": "what", "responseSoFar": "more", "reference": "more", "hateStrands": "hate",
  ]

  /// The first that a path begins with.
  private static let steps = [
    ("applicant.safeContact.phoneBetween", "phone-times"),
    ("applicant.safeContact.voicemail", "phone-times"),
    ("applicant.safeContact", "safe-ways"), ("applicant.name", "name"),
    ("applicant.organisation", "organisation"), ("applicant.relation", "relation"),
    ("applicant.language", "language"), ("applicant.adjustments", "adjustments"),
    ("applicant.kind", "who"), ("applicant", "contact"), ("impact", "impact"),
    ("desiredOutcome", "outcome"), ("attendance", "attendance"), ("risk", "risk"),
    ("heardVia", "heard"),
  ]
}
