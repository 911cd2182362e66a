import ArgumentParser
import CaseModel
import Policy

/// `recourse threshold window`: until when something is in time.
struct WindowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "window",
    abstract: "Say until when a complaint, or an application, is in time (s.104(11)).",
    discussion: """
      Standard input has JSON lines; each is answered by one, in order:
        {"behaviour":"2026-01-31"}  →  {"lastComplaintDay":"2026-02-28"}
        {"complaint":"2026-08-31"}  →  {"lastApplicationDay":"2027-02-28"}
      By the Act's own periods: one month beginning with the day of the behaviour, six months \
      beginning with the day of the complaint. A line that is wrong is answered by an error line, the \
      rest goes on, and the exit status is 65.
      """)

  @Flag(name: .long, help: .hidden)
  var json = false

  func run() async throws {
    // The Act's own periods, as a rule without a procedure has them.
    let rule = MandatoryRule()
    try await LineTool.run("-", fields: ["behaviour", "complaint"]) { line in
      switch (line.has("behaviour"), line.has("complaint")) {
      case (true, false):
        let last = rule.complaintWindow.lastDay(beginningWith: try line.date("behaviour"))
        return .object([("lastComplaintDay", .text(last.description))])
      case (false, true):
        let last = rule.applicationWindow.lastDay(beginningWith: try line.date("complaint"))
        return .object([("lastApplicationDay", .text(last.description))])
      default:
        throw Failure.input("one-day", "Expected either behaviour or complaint.")
      }
    }
  }
}
