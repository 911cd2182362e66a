import CaseModel
import Policy
import ThresholdRules

/// What somebody tells the check "Could I ask for a review?". It is in the pages alone: each sends it on to the next, and
/// nothing is kept.
struct EligibilityCheck: Sendable, Hashable {
  var area = ""
  var complaints: [Complaint] = []

  struct Complaint: Sendable, Hashable {
    var happened = DateAnswer()
    var reported = DateAnswer()
    var madeTo = ""
    var isHate = false
  }

  /// Complaints that are looked at, at most.
  static let complaintsLimit = 20

  /// As the hidden fields of a page have it.
  init(_ form: PostedForm) {
    area = form["area"]
    let count = min(Int(form["count"]) ?? 0, Self.complaintsLimit)
    for number in 0..<max(0, count) {
      complaints.append(Complaint(form, prefix: "c\(number)-"))
    }
  }

  /// For the next page.
  var hidden: [Form.Hidden] {
    [
      Form.Hidden(name: "area", value: area),
      Form.Hidden(name: "count", value: "\(complaints.count)"),
    ]
      + complaints.enumerated().flatMap { number, complaint in
        complaint.hidden(prefix: "c\(number)-")
      }
  }

  /// What the rules say; nil if a date cannot be one.
  func assessment(under pack: PolicyPack, on today: CalendarDate) -> Assessment? {
    let facts = complaints.enumerated().compactMap { index, complaint -> ComplaintFacts? in
      guard let happened = try? complaint.happened.range(until: today),
        let reported = try? complaint.reported.range(until: today)
      else { return nil }
      let body = BodyKind(rawValue: complaint.madeTo)?.bodies(of: pack, on: today).first?.key
      return ComplaintFacts(
        index: index, behaviour: happened, complaint: reported, body: body ?? "",
        hate: complaint.isHate)
    }
    guard facts.count == complaints.count, !facts.isEmpty else { return nil }
    return Assessment.of(ApplicationFacts(receivedOn: today, complaints: facts), under: pack)
  }
}

extension EligibilityCheck.Complaint {
  init(_ form: PostedForm, prefix: String = "") {
    happened = DateAnswer(form, prefix + "happened")
    reported = DateAnswer(form, prefix + "reported")
    madeTo = form[prefix + "made-to"]
    isHate = form[prefix + "hate"] == "yes"
  }

  func hidden(prefix: String) -> [Form.Hidden] {
    var fields = [("made-to", madeTo), ("hate", isHate ? "yes" : "")]
    for (name, answer) in [("happened", happened), ("reported", reported)] {
      for (part, value) in DateAnswer.typed(answer.from) {
        fields.append(("\(name)-\(part)", value))
      }
      for (part, value) in DateAnswer.typed(answer.to) {
        fields.append(("\(name)-to-\(part)", value))
      }
      fields.append(("\(name)-about", answer.isAbout ? "yes" : ""))
    }
    return fields.filter { !$0.1.isEmpty }.sorted { $0.0 < $1.0 }.map {
      Form.Hidden(name: prefix + $0.0, value: $0.1)
    }
  }

  /// What is wrong with it, by field.
  func faults(on today: CalendarDate, _ say: Say) -> [FieldFault] {
    var faults: [FieldFault] = []
    func check(_ answer: DateAnswer, _ name: String) -> ClosedRange<CalendarDate>? {
      do throws(DateAnswer.Fault) { return try answer.range(until: today) } catch {
        faults.append(FieldFault(field: name, message: error.message(say)))
        return nil
      }
    }
    let days = check(happened, "happened")
    let told = check(reported, "reported")
    if let days, let told, told.upperBound < days.lowerBound {
      faults.append(
        FieldFault(
          field: "reported",
          message: say(
            "You cannot have complained before it happened. Check both dates.",
            "Ni allwch fod wedi cwyno cyn iddo ddigwydd. Gwiriwch y ddau ddyddiad.")))
    }
    if BodyKind(rawValue: madeTo) == nil {
      faults.append(
        FieldFault(
          field: "made-to",
          message: say("Choose who you complained to", "Dewiswch wrth bwy y gwnaethoch gwyno")))
    }
    return faults
  }
}
