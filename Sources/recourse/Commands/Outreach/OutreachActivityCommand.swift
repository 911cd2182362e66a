import ArgumentParser
import CaseModel
import Messages
import Outreach
import SwiftProtobuf

extension OutreachCommand {
  /// `recourse outreach activity`: what a plan does.
  struct Activity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "activity", abstract: "Add activities, approve them, say that they were held.",
      subcommands: [Add.self, Approve.self, Done.self])
  }
}

/// On which day something happened.
struct PastDayOption: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("The day; else today.", valueName: "yyyy-mm-dd"))
  var on: String = ""
}

extension OutreachCommand.Activity {
  /// `recourse outreach activity add`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add an activity to a plan.",
      discussion: """
        What is left out is unknown, and can be said in the plan's file later. A file that does not have it marks it \
        as gone: `recourse outreach export` writes one that does.

        Example: recourse outreach activity add ham-drop-in --title 'Drop-in at the library' --channel drop-in \
        --ward Ham --date 2026-07-10
        """)

    @Argument(help: ArgumentHelp("Its id: lower case with hyphens.", valueName: "id"))
    var id: String

    @Option(name: .long, help: ArgumentHelp("What it is called.", valueName: "text"))
    var title: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        Recourse_Outreach_V1_Channel.words.map(\.0).joined(separator: ", "), valueName: "channel"))
    var channel: String

    @Option(name: .long, help: ArgumentHelp("The campaign that it is a part of.", valueName: "id"))
    var campaign: String?

    @Option(name: .long, help: ArgumentHelp("For whom it is.", valueName: "text"))
    var audience: String?

    @Option(name: .long, help: ArgumentHelp("The ward.", valueName: "ward"))
    var ward: String?

    @Option(name: .long, help: ArgumentHelp("The organisation that sees to it.", valueName: "name"))
    var owner: String?

    @Option(name: .long, help: ArgumentHelp("The role in it that does.", valueName: "role"))
    var ownerRole: String?

    @Option(name: .long, help: ArgumentHelp("The day.", valueName: "yyyy-mm-dd"))
    var date: String?

    @Option(name: .long, help: ArgumentHelp("What it costs, in pounds.", valueName: "amount"))
    var cost: String?

    @Option(name: .long, help: ArgumentHelp("What is shown or handed out.", valueName: "text"))
    var asset: String?

    @Option(name: .long, help: ArgumentHelp("Anything else.", valueName: "text"))
    var notes: String?

    @OptionGroup var call: OutreachCall

    func run() async throws {
      let activity = try activity
      let request = Recourse_Outreach_V1_AddActivityRequest.with {
        $0.plan = call.plan
        $0.activity = activity
      }
      let response = try await call.carryOut(request) {
        try await $0.outreach.addActivity($1, options: Connection.limit())
      }
      call.tell(response, "activity", id, "\(id) is in the plan \(response.plan).")
    }

    /// - Throws: ``Failure`` with the option that is wrong, and what is expected.
    var activity: Recourse_Outreach_V1_Activity {
      get throws {
        let given: [(String, String?)] = [
          ("id", id), ("campaign", campaign), ("title", title), ("channel", channel),
          ("audience", audience), ("ward", ward), ("date", date), ("cost", cost),
          ("asset", asset), ("notes", notes),
        ]
        var fields: [PlanRecord.Field] = []
        for field in OutreachPlanFile.activityFields {
          guard let text = given.first(where: { $0.0 == field.name })?.1 else { continue }
          guard let value = field.shape.value(of: text) else {
            throw Failure.usage(
              "unexpected", path: Self.option(field.name),
              "Expected \(field.shape.says).")
          }
          fields.append(PlanRecord.Field(field.name, value))
        }
        if owner != nil || ownerRole != nil {
          let parts = [("organisation", owner), ("role", ownerRole)].compactMap { name, text in
            text.map { PlanRecord.Field(name, .text($0)) }
          }
          fields.append(PlanRecord.Field("owner", .group(PlanRecord(parts))))
        }
        do throws(PlanProblem) { return try OutreachPlanFile.activity(PlanRecord(fields)) } catch {
          throw Failure.usage(error.code, path: Self.option(error.path), error.message)
        }
      }
    }

    /// What was typed for a part of an activity.
    static func option(_ path: String) -> String {
      switch path {
      case "id": "ID"
      case "owner", "owner.organisation": "--owner"
      case "owner.role": "--owner-role"
      default: "--\(path)"
      }
    }
  }

  /// `recourse outreach activity approve`.
  struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract: "Say that an activity may go out, and in whose role that was said.",
      discussion: """
        An activity that changes afterwards has to be approved again.

        Example: recourse outreach activity approve press-release --organisation 'Plymouth City Council' \
        --role 'Head of Communications'
        """)

    @Argument(help: ArgumentHelp("The activity.", valueName: "id"))
    var id: String

    @Option(name: .long, help: ArgumentHelp("The organisation that approves.", valueName: "name"))
    var organisation: String

    @Option(name: .long, help: ArgumentHelp("The role in it; not a person.", valueName: "role"))
    var role: String

    @OptionGroup var day: PastDayOption
    @OptionGroup var call: OutreachCall

    func run() async throws {
      let request = Recourse_Outreach_V1_ApproveActivityRequest.with {
        $0.plan = call.plan
        $0.activity = id
        $0.by.organisation = organisation
        $0.by.role = role
        $0.on = day.on
      }
      let response = try await call.carryOut(request) {
        try await $0.outreach.approveActivity($1, options: Connection.limit())
      }
      call.tell(response, "activity", id, "\(id) is approved on \(response.on).")
    }
  }

  /// `recourse outreach activity done`.
  struct Done: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "done",
      abstract: "Say that an activity was held.",
      discussion: """
        It is announced in the log, where effects are measured from.

        Example: recourse outreach activity done press-release --on 2026-07-10
        """)

    @Argument(help: ArgumentHelp("The activity.", valueName: "id"))
    var id: String

    @OptionGroup var day: PastDayOption
    @OptionGroup var call: OutreachCall

    func run() async throws {
      let request = Recourse_Outreach_V1_HoldActivityRequest.with {
        $0.plan = call.plan
        $0.activity = id
        $0.on = day.on
      }
      let response = try await call.carryOut(request) {
        try await $0.outreach.holdActivity($1, options: Connection.limit())
      }
      call.tell(response, "activity", id, "\(id) was held on \(response.on).")
    }
  }
}

extension OutreachCommand {
  /// `recourse outreach distribution`: what partners hand out.
  struct Distribution: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "distribution", abstract: "Say that a partner handed a material out.",
      subcommands: [Done.self])

    /// `recourse outreach distribution done`.
    struct Done: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "done",
        abstract: "Say that a partner handed a material out, and how many.",
        discussion: "Example: recourse outreach distribution done posters-livewest --quantity 250")

      @Argument(help: ArgumentHelp("The distribution.", valueName: "id"))
      var id: String

      @Option(
        name: .long, help: ArgumentHelp("How many; else as many as planned.", valueName: "n"))
      var quantity: UInt64?

      @OptionGroup var day: PastDayOption
      @OptionGroup var call: OutreachCall

      func run() async throws {
        let request = Recourse_Outreach_V1_DistributeRequest.with {
          $0.plan = call.plan
          $0.distribution = id
          if let quantity { $0.quantity = quantity }
          $0.on = day.on
        }
        let response = try await call.carryOut(request) {
          try await $0.outreach.distribute($1, options: Connection.limit())
        }
        call.tell(response, "distribution", id, "\(id) was handed out on \(response.on).")
      }
    }
  }
}

extension OutreachCall {
  /// Says what was done with an entry of a plan.
  func tell(
    _ response: Recourse_Outreach_V1_PlanChanged, _ item: String, _ id: String, _ sentence: String
  ) {
    answer(
      response.plan,
      [
        (item, .text(id)), ("on", .text(response.on)), ("repeated", .bool(response.repeated)),
        ("logPosition", .position(response.logPosition)),
      ], sentence)
  }
}
