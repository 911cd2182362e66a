import Messages
import SwiftProtobuf

/// Takes a consent back, or gives it, after saying what that means.
struct ConsentForm {
  let visit: Visit
  private let number: Int
  private let line: ConsentLine
  private let recipient: String

  /// Version of the words by which a consent is given on this page.
  static let wording = "portal-follow-2"

  /// The page of a consent, by its place in the list.
  /// - Throws: ``Problem/notFound`` for a consent that the person cannot change.
  init(_ view: CaseView, _ visit: Visit) throws(Problem) {
    let number = try visit.number("number")
    guard view.consents.indices.contains(number - 1) else { throw .notFound }
    guard view.canBeAnswered(view.consents[number - 1]) else { throw .notFound }
    self.init(view, number, visit)
  }

  private init(_ view: CaseView, _ number: Int, _ visit: Visit) {
    self.number = number
    line = view.consents[number - 1]
    recipient = view.recipientName(line)
    self.visit = visit
  }

  var screen: Screen {
    let say = visit.say
    let name = say.name(line.purpose, recipient: recipient)
    let takesBack = line.canBeWithdrawn
    return Screen(
      takesBack
        ? say("Take back what you said yes to", "Tynnu eich caniatâd yn ôl")
        : say("Say yes", "Cytuno"),
      [
        .p(.strong(name)), .p(say.sentence(line)),
        .p(takesBack ? say.consequence(ofWithdrawing: line.purpose) : giving),
        .form(
          Form(
            visit.link("/case/consents/\(number)"), [],
            button: takesBack
              ? say("Take it back", "Tynnu'n ôl") : say("I say yes", "Rwy'n cytuno"),
            hidden: [
              OwnChange.key(visit), Form.Hidden(name: "about", value: about),
              Form.Hidden(name: "answer", value: takesBack ? "withdrawn" : "given"),
            ], isSerious: takesBack)),
      ], back: visit.link("/case/consents"))
  }

  /// What is agreed to, in the words of ``wording``.
  private var giving: String {
    let say = visit.say
    let what =
      switch line.purpose {
      case .sharing:
        say(
          "The police, the council, health and housing bodies may tell each other what they know about what was "
            + "done to you, for this review and nothing else.",
          "Caiff yr heddlu, y cyngor, cyrff iechyd a thai ddweud wrth ei gilydd yr hyn a wyddant am yr hyn a wnaed "
            + "i chi, ar gyfer yr adolygiad hwn a dim byd arall.")
      case .referral:
        say(
          "We give the service your name, the safe ways to reach you, your language, and what you need, such as large "
            + "print or an interpreter. Nothing else.",
          "Rhoddwn i'r gwasanaeth eich enw, y ffyrdd diogel o gysylltu â chi, eich iaith, a'r hyn sydd ei angen "
            + "arnoch, megis print bras neu gyfieithydd. Dim byd arall.")
      case .authority, .attendance, .feedback, .equality: say.name(line.purpose)
      }
    return what + " "
      + say("You can take this back at any time.", "Gallwch dynnu hyn yn ôl unrhyw bryd.")
  }

  /// What the form is about: an answer moves a consent in the list, so that another one may stand in this place meanwhile.
  private var about: String { Self.about(line) }

  /// No space stands at its end: a form that is sent is read without.
  private static func about(_ line: ConsentLine) -> String {
    "\(line.purpose.rawValue):\(line.recipient)"
  }

  /// Carries out what a form says, wherever its consent stands now. Where that cannot be done the list says so.
  static func take(_ view: CaseView, _ visit: Visit) async throws -> Reply {
    let undone = Reply.redirect(visit.link("/case/consents?\(CaseScreens.undone)=yes"))
    let takesBack = visit.form["answer"] == "withdrawn"
    guard takesBack || visit.form["answer"] == "given",
      let place = view.consents.firstIndex(where: {
        $0.person == CaseFacts.applicant && about($0) == visit.form["about"]
      })
    else { return undone }
    let line = view.consents[place]
    // A second press of the button, or another window: it stands as it was asked for.
    if line.answer == (takesBack ? .withdrawn : .given) { return visit.done(.consent, at: 0) }
    guard view.canBeAnswered(line), line.canBeWithdrawn == takesBack else { return undone }
    do {
      return try await ConsentForm(view, place + 1, visit).take()
    } catch {
      // Between the list and the answer somebody else was quicker.
      guard case .refused = Problem(any: error) else { throw error }
      return undone
    }
  }

  private func take() async throws -> Reply {
    let session = try visit.needingSession()
    let takesBack = line.canBeWithdrawn
    let answer = try await visit.workers.door.answerConsent(
      .with {
        $0.session = session.token
        $0.purpose = line.purpose.message
        $0.recipient = line.recipient
        $0.answer = takesBack ? .withdrawn : .given
        $0.wording = takesBack ? line.wording : Self.wording
        $0.idempotencyKey = visit.form[OwnChange.keyField]
      }, options: Workers.limit)
    guard let fault = answer.faults.first else {
      return visit.done(.consent, at: answer.logPosition)
    }
    throw Problem.refused(code: fault.code, path: fault.path)
  }
}
