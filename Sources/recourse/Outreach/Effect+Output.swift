import Messages

extension EffectResponse {
  /// As a person reads it.
  var lines: [String] {
    var lines = ["Applications and visits, \(from) to \(to), both months included", ""]
    var table = Table("MONTH", "APPLICATIONS", "VISITS", "")
    for one in months {
      table.add(
        one.month, "\(one.applications)", "\(one.visits)", one.open ? "not over yet" : "")
    }
    lines += table.lines
    if !activities.isEmpty {
      lines += ["", "What was done:"]
      lines += activities.map { done in
        "\(done.on)  \(done.title)" + (done.ward.isEmpty ? "" : " (\(done.ward))")
      }
    }
    if by != .unspecified { lines += [""] + breakdownLines }
    lines += [""] + comparison.sentences
    if parkedEvents > 0 {
      lines.append(
        "INCOMPLETE: \(parkedEvents) events could not be counted; see `recourse status`.")
    }
    return lines
  }

  private var breakdownLines: [String] {
    let hasVisits = by != .channel
    var table = Table(byWord.uppercased(), "APPLICATIONS", hasVisits ? "VISITS" : "")
    for row in rows {
      let visits = hasVisits && row.rest != .notTold && row.rest != .unknownMaterial
      table.add(row.words(by), row.shown, visits ? "\(row.visits)" : "")
    }
    return table.lines + [
      "Numbers below \(leastShown) are withheld, and the next larger with them. Broken down on "
        + "\(releasedOn); this does not change any more.", releasedSum,
    ]
  }

  /// What the rows add up to: the months above have what is known today, which may be another number.
  private var releasedSum: String {
    guard hasReleasedApplications else {
      return "How many applications there were on that day was not kept; the months above are as "
        + "of today, and the rows need not add up to them."
    }
    let today = months.reduce(0) { $0 + Int($1.applications) }
    let sum = "The rows, withheld ones too, add up to the \(releasedApplications) of that day"
    return today == Int(releasedApplications)
      ? sum + "." : sum + "; \(today) are known today, and the others are in no row."
  }

  var byWord: String {
    switch by {
    case .channel: "channel"
    case .ward: "ward"
    case .material: "material"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  var json: JSON {
    var fields: [(String, JSON)] = [
      ("from", .text(from)), ("to", .text(to)),
      (
        "months",
        .list(
          months.map { one in
            .object([
              ("month", .text(one.month)), ("applications", .number(Int(one.applications))),
              ("visits", .number(Int(clamping: one.visits))), ("open", .bool(one.open)),
            ])
          })
      ),
      ("activities", .list(activities.map(\.json))), ("comparison", comparison.json),
    ]
    if by != .unspecified {
      fields += [
        ("by", .text(byWord)), ("rows", .list(rows.map { $0.json(by) })),
        ("leastShown", .number(Int(leastShown))), ("releasedOn", .text(releasedOn)),
        (
          "releasedApplications",
          hasReleasedApplications ? .number(Int(releasedApplications)) : .null
        ),
      ]
    }
    return .object(
      fields + [
        ("logPosition", .position(logPosition)), ("complete", .bool(parkedEvents == 0)),
        ("parkedEvents", .number(Int(parkedEvents))),
      ])
  }

  /// The breakdown, else the months, as cells that are safe in a spreadsheet. A number that is withheld is empty.
  var csv: String {
    var rows = [["month", "applications", "visits", "open"]]
    if by == .unspecified {
      rows += months.map { ["\($0.month)", "\($0.applications)", "\($0.visits)", "\($0.open)"] }
    } else {
      // Only a material lies in a ward.
      let hasWard = by == .material
      rows = [
        [byWord, "name"] + (hasWard ? ["ward"] : []) + ["applications", "withheld", "visits"]
      ]
      rows += self.rows.map { row in
        [row.key, row.words(by)] + (hasWard ? [row.ward] : []) + [
          row.hasApplications ? "\(row.applications)" : "", "\(!row.hasApplications)",
          by == .channel ? "" : "\(row.visits)",
        ]
      }
    }
    return rows.map { $0.map(PlanTable.cell).joined(separator: ",") + "\r\n" }.joined()
  }
}

extension Recourse_Outreach_V1_DoneActivity {
  fileprivate var json: JSON {
    .object([
      ("plan", .text(plan)), ("id", .text(id)), ("title", .text(title)),
      ("ward", .optional(ward)), ("on", .text(on)),
    ])
  }
}

extension Recourse_Outreach_V1_EffectRow {
  fileprivate func json(_ by: Recourse_Outreach_V1_GetEffectRequest.By) -> JSON {
    .object([
      ("key", .optional(key)), ("name", .text(words(by))), ("ward", .optional(ward)),
      ("applications", hasApplications ? .number(Int(applications)) : .null),
      ("withheld", .bool(!hasApplications)),
      ("visits", by == .channel ? .null : .number(Int(clamping: visits))),
    ])
  }
}

extension Recourse_Outreach_V1_Comparison {
  fileprivate var json: JSON {
    .object([
      ("reading", .text(readingWord)), ("months", .number(Int(months))),
      ("applications", .number(Int(applications))),
      ("baselineMonths", .number(Int(baselineMonths))),
      ("baselineApplications", .number(Int(baselineApplications))),
      ("baselineFrom", .optional(baselineFrom)), ("baselineTo", .optional(baselineTo)),
      // Decimal fractions, written as they are shown.
      ("ratio", hasRatio ? .text(ratio.hundredths) : .null),
      ("ratioLow", hasRatioLow ? .text(ratioLow.hundredths) : .null),
      ("ratioHigh", hasRatioHigh ? .text(ratioHigh.hundredths) : .null),
      ("probability", baselineMonths == 0 ? .null : .text(probability.tenThousandths)),
      ("says", .texts(sentences)),
    ])
  }
}
