import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The calls about materials, from message to handler and back.
struct MaterialsService: Recourse_Outreach_V1_OutreachMaterials.SimpleServiceProtocol, UnaryService
{
  let context: WorkerContext

  func addMaterial(
    request: Recourse_Outreach_V1_AddMaterialRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_AddMaterialResponse {
    let handler = try AddMaterial(request.material)
    let caller = Caller(call)
    let key = request.idempotencyKey.isEmpty ? RandomKey.make() : request.idempotencyKey
    let result = try await context.command("outreach.add-material", key: key, request: request) {
      tx in
      var generator = SystemRandomNumberGenerator()
      let material = try handler.apply(in: tx, using: &generator)
      try tx.audit(
        actor: caller.principal, action: "outreach.add-material", subject: material.code)
      return Recourse_Outreach_V1_AddMaterialResponse.with { $0.material = material }
    }
    var response = result.response
    response.repeated = result.repeated
    return response
  }

  func listMaterials(
    request: Recourse_Outreach_V1_ListMaterialsRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_ListMaterialsResponse {
    guard !request.code.isEmpty else {
      let materials = try await context.slice.read { try $0.materials() }
      return .with { $0.materials = materials }
    }
    guard let code = MaterialCode(request.code) else {
      throw Refusal(
        .input, code: "invalid-code", path: "code",
        message:
          "A material's code has six digits and letters, such as 4F7-K20, without I, L, O and U; "
          + "a character of this one is wrong, or two are exchanged.")
    }
    let material = try await context.slice.read { try $0.material(code) }
    guard let material else {
      throw Refusal(
        .notFound, code: "unknown-material", path: "code",
        message: "There is no material \(code). `recourse outreach material list` shows them.")
    }
    return .with { $0.materials = [material] }
  }
}

/// The calls about effect, from message to handler and back.
struct EffectService: Recourse_Outreach_V1_OutreachEffect.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext

  func getEffect(
    request: Recourse_Outreach_V1_GetEffectRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_GetEffectResponse {
    try await context.waitUntil(request.atLeastPosition)
    let caller = Caller(call)
    guard request.by != .unspecified else {
      let today = context.today
      let report = try ReportEffect(request, today: today)
      return try await context.slice.read { try report.read($0, today: today) }
    }
    return try await context.slice.write { tx in
      var report = try ReportEffect(request, today: tx.today)
      let release = try BreakDown(year: report.span, month: report.lastAsked, caller: caller)
        .apply(in: tx)
      report.span = release.span
      var response = try report.read(tx, today: tx.today)
      response.rows = try tx.rows(of: release, by: report.by)
      response.releasedOn = release.releasedOn.description
      response.logPosition = release.position
      if let sum = release.applications { response.releasedApplications = UInt32(clamping: sum) }
      try response.addVisits(of: report.span, tx)
      return response
    }
  }

  func recordVisits(
    request: Recourse_Outreach_V1_RecordVisitsRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_RecordVisitsResponse {
    let handler = try RecordVisits(request)
    let unknown = try await context.slice.write { try handler.apply(in: $0) }
    return .with { $0.unknown = UInt32(clamping: unknown) }
  }
}

extension Recourse_Outreach_V1_GetEffectResponse {
  /// Visits stand beside materials and wards; they are nobody's application, and none is withheld.
  fileprivate mutating func addVisits(of span: MonthSpan, _ slice: SliceReader) throws {
    guard by == .material || by == .ward else { return }
    var visits = try slice.visitsByMaterial(in: span)
    if by == .ward {
      let materials = try slice.materials()
      visits = Dictionary(
        materials.map { ($0.ward, visits[$0.code, default: 0]) }, uniquingKeysWith: +)
    }
    for index in rows.indices {
      switch rows[index].rest {
      // The key of what is in no one ward is empty, as is that of its materials' ward.
      case .unspecified, .noWard:
        rows[index].visits = UInt64(clamping: visits[rows[index].key, default: 0])
      default: break
      }
    }
  }
}
