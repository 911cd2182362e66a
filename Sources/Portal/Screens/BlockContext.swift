import CaseModel

/// Makes HTML of blocks: each kind has a template of its own.
struct BlockContext: Sendable {
  let language: Language
  let faults: [FieldFault]
  let formToken: String?
  /// The title, where it stands in a field.
  let heading: String?

  /// Fills one of the templates.
  let fill: @Sendable (_ template: String, _ context: [String: Any]) -> String

  /// The HTML of blocks that stand one after the other.
  /// - Parameter offset: of their numbers, by which their ids differ from those of others on the page.
  func html(_ blocks: [Block], after offset: Int = 0) -> String {
    var html = ""
    for (index, block) in blocks.enumerated() { html += self.html(block, offset + index) }
    return html
  }

  private func html(_ block: Block, _ number: Int) -> String {
    switch block {
    case .heading(let level, let text):
      fill("heading", ["level": level == 2 ? 2 : 3, "text": text, "id": "section-\(number)"])
    case .paragraph(let words): fill("paragraph", ["words": html(words)])
    case .list(let items): list(items, "ul")
    case .steps(let items): list(items, "ol")
    case .inset(let words): fill("inset", ["words": html(words)])
    case .warning(let words):
      fill(
        "warning",
        ["words": html(words), "label": language == .welsh ? "Rhybudd" : "Warning"])
    case .panel(let title, let body):
      fill("panel", ["title": title, "lines": body.map(html)])
    case .details(let summary, let blocks):
      fill(
        "details", ["summary": summary, "blocks": html(blocks, after: number * 100 + 1)])
    case .summary(let rows):
      rows.isEmpty ? "" : fill("summary", ["rows": rows.map(row)])
    case .table(let caption, let columns, let rows):
      fill(
        "table",
        [
          "caption": caption, "id": "table-\(number)", "columns": columns,
          "rows": rows.map { row -> [String: Any] in
            ["head": html(row.first ?? ""), "cells": row.dropFirst().map(html)]
          },
        ])
    case .start(let label, let address): fill("start", ["label": label, "address": address])
    case .banner(let title, let body, let isSuccess):
      fill(
        "banner",
        [
          "title": title, "lines": body.map(html), "isSuccess": isSuccess,
          "role": isSuccess ? "alert" : "region", "id": "banner-\(number)",
        ])
    case .form(let form): fill("form", FormContext(self, number).context(form))
    case .html(let html): fill("paper", ["code": html])
    }
  }

  private func list(_ items: [Words], _ tag: String) -> String {
    items.isEmpty ? "" : fill("list", ["tag": tag, "items": items.map(html)])
  }

  private func row(_ row: SummaryRow) -> [String: Any] {
    [
      "key": row.key, "lines": row.values.map(html), "hasChanges": !row.changes.isEmpty,
      "changes": row.changes.map { ["label": $0.label, "of": $0.of, "address": $0.address] },
    ]
  }

  /// Words with their links and stress. They are on a page by the dozen, and no template is needed to set them.
  func html(_ words: Words) -> String {
    var html = ""
    for run in words.runs {
      switch run {
      case .plain(let text): Self.append(text, to: &html)
      case .strong(let text): Self.append(text, in: "<strong>", "</strong>", to: &html)
      case .english(let text):
        if language == .english {
          Self.append(text, to: &html)
        } else {
          Self.append(text, in: #"<span lang="en" xml:lang="en">"#, "</span>", to: &html)
        }
      case .link(let label, let address):
        if Self.isSafe(address) {
          html += "<a href=\""
          Self.escape(address, to: &html)
          Self.append(label, in: "\">", "</a>", hasBreaks: false, to: &html)
        } else {
          Self.append(label, to: &html)
        }
      }
    }
    return html
  }

  /// Each line of it, escaped; between them a break.
  private static func append(
    _ text: String, in open: String = "", _ close: String = "", hasBreaks: Bool = true,
    to html: inout String
  ) {
    html += open
    if hasBreaks, text.utf8.contains(UInt8(ascii: "\n")) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        if number > 0 { html += "<br/>" }
        escape(line, to: &html)
      }
    } else {
      escape(text, to: &html)
    }
    html += close
  }

  /// As the templates escape (HTML, 13.1.2.3 and 13.1.4: what would end a text or a value).
  private static func escape(_ text: some StringProtocol, to html: inout String) {
    guard text.utf8.contains(where: Self.isEscaped) else {
      html += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// Where a link may lead.
  static func isSafe(_ address: String) -> Bool {
    if address.hasPrefix("/") { return !address.hasPrefix("//") && !address.hasPrefix("/\\") }
    return ["#", "https://", "http://", "tel:", "mailto:", "sms:"].contains {
      address.hasPrefix($0)
    }
  }
}
