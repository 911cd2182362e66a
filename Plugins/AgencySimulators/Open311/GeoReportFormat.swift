import Foundation

/// How answers are written: the two formats of GeoReport v2.
enum GeoReportFormat: String, Sendable, CaseIterable {
  case json
  case xml

  var contentType: String { self == .json ? "application/json" : "text/xml; charset=utf-8" }

  func requests(_ reports: [SimulatedReport], malformed: Bool) -> String {
    let elements = reports.enumerated().map { place, report in
      let at = malformed && place == 0 ? "the other day" : report.at.formatted(.iso8601)
      return Element(
        name: "request",
        fields: [
          ("service_request_id", report.id), ("status", "open"), ("service_code", report.service),
          ("service_name", report.service == "asb" ? "Anti-social behaviour" : "Graffiti"),
          ("description", "Noise & shouting <late>"), ("requested_datetime", at),
          ("updated_datetime", at), ("address", "1 Example Terrace"),
        ],
        extended: [
          ("email", report.email), ("phone", report.phone),
          ("contact_consent", report.consents ? "yes" : "no"),
        ])
    }
    return written(elements, as: "service_requests")
  }

  func services(_ services: [(code: String, name: String)]) -> String {
    written(
      services.map {
        Element(
          name: "service",
          fields: [
            ("service_code", $0.code), ("service_name", $0.name), ("metadata", "false"),
            ("type", "realtime"),
          ])
      }, as: "services")
  }

  func update(_ id: String) -> String {
    written(
      [Element(name: "request_update", fields: [("update_id", id)])], as: "service_request_updates")
  }

  func error(_ code: Int, _ what: String) -> String {
    written(
      [Element(name: "error", fields: [("code", "\(code)"), ("description", what)])], as: "errors")
  }

  /// One object of an answer.
  private struct Element {
    let name: String
    let fields: [(String, String)]
    var extended: [(String, String)] = []
  }

  private func written(_ elements: [Element], as root: String) -> String {
    switch self {
    case .json:
      let objects = elements.map { element in
        var members = element.fields.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }
        if !element.extended.isEmpty {
          let extended = element.extended.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }
          members.append("\"extended_attributes\":{\(extended.joined(separator: ","))}")
        }
        return "{\(members.joined(separator: ","))}"
      }
      return "[\(objects.joined(separator: ",\n"))]\n"
    case .xml:
      let objects = elements.map { element in
        var members = element.fields.map { "<\($0.0)>\(Self.escaped($0.1))</\($0.0)>" }
        if !element.extended.isEmpty {
          let extended = element.extended.map { "<\($0.0)>\(Self.escaped($0.1))</\($0.0)>" }
          members.append(
            "<extended_attributes>\(extended.joined())</extended_attributes>")
        }
        return "  <\(element.name)>\(members.joined())</\(element.name)>\n"
      }
      return
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<\(root)>\n\(objects.joined())</\(root)>\n"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
