import Foundation

/// Finds who answers a path.
struct RouteTable: Sendable {
  private let routes: [Int: [(segments: [Substring], route: Route)]]

  init(_ routes: [Route]) {
    var table: [Int: [(segments: [Substring], route: Route)]] = [:]
    for route in routes {
      let segments = Self.segments(route.path)
      table[segments.count, default: []].append((segments, route))
    }
    self.routes = table
  }

  /// Who answers, and what stands in the path where the route has braces. Of several, the one with the fewest braces.
  func match(
    _ method: Route.Method, _ path: String
  ) -> (route: Route, parameters: [String: String])? {
    let segments = Self.segments(path)
    var best: (Route, [String: String])?
    for (own, route) in routes[segments.count] ?? [] where route.method == method {
      guard let parameters = Self.parameters(of: segments, in: own) else { continue }
      if parameters.count < best?.1.count ?? .max { best = (route, parameters) }
    }
    return best
  }

  /// By which methods a path can be asked; empty if there is nothing.
  func methods(_ path: String) -> [Route.Method] {
    Route.Method.allCases.filter { match($0, path) != nil }
  }

  /// The language that a path is in, and the path without it.
  static func unprefixed(_ path: String) -> (isWelsh: Bool, path: String) {
    if path == "/cy" || path == "/cy/" { return (true, "/") }
    return path.hasPrefix("/cy/") ? (true, String(path.dropFirst(3))) : (false, path)
  }

  private static func segments(_ path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: true)
  }

  private static func parameters(
    of path: [Substring], in own: [Substring]
  ) -> [String: String]? {
    var parameters: [String: String] = [:]
    for (segment, pattern) in zip(path, own) {
      if pattern.hasPrefix("{"), pattern.hasSuffix("}") {
        guard let value = segment.removingPercentEncoding else { return nil }
        parameters[String(pattern.dropFirst().dropLast())] = value
      } else if segment != pattern {
        return nil
      }
    }
    return parameters
  }
}
