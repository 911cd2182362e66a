import Messages
import SwiftProtobuf
import WorkerKit

/// What a person changes in a case of their own. Intake refuses anew what should not have got this far; what it says is
/// wrong stands beside the field.
enum CaseChangeRoutes {
  static func routes(_ packs: PackShelf) -> [Route] {
    [
      .get("/case/complaint") { visit in
        let (own, pack) = try await context(visit, packs)
        return .screen(ComplaintForm(own, pack, visit).screen)
      },
      .post("/case/complaint") { visit in
        let (own, pack) = try await context(visit, packs)
        return try await ComplaintForm(own, pack, visit).take()
      },
      .get("/case/contact") { visit in
        let own = try await visit.gather(packs).own(try visit.needingSession())
        return .screen(ContactForm(own, visit).screen)
      },
      .post("/case/contact") { visit in
        let own = try await visit.gather(packs).own(try visit.needingSession())
        return try await ContactForm(own, visit).take()
      },
      .get("/case/attendance") { visit in
        let (own, _) = try await context(visit, packs)
        return .screen(AttendanceForm(own, visit).screen)
      },
      .post("/case/attendance") { visit in
        let (own, _) = try await context(visit, packs)
        return try await AttendanceForm(own, visit).take()
      },
      .get("/case/consents/{number}") { visit in
        let (view, _) = try await visit.gather(packs, words: .none).view(visit.needingSession())
        return .screen(try ConsentForm(view, visit).screen)
      },
      .post("/case/consents/{number}") { visit in
        let (view, _) = try await visit.gather(packs, words: .none).view(visit.needingSession())
        return try await ConsentForm.take(view, visit)
      },
      .get("/case/withdraw") { visit in
        let own = try await visit.gather(packs).own(try visit.needingSession())
        // Whoever comes back to the page, or presses twice, has done it already.
        guard own.withdrawnOn.isEmpty else { return visit.done(.withdrawal, at: 0) }
        return .screen(WithdrawalForm(visit).screen)
      },
      .post("/case/withdraw") { visit in
        let own = try await visit.gather(packs).own(try visit.needingSession())
        guard own.withdrawnOn.isEmpty else { return visit.done(.withdrawal, at: 0) }
        return try await WithdrawalForm(visit).take()
      },
    ]
  }

  /// What the person told so far, and the procedure of their case. Nothing is added to a case that was taken back.
  /// - Throws: ``Problem/refused(code:path:)`` `withdrawn`.
  private static func context(
    _ visit: Visit, _ packs: PackShelf
  ) async throws -> (Recourse_Intake_V1_GetOwnCaseResponse, PackOfCase) {
    let own = try await visit.gather(packs).own(try visit.needingSession())
    guard own.withdrawnOn.isEmpty else { throw Problem.refused(code: "withdrawn", path: "") }
    return (own, PackOfCase(try? await packs.pack(own.policyDigest)))
  }
}

/// A change that Intake took, or what is wrong with it.
struct OwnChange {
  /// The hidden field with what tells a repetition from a second change.
  static let keyField = "change"

  /// A key for a form that is shown for the first time; the same again where it is shown with faults.
  static func key(_ visit: Visit) -> Form.Hidden {
    let typed = visit.form[keyField]
    let isOne = !typed.isEmpty && typed.utf8.count <= 100
    return Form.Hidden(name: keyField, value: isOne ? typed : RandomKey.make())
  }

  /// Faults of Intake, beside the fields. Its own words are for programs, and in English: its codes say what they mean.
  /// - Parameter field: the field of the last part of a path, such as `behaviourDate`; nil: it is about the whole.
  static func faults(
    _ answer: Recourse_Intake_V1_OwnChangeResponse, _ say: Say, field: (String) -> String?
  ) -> [FieldFault] {
    answer.faults.map { fault in
      let last = fault.path.split(separator: ".").last.map(String.init) ?? ""
      let name = last.split(separator: "[").first.map(String.init) ?? last
      return FieldFault(field: field(name) ?? "", message: FaultPlace.message(fault.code, say))
    }
  }
}
