import CaseModel

/// A person's own words as a page that stands alone: what is beneath one another is a paragraph, and nothing in it is markup.
struct AmendedPage {
  let language: Language
  let title: String
  let text: String

  var html: String {
    let paragraphs = text.split(separator: "\n\n", omittingEmptySubsequences: true).map { part in
      let lines = part.split(separator: "\n").map { Self.escaped(String($0)) }
      return "<p>\(lines.joined(separator: "<br/>\n"))</p>"
    }
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(Self.escaped(title))</title>
      <style>body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.2em/1.5 sans-serif; }</style>
      </head>
      <body>
      <main>
      \(paragraphs.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private static func escaped(_ words: String) -> String {
    var escaped = ""
    for character in words {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default:
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control
        }
        if !isControl { escaped.append(character) }
      }
    }
    return escaped
  }
}
