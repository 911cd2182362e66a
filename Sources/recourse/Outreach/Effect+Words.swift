import Messages

typealias EffectResponse = Recourse_Outreach_V1_GetEffectResponse

extension Recourse_Outreach_V1_EffectRow {
  /// What the row is about, in words.
  func words(_ by: Recourse_Outreach_V1_GetEffectRequest.By) -> String {
    switch rest {
    case .notTold: by == .channel ? "Not said" : "No material named"
    case .unknownMaterial: "A material that is not known"
    case .noWard: "Materials of no one ward"
    case .unspecified, .UNRECOGNIZED:
      switch by {
      case .channel: HeardChannel.words(ofName: key)
      case .material: "\(key) \(title)"
      case .ward, .unspecified, .UNRECOGNIZED: key
      }
    }
  }

  /// The number, or that it is withheld.
  var shown: String { hasApplications ? "\(applications)" : "withheld" }
}

extension Recourse_Outreach_V1_Comparison {
  /// What was compared, what came of it and what it does not say: sentences for people without statistics.
  var sentences: [String] {
    switch reading {
    case .noWholeMonth: return ["Nothing is compared yet: no month of the period is over."]
    case .noBaseline:
      return [
        "\(Self.applications(applications)) in \(Self.months(months)) that are over. There is nothing to "
          + "compare with: this system did not count the same months before. A published number can "
          + "be given with --baseline."
      ]
    case .unspecified, .UNRECOGNIZED: return ["Too many applications to compare."]
    case .more, .fewer, .noClearDifference: break
    }
    let before =
      baselineFrom.isEmpty
      ? "in the months that were given" : "from \(baselineFrom) to \(baselineTo)"
    var sentences = [
      "\(Self.applications(applications)) in \(Self.months(months)), against \(baselineApplications) in "
        + "\(Self.months(baselineMonths)) \(before)."
    ]
    if hasRatio {
      var sentence = "That is \(ratio.hundredths) times as many a month"
      if hasRatioLow, hasRatioHigh {
        sentence +=
          "; anything from \(ratioLow.hundredths) to \(ratioHigh.hundredths) times is in keeping with "
          + "it (95 % confidence)"
      }
      sentences.append(sentence + ".")
    }
    sentences.append("\(verdict) \(chance)")
    sentences.append(
      "This says whether the number has changed, not why: other things change as well.")
    return sentences
  }

  private var verdict: String {
    switch reading {
    case .more: "There are more than before."
    case .fewer: "There are fewer than before."
    default: "No clear difference: the numbers may be the same but for chance."
    }
  }

  private var chance: String {
    let once = (1 / max(probability, 1e-6)).rounded()
    if probability >= 0.5 { return "Chance alone often makes as large a difference." }
    let often = once >= 1_000 ? "less than once in 1000 times" : "about once in \(Int(once)) times"
    return "Chance alone makes as large a difference \(often)."
  }

  private static func months(_ number: UInt32) -> String {
    number == 1 ? "1 month" : "\(number) months"
  }

  private static func applications(_ number: UInt32) -> String {
    number == 1 ? "1 application" : "\(number) applications"
  }

  var readingWord: String {
    switch reading {
    case .noBaseline: "no-baseline"
    case .noWholeMonth: "no-whole-month"
    case .noClearDifference: "no-clear-difference"
    case .more: "more"
    case .fewer: "fewer"
    case .unspecified, .UNRECOGNIZED: "too-many"
    }
  }
}

extension Double {
  /// With two digits behind the point.
  var hundredths: String {
    let number = Int((self * 100).rounded())
    let rest = number % 100
    return "\(number / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// With four digits behind the point, for what is between 0 and 1.
  var tenThousandths: String {
    let digits = String(Int((self * 10_000).rounded()))
    let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    return "\(padded.dropLast(4)).\(padded.suffix(4))"
  }
}
