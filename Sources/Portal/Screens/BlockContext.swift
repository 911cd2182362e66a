import CaseModel

/// What the templates are given of blocks.
struct BlockContext: Sendable {
  let language: Language
  let faults: [FieldFault]
  let formToken: String?
  /// The title, where it stands in a field.
  let heading: String?

  /// A block inside another would else be taken for what stands around it.
  private static let kinds = [
    "heading2", "heading3", "paragraph", "list", "steps", "inset", "warning", "panel", "details",
    "summary", "table", "start", "banner", "form", "html",
  ]

  func context(_ block: Block, _ number: Int) -> [String: Any] {
    let none: [String: Any] = Self.kinds.reduce(into: [:]) { $0[$1] = false }
    return none.merging(own(block, number)) { $1 }
  }

  private func own(_ block: Block, _ number: Int) -> [String: Any] {
    switch block {
    case .heading(let level, let text):
      [level == 2 ? "heading2" : "heading3": ["text": text, "id": "section-\(number)"]]
    case .paragraph(let words): ["paragraph": runs(words)]
    case .list(let items): items.isEmpty ? [:] : ["list": ["items": items.map(runs)]]
    case .steps(let items): items.isEmpty ? [:] : ["steps": ["items": items.map(runs)]]
    case .inset(let words): ["inset": runs(words)]
    case .warning(let words):
      ["warning": runs(words).merging(["label": language == .welsh ? "Rhybudd" : "Warning"]) { $1 }]
    case .panel(let title, let body): ["panel": ["title": title, "lines": body.map(runs)]]
    case .details(let summary, let blocks):
      [
        "details": [
          "summary": summary,
          "blocks": blocks.enumerated().map { context($1, number * 100 + $0 + 1) },
        ] as [String: Any]
      ]
    case .summary(let rows): rows.isEmpty ? [:] : ["summary": ["rows": rows.map(row)]]
    case .table(let caption, let columns, let rows):
      [
        "table": [
          "caption": caption, "id": "table-\(number)", "columns": columns.map { ["name": $0] },
          "rows": rows.map { row -> [String: Any] in
            [
              "head": runs(row.first ?? ""),
              "cells": row.dropFirst().map(runs),
            ]
          },
        ] as [String: Any]
      ]
    case .start(let label, let address): ["start": ["label": label, "address": address]]
    case .banner(let title, let body, let isSuccess):
      [
        "banner": [
          "title": title, "lines": body.map(runs), "isSuccess": isSuccess, "id": "banner-\(number)",
        ] as [String: Any]
      ]
    case .form(let form): ["form": FormContext(self, number).context(form)]
    case .html(let html): ["html": ["code": html]]
    }
  }

  private func row(_ row: SummaryRow) -> [String: Any] {
    [
      "key": row.key, "lines": row.values.map(runs), "hasChanges": !row.changes.isEmpty,
      "changes": row.changes.map { ["label": $0.label, "of": $0.of, "address": $0.address] },
    ]
  }

  /// Words for the template `words`.
  func runs(_ words: Words) -> [String: Any] {
    [
      "runs": words.runs.map { run -> [String: Any] in
        switch run {
        case .plain(let text): ["plain": lines(text)]
        case .strong(let text): ["strong": lines(text)]
        case .english(let text):
          language == .english ? ["plain": lines(text)] : ["english": lines(text)]
        case .link(let label, let address):
          Self.isSafe(address)
            ? ["link": ["label": label, "address": address]] : ["plain": lines(label)]
        }
      }
    ]
  }

  /// Each line of it; between them a break.
  private func lines(_ text: String) -> [String: Any] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return [
      "lines": lines.enumerated().map { number, line -> [String: Any] in
        ["text": String(line), "isLater": number > 0]
      }
    ]
  }

  /// Where a link may lead.
  static func isSafe(_ address: String) -> Bool {
    if address.hasPrefix("/") { return !address.hasPrefix("//") && !address.hasPrefix("/\\") }
    return ["#", "https://", "http://", "tel:", "mailto:", "sms:"].contains {
      address.hasPrefix($0)
    }
  }
}
