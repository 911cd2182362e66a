import CaseModel
import Foundation

/// The public page that materials lead to.
struct MaterialPage: Sendable, Hashable {
  private let base: String

  /// - Parameter address: such as `https://www.example.gov.uk/asb-case-review`.
  /// - Throws: ``Failure`` `invalid-page` for what is not https, has a user's name, a query or a fragment: a poster
  ///   carries its code and nothing else.
  init(_ address: String) throws {
    let components = URLComponents(string: address)
    guard let components, components.scheme?.lowercased() == "https",
      let host = components.host, !host.isEmpty, components.user == nil,
      components.password == nil, components.query == nil, components.fragment == nil,
      address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw Failure.input(
        "invalid-page", path: "--page",
        "The public page is an address such as https://www.example.gov.uk/asb-case-review, without "
          + "a query.")
    }
    base = String(address.reversed().drop { $0 == "/" }.reversed())
  }

  /// Where a material leads: the page, `/go/` and the code.
  func address(of code: MaterialCode) -> String { "\(base)/go/\(code)" }
}
