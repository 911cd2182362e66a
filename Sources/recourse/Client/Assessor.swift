import CaseModel
import Foundation
import Intake
import Policy
import ThresholdRules

/// Says what the rules say of applications, without a server.
struct Assessor: Sendable {
  struct Result: Sendable {
    let assessment: Assessment
    let application: ApplicationFacts
    let pack: PolicyPack
    let today: CalendarDate

    /// What a new application would need today; nil where s.104(4) is met.
    var again: NewApplication? {
      assessment.met ? nil : NewApplication(on: today, after: application.complaints, under: pack)
    }

    func json(in language: Language) -> JSON { assessment.json(in: language, again) }
  }

  /// What is built in, and what an installation adopted.
  private let shelf: PolicyShelf
  /// The pack that is tried out in place of its area's own, and a shelf on which it is the only one of it.
  private let draft: (pack: PolicyPack, shelf: PolicyShelf)?
  /// The time of receipt if an application does not say it.
  private let now: Date
  private let today: CalendarDate

  /// - Parameters:
  ///   - packs: documents to choose from.
  ///   - draft: nil to choose by area and day of receipt.
  init(packs documents: [String], draft: PolicyPack?, now: Date) throws {
    let packs = try documents.map { try PackDocument.parse($0, at: "a pack").pack }
    if let draft, draft.area == nil {
      throw Failure.input(
        "no-area", path: "--pack", "\(draft.name) is no area's procedure; it only lends clocks.")
    }
    shelf = PolicyShelf(packs)
    self.draft = draft.map { draft in
      (draft, PolicyShelf(packs.filter { $0.area != draft.area } + [draft]))
    }
    self.now = now
    today = CalendarDate(ofUnixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)))
  }

  /// Checks the application as Intake does, then applies the pack.
  /// - Throws: ``Failure`` with the path of what is wrong.
  func assess(_ json: [UInt8]) throws -> Result {
    let application = try read(json)
    let pack = try pack(for: application)
    let facts = ApplicationFacts(application)
    return Result(
      assessment: Assessment.of(facts, under: pack), application: facts, pack: pack,
      today: today)
  }

  private func read(_ json: [UInt8]) throws -> CheckedApplication {
    do {
      return try ApplicationForm.read(json: json, shelf: draft?.shelf ?? shelf, now: now)
    } catch  where draft != nil && error.first.code == .noPolicyInForce {
      // A draft may begin later than what it is tried on.
      return try plainRead(json)
    } catch {
      throw Failure(error.refusal)
    }
  }

  private func plainRead(_ json: [UInt8]) throws -> CheckedApplication {
    do {
      return try ApplicationForm.read(json: json, shelf: shelf, now: now)
    } catch {
      throw Failure(error.refusal)
    }
  }

  private func pack(for application: CheckedApplication) throws -> PolicyPack {
    if let draft = draft?.pack {
      guard ([draft.area] + draft.procedure.succeeds).contains(application.area) else {
        throw Failure.input(
          "other-area", path: "area", "The application is for \(application.area), the pack is not."
        )
      }
      return draft
    }
    guard let pack = shelf[application.policyDigest] else {
      throw Failure(exit: .fault, code: "fault", message: "The chosen pack is not on the shelf.")
    }
    return pack
  }
}

extension ApplicationFacts {
  /// What Intake would tell Threshold.
  fileprivate init(_ application: CheckedApplication) {
    self.init(
      receivedOn: application.receivedOn,
      complaints: application.complaintFacts().map { facts in
        ThresholdRules.ComplaintFacts(
          index: facts.index, behaviour: facts.behaviour, complaint: facts.complaint,
          body: facts.body, complainant: facts.complainantKey, incident: facts.incidentKey,
          hate: facts.hate, household: facts.householdKey)
      })
  }
}
