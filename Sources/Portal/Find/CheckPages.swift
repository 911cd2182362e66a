import CaseModel
import Policy

/// "Could I ask for a review?": a few questions, and what the rules say of the answers. It stores nothing, turns nobody
/// away, and says what else helps.
struct CheckPages: Sendable {
  let areas: AreaPages
  let visit: Visit

  private var say: Say { visit.say }
  private var title: String {
    say("Could I ask for a review?", "A allwn i ofyn am adolygiad?")
  }

  /// The first page.
  func begin(faults: [FieldFault] = []) -> Screen {
    let choices = areas.areas.map { Field.Choice($0.key, $0.name) }
    return Screen(
      title,
      [
        .p(
          say(
            "This is only to help you. Nothing that you answer is kept, and you can "
              + "apply whatever it says.",
            "Dim ond i'ch helpu y mae hyn. Ni chedwir dim o'ch atebion, a gallwch wneud "
              + "cais beth bynnag y mae'n ei ddweud."
          )),
        .form(
          Form(
            visit.link("/check"),
            [
              Field(
                "area", say("Where does it happen?", "Ble mae'n digwydd?"),
                .select([Field.Choice("", say("Choose an area", "Dewiswch ardal"))] + choices)
              ).filled(from: visit.form)
            ], button: say(CommonWords.continues),
            hidden: [Form.Hidden(name: "step", value: "area")])),
      ], back: visit.link("/"), faults: faults)
  }

  /// The page after one that was sent.
  func next() -> Screen {
    var check = EligibilityCheck(visit.form)
    guard let pack = areas.pack(check.area) else {
      return begin(faults: [
        FieldFault(field: "area", message: say("Choose an area", "Dewiswch ardal"))
      ])
    }
    guard visit.form["step"] == "complaint" else { return complaint(check, pack, PostedForm()) }
    let answer = EligibilityCheck.Complaint(visit.form)
    let faults = answer.faults(on: visit.today, say)
    guard faults.isEmpty else { return complaint(check, pack, visit.form, faults) }
    check.complaints.append(answer)
    if visit.form["more"] == "yes", check.complaints.count < EligibilityCheck.complaintsLimit {
      return complaint(check, pack, PostedForm())
    }
    guard let assessment = check.assessment(under: pack, on: visit.today) else { return begin() }
    return CheckResult(visit: visit, pack: pack, check: check, assessment: assessment).screen
  }

  private func complaint(
    _ check: EligibilityCheck, _ pack: PolicyPack, _ typed: PostedForm, _ faults: [FieldFault] = []
  ) -> Screen {
    let number = check.complaints.count + 1
    let hint = say(
      "If you do not know the day, leave it empty: the month and the year are enough.",
      "Os nad ydych yn gwybod y diwrnod, gadewch ef yn wag: mae'r mis a'r flwyddyn yn ddigon.")
    let fields = [
      Field(
        "happened", say("When did it happen?", "Pryd y digwyddodd?"), hint: hint,
        .date(hasDay: true)),
      Field(
        "reported", say("When did you tell somebody?", "Pryd y dywedoch wrth rywun?"), hint: hint,
        .date(hasDay: true)),
      Field(
        "made-to", say("Whom did you tell?", "Wrth bwy y dywedoch?"),
        .radios(BodyKind.allCases.map { Field.Choice($0.rawValue, say($0.label)) })),
      Field(
        "hate",
        say("Was it because of who you are?", "Ai oherwydd pwy ydych chi yr oedd hyn?"),
        hint: say(
          "Such as your race, religion, disability, sexual orientation or gender identity.",
          "Megis eich hil, crefydd, anabledd, cyfeiriadedd rhywiol neu hunaniaeth rhywedd."),
        .checkboxes([
          Field.Choice("yes", say("Yes, I think so", "Ie, rwy'n meddwl hynny"))
        ])),
    ]
    return Screen(
      say("Complaint \(number)", "Cwyn \(number)"),
      [
        .p(
          say(
            "Tell us about one time that you complained. You can add others.",
            "Dywedwch wrthym am un tro y gwnaethoch gwyno. Gallwch ychwanegu rhagor.")),
        .form(
          Form(
            visit.link("/check"), fields.map { $0.filled(from: typed) },
            button: say("See what it means", "Gweld beth mae'n ei olygu"),
            hidden: check.hidden + [Form.Hidden(name: "step", value: "complaint")],
            others: [
              Form.OtherButton(
                label: say("Add another complaint", "Ychwanegu cwyn arall"), name: "more",
                value: "yes")
            ])),
      ], back: visit.link("/check"), faults: faults, caption: title)
  }
}
