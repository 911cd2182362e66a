import Glibc
import Testing

extension RunningSystems {
  /// The letters of a case, where somebody looks at the case.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct LettersOnFileTests {
    @Test
    func
      `a case's file has what became of its letters, and is there without them while their worker is away`()
      async throws
    {
      try await RunningSystem.with { system in
        let reference = try await system.apply("three-complaints.json")
        let notice = try await Notices.first(
          "ACKNOWLEDGEMENT", of: reference, is: "WAITING", on: system)
        let file = try await system.json(["case", "show", reference])
        let letter = try #require(
          file["letters"].list.first { $0["kind"].text == "ACKNOWLEDGEMENT" })
        #expect(letter["id"].text == notice["id"].text)
        #expect(letter["to"].text == "applicant" && letter["channel"].text == "EMAIL")
        #expect(letter["state"].text == "WAITING" && letter["day"].text == "2026-06-30")
        let words = try await system.run(["case", "show", reference]).output
        #expect(
          words.contains(
            "Acknowledgement, to applicant, by email: waiting, written on 30 June 2026"))
        // Neither what stands in a letter, nor where it goes.
        for word in ["We have your application", "Applicant One", "mail.example", "A message from"]
        {
          #expect(!words.contains(word) && !"\(file)".contains(word))
        }

        let pid = try await system.settledPid(of: "correspondence")
        #expect(kill(pid, SIGSTOP) == 0)
        defer { kill(pid, SIGCONT) }
        let without = try await system.json(["case", "show", reference])
        #expect(without["reference"].text == reference && without["letters"] == .null)
        #expect(without["settled"].bool == false)
      }
    }
  }
}
