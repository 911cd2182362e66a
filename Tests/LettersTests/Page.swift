import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read as XML: what elements it has, in order, and what the reader sees of it.
struct Page {
  struct Element: Sendable {
    let name: String
    let attributes: [String: String]
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

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      open.append(elements.count)
      elements.append(Element(name: name, attributes: attributes))
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
