import HTTPTypes

/// What every answer tells the browser.
struct SecurityHeaders: Sendable {
  let isBehindTLS: Bool

  /// Nothing from elsewhere, nothing inline, nothing framed, nothing sent elsewhere.
  static let contentPolicy = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
  ].joined(separator: "; ")

  /// - Parameter isKept: it is the same for everybody, and may be kept for a day.
  func fields(isKept: Bool) -> HTTPFields {
    var fields: HTTPFields = [:]
    fields[.contentSecurityPolicy] = Self.contentPolicy
    fields[.xContentTypeOptions] = "nosniff"
    // Under `no-referrer` a browser says `Origin: null` of our own forms too, as of those that nobody knows.
    fields[Self.name("Referrer-Policy")] = "same-origin"
    fields[Self.name("Cross-Origin-Opener-Policy")] = "same-origin"
    fields[Self.name("Cross-Origin-Resource-Policy")] = "same-origin"
    fields[Self.name("X-Frame-Options")] = "DENY"
    fields[Self.name("Permissions-Policy")] =
      "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    fields[.cacheControl] = isKept ? "public, max-age=86400" : "no-store"
    if isBehindTLS {
      fields[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
    }
    return fields
  }

  /// What a browser is told to forget when somebody leaves.
  static let clearSiteData = "\"cache\", \"cookies\", \"storage\""

  static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) names no header") }
    return name
  }
}
