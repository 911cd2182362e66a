import ArgumentParser
import Messages
import Outreach
import SwiftProtobuf

extension OutreachCommand {
  /// `recourse outreach import`: takes a plan in.
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Take a plan in from a file, and show what that changes.",
      discussion: """
        The same file again changes nothing. Entries go by their ids. What the file no longer has is kept and \
        marked, unless --prune says that it is to go; guests who are invited stay until that is taken back.

        The file says what is planned. What happened (approvals, days held, invitations and answers) is taken \
        from it only with entries that are new; of others it is told by commands. An activity that changes \
        before it is held has to be approved again.

        Example: recourse outreach import plan.yaml
        """)

    @Argument(
      help: ArgumentHelp(
        "The plan in YAML or JSON, or - for standard input; CSV if its name ends so.",
        valueName: "file"))
    var file: String

    @Flag(name: .long, help: "Remove what the file no longer has.")
    var prune = false

    @Flag(name: .long, help: "Show what would change, and change nothing.")
    var dryRun = false

    @OptionGroup var client: ClientOptions
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try Self.plan(
        in: await Input.bytes(of: file), isTable: file.lowercased().hasSuffix(".csv"))
      let request = Recourse_Outreach_V1_ImportPlanRequest.with {
        $0.plan = plan
        $0.prune = prune
        $0.dryRun = dryRun
      }
      let response = try await Connection.open(client) { connection in
        try await repetition.sending { key in
          var request = request
          request.idempotencyKey = key
          request.atLeastPosition = try await connection.headWithOutreach()
          return try await connection.outreach.importPlan(request, options: Connection.limit())
        }
      }
      tell(response, of: plan)
    }

    /// - Throws: ``Failure`` with the line of what is wrong, and what is expected.
    static func plan(
      in bytes: [UInt8], isTable: Bool = false
    ) throws -> Recourse_Outreach_V1_Plan {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure.input("not-utf8", path: "FILE", "The file is not UTF-8.")
      }
      let file = try isTable ? PlanFile(csv: text) : PlanFile(yaml: text)
      do throws(PlanProblem) { return try OutreachPlanFile.plan(file.record) } catch {
        throw file.failure(error)
      }
    }

    private func tell(
      _ response: Recourse_Outreach_V1_ImportPlanResponse, of plan: Recourse_Outreach_V1_Plan
    ) {
      guard !output.json else {
        return Output.line(
          .object([
            ("plan", .text(plan.id)), ("changed", .bool(!dryRun && response.hasChanged)),
            ("changes", .list(response.changes.map(\.json))), ("dryRun", .bool(dryRun)),
            ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ]))
      }
      for change in response.changes { Output.line(change.sentence) }
      switch (response.hasChanged, dryRun) {
      case (false, _): Output.line("\(plan.id): nothing changes.")
      case (true, true): Output.line("\(plan.id): this would change. Nothing was changed.")
      case (true, false): Output.line("\(plan.id) is taken in.")
      }
    }
  }
}

extension Recourse_Outreach_V1_ImportPlanResponse {
  /// True if something became of it; that something is kept as it is known is no change.
  fileprivate var hasChanged: Bool { changes.contains { $0.kind != .kept } }
}

extension Recourse_Outreach_V1_PlanChange {
  private var name: String {
    switch kind {
    case .added: "added"
    case .changed: "changed"
    case .gone: "gone"
    case .returned: "returned"
    case .removed: "removed"
    case .kept: "kept"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  fileprivate var json: JSON {
    .object([
      ("change", .text(name)), ("item", .text(item)), ("id", .text(id)),
      ("fields", .texts(fields)), ("approvalLapsed", .bool(approvalLapsed)),
    ])
  }

  fileprivate var sentence: String {
    let list = fields.joined(separator: ", ")
    let what =
      switch kind {
      case .added: "+ \(item) \(id)"
      case .changed: "~ \(item) \(id): \(list)"
      case .gone: "? \(item) \(id): no longer in the plan; kept, and marked"
      case .returned: "+ \(item) \(id): in the plan again"
      case .removed: "- \(item) \(id)"
      case .kept: "= \(item) \(id): stays as it is known, whatever the plan says: \(list)"
      case .unspecified, .UNRECOGNIZED: "\(item) \(id)"
      }
    return approvalLapsed ? "\(what); it has to be approved again" : what
  }
}
