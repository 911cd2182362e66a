import CaseModel
import Foundation
import Testing
import ThresholdRules

/// The applications that anybody can run, and what an assessment of each must contain.
enum ExampleFiles {
  static let names = ["three-complaints", "three-neighbours", "two-with-hate", "not-met"]

  static func application(_ name: String) throws -> ApplicationFacts {
    let form = try read(Form.self, "\(name).json")
    let received = try Date(form.receivedAt, strategy: .iso8601)
    return ApplicationFacts(
      receivedOn: CalendarDate(ofUnixSeconds: Int64(received.timeIntervalSince1970)),
      complaints: form.complaints.enumerated().map { index, complaint in
        ComplaintFacts(
          index: index,
          behaviour: day(
            complaint.behaviourDate)...day(
              complaint.behaviourDateTo ?? complaint.behaviourDate),
          complaint: day(
            complaint.complaintDate)...day(
              complaint.complaintDateTo ?? complaint.complaintDate),
          body: complaint.body ?? "", complainant: complaint.complainant,
          incident: complaint.incident ?? "", hate: complaint.hateStrands?.isEmpty == false)
      })
  }

  static func expected(_ name: String) throws -> Expected {
    try read(Expected.self, "expected/\(name).json")
  }

  private static func read<File: Decodable>(_: File.Type, _ name: String) throws -> File {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appending(path: "Examples/\(name)"))
    return try JSONDecoder().decode(File.self, from: data)
  }

  struct Form: Decodable {
    let receivedAt: String
    let complaints: [Complaint]

    struct Complaint: Decodable {
      let behaviourDate: String
      let behaviourDateTo: String?
      let complaintDate: String
      let complaintDateTo: String?
      let body: String?
      let complainant: String
      let incident: String?
      let hateStrands: [String]?
    }
  }

  struct Expected: Decodable {
    let outcome: String
    let met: Bool
    let required: Int
    let counted: Int
    let routes: [Route]

    struct Route: Decodable {
      let route: String
      let clause: String?
      let outcome: String
      let required: Int?
      let counted: Int?
      let complaints: [Complaint]?
    }

    struct Complaint: Decodable {
      let index: Int
      let counted: Bool
      let with: Int?
    }
  }
}
