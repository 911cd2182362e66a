import CaseModel
import CorrespondenceRules

/// How a reader can be reached, as Intake or the pack says; held while a notice is on its way out, and never kept.
struct Contact: Sendable, Hashable {
  struct Way: Sendable, Hashable {
    let safe: SafeWay
    let address: String
  }

  let name: String
  let language: Language
  /// Those that are safe, the one that they like best first.
  let ways: [Way]
  /// By where the application names them; empty for a body.
  var path = ""
  /// Opaque within the case; empty for a body.
  var key = ""
  var wantsLargePrint = false

  var safeWays: [SafeWay] { ways.map(\.safe) }
}
