import ArgumentParser
import CaseModel
import Messages

/// `recourse threshold`: is a review owed?
struct ThresholdCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract: "Assess and decide whether the threshold is met.",
    discussion: """
      The rules recommend; a named person decides. `assess` and `window` need no running system.
      """,
    groupedSubcommands: [
      CommandGroup(
        name: "Without a system:", subcommands: [AssessCommand.self, WindowCommand.self]),
      CommandGroup(
        name: "Finding out:",
        subcommands: [Acknowledged.self, Notified.self, Information.self, Screen.self]),
      CommandGroup(
        name: "Deciding:",
        subcommands: [
          Decide.self, Countersign.self, DeferDecision.self, NoticeLetter.self, Appeal.self,
          Clocks.self, Delay.self,
        ]),
    ])
}
