import CaseModel
import ThresholdRules

extension Assessment {
  /// What came of it, in one sentence.
  func summary(in language: Language = .english) -> String {
    if language == .welsh { return welshSummary }
    let numbers =
      "\(counted) complaint\(counted == 1 ? " counts" : "s count") under s.104(4), "
      + "which asks for \(required)"
    return switch outcome {
    case .met where met: "The threshold must be decided met: \(numbers)."
    case .met: "The threshold is met by the area's own rule; \(numbers)."
    case .personDecides: "A person decides: \(numbers), but the area's own rule may apply."
    case .notMet: "The rules do not find the threshold met: \(numbers)."
    }
  }

  private var welshSummary: String {
    let numbers =
      "nifer y cwynion sy'n cyfrif o dan adran 104(4): \(counted); nifer gofynnol: \(required)"
    return switch outcome {
    case .met where met: "Rhaid penderfynu bod y trothwy wedi'i gyrraedd; \(numbers)."
    case .met: "Mae'r trothwy wedi'i gyrraedd yn ôl rheol yr ardal ei hun; \(numbers)."
    case .personDecides: "Mae person yn penderfynu, oherwydd rheol yr ardal ei hun; \(numbers)."
    case .notMet: "Nid yw'r rheolau'n canfod bod y trothwy wedi'i gyrraedd; \(numbers)."
    }
  }

  /// Everything, line by line, with a line for each complaint on each route; what has been told of it already
  /// is "as above".
  /// - Parameter again: what a new application would need on the day on which this is read; nothing is said of
  ///   one where s.104(4) is met.
  func sentences(in language: Language = .english, _ again: NewApplication?) -> [String] {
    let isWelsh = language == .welsh
    var lines = [summary(in: language)]
    var told: Set<String> = []
    for route in routes {
      lines += ["", route.heading(in: language)]
      if route.required > 0 {
        lines.append(
          isWelsh
            ? "  Cwynion sy'n cyfrif: \(route.counted), gofynnol: \(route.required)."
            : "  Complaints that count: \(route.counted), required: \(route.required).")
      }
      let complaints = route.complaints.map { complaint in
        let sentence = complaint.sentence(in: language)
        return told.insert(sentence).inserted ? sentence : complaint.asAbove(in: language)
      }
      lines += (complaints + route.toFind.map { $0.rendered(in: language) }).map { "  \($0)" }
    }
    lines += part(isWelsh ? "Beth na chymhwyswyd" : "Not applied", notes, language)
    lines += part(isWelsh ? "Yr hyn nad yw'n sicr" : "What it turns on", turnsOn, language)
    lines += part(isWelsh ? "Beth fyddai'n newid hyn" : "What would change it", changes, language)
    if !met, let again { lines += newApplication(again, language) }
    if let information { lines += ["", information.sentence(in: language)] }
    lines.append("")
    lines.append(
      isWelsh
        ? "Gweithdrefn: \(policyName), fersiwn \(policyVersion),"
        : "By the procedure \(policyName), version \(policyVersion),")
    lines.append("\(policyDigest).")
    return lines
  }

  /// What it needs besides what was complained of, where a day that is named in ``changes`` has gone by; and
  /// what is enough by itself, on any day.
  private func newApplication(_ again: NewApplication, _ language: Language) -> [String] {
    let isWelsh = language == .welsh
    let hasGoneBy = changes.contains { $0.day(of: "by").map { $0 < again.receivedOn } ?? false }
    let day = isWelsh ? again.receivedOn.inWelsh : again.receivedOn.inWords
    return part(
      isWelsh
        ? "Mewn cais newydd ar \(day), am fod diwrnod uchod wedi mynd heibio"
        : "In a new application on \(day), for a day above has gone by",
      hasGoneBy ? again.changes : [], language)
      + part(
        isWelsh ? "Mewn cais newydd, ar unrhyw ddiwrnod" : "In a new application, on any day",
        again.byThemselves, language)
  }

  private func part(_ heading: String, _ reasons: [Reason], _ language: Language) -> [String] {
    reasons.isEmpty
      ? [] : ["", "\(heading):"] + reasons.map { "  \($0.rendered(in: language))" }
  }
}

extension RouteResult {
  fileprivate func heading(in language: Language) -> String {
    guard language == .welsh else { return "\(route.inWords), \(clause): \(outcome.inWords)" }
    let name =
      switch route {
      case .mandatory: "Drwy gyfrif"
      case .local: "Llwybr yr ardal ei hun"
      case .discretionary: "I berson ei bwyso a'i fesur"
      }
    let result =
      switch outcome {
      case .met: "wedi'i gyrraedd"
      case .personDecides: "person yn penderfynu"
      case .notMet: "heb ei gyrraedd"
      }
    return "\(name), \(clause): \(result)"
  }
}

extension ComplaintResult {
  /// Its number, as people count, and why it counts or not.
  func sentence(in language: Language = .english) -> String {
    "\(name(in: language)): \(reason.rendered(in: language))"
  }

  /// That what has been told of it holds here too.
  fileprivate func asAbove(in language: Language) -> String {
    "\(name(in: language)): \(language == .welsh ? "fel uchod" : "as above")."
  }

  private func name(in language: Language) -> String {
    "\(language == .welsh ? "Cwyn" : "Complaint") \(index + 1)"
  }
}

extension RouteName {
  var inWords: String {
    switch self {
    case .mandatory: "By count"
    case .local: "The area's own alternative"
    case .discretionary: "For a person to weigh"
    }
  }
}
