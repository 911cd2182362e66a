import Bus
import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

extension Connection {
  var outreachMaterials: Recourse_Outreach_V1_OutreachMaterials.Stub<BusClient> {
    .init(wrapping: client)
  }
  var outreachEffect: Recourse_Outreach_V1_OutreachEffect.Stub<BusClient> {
    .init(wrapping: client)
  }

  /// The material of a code, or all.
  /// - Throws: the refusal `unknown-material`.
  func materials(_ code: MaterialCode? = nil) async throws -> [OutreachMaterial] {
    try await outreachMaterials.listMaterials(
      .with { $0.code = code?.description ?? "" }, options: Self.limit()
    ).materials
  }

  /// The public page of the plan, where there is one plan and it has one.
  func plannedPage(at head: UInt64) async throws -> String? {
    let request = Recourse_Outreach_V1_GetPlanRequest.with { $0.atLeastPosition = head }
    do {
      let page = try await outreach.getPlan(request, options: Self.limit()).plan.publicPage
      return page.isEmpty ? nil : page
    } catch let error as RPCError {
      guard let refusal = Refusal(error), ["no-plan", "which-plan"].contains(refusal.code) else {
        throw error
      }
      return nil
    }
  }
}

extension OutreachMaterial {
  /// By the names that a person reads.
  var named: [(String, String)] {
    [
      ("Code", code), ("Title", title), ("Kind", kind.word), ("Channel", channel.optionWord),
      ("Ward", ward), ("Activity", activity), ("Added", addedOn),
    ]
  }

  var json: JSON {
    .object([
      ("code", .text(code)), ("title", .text(title)), ("kind", .text(kind.word)),
      ("channel", .optional(channel.optionWord)), ("ward", .optional(ward)),
      ("activity", .optional(activity)), ("addedOn", .text(addedOn)),
    ])
  }
}
