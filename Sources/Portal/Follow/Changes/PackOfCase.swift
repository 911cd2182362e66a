import CaseModel
import Policy

/// What a form takes from the procedure of a case; of none, it offers less and asks all the same.
struct PackOfCase {
  let pack: PolicyPack?

  init(_ pack: PolicyPack?) { self.pack = pack }

  /// Bodies that a complaint may have been made to, with the key of each.
  func choices(on day: CalendarDate, _ say: Say) -> [Field.Choice] {
    let bodies = (pack?.bodies ?? []).filter { $0.exists(on: day) }
    return bodies.map { Field.Choice($0.key, $0.name) }
      + [
        Field.Choice(
          Self.other, say("Somebody else, or I do not know", "Rhywun arall, neu nid wyf yn gwybod"),
          isApart: !bodies.isEmpty)
      ]
  }

  /// The value for a body that is not in the list.
  static let other = "other"

  func kind(of body: String) -> RelevantBody.Kind? { pack?.body(body)?.kind }
}
