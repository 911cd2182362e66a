import ArgumentParser
import CaseModel
import Foundation
import Policy
import ThresholdRules

/// Applications as people send them, as far as the rules are concerned.
enum ExampleInputs {
  /// All that are in a folder, by name.
  static func read(folder: String, under pack: PolicyPack) throws -> [RulesInput] {
    let files = try FileManager.default.contentsOfDirectory(
      at: URL(filePath: folder), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    guard !files.isEmpty else { throw ValidationError("there is no application in \(folder)") }
    return try files.sorted { $0.path < $1.path }.map { file in
      let form = try JSONDecoder().decode(Form.self, from: Data(contentsOf: file))
      return RulesInput(try form.facts(), under: pack)
    }
  }

  private struct Form: Decodable {
    let receivedAt: String
    let complaints: [Complaint]

    func facts() throws -> ApplicationFacts {
      let received = try Date(receivedAt, strategy: .iso8601)
      return ApplicationFacts(
        receivedOn: CalendarDate(ofUnixSeconds: Int64(received.timeIntervalSince1970)),
        complaints: try complaints.enumerated().map { try $1.facts($0) })
    }
  }

  private struct Complaint: Decodable {
    let behaviourDate: String
    let behaviourDateTo: String?
    let complaintDate: String
    let complaintDateTo: String?
    let body: String?
    let complainant: String
    let incident: String?
    let hateStrands: [String]?

    func facts(_ index: Int) throws -> ComplaintFacts {
      ComplaintFacts(
        index: index,
        behaviour: try day(behaviourDate)...day(behaviourDateTo ?? behaviourDate),
        complaint: try day(complaintDate)...day(complaintDateTo ?? complaintDate),
        body: body ?? "", complainant: complainant, incident: incident ?? "",
        hate: hateStrands?.isEmpty == false)
    }

    private func day(_ text: String) throws -> CalendarDate {
      guard let day = CalendarDate(text) else { throw ValidationError("\(text) is no day") }
      return day
    }
  }
}
