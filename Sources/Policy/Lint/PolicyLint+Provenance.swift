extension PolicyLint {
  /// Each value has a source or is said to be assumed; what nobody knows is shown as such.
  mutating func lookAtProvenance() {
    for (list, values) in stated {
      let bare = values.filter { !hasSource($0) }
      for path in bare.count == values.count ? [list] : bare {
        find(.unsourcedValue, path, "Nothing says where this comes from.")
      }
    }
    for path in pack.provenance.unknown {
      find(.unknownValue, path, "What the procedure says here is not known.")
    }
  }

  private func hasSource(_ path: String) -> Bool {
    pack.provenance.isUnknown(path) || pack.provenance.rest(of: path) != nil
      || pack.provenance.rests.contains { $0.path.hasPrefix(path + ".") }
  }

  /// What the pack says beyond what it would be without saying it, and what that consists of.
  private var stated: [(path: String, values: [String])] {
    let (procedure, usual) = (pack.procedure, PolicyPack.Procedure())
    let values: [(String, Bool)] = [
      ("from", true), ("mandatory", pack.area != nil),
      ("publishedAt", !procedure.publishedAt.isEmpty), ("contact", procedure.contact != nil),
      ("factors", !pack.factors.isEmpty), ("dedupe", procedure.dedupe != usual.dedupe),
      ("recipients", !procedure.recipients.isEmpty),
      ("decision", procedure.decision != usual.decision),
      ("reporting", procedure.reporting != nil), ("succeeds", !procedure.succeeds.isEmpty),
      ("calendar.closures", !procedure.closures.isEmpty),
      ("calendar.closesAtHour", procedure.closesAtHour != nil),
      ("languages", procedure.languages != usual.languages),
      ("questionnaire", !pack.questionnaire.isEmpty),
    ]
    let lists: [(String, [String])] = [
      ("parts", procedure.parts.map(\.area)),
      ("alternatives", pack.alternatives.map(\.key)),
      ("caveats", pack.caveats.map(\.kind.rawValue)),
      ("clocks", pack.clocks.map(\.stage.rawValue)),
      ("appeals", procedure.appeals.map(\.subject.rawValue)),
      ("localPolicingBodies", procedure.localPolicingBodies.map(\.kind.rawValue)),
      ("consultations", procedure.consultations.map(\.with.rawValue)),
      ("retention", procedure.retention.map(\.of.rawValue)),
      ("wordings", procedure.wordings.map(\.topic.rawValue)),
      (
        "commencements",
        procedure.commencements.filter { $0.from != nil }.map(\.provision.rawValue)
      ),
      ("bodies", pack.bodies.map(\.key)), ("supportAgencies", pack.supportAgencies.map(\.key)),
    ]
    return values.filter(\.1).map { ($0.0, [$0.0]) }
      + lists.filter { !$0.1.isEmpty }.map { list, keys in
        (list, keys.map { "\(list).\($0)" })
      }
  }
}
