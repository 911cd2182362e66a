import CaseModel

/// How a material's code gets from the page that it opens to the application that is begun there: in the addresses of the
/// pages that anybody may read, whichever of them somebody goes by, in either language. It is what a poster has printed on
/// it, the same for everybody, and stands in no address of an application or a case.
enum MaterialTrail {
  /// The name by which it goes along, in an address and in a draft.
  static let field = "from"

  /// Pages that lead to an application.
  private static let pages: Set = [
    "/", "/check", "/apply", "/privacy", "/cookies", "/accessibility", "/hide-your-visit", "/help",
  ]

  /// - Parameter address: a path of ours, in either language.
  static func carrying(_ material: MaterialCode?, on address: String) -> String {
    guard let material else { return address }
    let (_, path) = RouteTable.unprefixed(address)
    guard pages.contains(path) || path == "/areas" || path.hasPrefix("/areas/") else {
      return address
    }
    return "\(address)?\(field)=\(material)"
  }
}
