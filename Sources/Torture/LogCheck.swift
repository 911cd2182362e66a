/// What must be true of the log, whatever its events say: positions from 1 without gaps, and each
/// producer's numbers from 1, in order, without gaps or repetitions.
enum LogCheck {
  static func check(_ events: [RunHistory.Event], _ report: inout TortureReport) {
    var position: UInt64 = 0
    var sequences: [String: UInt64] = [:]
    for event in events {
      check(event.position, after: position, "position", of: "log", &report)
      position = max(position, event.position)
      let sequence = sequences[event.producer, default: 0]
      check(event.sequence, after: sequence, "number", of: event.producer, &report)
      sequences[event.producer] = max(sequence, event.sequence)
    }
  }

  private static func check(
    _ number: UInt64, after highest: UInt64, _ what: String, of place: String,
    _ report: inout TortureReport
  ) {
    if number == highest {
      report.add(.duplicated, place, "\(what) \(number) comes twice")
    } else if number < highest {
      report.add(.outOfOrder, place, "\(what) \(number) comes after \(highest)")
    } else if number > highest + 1 {
      report.add(.gap, place, "no \(what) from \(highest + 1) to \(number - 1)")
    }
  }
}
