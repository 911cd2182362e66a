import CaseModel
import IntakeRules
import Messages
import Policy

/// What a complaint is read against.
struct ComplaintSurroundings {
  let receivedOn: CalendarDate
  /// Nil if the area has none, which has been told.
  let pack: PolicyPack?
  let victims: [Victim]
  /// Those in `others`, by id.
  let otherIDs: Set<String>
  /// It is added to an application that was received before; `receivedOn` is the day on which it is.
  var isLater = false
}

extension ApplicationReader {
  mutating func readComplaints(
    _ message: Recourse_Intake_V1_Application, _ surroundings: ComplaintSurroundings
  ) -> [ReportedComplaint] {
    let path = FormPath.whole.field("complaints")
    if message.complaints.isEmpty {
      problems.add(
        .missing, at: path,
        "There is no complaint here; expected at least one that was made about the behaviour.")
    }
    return message.complaints.enumerated().compactMap { index, complaint in
      readComplaint(complaint, surroundings, at: path.item(index))
    }
  }

  /// One complaint, of an application or added later.
  mutating func readComplaint(
    _ complaint: Recourse_Intake_V1_Complaint, _ surroundings: ComplaintSurroundings,
    at path: FormPath
  ) -> ReportedComplaint? {
    let dates = readDates(complaint, surroundings, at: path)
    check(body: complaint.body, surroundings.pack, at: path.field("body"))
    let complainant = readComplainant(
      complaint.complainant, surroundings.victims, surroundings.otherIDs,
      at: path.field("complainant"))
    let strands = readHateStrands(complaint.hateStrands, at: path.field("hateStrands"))
    guard let dates, let complainant else { return nil }
    return ReportedComplaint(
      dates: dates, madeTo: complaint.madeTo.formName, body: complaint.body,
      reference: complaint.reference, channel: complaint.channel.formName,
      incident: complaint.incident, complainant: complainant, what: complaint.what,
      responseSoFar: complaint.responseSoFar, hateStrands: strands)
  }

  private mutating func readDates(
    _ complaint: Recourse_Intake_V1_Complaint, _ surroundings: ComplaintSurroundings,
    at path: FormPath
  ) -> ReportedDates? {
    let behaviourFrom = readDate(complaint.behaviourDate, at: path.field("behaviourDate"))
    let behaviourTo = readOptionalDate(
      complaint.behaviourDateTo, at: path.field("behaviourDateTo"))
    let complaintFrom = readDate(complaint.complaintDate, at: path.field("complaintDate"))
    let complaintTo = readOptionalDate(
      complaint.complaintDateTo, at: path.field("complaintDateTo"))
    guard let behaviourFrom, let complaintFrom, let behaviourTo, let complaintTo else {
      return nil
    }
    switch ReportedDates.read(
      behaviourFrom: behaviourFrom, behaviourTo: behaviourTo.date,
      complaintFrom: complaintFrom, complaintTo: complaintTo.date,
      receivedOn: surroundings.receivedOn)
    {
    case .dates(let dates): return dates
    case .flaws(let flaws):
      for flaw in flaws { tell(flaw, surroundings, at: path) }
      return nil
    }
  }

  private mutating func readDate(_ text: String, at path: FormPath) -> CalendarDate? {
    guard !text.isEmpty else {
      problems.add(
        .missing, at: path,
        "The date is missing; expected YYYY-MM-DD. If the day is not known exactly, give the "
          + "first and the last that it can be.")
      return nil
    }
    guard let date = CalendarDate(text) else {
      problems.add(
        .notADate, at: path, "This is not a day of the calendar; expected YYYY-MM-DD.")
      return nil
    }
    return date
  }

  /// A date that may be absent.
  private struct OptionalDate { let date: CalendarDate? }

  private mutating func readOptionalDate(_ text: String, at path: FormPath) -> OptionalDate? {
    if text.isEmpty { return OptionalDate(date: nil) }
    return readDate(text, at: path).map { OptionalDate(date: $0) }
  }

  private mutating func tell(
    _ flaw: ReportedDates.Flaw, _ surroundings: ComplaintSurroundings, at path: FormPath
  ) {
    func tellTooLate(_ field: String) {
      let day = surroundings.receivedOn
      problems.add(
        surroundings.isLater ? .inTheFuture : .afterReceipt, at: path.field(field),
        surroundings.isLater
          ? "This is still to come; expected \(day), which is today, or an earlier day."
          : "This is after the application was received; expected \(day) or an earlier day.")
    }
    switch flaw {
    case .behaviourEndsBeforeItBegins:
      problems.add(
        .wrongOrder, at: path.field("behaviourDateTo"),
        "This is before behaviourDate; expected that day or a later one.")
    case .complaintEndsBeforeItBegins:
      problems.add(
        .wrongOrder, at: path.field("complaintDateTo"),
        "This is before complaintDate; expected that day or a later one.")
    case .complaintBeforeBehaviour:
      problems.add(
        .wrongOrder, at: path.field("complaintDate"),
        "The complaint was made before the behaviour that it is about; expected the day of the "
          + "behaviour or a later one.")
    case .complaintAfterReceipt: tellTooLate("complaintDate")
    case .complaintEndsAfterReceipt: tellTooLate("complaintDateTo")
    case .behaviourEndsAfterReceipt: tellTooLate("behaviourDateTo")
    }
  }

  private mutating func check(body: String, _ pack: PolicyPack?, at path: FormPath) {
    guard !body.isEmpty, let pack, pack.body(body) == nil else { return }
    problems.add(
      .unknownBody, at: path,
      "The policy pack of this area has no such body; expected one of: "
        + "\(pack.bodies.map(\.key).joined(separator: ", ")). Leave it out if it is none of these.")
  }

  private mutating func readComplainant(
    _ text: String, _ victims: [Victim], _ otherIDs: Set<String>, at path: FormPath
  ) -> Complainant? {
    switch text {
    case "self":
      return .applicant
    case "victim" where victims.isEmpty:
      problems.add(
        .unknownComplainant, at: path,
        "This is the victim, but victims is empty; expected self, an id in others, or the victim "
          + "to be named.")
      return nil
    case "victim":
      return victims.first == .applicant ? .applicant : .victim
    case "":
      problems.add(
        .missing, at: path, "The complainant is missing; expected self, victim or an id in others.")
      return nil
    case _ where otherIDs.contains(text):
      return .other(text)
    default:
      problems.add(
        .unknownComplainant, at: path,
        "Nobody in others has this id; expected self, victim or an id in others.")
      return nil
    }
  }

  private mutating func readHateStrands(
    _ written: [Recourse_Intake_V1_Complaint.HateStrand], at path: FormPath
  ) -> [String] {
    var strands: [String] = []
    for (index, strand) in written.enumerated() {
      if strand.formName.isEmpty {
        problems.add(
          .missing, at: path.item(index),
          "This does not say which strand; expected one, or the list left empty.")
      } else if !strands.contains(strand.formName) {
        strands.append(strand.formName)
      }
    }
    return strands
  }
}
