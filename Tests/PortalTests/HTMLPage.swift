import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read as XML: what elements it has, in order, what the reader sees of it, and what its forms send.
struct HTMLPage {
  struct Element: Sendable {
    let name: String
    let attributes: [String: String]
    /// The form that it stands in, by its place among the elements.
    let form: Int?
    /// The elements around it, by name and class.
    let around: [String]
    var text = ""
  }

  let elements: [Element]

  /// Nil if it is not well-formed.
  init?(_ html: String) {
    let parser = XMLParser(data: Data(html.utf8))
    let reader = Reader()
    parser.delegate = reader
    guard parser.parse() else { return nil }
    elements = reader.elements
  }

  func all(_ names: String...) -> [Element] { elements.filter { names.contains($0.name) } }

  var title: String { all("title").first?.text ?? "" }
  var heading: String {
    (all("h1").first?.text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }
  /// What stands in the main part.
  var main: String { all("main").first?.text ?? "" }
  /// The summary of what is wrong.
  var faults: [String] {
    elements.filter { $0.attributes["id"] == "faults" }.flatMap { summary in
      summary.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }.dropFirst().map { $0 }
  }

  /// Where a link of these words leads.
  func link(_ words: String) -> String? {
    all("a").first { $0.text.contains(words) }?.attributes["href"]
  }

  /// What the first form of the main part sends as it stands, and where to.
  var form: (action: String, fields: [(String, String)])? { forms.first }

  /// Those of the main part.
  var forms: [(action: String, fields: [(String, String)])] {
    elements.indices.filter { elements[$0].name == "form" && elements[$0].around.contains("main") }
      .map(form(at:))
  }

  private func form(at place: Int) -> (action: String, fields: [(String, String)]) {
    var fields: [(String, String)] = []
    for element in elements where element.form == place {
      let attributes = element.attributes
      guard let name = attributes["name"] else { continue }
      switch (element.name, attributes["type"] ?? "") {
      case ("input", "radio"), ("input", "checkbox"):
        if attributes["checked"] != nil { fields.append((name, attributes["value"] ?? "")) }
      case ("input", "file"): continue
      case ("input", _): fields.append((name, attributes["value"] ?? ""))
      case ("textarea", _): fields.append((name, element.text))
      case ("select", _): fields.append((name, ""))
      default: continue
      }
    }
    return (elements[place].attributes["action"] ?? "", fields)
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let form = open.last { elements[$0].name == "form" }
      let around = open.map { elements[$0].name }
      open.append(elements.count)
      elements.append(
        Element(name: name, attributes: attributes, form: form, around: around))
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      for index in open { elements[index].text += text }
    }
  }
}
