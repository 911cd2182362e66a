import Foundation
import Testing

extension RunningSystems {
  /// A communications plan from its file to the answers of guests, through the program itself.
  @Suite(.serialized, .sharedSystem, .timeLimit(.minutes(3))) struct OutreachTests {
    private var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    private static let plan = """
      recourse-plan: 1
      id: summer
      title: Summer
      organiser: {organisation: A Council, role: Safer Communities, mailbox: safer@council.example}
      activities:
        - {id: drop-in, title: Drop-in, channel: drop-in, ward: Ham, date: 2026-07-03, cost: 120.50}
      events:
        - id: launch
          title: Launch
          place: Council House
          date: 2026-07-10
          begins: "10:00"
          guests:
            - {id: livewest, organisation: LiveWest, mailbox: asb@livewest.example}
            - {id: victim-support, organisation: Victim Support}
      """

    @Test func `a plan is kept, acted upon, and written again`() async throws {
      let system = try system
      let lacking = try await system.run(["outreach", "plan", "--json"])
      #expect(lacking.status == 69)
      #expect(try lacking.error["code"].text == "not-added")
      #expect(try lacking.error["message"].text?.contains("recourse plugin add outreach") == true)

      let added = try await system.json(["plugin", "add", "outreach", "--yes"])
      #expect(added["process"]["state"].text == "ready")
      let example = Examples.path("plans/plymouth-2022.yaml")
      let first = try await system.json(["outreach", "import", example])
      #expect(first["plan"].text == "plymouth-2022")
      #expect(first["changed"] == .bool(true))
      let again = try await system.json(["outreach", "import", example])
      #expect(again["changed"] == .bool(false))
      let shown = try await system.json(["outreach", "plan"])
      #expect(shown["plan"]["events"].list[0]["guests"].list.count == 14)
      #expect(shown["findings"].list.contains { $0["finding"].text == "late" })

      try await withFolder { folder in
        let file = "\(folder)/summer.yaml"
        try Self.plan.write(toFile: file, atomically: true, encoding: .utf8)
        let summer = ["--plan", "summer"]
        try await system.json(["outreach", "import", file])
        let which = try await system.run(["outreach", "plan", "--json"])
        #expect(try which.error["code"].text == "which-plan")
        try await system.json(
          ["outreach", "activity", "approve", "drop-in", "--organisation", "A Council"]
            + ["--role", "Head of Communications"] + summer)
        let done = ["outreach", "activity", "done", "drop-in", "--on", "2026-06-30"]
        try await system.json(done + summer)

        let invited = try await system.json(["outreach", "event", "invite", "launch"] + summer)
        #expect(invited["files"].list.map { $0["guest"].text } == ["livewest", "victim-support"])
        try await system.json(["status", "--wait"])
        let invitation = try String(
          contentsOfFile: try #require(invited["files"].list[0]["path"].text), encoding: .utf8)
        #expect(invitation.contains("METHOD:REQUEST\r\n"))
        let reply = "\(folder)/reply.ics"
        try invitation.replacing("METHOD:REQUEST", with: "METHOD:REPLY")
          .replacing("PARTSTAT=NEEDS-ACTION", with: "PARTSTAT=ACCEPTED")
          .write(toFile: reply, atomically: true, encoding: .utf8)
        let answered = try await system.json(["outreach", "event", "answer", "--ics", reply])
        #expect(answered["guest"].text == "livewest")
        #expect(answered["answer"].text == "accepted")
        try await system.json(
          ["outreach", "event", "answer", "launch", "victim-support", "declined"] + summer)
        let cancelled = try await system.json(["outreach", "event", "cancel", "launch"] + summer)
        #expect(cancelled["files"].list.count == 2)

        for format in ["yaml", "json", "csv"] {
          let export = "\(folder)/export.\(format)"
          let written = try await system.run(
            ["outreach", "export", "--format", format, "--out", export] + summer)
          #expect(written.status == 0, "\(written.errors)")
          let taken = try await system.json(["outreach", "import", export])
          #expect(taken["changes"].list.isEmpty, "\(format)")
        }
        try "\(Self.plan)\ncolour: red\n".write(toFile: file, atomically: true, encoding: .utf8)
        let wrong = try await system.run(["outreach", "import", file, "--json"])
        #expect(wrong.status == 65)
        #expect(try wrong.error["path"].text == "line 16: colour")
      }
      try await system.json(["plugin", "remove", "outreach"])
    }
  }
}
