import CaseModel
import Policy
import ThresholdRules

extension Speech {
  /// A reason's sentence in which bodies go by their names and codes by words.
  func sentence(_ reason: Reason, under pack: PolicyPack) -> String {
    let details = reason.details.map { detail in
      switch detail.name {
      case "body": Reason.Detail("body", pack.body(detail.value)?.name ?? detail.value)
      case "caveat": Reason.Detail("caveat", caveat(detail.value, under: pack))
      case "rule":
        Reason.Detail("rule", DedupeRule(rawValue: detail.value).map(name) ?? detail.value)
      case "outcome":
        Reason.Detail("outcome", RouteOutcome(rawValue: detail.value).map(name) ?? detail.value)
      default: detail
      }
    }
    return Reason(reason.code, details).rendered(in: language)
  }

  private func caveat(_ value: String, under pack: PolicyPack) -> String {
    guard let kind = Caveat.Kind(rawValue: value) else { return value }
    return pack.caveats.first { $0.kind == kind }.map(words) ?? name(kind)
  }

  /// Who stands behind a complaint; nothing where it is the applicant alone.
  func sentence(_ standing: Standing, body: String) -> String {
    let named = body.isEmpty ? "" : " (\(body))"
    return switch standing {
    case .applicantSays: ""
    case .bodyConfirms:
      self("The body\(named) has it on record.", "Mae gan y corff\(named) gofnod ohoni.")
    case .bodyDisputes:
      self(
        "The body\(named) says that it was not reported.",
        "Mae'r corff\(named) yn dweud na roddwyd gwybod amdani.")
    case .nobodyKnows:
      self(
        "The body\(named) has no record of it.", "Nid oes gan y corff\(named) gofnod ohoni.")
    }
  }
}
