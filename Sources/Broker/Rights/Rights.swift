import Messages

/// Who may do what: what operators have approved, by principal. Whoever is not named here may do nothing.
struct Rights: Sendable {
  private struct Approval: Sendable {
    let grants: Grants
    let quota: Quota
  }

  /// Nil where nothing is checked.
  private let approvals: [String: Approval]?

  /// Everybody may do everything: for a network that nobody else can reach.
  static let unchecked = Rights(nil)

  var isChecked: Bool { approvals != nil }

  /// - Parameter manifests: what is approved, by principal; nil if nothing is to be checked.
  init(_ manifests: [String: Recourse_Bus_V1_Manifest]?) {
    approvals = manifests?.mapValues { Approval(grants: Grants($0), quota: Quota($0.quota)) }
  }

  enum Admission {
    case granted(SessionRights)
    /// Why not, and how it can be put right.
    case denied(String)
  }

  /// Scalars of what a peer has named, as it is told why not: the rest of that has room for the way out.
  static let nameScalarsLimit = 200

  /// Whether a principal may have a session, and what it may do in it.
  /// - Parameter services: that HELLO offers.
  func admit(
    _ principal: String, _ manifest: Recourse_Bus_V1_Manifest, serving services: [String]
  ) -> Admission {
    guard let approvals else { return .granted(SessionRights(unchecked: principal)) }
    let asked = Grants(manifest)
    guard let approval = approvals[principal] else {
      return .denied("nothing is approved for \(principal); recourse rights approve \(principal)")
    }
    if let service = services.first(where: { !asked.serves.contains($0) }) {
      let name = Refused.fitting(service, scalars: Self.nameScalarsLimit)
      return .denied("\(principal) may not serve \(name): its manifest does not ask for it")
    }
    let lacking = asked.lines(notIn: approval.grants)
    guard let first = lacking.first.map({ Refused.fitting($0, scalars: Self.nameScalarsLimit) })
    else {
      return .granted(
        SessionRights(principal, asked: asked, approved: approval.grants, quota: approval.quota))
    }
    let more = lacking.count == 1 ? "" : " and \(lacking.count - 1) more"
    return .denied(
      "\(principal) asks for more than is approved (\(first)\(more)); "
        + "recourse rights diff \(principal) shows it, recourse rights approve \(principal) allows it"
    )
  }

  /// What a session may do from now on; nil if nothing is approved for its principal any more.
  func renewed(_ rights: SessionRights) -> SessionRights? {
    guard rights.isChecked, let approvals else { return rights }
    return approvals[rights.principal].map { approval in
      SessionRights(
        rights.principal, asked: rights.asked, approved: approval.grants, quota: approval.quota)
    }
  }
}
