import Correspondence
import Foundation
import Monitoring
import Portal

/// Where people reach the portal from outside, which letters name: `RECOURSE_FOLLOW`, a variable of Correspondence's
/// process and of `recourse up`.
enum FollowSetting {
  static let variable = "RECOURSE_FOLLOW"

  static let discussion = """
    With RECOURSE_FOLLOW=https://reviews.example.org, where people reach the public's pages, letters of correspondence \
    name the page on which a case is followed.
    """

  /// Nil where nothing is said.
  /// - Throws: ``Failure`` `invalid-follow-address` if the variable is set to something that is no such address.
  static func current() throws -> FollowPage? { try checked(said).flatMap(FollowPage.init) }

  /// The address to give to Correspondence's process: what the variable says or, where the portal is reached without a
  /// proxy on this machine alone, the portal's own. Nil where neither is known: behind a proxy only its operator knows.
  /// - Throws: as ``current()``.
  static func address(_ said: String = said, portal: PortalOptions) throws -> String? {
    if let text = try checked(said) { return text }
    guard portal.port != 0, !portal.isBehindTLS else { return nil }
    let own = "http://\(MonitoringAddress(host: portal.host, port: portal.port))"
    return FollowPage(own) == nil ? nil : own
  }

  /// The variable; empty where it is not set.
  static var said: String { ProcessInfo.processInfo.environment[variable] ?? "" }

  private static func checked(_ text: String) throws -> String? {
    if text.isEmpty { return nil }
    guard FollowPage(text) != nil else {
      throw Failure(
        exit: .usage, code: "invalid-follow-address", path: variable,
        message: "This is no address that a letter could name; expected \(FollowPage.expected).",
        wayOut:
          "Set it to where people reach the public's pages, or leave it out: letters then name no page."
      )
    }
    return text
  }
}
