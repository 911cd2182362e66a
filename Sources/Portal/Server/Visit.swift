import CaseModel
import Foundation
import Logging
import WorkerKit

/// One request: who asks for what, in which language, and by whom it can be answered.
struct Visit: Sendable {
  /// Without the language before it, such as `/apply/complaint/2`.
  let path: String
  let language: Language
  /// What stands in the path where the route has a name in braces.
  let parameters: [String: String]
  /// What stands after the question mark. Never anything personal.
  let query: PostedForm
  /// What was sent; empty for a page that is looked at.
  let form: PostedForm
  /// The body of what a program sends; empty for forms.
  let body: [UInt8]
  /// Headers that a program shows, by name in lower case: `authorization`, `content-type`, `idempotency-key`.
  let headers: [String: String]
  /// Nil if the browser shows none. That there is one does not say that Intake still knows it.
  let session: Session?
  /// True for a form that is sent, and for what a program changes.
  let isPost: Bool
  let workers: Workers
  let options: PortalOptions
  let clock: any WorkerClock
  /// Who keys in for somebody; nil on the public's pages.
  var officer: String?
  /// Nobody sees the page: only its headers were asked for.
  var isOfHead = false

  var say: Say { Say(language: language) }

  /// The day in Europe/London.
  var today: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(clock.now.timeIntervalSince1970.rounded(.down)))
  }

  /// The material by which somebody came, such as a poster, by the code that is printed on it and means no person. It goes
  /// along in the address from page to page until an application has it, and is kept nowhere else.
  var material: MaterialCode? { MaterialCode(query[MaterialTrail.field]) }

  /// A path in the language of this request.
  func link(_ path: String) -> String {
    MaterialTrail.carrying(material, on: Self.link(path, in: language))
  }

  static func link(_ path: String, in language: Language) -> String {
    language == .welsh ? (path == "/" ? "/cy" : "/cy" + path) : path
  }

  /// - Throws: ``Problem/sessionEnded`` without one: the answer is the page that asks for the code, and what was typed is
  ///   kept in it.
  func needingSession() throws(Problem) -> Session {
    guard let session else { throw .sessionEnded }
    return session
  }

  /// A number in the path; from 1.
  /// - Throws: ``Problem/notFound``.
  func number(_ name: String) throws(Problem) -> Int {
    guard let text = parameters[name], text.utf8.count <= 3, let number = Int(text), number > 0
    else { throw .notFound }
    return number
  }
}
