import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf

/// Coming back with a code: to a draft, or to a case with its reference.
enum ReturnPages {
  static func screen(_ visit: Visit, faults: [FieldFault] = []) -> Screen {
    let say = visit.say
    return Screen(
      say("Come back with your code", "Dod yn ôl gyda'ch cod"),
      [
        .form(
          Form(
            visit.link("/return"),
            // The code is typed again: it stands in no page. No case is opened where officers key in.
            ReturnForm.fields(say, hasReference: visit.officer == nil).map {
              $0.name == ReturnForm.code ? $0 : $0.filled(from: visit.form)
            },
            button: say(CommonWords.continues), hidden: typed(visit)))
      ], back: visit.link("/"), faults: faults)
  }

  /// Opens what the code opens; what was typed before is sent again.
  static func open(_ visit: Visit) async throws -> Reply {
    let say = visit.say
    let code = visit.form[ReturnForm.code]
    guard !code.isEmpty else {
      return .screen(
        screen(
          visit,
          faults: [FieldFault(field: "code", message: say("Enter your code", "Rhowch eich cod"))]))
    }
    do {
      let (session, path) = try await session(visit, code)
      let target = visit.form[ReturnForm.target]
      if let form = again(visit), !target.isEmpty {
        return Reply(content: .again(target, form)).opening(session)
      }
      return Reply.redirect(visit.link(target.isEmpty ? path : target)).opening(session)
    } catch {
      let problem = Problem(any: error)
      switch problem {
      case .unknownCode, .refused("invalid-code", _), .refused("unknown-case", _), .notFound,
        .refused("invalid-reference", _):
        return .screen(
          screen(
            visit,
            faults: [
              FieldFault(
                field: "code",
                message: say(
                  "Nothing opens with this. Check the code, and the reference if you "
                    + "gave one. Ten wrong tries lock it for a while.",
                  "Nid oes dim yn agor gyda hyn. Gwiriwch y cod, a'r cyfeirnod os "
                    + "rhoesoch un. Mae deg cais anghywir yn ei gloi am ychydig."
                ))
            ]))
      default: throw error
      }
    }
  }

  /// A session, and where it leads.
  private static func session(_ visit: Visit, _ code: String) async throws -> (Session, String) {
    let reference = visit.form[ReturnForm.reference]
    if reference.isEmpty || visit.officer != nil {
      let opened = try await visit.workers.door.openDraft(
        .with { $0.code = code }, options: Workers.limit)
      if visit.officer != nil, !opened.caseReference.isEmpty {
        _ = try? await visit.workers.door.closeSession(
          .with { $0.session = opened.session }, options: Workers.limit)
        throw Problem.unknownCode
      }
      if opened.caseReference.isEmpty { return (try token(opened.session), "/apply/continue") }
      return (try await openCase(visit, opened.caseReference, code), "/case")
    }
    return (try await openCase(visit, reference, code), "/case")
  }

  private static func openCase(
    _ visit: Visit, _ reference: String, _ code: String
  ) async throws -> Session {
    let opened = try await visit.workers.door.openCase(
      .with {
        $0.caseReference = reference
        $0.code = code
      }, options: Workers.limit)
    return try token(opened.session)
  }

  private static func token(_ text: String) throws(Problem) -> Session {
    guard let session = Session(token: text) else { throw .unexpected }
    return session
  }

  /// What was typed before the session ended, as it goes along from page to page.
  private static func typed(_ visit: Visit) -> [Form.Hidden] {
    let target = visit.form[ReturnForm.target]
    guard !target.isEmpty else { return [] }
    return [Form.Hidden(name: ReturnForm.target, value: target)]
      + visit.form.values.filter { $0.key.hasPrefix(ReturnForm.prefix) }
      .sorted { $0.key < $1.key }
      .flatMap { name, all in all.map { Form.Hidden(name: name, value: $0) } }
  }

  /// The form that was sent then; nil if it was a page that was only looked at.
  private static func again(_ visit: Visit) -> PostedForm? {
    var form = PostedForm()
    for (name, all) in visit.form.values where name.hasPrefix(ReturnForm.prefix) {
      form.set(String(name.dropFirst(ReturnForm.prefix.count)), all)
    }
    return form.values.isEmpty ? nil : form
  }
}
