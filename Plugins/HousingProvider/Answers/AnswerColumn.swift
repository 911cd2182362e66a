/// A column of an answer, by the names that bodies' systems give it.
enum AnswerColumn: Int, Sendable, CaseIterable {
  case caseReference
  case complaint
  case finding
  case behaviourFrom
  case behaviourTo
  case complaintFrom
  case complaintTo
  case refused

  /// As this system writes it.
  var name: String { Self.table[rawValue].name }

  /// The column of a name in a file; nil for one that is passed over. Case, blanks and signs make no difference.
  init?(heading: String) {
    let plain = Self.plain(heading)
    guard let place = Self.table.firstIndex(where: { $0.synonyms.contains(plain) }),
      let column = Self(rawValue: place)
    else { return nil }
    self = column
  }

  /// Names that say nothing but that a file is an answer.
  static let expected = [caseReference, complaint, finding].map(\.name).joined(separator: ", ")

  /// The table, in the order of the cases; each row's first synonym is its name.
  private static let table: [(name: String, synonyms: Set<String>)] = [
    (
      "case_reference",
      ["casereference", "caseref", "case", "recoursereference", "reviewreference"]
    ),
    ("complaint", ["complaint", "complaintno", "complaintnumber", "complaintid"]),
    ("finding", ["finding", "result", "outcome", "status"]),
    (
      "behaviour_from",
      ["behaviourfrom", "behaviourdate", "incidentdate", "incidentfrom", "dateofincident"]
    ),
    ("behaviour_to", ["behaviourto", "behaviourdateto", "incidentdateto", "incidentto"]),
    (
      "complaint_from",
      ["complaintfrom", "complaintdate", "reporteddate", "datereported", "reportedfrom"]
    ),
    ("complaint_to", ["complaintto", "complaintdateto", "reporteddateto", "reportedto"]),
    ("refused", ["refused", "refusal", "refusalground", "refusalreason"]),
  ]

  /// Lower case, without whatever is no letter or digit.
  static func plain(_ heading: String) -> String {
    heading.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
