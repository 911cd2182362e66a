import WorkerKit

extension AuditVerification {
  var json: JSON {
    .object([
      ("workers", .list(audits.map(\.json))),
      ("unreadable", .list(unreadable.map(\.json))),
      ("sound", .bool(!isBroken)),
    ])
  }

  var lines: [String] {
    audits.flatMap(\.lines)
      + unreadable.map { "\($0.code) at \($0.path)\n  \($0.message)\n  \($0.wayOut)" }
      + [isBroken ? "The record is broken." : "The record is whole, as far as it is anchored."]
  }
}

extension SliceAudit {
  fileprivate var json: JSON {
    .object([
      ("worker", .text(worker)), ("incarnation", .number(Int(incarnation))),
      ("rows", .number(rows)), ("lastAnchor", lastAnchor?.json ?? .null),
      ("uncovered", .number(uncovered)), ("supersededAnchors", .number(supersededAnchors)),
      ("supersededBy", .list(supersededBy.map(\.json))),
      ("wordsRemoved", .number(wordsRemoved)), ("faults", .list(faults.map(\.json))),
      ("hasMoreFaults", .bool(hasMoreFaults)),
    ])
  }

  fileprivate var lines: [String] {
    var lines = ["\(worker): \(rows) rows, \(anchored); \(uncovered) after it are not covered."]
    if supersededAnchors > 0 {
      lines.append(
        "  The log has the heads of \(supersededAnchors) states that a restore has put aside; DIR/replaced-* "
          + "has them, if it was not removed.")
      lines += supersededBy.map {
        "    Restored by row \($0.sequence), \(Moment.text($0.at)): \($0.actor.onOneLine)"
      }
    }
    if wordsRemoved > 0 { lines.append("  What was typed for \(wordsRemoved) rows was removed.") }
    for fault in faults {
      lines += ["  \(fault.code.rawValue): \(fault.what)", "    \(fault.between)"]
    }
    if hasMoreFaults { lines.append("  There is more that is wrong.") }
    return lines
  }

  private var anchored: String {
    guard let anchor = lastAnchor else { return "none of them anchored in the log" }
    return "anchored up to row \(anchor.sequence) (log position \(anchor.position), "
      + "\(Moment.text(anchor.recordedAt)))"
  }
}

extension SliceAudit.Restore {
  fileprivate var json: JSON {
    .object([
      ("row", .number(Int(sequence))), ("at", .text(Moment.text(at))), ("actor", .text(actor)),
    ])
  }
}

extension SliceAudit.Anchor {
  fileprivate var json: JSON {
    .object([
      ("row", .position(sequence)), ("logPosition", .position(position)),
      ("at", .text(Moment.text(recordedAt))),
    ])
  }
}

extension AuditFault {
  fileprivate var json: JSON {
    .object([
      ("code", .text(code.rawValue)), ("first", .number(Int(first))), ("last", .number(Int(last))),
      ("message", .text(what)), ("anchoredBefore", Self.row(anchoredBefore)),
      ("anchoredFrom", Self.row(anchoredFrom)),
    ])
  }

  private static func row(_ row: UInt64?) -> JSON { row.map(JSON.position) ?? .null }

  fileprivate var between: String {
    let before = anchoredBefore.map { "after row \($0)" } ?? "from the beginning"
    guard let anchoredFrom else {
      return "It lies \(before), beyond the last head in the log."
    }
    return "It lies \(before), up to row \(anchoredFrom), of which the log has the head."
  }
}
