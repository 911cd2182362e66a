import CaseModel
import Mustache

extension Paper {
  /// Plain text: one line for a paragraph, underlined headings.
  var text: String { render(.text, Dress()) }
  /// CommonMark with tables; nothing in the data can make markup.
  var markdown: String { render(.markdown, Dress()) }
  /// A whole page, HTML that is well-formed XML as well; the template escapes the data.
  var html: String { render(.html, Dress()) }

  func text(_ dress: Dress) -> String { render(.text, dress) }
  func html(_ dress: Dress) -> String { render(.html, dress) }

  /// What is put on by whoever sends it, and is no part of what is said.
  struct Dress: Sendable, Hashable {
    /// A line of its own before the first sentence; empty: none.
    var salutation = ""
    /// Of a page: in large print.
    var isLarge = false
    /// Of a page for post: name and address; empty where it is not for post.
    var window: [String] = []
    /// What stands beside the window.
    var facts: [String] = []
  }

  enum Format: String, CaseIterable {
    case text, markdown, html

    /// HTML is left to the template, which escapes whatever it is given.
    func written(_ words: String) -> String {
      let plain = words.withoutControls
      return self == .markdown ? plain.escapedForMarkdown : plain
    }
  }

  private func render(_ format: Format, _ dress: Dress) -> String {
    let speech = Speech(language: language)
    var paper: [String: Any] = [
      "language": language.rawValue,
      "title": format.written(title),
      "titleRule": String(repeating: "=", count: title.withoutControls.count),
      "skip": speech("Skip to the main part", "Neidio i'r brif ran"),
      "blocks": blocks.enumerated().map { number, block in block.context(number, in: format) },
    ]
    if !dress.salutation.isEmpty {
      paper["salutation"] = ["words": format.written(dress.salutation)]
    }
    if dress.isLarge { paper["large"] = true }
    if !dress.window.isEmpty {
      paper["printed"] = [
        "window": dress.window.map { ["line": format.written($0)] },
        "facts": dress.facts.map { ["line": format.written($0)] },
      ]
    }
    return Self.templates.render(paper, withTemplate: format.rawValue) ?? ""
  }

  private static let templates: MustacheLibrary = {
    var library = MustacheLibrary()
    do {
      try library.register(source(PackageResources.text_mustache), named: Format.text.rawValue)
      try library.register(
        source(PackageResources.markdown_mustache), named: Format.markdown.rawValue)
      try library.register(source(PackageResources.html_mustache), named: Format.html.rawValue)
    } catch {
      preconditionFailure("A template that is built in cannot be read: \(error)")
    }
    return library
  }()

  private static func source(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Paper {
  /// Marks in a sentence between which its words are English. They are of the kind of characters that is
  /// taken out of all data, so that nothing but ``Speech`` can set them.
  enum Foreign {
    static let begins: Character = "\u{E000}"
    static let ends: Character = "\u{E001}"

    /// A sentence in parts for the HTML template: those in English have a language of their own.
    fileprivate static func runs(_ text: String, in format: Format) -> [[String: Any]] {
      text.split(separator: begins, omittingEmptySubsequences: false).enumerated().flatMap {
        number, part -> [[String: Any]] in
        guard number > 0, let end = part.firstIndex(of: ends) else {
          return [["plain": format.written(String(part))]]
        }
        return [
          [
            "foreign": [
              "words": format.written(String(part[..<end])), "code": Language.english.rawValue,
            ]
          ],
          ["plain": format.written(String(part[part.index(after: end)...]))],
        ]
      }
    }
  }
}

extension Paper.Block {
  /// What the templates see: one entry, named after the kind.
  fileprivate func context(_ number: Int, in format: Paper.Format) -> [String: Any] {
    switch self {
    case .heading(let level, let text):
      [
        level == 2 ? "heading" : "subheading": [
          "text": format.written(text), "id": "part-\(number)",
          "rule": String(repeating: "-", count: text.withoutControls.count),
        ]
      ]
    case .paragraph(let line): ["paragraph": line.context(in: format)]
    case .list(let lines): ["list": ["items": lines.map { $0.context(in: format) }]]
    case .table(let table): ["table": table.context(number, in: format)]
    }
  }
}

extension Paper.Line {
  fileprivate func context(in format: Paper.Format) -> [String: Any] {
    var context: [String: Any] = [
      "text": format.written(text), "runs": Paper.Foreign.runs(text, in: format),
    ]
    if !quoted.isEmpty {
      context["quoted"] = [
        "gap": text.isEmpty ? "" : " ", "words": format.written(quoted), "code": language.rawValue,
      ]
    }
    if address.isAddress {
      context["link"] = ["href": "https://" + address, "label": format.written(address)]
    } else if !address.isEmpty {
      context["place"] = ["label": format.written(address)]
    }
    return context
  }
}

extension Paper.Table {
  fileprivate func context(_ number: Int, in format: Paper.Format) -> [String: Any] {
    [
      "caption": format.written(caption), "id": "part-\(number)",
      "columns": columns.map { ["name": format.written($0)] },
      "rows": rows.map { row in
        [
          "head": format.written(row.first ?? ""),
          "headRuns": Paper.Foreign.runs(row.first ?? "", in: format),
          "cells": row.dropFirst().map {
            ["value": format.written($0), "runs": Paper.Foreign.runs($0, in: format)]
          },
        ] as [String: Any]
      },
      "lines": format == .text ? lines.map { ["text": $0] } : [],
    ]
  }

  /// Each row as one line, the cells beneath each other; the last column is as wide as it is.
  private var lines: [String] {
    let all = ([columns] + rows).map { $0.map(\.withoutControls) }
    let widths = columns.indices.map { column in
      all.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return all.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let (text, width) = cell
        guard column < row.count - 1 else { return text }
        return text + String(repeating: " ", count: width - text.count)
      }.joined(separator: "  ")
    }
  }
}

extension String {
  /// One line, without what is not seen but acts: control characters and changes of direction.
  var withoutControls: String {
    // Most of it is plain ASCII, and is looked at several times for each letter.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    let kept = unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.properties.generalCategory == .lineSeparator
        || scalar.properties.generalCategory == .paragraphSeparator
        || scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
    }.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned: false
      default: true
      }
    }
    return String(String.UnicodeScalarView(kept))
  }

  /// What CommonMark and its tables would take for markup stands for itself.
  fileprivate var escapedForMarkdown: String {
    var written = ""
    for character in self {
      if "\\`*_{}[]<>#+!|~&".contains(character) { written.append("\\") }
      written.append(character)
    }
    // A line that begins like a list or the rule under a heading.
    if written.hasPrefix("-") || written.hasPrefix("=") { return "\\" + written }
    let afterNumber = written.drop { $0.isNumber }
    if afterNumber.startIndex > written.startIndex, ".)".contains(afterNumber.first ?? " ") {
      written.insert("\\", at: afterNumber.startIndex)
    }
    return written
  }

  /// True if it can be a link: a host with a dot, a port where there is one, and a path of harmless characters.
  fileprivate var isAddress: Bool {
    let authority = prefix { $0 != "/" }
    let host = authority.prefix { $0 != ":" }
    let port = authority.dropFirst(host.count)
    guard port.isEmpty || (2...6).contains(port.count) && port.dropFirst().allSatisfy(\.isNumber)
    else { return false }
    return host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".")
      && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }
      && !contains("..")
      && allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "./-_~%?=&+,:;()'".contains($0))
      }
      && host.contains { $0.isLetter }
  }
}
