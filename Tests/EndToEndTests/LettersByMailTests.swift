import Foundation
import Glibc
import Testing

extension RunningSystems {
  /// Letters by e-mail: the mail server, the plugin and Correspondence, each a process of its own.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct LettersByMailTests {
    @Test func `an application is acknowledged and a decision is told with its reason`()
      async throws
    {
      try await RunningSystem.with(follow: "https://reviews.example.org") { system in
        let messages = try await MailServer.with(on: system) { server in
          let reference = try await system.apply("three-complaints.json")
          let first = try await server.next()
          #expect(first["to"].list == [.text("applicant.one@mail.example")])
          #expect(Self.text(first).hasPrefix("We have your application"))
          #expect(Self.text(first).contains(reference))
          #expect(Self.text(first).contains("reviews.example.org/case"))
          try await system.json(
            Journey.decide(reference).dropLast() + ["Each of the three was left unanswered"])
          let second = try await server.next()
          #expect(Self.text(second).contains("the threshold is met."))
          #expect(Self.text(second).contains("“Each of the three was left unanswered”"))
          #expect(!Self.text(second).contains("A. Officer"))
          for kind in ["ACKNOWLEDGEMENT", "THRESHOLD_MET"] {
            let notice = try await Notices.first(kind, of: reference, is: "SENT", on: system)
            #expect(notice["servedBy"].text == "mail" && notice["channel"].text == "EMAIL")
            #expect(notice["sentOn"].text == "2026-06-30")
          }
          let timeline = try await system.run(["case", "timeline", reference]).output
          #expect(timeline.contains("Acknowledgement left on 30 June 2026, by email"))
        }
        #expect(messages.count == 2)
        for message in messages {
          #expect(message["types"].list == [.text("text/plain"), .text("text/html")])
          #expect(!Word("Neighbour A").isIn("\(message)"))
        }
      }
    }

    @Test func `a body is written to where the installation says, from then on`() async throws {
      try await RunningSystem.with { system in
        let messages = try await MailServer.with(on: system) { server in
          let reference = try await system.apply("three-complaints.json")
          #expect(try await server.next()["to"].list == [.text("applicant.one@mail.example")])
          let held = try await Notices.first(
            "BODY_NOTIFICATION", of: reference, is: "HELD", on: system)
          #expect(held["holdReason"].text == "NO_SAFE_WAY")
          let body = try #require(held["body"].text)
          let set = try await system.json([
            "notice", "mailbox", body, "asb@body.example", "--officer", "A. Officer", "--reason",
            "Agreed in March",
          ])
          #expect(set["notices"].number == 1)
          let told = try await server.next()
          #expect(told["to"].list == [.text("asb@body.example")])
          #expect(Self.text(told).contains(reference))
          let sent = try await Notices.first(
            "BODY_NOTIFICATION", of: reference, is: "SENT", on: system)
          #expect(sent["body"].text == body)
          let list = try await system.json(["notice", "mailboxes", "--area", "plymouth"])
          let known = list["mailboxes"].list.filter { $0["address"].text != "" }
          #expect(known.map { $0["body"].text } == [body])
        }
        // Nobody else's notification has left.
        #expect(messages.count == 2)
      }
    }

    @Test func `whenever it is killed, nobody gets a letter twice but by a person's word`()
      async throws
    {
      try await RunningSystem.with { system in
        let messages = try await MailServer.with(["hold", "hold"], on: system) { server in
          let unanswered = try await killBeforeTheAnswer(system, &server)
          try await killBeforeTheCommit(system, &server)
          try await killBeforeSending(system, &server)
          #expect(server.messages.count == 3)

          let settled = try await system.json([
            "notice", "settle", unanswered.id, "--again", "--officer", "A. Officer", "--reason",
            "Not in the outbox of the server",
          ])
          #expect(settled["notices"].list.count == 1)
          #expect(Self.text(try await server.next()).contains(unanswered.reference))
          _ = try await Notices.first(
            "ACKNOWLEDGEMENT", of: unanswered.reference, is: "SENT", on: system)
        }
        #expect(messages.count == 4)
        // Whoever gets one twice can tell by this.
        #expect(Set(messages.map { $0["headers"]["message-id"].text }).count == 4)
      }
    }

    // MARK: Moments

    /// The server has the message, and has not answered.
    private func killBeforeTheAnswer(
      _ system: RunningSystem, _ server: inout MailServer
    ) async throws -> (reference: String, id: String) {
      let pid = try await system.settledPid(of: "mail")
      let reference = try await system.apply("three-complaints.json")
      _ = try await server.next()
      #expect(kill(pid, SIGKILL) == 0)
      let id = try await uncertain(reference, on: system)
      // It is among what waits for a person.
      let waiting = try await system.json(["notice", "list"])["notices"].list
      #expect(waiting.contains { $0["id"].text == id })
      return (reference, id)
    }

    /// The server's answer has come, and nothing is written down.
    private func killBeforeTheCommit(
      _ system: RunningSystem, _ server: inout MailServer
    ) async throws {
      let pid = try await system.settledPid(of: "mail")
      let reference = try await system.apply("three-complaints.json")
      _ = try await server.next()
      // It reads no more.
      #expect(kill(pid, SIGSTOP) == 0)
      try await server.answer()
      #expect(kill(pid, SIGKILL) == 0)
      _ = try await uncertain(reference, on: system)
    }

    /// The notice is ready, and it has not begun.
    private func killBeforeSending(
      _ system: RunningSystem, _ server: inout MailServer
    ) async throws {
      let pid = try await system.settledPid(of: "mail")
      #expect(kill(pid, SIGSTOP) == 0)
      let reference = try await system.apply("three-complaints.json")
      _ = try await Notices.first("ACKNOWLEDGEMENT", of: reference, is: "READY", on: system)
      #expect(kill(pid, SIGKILL) == 0)
      #expect(Self.text(try await server.next()).contains(reference))
      _ = try await Notices.first("ACKNOWLEDGEMENT", of: reference, is: "SENT", on: system)
    }

    /// Says so once the plugin is there again.
    private func uncertain(_ reference: String, on system: RunningSystem) async throws -> String {
      let notice = try await Notices.first(
        "ACKNOWLEDGEMENT", of: reference, is: "UNCERTAIN", on: system)
      return try #require(notice["id"].text)
    }

    private static func text(_ message: JSONValue) -> String {
      message["texts"].list.first?.text ?? ""
    }
  }
}
