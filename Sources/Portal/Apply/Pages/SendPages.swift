import CaseModel
import Foundation
import GRPCCore
import Messages
import Policy
import SwiftProtobuf
import WorkerKit

/// Handing the application in, and the receipt.
struct SendPages: Sendable {
  let desk: DraftDesk

  func check(_ visit: Visit) async throws -> Reply {
    .screen(CheckAnswersPage(visit: visit, open: try await desk.open(visit)).screen())
  }

  func submit(_ visit: Visit) async throws -> Reply {
    if visit.form["later"] == "yes" { return .redirect(visit.link("/apply/later")) }
    switch try await handIn(visit) {
    case .open(let screen, _): return .screen(screen)
    case .received, .before: return .redirect(visit.link("/apply/receipt"))
    }
  }

  /// What becomes of a draft that is handed in.
  enum Outcome: Sendable {
    /// It cannot be taken yet, and says why.
    case open(Screen, DraftDesk.Open)
    /// With the draft that it was.
    case received(Recourse_Intake_V1_SubmitDraftResponse, DraftDesk.Open)
    /// It was handed in before, such as by a second press of the button.
    case before
  }

  /// Hands it in, once. What Intake finds wrong is shown with a link to its page.
  func handIn(_ visit: Visit) async throws -> Outcome {
    let open: DraftDesk.Open
    do {
      open = try await desk.open(visit)
    } catch {
      guard Problem(any: error) == .handedIn else { throw error }
      return .before
    }
    let page = CheckAnswersPage(visit: visit, open: open)
    guard open.journey.open.isEmpty else { return .open(page.screen(), open) }
    let application = WireApplication(journey: open.journey, now: visit.clock.now).message
    let answer = try await visit.workers.door.submitDraft(
      .with {
        $0.session = open.session.token
        $0.application = application
      }, options: Workers.limit)
    guard !answer.faults.isEmpty else { return .received(answer, open) }
    let places = FaultPlace(draft: open.draft)
    return .open(
      page.screen(
        faults: answer.faults.map { fault in
          FieldFault(
            field: "", message: FaultPlace.message(fault.code, visit.say),
            address: places.stop(of: fault.path).map {
              visit.link($0.path) + "?\(StepPages.fromCheck)=yes"
            } ?? "")
        }), open)
  }

  /// The reference, what happens next, and by when.
  func receipt(_ visit: Visit) async throws -> Reply {
    let session = try visit.needingSession()
    let own: Recourse_Intake_V1_GetOwnCaseResponse
    do {
      own = try await visit.workers.door.getOwnCase(
        .with { $0.session = session.token }, options: Workers.limit)
    } catch {
      guard case .refused("not-handed-in", _) = Problem(any: error) else { throw error }
      return .redirect(visit.link("/apply/check"))
    }
    let pack = try await desk.packs.pack(own.policyDigest)
    let received = CalendarDate(own.receivedOn) ?? visit.today
    let lender = try await desk.packs.shelf().defaultPack(on: received)
    return .screen(
      Receipt(
        visit: visit, reference: own.caseReference, received: received, pack: pack, lender: lender,
        awaitedPeople: own.awaited.map(\.person)
      ).screen)
  }
}

/// What somebody is given when their application is in.
struct Receipt: Sendable {
  let visit: Visit
  let reference: String
  let received: CalendarDate
  let pack: PolicyPack
  let lender: PolicyPack?
  /// Whose yes it waits for, by where the application names them.
  let awaitedPeople: [String]

  var screen: Screen {
    let say = visit.say
    return Screen(
      say("Application sent", "Cais wedi'i anfon"),
      [
        .panel(
          title: say("Application sent", "Cais wedi'i anfon"),
          body: [
            Words(say("Your reference is", "Eich cyfeirnod yw")), .strong(reference),
          ]),
        .p(
          say(
            "Write the reference down beside your code. With both you can see what "
              + "becomes of it, at any time.",
            "Ysgrifennwch y cyfeirnod wrth ymyl eich cod. Gyda'r ddau gallwch weld beth "
              + "ddaw ohono, unrhyw bryd."
          )),
        .h2(say("What happens next", "Beth sy'n digwydd nesaf")), .steps(steps),
      ] + awaited + contact + [
        .start(say("See your case", "Gweld eich achos"), visit.link("/case")),
        .h2(say("Until then", "Tan hynny")),
        .p(
          say(
            "Go on reporting what happens: each time counts. In danger, call 999.",
            "Parhewch i roi gwybod am yr hyn sy'n digwydd: mae pob tro yn cyfrif. Mewn "
              + "perygl, ffoniwch 999."
          )),
      ], hasHeading: false)
  }

  private var steps: [Words] {
    let say = visit.say
    let rows: [(Clock.Stage, Phrase)] = [
      (
        .acknowledge,
        Phrase(
          "We write to you that we have your application",
          "Byddwn yn ysgrifennu atoch i ddweud bod eich cais gennym")
      ),
      (
        .information,
        Phrase(
          "The agencies tell us what they have on record",
          "Bydd yr asiantaethau'n dweud wrthym beth sydd ar gofnod ganddynt")
      ),
      (
        .decide,
        Phrase(
          "A person decides whether there must be a review, and tells you why",
          "Bydd person yn penderfynu a oes rhaid cael adolygiad, ac yn dweud wrthych pam")
      ),
      (
        .panel,
        Phrase(
          "If so, the agencies sit together",
          "Os felly, bydd yr asiantaethau'n eistedd gyda'i gilydd")
      ),
    ]
    return rows.map { stage, phrase in
      guard let day = day(of: stage) else { return Words(say(phrase) + ".") }
      return Words(say(phrase) + say(", by \(say.day(day)).", ", erbyn \(say.day(day))."))
    }
  }

  /// By when, where the clock is counted from the receipt; nil where it is counted from what has not happened yet.
  private func day(of stage: Clock.Stage) -> CalendarDate? {
    guard let (clock, source) = pack.clock(stage, fallback: lender), clock.anchor == .receipt else {
      return nil
    }
    return try? RunningClock(clock, source: source, anchor: received).due(in: pack.calendar)
  }

  private var awaited: [Block] {
    if awaitedPeople.contains(CaseFacts.applicant) {
      return [
        .inset(
          Words(
            visit.say(
              "You have not said yes to sharing what you told us, so that the review cannot begin. "
                + "You can say yes at any time, on the page of your case.",
              "Nid ydych wedi cytuno i rannu'r hyn a ddywedoch wrthym, felly ni all yr adolygiad "
                + "ddechrau. Gallwch gytuno unrhyw bryd, ar dudalen eich achos.")))
      ]
    }
    guard !awaitedPeople.isEmpty else { return [] }
    return [
      .inset(
        Words(
          visit.say(
            "Somebody has still to say yes: we ask them, in the way that you said is "
              + "safe. The review can begin then.",
            "Mae rhywun eto i ddweud ie: byddwn yn gofyn iddynt, yn y ffordd y dywedoch "
              + "ei bod yn ddiogel. Gall yr adolygiad ddechrau wedyn."
          )))
    ]
  }

  private var contact: [Block] {
    guard let contact = pack.procedure.contact else { return [] }
    return [
      .p(visit.say("Who deals with it: \(contact.name).", "Pwy sy'n delio ag ef: \(contact.name)."))
    ]
  }
}
