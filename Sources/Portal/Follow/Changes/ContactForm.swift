import Foundation
import Messages
import SwiftProtobuf

/// Changes how a person is reached, and safely. Who they are stays as it is.
struct ContactForm {
  let own: Recourse_Intake_V1_GetOwnCaseResponse
  let visit: Visit

  init(_ own: Recourse_Intake_V1_GetOwnCaseResponse, _ visit: Visit) {
    self.own = own
    self.visit = visit
  }

  /// As it is now, or as it was typed.
  var screen: Screen { screen([]) }

  private static let channels: [(value: String, Recourse_Intake_V1_SafeContact.Channel)] = [
    ("email", .email), ("phone", .phone), ("sms", .sms), ("post", .post),
  ]

  private func screen(_ faults: [FieldFault]) -> Screen {
    let (say, party) = (visit.say, own.application.applicant)
    let safe = party.safeContact
    let ways = Field(
      "ways", say("Which of these are safe?", "Pa rai o'r rhain sy'n ddiogel?"),
      hint: say(
        "We use only what you tick. Think of who else might read or hear it.",
        "Dim ond yr hyn a diciwch a ddefnyddiwn. Meddyliwch am bwy arall allai ei ddarllen neu ei glywed."
      ),
      .checkboxes([
        Field.Choice("email", say("E-mail", "E-bost")),
        Field.Choice("phone", say("Phone calls", "Galwadau ffôn")),
        Field.Choice("sms", say("Text messages", "Negeseuon testun")),
        Field.Choice("post", say("Letters by post", "Llythyrau drwy'r post")),
      ]))
    let fields = [
      filled(
        Field(
          "email", say("E-mail address", "Cyfeiriad e-bost"),
          .line(Field.Line(type: "email", autocomplete: "email"))), party.email),
      filled(
        Field(
          "phone", say("Phone number", "Rhif ffôn"),
          .line(Field.Line(type: "tel", autocomplete: "tel", width: 20))), party.phone),
      filled(
        Field("address", say("Postal address", "Cyfeiriad post"), .area(4)), party.postalAddress),
      filled(
        ways,
        all: safe.channels.compactMap { channel in
          Self.channels.first { $0.1 == channel }?.value
        }),
      filled(
        Field(
          "between",
          say("When may we call or text?", "Pryd y cawn ffonio neu anfon neges destun?"),
          hint: say(
            "Such as 09:00-17:00, or 22:00-02:00 at night. Leave it empty if any time is safe.",
            "Megis 09:00-17:00, neu 22:00-02:00 yn y nos. Gadewch ef yn wag os yw unrhyw amser yn ddiogel."
          ),
          .line(Field.Line(width: 20))), safe.phoneBetween),
      filled(
        Field(
          "voicemail", say("May we leave a message?", "A gawn adael neges?"),
          .radios([
            Field.Choice("yes", say("Yes", "Cewch")), Field.Choice("no", say("No", "Na chewch")),
          ])), safe.voicemail ? "yes" : "no"),
      filled(
        Field(
          "note", say("Anything else we should know?", "Unrhyw beth arall y dylem ei wybod?"),
          hint: say(
            "Such as: never mention this in front of my partner",
            "Megis: peidiwch byth â sôn am hyn o flaen fy mhartner"), .area(2)), safe.note),
      filled(
        Field(
          "language", say("In which language do we write?", "Ym mha iaith yr ysgrifennwn?"),
          .radios([Field.Choice("en", "English"), Field.Choice("cy", "Cymraeg")])),
        party.language.isEmpty ? "en" : party.language),
      filled(
        Field(
          "adjustments",
          say("Anything that makes it easier for you", "Unrhyw beth sy'n ei gwneud yn haws i chi"),
          hint: say(
            "Such as large print. One on each line.", "Megis print bras. Un ar bob llinell."),
          .area(3)), party.adjustments.joined(separator: "\n")),
    ]
    return Screen(
      say("How we reach you", "Sut i gysylltu â chi"),
      [
        .form(
          Form(
            visit.link("/case/contact"), fields, button: say("Save", "Cadw"),
            hidden: [OwnChange.key(visit)]))
      ], back: visit.link("/case"), faults: faults, status: faults.isEmpty ? 200 : 400)
  }

  private func filled(_ field: Field, _ value: String) -> Field {
    visit.isPost ? field.filled(from: visit.form) : field.filled(value)
  }

  private func filled(_ field: Field, all values: [String]) -> Field {
    if visit.isPost { return field.filled(from: visit.form) }
    var copy = field
    copy.values = values
    return copy
  }

  func take() async throws -> Reply {
    let session = try visit.needingSession()
    let answer = try await visit.workers.door.changeContact(
      .with {
        $0.session = session.token
        $0.contact = contact
        $0.idempotencyKey = visit.form[OwnChange.keyField]
      }, options: Workers.limit)
    let faults = OwnChange.faults(answer, visit.say, field: field)
    return faults.isEmpty ? visit.done(.contact, at: answer.logPosition) : .screen(screen(faults))
  }

  private var contact: Recourse_Intake_V1_Party {
    var party = own.application.applicant
    let form = visit.form
    party.email = form["email"]
    party.phone = form["phone"]
    party.postalAddress = form["address"]
    party.language = form["language"]
    let ticked = form.all("ways").compactMap { way in
      Self.channels.first { $0.value == way }?.1
    }
    // The way that they like best comes first; boxes have no order, so that it stays as it was.
    let before = party.safeContact.channels
    party.safeContact.channels =
      before.filter(ticked.contains) + ticked.filter { !before.contains($0) }
    party.safeContact.phoneBetween = form["between"]
    party.safeContact.voicemail = form["voicemail"] == "yes"
    party.safeContact.note = form["note"]
    party.adjustments = form["adjustments"].split(separator: "\n").map {
      String($0).trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    return party
  }

  private func field(_ path: String) -> String? {
    switch path {
    case "email", "phone", "language", "adjustments", "voicemail", "note": path
    case "postalAddress": "address"
    case "channels", "safeContact": "ways"
    case "phoneBetween": "between"
    default: nil
    }
  }
}
