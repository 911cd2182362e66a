import Foundation
import Testing

/// Somebody at the public's pages with a browser without scripts: it keeps the cookie, follows where it is led, and sends
/// forms with what stands in them.
struct Visitor {
  /// Of the portal, without the scheme.
  let address: String
  private var cookie = ""
  /// All that was answered, and asked for.
  private(set) var seen = ""

  /// A page, and where it is.
  struct Place {
    let path: String
    let answer: HTTP.Answer

    /// The page, which has to be well-formed.
    func page() throws -> Page { try #require(Page(answer.body), "not well-formed: \(path)") }
  }

  /// - Throws: if the supervisor does not say where the pages are.
  init(of system: RunningSystem) throws {
    let record = try Data(contentsOf: URL(filePath: "\(system.data)/supervisor.json"))
    let known = try JSONValue(parsing: String(decoding: record, as: UTF8.self))["portal"].text
    address = try #require(known?.split(separator: "/").last.map(String.init))
  }

  /// A page, and where it leads.
  mutating func get(_ path: String) throws -> Place { try ask("GET", path) }

  /// Sends the form of a page's main part; fields that are named are replaced, the others are as they stand.
  mutating func fill(_ place: Place, _ fields: [(String, String)]) throws -> Place {
    let elements = try place.page().elements
    let main = try #require(elements.firstIndex { $0.name == "main" })
    let start = try #require(elements[main...].firstIndex { $0.name == "form" })
    let named = Set(fields.map(\.0))
    var sent = fields
    for element in elements[(start + 1)...].prefix(while: { $0.name != "form" }) {
      let attributes = element.attributes
      guard element.name == "input", let name = attributes["name"], !named.contains(name) else {
        continue
      }
      let isChosen =
        !["radio", "checkbox"].contains(attributes["type"] ?? "") || attributes["checked"] != nil
      if isChosen { sent.append((name, attributes["value"] ?? "")) }
    }
    let body = sent.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
    return try ask("POST", try #require(elements[start].attributes["action"]), body)
  }

  /// Where a link of the page with these words leads.
  mutating func follow(_ words: String, on place: Place) throws -> Place {
    let link = try place.page().elements.first { $0.name == "a" && $0.text.contains(words) }
    return try get(try #require(link?.attributes["href"], "no link: \(words)"))
  }

  private mutating func ask(_ method: String, _ path: String, _ body: String = "") throws -> Place {
    var answer = try send(method, path, body)
    var path = path
    // As many times as any page leads on.
    for _ in 0..<5 where answer.status == 303 {
      path = try #require(Self.header("location", of: answer))
      answer = try send("GET", path, "")
    }
    return Place(path: path, answer: answer)
  }

  private mutating func send(
    _ method: String, _ path: String, _ body: String
  ) throws -> HTTP.Answer {
    var headers = cookie.isEmpty ? [] : ["Cookie: \(cookie)"]
    if method == "POST" { headers.append("Content-Type: application/x-www-form-urlencoded") }
    let answer = try HTTP.send(method, address, path, headers: headers, body: body)
    if let set = Self.header("set-cookie", of: answer) { cookie = String(set.prefix { $0 != ";" }) }
    seen += "\(path)\n\(answer.head)\n\(answer.body)\n"
    return answer
  }

  private static func header(_ name: String, of answer: HTTP.Answer) -> String? {
    answer.head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name):") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

extension Page {
  /// What stands in the main part.
  var main: String { first("main")?.text ?? "" }
  var heading: String { (first("h1")?.text ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
}
