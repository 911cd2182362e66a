import CaseModel

/// Names what an assessment says, line by line: two that say the same have the same one. FNV-1a, 64 bits:
/// it finds what came out otherwise, and guards against nobody.
///
/// How far the bodies have answered is not part of it: it is told, and decides nothing.
public struct LinesDigest {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Of everything that an assessment says.
  public static func of(_ assessment: Assessment) -> Int64 {
    var digest = LinesDigest()
    digest.add(assessment.outcome.rawValue)
    for route in assessment.routes {
      digest.add(route.route.rawValue)
      digest.add(route.clause)
      digest.add(route.outcome.rawValue)
      digest.add(route.required)
      digest.add(route.counted)
      for complaint in route.complaints { digest.add(complaint) }
      digest.add(route.toFind)
    }
    digest.add(assessment.notes)
    digest.add(assessment.changes)
    digest.add(assessment.turnsOn)
    return Int64(bitPattern: digest.hash)
  }

  private mutating func add(_ complaint: ComplaintResult) {
    add(complaint.index)
    add(complaint.counted ? 1 : 0)
    add(complaint.with ?? -1)
    add(complaint.standing.rawValue)
    for rule in complaint.rules { add(rule) }
    add(complaint.reason)
  }

  private mutating func add(_ reasons: [Reason]) {
    add(reasons.count)
    for reason in reasons { add(reason) }
  }

  private mutating func add(_ reason: Reason) {
    add(reason.code.rawValue)
    for detail in reason.details {
      add(detail.name)
      // Not as it is written: that would take longer than the rules take.
      if let whole = detail.whole { add(whole) } else { add(detail.value) }
    }
  }

  /// Each text ends, so that "ab", "c" is not "a", "bc": no UTF-8 has this byte.
  private mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF as UInt8)
  }

  private mutating func add(_ number: Int) {
    hash = (hash ^ UInt64(bitPattern: Int64(number))) &* 0x0000_0100_0000_01b3
  }

  private mutating func add(_ byte: UInt8) {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }
}
