import CaseModel
import GRPCCore
import Messages
import Policy
import SwiftProtobuf

/// The beginning and the end of an application that an officer keys in for somebody.
struct OfficerPages: Sendable {
  let packs: PackShelf

  /// Where the draft has the code until it is handed in. A draft is encrypted under this very code, so that it tells
  /// nobody anything.
  static let codeKey = "code-to-hand-over"
  /// The name by which the area goes along with it.
  static let areaKey = "area-of-code"

  private static let channels: [(value: String, Recourse_Intake_V1_Application.Channel)] = [
    ("phone", .phone), ("paper", .paper), ("in-person", .inPerson), ("assisted", .assisted),
  ]

  func begin(_ visit: Visit, faults: [FieldFault] = []) async throws -> Screen {
    let say = visit.say
    let areas = try await FindRoutes.areas(packs, visit).areas
    let fields = [
      Field(
        "area", say("Where does it happen?", "Ble mae'n digwydd?"),
        .select(
          [Field.Choice("", say("Choose an area", "Dewiswch ardal"))]
            + areas.map { Field.Choice($0.key, $0.name) })),
      Field(
        "channel", say("How did it reach you?", "Sut y cyrhaeddodd chi?"),
        .radios([
          Field.Choice("phone", say("By telephone", "Dros y ffôn")),
          Field.Choice("paper", say("On paper", "Ar bapur")),
          Field.Choice("in-person", say("In person", "Yn bersonol")),
          Field.Choice(
            "assisted", say("I help somebody with the form", "Rwy'n helpu rhywun gyda'r ffurflen")),
        ])),
    ]
    return Screen(
      say("Key in an application", "Bysellu cais"),
      [
        .p(
          say(
            "You are signed in as \(visit.officer ?? ""). The questions are those that the public is asked. Ask "
              + "them in the person's own words, and say first how they can be reached safely.",
            "Rydych wedi mewngofnodi fel \(visit.officer ?? ""). Yr un cwestiynau a ofynnir i'r cyhoedd. Gofynnwch "
              + "nhw yng ngeiriau'r person ei hun, a gofynnwch yn gyntaf sut i gysylltu'n ddiogel.")
        ),
        .form(
          Form(
            visit.link("/apply"), fields.map { $0.filled(from: visit.form) },
            button: say(CommonWords.continues))),
      ], faults: faults, status: faults.isEmpty ? 200 : 400)
  }

  /// Starts a draft in the officer's name, and goes to the first question. Its code stands in it until the end.
  func start(_ visit: Visit) async throws -> Reply {
    let say = visit.say
    let areas = try await FindRoutes.areas(packs, visit).areas
    let area = areas.first { $0.key == visit.form["area"] }
    let channel = Self.channels.first { $0.value == visit.form["channel"] }?.1
    var faults: [FieldFault] = []
    if area == nil {
      faults.append(FieldFault(field: "area", message: say("Choose an area", "Dewiswch ardal")))
    }
    if channel == nil {
      faults.append(
        FieldFault(
          field: "channel",
          message: say("Choose how it reached you", "Dewiswch sut y cyrhaeddodd chi")))
    }
    guard let area, let channel else { return .screen(try await begin(visit, faults: faults)) }
    let officer = visit.officer ?? ""
    let started = try await visit.workers.door.startDraft(
      .with {
        $0.area = area.key
        $0.language = visit.language.rawValue
        $0.channel = channel
        $0.officer = officer
      }, options: Workers.limit)
    guard let session = Session(token: started.session) else { throw Problem.unexpected }
    var draft = ApplicationDraft()
    draft.main[Self.codeKey] = started.code
    let content = try draft.json
    _ = try await visit.workers.door.saveDraft(
      .with {
        $0.session = session.token
        $0.content = content
        $0.language = visit.language.rawValue
      }, options: Workers.limit)
    return Reply.redirect(visit.link("/apply/question/who")).opening(session)
  }

  /// "Check your answers", from where it is handed in with the code: so a button that is pressed twice, or an answer that is
  /// lost, does not cost the person their code.
  func check(_ visit: Visit) async throws -> Reply {
    let open = try await DraftDesk(packs: packs).open(visit)
    let screen = CheckAnswersPage(visit: visit, open: open).screen()
    return .screen(
      Self.carrying(open.draft.main[Self.codeKey], open.area, through: screen))
  }

  /// Hands it in, and shows the receipt with the code to hand over. The officer has no part in the case from then on: the
  /// session has ended, here and at Intake, but for giving this receipt again.
  func submit(_ visit: Visit) async throws -> Reply {
    if visit.form["later"] == "yes" { return .redirect(visit.link("/apply/later")) }
    guard let session = visit.session else { return .redirect(visit.link("/apply")) }
    let desk = DraftDesk(packs: packs)
    switch try await SendPages(desk: desk).handIn(visit) {
    case .open(let screen, let open):
      return .screen(Self.carrying(open.draft.main[Self.codeKey], open.area, through: screen))
    case .received(let answer, let open):
      // The code of the draft itself, whatever the form says: a page can be of another person's draft.
      return .screen(try await receipt(answer, of: open.area, open.draft.main[Self.codeKey], visit))
        .closing()
    case .before:
      let answer = try await visit.workers.door.submitDraft(
        .with { $0.session = session.token }, options: Workers.limit)
      // The draft is gone. The form is of this session, by its token, and has what stood in it.
      let (code, area) = (visit.form[Self.codeKey], visit.form[Self.areaKey])
      return .screen(try await receipt(answer, of: area, code, visit)).closing()
    }
  }

  private static func carrying(_ code: String, _ area: String, through screen: Screen) -> Screen {
    var screen = screen
    screen.blocks = screen.blocks.map { block in
      guard case .form(var form) = block else { return block }
      form.hidden += [
        Form.Hidden(name: codeKey, value: code), Form.Hidden(name: areaKey, value: area),
      ]
      return .form(form)
    }
    return screen
  }

  /// The public's receipt, with the code; the case itself is not opened from here.
  private func receipt(
    _ answer: Recourse_Intake_V1_SubmitDraftResponse, of area: String, _ code: String,
    _ visit: Visit
  ) async throws -> Screen {
    let received = CalendarDate(answer.receivedOn) ?? visit.today
    let shelf = try await packs.shelf()
    let lender = shelf.defaultPack(on: received)
    guard let pack = (try? shelf.pack(forArea: area, receivedOn: received)) ?? lender else {
      throw Problem.away
    }
    var screen = Receipt(
      visit: visit, reference: answer.caseReference, received: received, pack: pack,
      lender: lender, awaitedPeople: answer.awaited.map(\.person)
    ).screen
    screen.blocks.removeAll { block in
      if case .start = block { true } else { false }
    }
    if !code.isEmpty {
      screen.blocks.insert(
        contentsOf: Self.handOver(code, visit.say), at: min(1, screen.blocks.count))
    }
    screen.blocks.append(
      .start(visit.say("Key in another one", "Bysellu un arall"), visit.link("/apply")))
    return screen
  }

  private static func handOver(_ code: String, _ say: Say) -> [Block] {
    [
      .h2(say("Hand this over", "Trosglwyddwch hwn")),
      .inset(Words(say("The code is ", "Y cod yw ")) + .strong(code)),
      .p(
        say(
          "Give the person the reference and this code, in a way that is safe for them, and keep no copy. It is shown "
            + "only now. With both they can follow their case.",
          "Rhowch y cyfeirnod a'r cod hwn i'r person, mewn ffordd sy'n ddiogel iddynt, a pheidiwch â chadw copi. Dim "
            + "ond nawr y'i dangosir. Gyda'r ddau gallant ddilyn eu hachos.")),
    ]
  }
}
