import ArgumentParser
import CaseModel
import Foundation
import Messages
import Outreach
import SwiftProtobuf

extension OutreachCommand {
  /// `recourse outreach event`: guests, by organisation and role.
  struct Event: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "event", abstract: "Invite guests to an event, keep their answers and who came.",
      discussion: """
        Invitations are written as .ics files into the output folder of the plugin (DIR/output/outreach/invitations), \
        one for each guest, for somebody to send. A mail program puts them into a calendar, moves the entry when a \
        newer one comes, and takes it out when the event is called off.
        """,
      subcommands: [Invite.self, Answer.self, Attend.self, Cancel.self])
  }
}

extension OutreachCommand.Event {
  /// `recourse outreach event invite`.
  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "invite",
      abstract: "Invite guests, or tell those who are invited what has changed.",
      discussion: """
        Without guests: all who are not invited yet, or were told what no longer holds. An answer to what no longer \
        holds is dropped.

        Example: recourse outreach event invite launch
        """)

    @Argument(help: ArgumentHelp("The event.", valueName: "event"))
    var event: String

    @Argument(help: ArgumentHelp("Guests, by their ids; else all.", valueName: "guest"))
    var guests: [String] = []

    @OptionGroup var call: OutreachCall

    func run() async throws {
      let request = Recourse_Outreach_V1_InviteRequest.with {
        $0.plan = call.plan
        $0.event = event
        $0.guests = guests
      }
      let response = try await call.carryOut(request) {
        try await $0.outreach.invite($1, options: Connection.limit())
      }
      try call.tell(
        response, event,
        response.files.isEmpty
          ? "\(event): everybody knows what holds." : "\(event): \(response.files.count) invited.")
    }
  }

  /// `recourse outreach event cancel`.
  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Call an event off, or take back the invitation of some guests.",
      discussion: "Example: recourse outreach event cancel launch")

    @Argument(help: ArgumentHelp("The event.", valueName: "event"))
    var event: String

    @Argument(help: ArgumentHelp("Guests, by their ids; else the event.", valueName: "guest"))
    var guests: [String] = []

    @OptionGroup var call: OutreachCall

    func run() async throws {
      let request = Recourse_Outreach_V1_CancelInvitationsRequest.with {
        $0.plan = call.plan
        $0.event = event
        $0.guests = guests
      }
      let response = try await call.carryOut(request) {
        try await $0.outreach.cancelInvitations($1, options: Connection.limit())
      }
      let what = guests.isEmpty ? "\(event) is called off" : "\(event): invitations are taken back"
      try call.tell(response, event, "\(what); \(response.files.count) to be told.")
    }
  }

  /// `recourse outreach event answer`.
  struct Answer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "answer",
      abstract:
        "Keep what a guest answers: from the .ics file of a mail program, or as it was said.",
      discussion: """
        A file says by itself which event it is about and, where the guest was invited by the mailbox that answers, \
        who answers; else add --guest. Nothing else of the file is kept.

        Example: recourse outreach event answer launch livewest accepted
        Example: recourse outreach event answer --ics reply.ics
        """)

    @Argument(help: ArgumentHelp("The event.", valueName: "event"))
    var event: String?

    @Argument(help: ArgumentHelp("The guest.", valueName: "guest"))
    var guest: String?

    @Argument(
      help: ArgumentHelp(
        Recourse_Outreach_V1_Answer.words.map(\.0).joined(separator: ", "), valueName: "answer"))
    var answer: String?

    @Option(name: .long, help: ArgumentHelp("The answer of a mail program.", valueName: "file"))
    var ics: String?

    @Option(
      name: .customLong("guest"),
      help: ArgumentHelp("Whose answer the file is.", valueName: "guest"))
    var guestOfFile: String?

    @OptionGroup var day: PastDayOption
    @OptionGroup var call: OutreachCall

    func run() async throws {
      let request = try await request()
      let response = try await call.carryOut(request) {
        try await $0.outreach.recordAnswer($1, options: Connection.limit())
      }
      let word = Recourse_Outreach_V1_Answer.words.first { $0.1 == request.answer }?.0 ?? ""
      call.answer(
        response.plan,
        [
          ("event", .text(response.event)), ("guest", .text(response.guest)),
          ("answer", .text(word)), ("on", .text(response.on)),
          ("repeated", .bool(response.repeated)), ("logPosition", .position(response.logPosition)),
        ], "\(response.guest) to \(response.event): \(word).")
    }

    private func request() async throws -> Recourse_Outreach_V1_RecordAnswerRequest {
      var request = Recourse_Outreach_V1_RecordAnswerRequest()
      request.plan = call.plan
      request.on = day.on
      guard let ics else {
        guard let event, let guest, let answer else {
          throw Failure.usage(
            "missing", path: "EVENT GUEST ANSWER",
            "Expected an event, a guest and an answer, or --ics FILE.")
        }
        guard let known = Recourse_Outreach_V1_Answer.words.first(where: { $0.0 == answer }) else {
          let words = Recourse_Outreach_V1_Answer.words.map(\.0).joined(separator: ", ")
          throw Failure.usage("unexpected", path: "ANSWER", "Expected one of: \(words).")
        }
        request.event = event
        request.guest = guest
        request.answer = known.1
        return request
      }
      guard event == nil else {
        throw Failure.usage(
          "too-much", path: "EVENT", "The file says which event it is about; leave EVENT out.")
      }
      let text = String(decoding: try await Input.bytes(of: ics), as: UTF8.self)
      do throws(PlanProblem) {
        let reply = try CalendarReply(parsing: text)
        request.uid = reply.uid
        request.attendee = reply.attendee
        request.sequence = UInt32(clamping: reply.sequence)
        request.answer = reply.answer
        request.guest = guestOfFile ?? ""
      } catch { throw Failure.input(error.code, path: error.path, error.message) }
      return request
    }
  }

  /// `recourse outreach event attend`.
  struct Attend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "attend",
      abstract: "Keep who came to an event.",
      discussion:
        "Example: recourse outreach event attend launch livewest victim-support --others-absent")

    @Argument(help: ArgumentHelp("The event.", valueName: "event"))
    var event: String

    @Argument(help: ArgumentHelp("Guests who came.", valueName: "guest"))
    var guests: [String] = []

    @Flag(name: .long, help: "The others did not come.")
    var othersAbsent = false

    @OptionGroup var call: OutreachCall

    func run() async throws {
      let request = Recourse_Outreach_V1_RecordAttendanceRequest.with {
        $0.plan = call.plan
        $0.event = event
        $0.guests = guests
        $0.othersAbsent = othersAbsent
      }
      let response = try await call.carryOut(request) {
        try await $0.outreach.recordAttendance($1, options: Connection.limit())
      }
      call.tell(response, "event", event, "\(event): who came is kept.")
    }
  }
}

extension OutreachCall {
  /// Says who is to be told, and where the files are.
  fileprivate func tell(
    _ response: Recourse_Outreach_V1_InviteResponse, _ event: String, _ sentence: String
  ) throws {
    let folder = try client.directory.outputDirectory(of: Connection.outreachName)
    let paths = response.files.map { folder.appending(path: $0.name).path }
    let files = zip(response.files, paths).map { file, path in
      JSON.object([("guest", .text(file.guest)), ("path", .text(path))])
    }
    let lines = [sentence] + zip(response.files, paths).map { "  \($0.guest): \($1)" }
    answer(
      response.plan,
      [
        ("event", .text(event)), ("sequence", .number(Int(response.sequence))),
        ("files", .list(files)), ("repeated", .bool(response.repeated)),
        ("logPosition", .position(response.logPosition)),
      ], lines.joined(separator: "\n"))
  }
}
