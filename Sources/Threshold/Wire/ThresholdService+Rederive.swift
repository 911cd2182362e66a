import CaseModel
import GRPCCore
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Synchronization
import ThresholdRules
import WorkerKit

/// Deriving stored decisions anew. It names no person and changes nothing, so that it is not put on record.
extension ThresholdService {
  func rederive(
    request: Recourse_Threshold_V1_RederiveRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RederiveResponse {
    let handler = Rederive(
      after: try place(request.after),
      limit: request.limit == 0
        ? Rederive.pageLimit : min(Int(request.limit), Rederive.pageLimit),
      given: request.document.isEmpty ? nil : try documents.areaPack(request.document),
      scope: KeptInputScope(
        receivedIn: try daysOfReceipt(request), newestOnly: request.newestOnly),
      library: library)
    return .init(try await handler.page(of: context.slice))
  }

  private func place(_ text: String) throws -> Int {
    guard !text.isEmpty else { return 0 }
    guard let place = Int(text), place > 0 else {
      throw Refusal(
        .input, code: "invalid-page", path: "after",
        message: "Expected what the page before gave as its end, or nothing.")
    }
    return place
  }

  private func daysOfReceipt(
    _ request: Recourse_Threshold_V1_RederiveRequest
  ) throws -> ClosedRange<String> {
    let all = KeptInputScope.all.receivedIn
    let first = try optionalDate(request.from, path: "from")?.description ?? all.lowerBound
    let last = try optionalDate(request.to, path: "to")?.description ?? all.upperBound
    guard first <= last else {
      throw Refusal(
        .input, code: "dates-reversed", path: "to",
        message: "\(last) is before \(first); expected the first day, then the last.")
    }
    return first...last
  }
}

/// The document that was given last, read: the pages of one simulation all bring the same.
final class LastDocument: Sendable {
  private let last = Mutex<(text: String, pack: PolicyPack)?>(nil)

  /// The pack of a document that decides applications.
  /// - Throws: the refusals `invalid-policy` and `no-area`.
  func areaPack(_ text: String) throws -> PolicyPack {
    if let last = last.withLock({ $0 }), last.text == text { return last.pack }
    let pack: PolicyPack
    do {
      pack = try PolicyDocument.parse(text)
    } catch {
      throw Refusal(.input, code: error.code, path: "document", message: "\(error).")
    }
    guard pack.area != nil else {
      throw Refusal(
        .input, code: "no-area", path: "document",
        message: "\(pack.name) is for no area, so that no application is decided under it.")
    }
    last.withLock { $0 = (text, pack) }
    return pack
  }
}

extension Recourse_Threshold_V1_RederiveResponse {
  init(_ page: Rederive.Page) {
    self.init()
    next = page.next.map(String.init) ?? ""
    lookedAt = UInt64(page.lookedAt)
    differences = page.differences.map(Recourse_Threshold_V1_Difference.init)
    metBefore = UInt64(page.before.met)
    metAfter = UInt64(page.after.met)
    personBefore = UInt64(page.before.personDecides)
    personAfter = UInt64(page.after.personDecides)
    total = UInt64(page.total ?? 0)
    withoutInputs = UInt64(page.withoutInputs ?? 0)
    reviewsBefore = UInt64(page.before.reviews)
    reviewsAfter = UInt64(page.after.reviews)
    reviewsByMonth = page.reviewsByMonth.sorted { $0.key < $1.key }.map { month, reviews in
      .with {
        $0.month = month
        $0.before = UInt64(reviews.before)
        $0.after = UInt64(reviews.after)
      }
    }
  }
}

extension Recourse_Threshold_V1_Difference {
  init(_ difference: RederivedDifference) {
    self.init()
    caseReference = difference.reference
    receivedOn = difference.receivedOn
    before = .init(difference.before)
    after = .init(difference.after)
    complaints = difference.complaints.map { complaint in
      .with {
        $0.index = UInt32(complaint.index)
        $0.countedBefore = complaint.countedBefore
        $0.countedAfter = complaint.countedAfter
        $0.reasonBefore = .init(complaint.reasonBefore)
        $0.reasonAfter = .init(complaint.reasonAfter)
      }
    }
    clauses = difference.clauses
    decidedMet = difference.decidedMet
  }
}
