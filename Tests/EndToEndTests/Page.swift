import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page or a picture read as XML.
struct Page {
  struct Element: Sendable {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  let elements: [Element]

  /// Nil if it is not well-formed.
  init?(_ text: String) {
    let parser = XMLParser(data: Data(text.utf8))
    let reader = Reader()
    parser.delegate = reader
    guard parser.parse() else { return nil }
    elements = reader.elements
  }

  func first(_ name: String) -> Element? { elements.first { $0.name == name } }

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
