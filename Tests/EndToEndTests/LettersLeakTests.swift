import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// Whoever is complained of is named in nothing that leaves, however an officer writes their name, and what is the
  /// applicant's own stands only where it may.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct LettersLeakTests {
    /// In the example, and what stands there instead.
    private static let markers = [
      #""name": "Applicant One""#: #""name": "Qzname""#, "1 Example Terrace": "99 Qzaddress",
      "Music and shouting until 4 am": "Qzwhat", "No sleep, afraid to use the stairs": "Qzimpact",
      #""Neighbour A""#: #""Zoë Quillfeather-Ångström""#,
      #""tenantOf": "plymouth-community-homes"}"#:
        #""address": "14 Qzbasement Row, Plymouth PL1 9QZ"}"#,
    ]
    /// Who may be written to by post alone.
    private static let ways =
      #"{"channels": ["EMAIL", "PHONE"], "phoneBetween": "10:00-14:00", "voicemail": false, "#
      + #""note": "Shared letterbox: no post"}"#
    /// As an officer may write it: other accents, reversed, an initial, a postcode without its space.
    private static let typed = [
      "ZOE\u{308} QUILLFEATHER ANGSTROM was seen", "It was Ångström, Zoë", "Z. Quillfeather came",
      "It is near PL19QZ",
    ]
    /// What is looked for, without capitals and accents.
    private static let alleged = ["quillfeather", "angstrom", "pl19qz", "pl1 9qz", "qzbasement"]
    private static let own = ["Qzname", "Qzaddress", "Qzwhat", "Qzimpact"]
    private static let pages = [
      "/case", "/cy/case", "/case/decision", "/cy/case/decision", "/case/review", "/case/consents",
      "/case/opened-by", "/case/contact", "/case/appeal", "/case/letters",
    ]

    @Test func `nothing that leaves names whoever is complained of`() async throws {
      try await RunningSystem.with { system in
        var read = ""
        let messages = try await MailServer.with(on: system) { server in
          try await system.json(["plugin", "add", "print", "--yes"])
          try await system.json(["status", "--wait"])
          let mailed = try await apply(on: system)
          let posted = try await apply(on: system) {
            $0.replacing(Self.ways, with: #"{"channels": ["POST"]}"#)
          }
          try await decide(mailed, posted, on: system)
          #expect(try await Journey.findDay(for: mailed, on: system)["panelOn"] != .null)
          // Acknowledgement and invitation; the decision is held.
          for _ in 0..<2 { _ = try await server.next() }
          for kind in ["ACKNOWLEDGEMENT", "THRESHOLD_MET"] {
            _ = try await Notices.first(kind, of: posted, is: "SENT", on: system)
          }
          read = try await follow(mailed, on: system)
        }
        let entries = messages.map { $0["types"].list.contains(.text("text/calendar")) }
        #expect(entries == [false, true], "the invitation has a calendar entry")
        for message in messages {
          let raw = try #require(Data(base64Encoded: message["raw"].text ?? ""))
          let decoded = "\(message["headers"])\(message["texts"])"
          let said = decoded + String(decoding: raw, as: UTF8.self)
          #expect(Self.named(in: said) == [])
          for word in Self.own.dropFirst() { #expect(!Word(word).isIn(said), "\(word)") }
        }
        #expect(Self.named(in: read) == [])
        try await expectPrinted(by: system)
        try expectFiles(of: system)
      }
    }

    // MARK: Steps

    private func apply(
      on system: RunningSystem, _ change: (String) -> String = { $0 }
    ) async throws -> String {
      var text = try Examples.text("three-complaints.json")
      try #require(text.contains(Self.ways))
      for (original, marker) in Self.markers {
        try #require(text.contains(original), "\(original)")
        text = text.replacing(original, with: marker)
      }
      let applied = try await system.json(["apply", "-"], input: change(text))
      return try #require(applied["reference"].text)
    }

    private func decide(
      _ mailed: String, _ posted: String, on system: RunningSystem
    ) async throws {
      for reason in Self.typed {
        let refused = try await system.run(
          Journey.decide(mailed).dropLast() + [reason, "--json"])
        #expect(refused.status == 65)
        #expect(try refused.error["code"].text == "names-the-other-party")
        #expect(Self.named(in: refused.output + refused.errors) == [])
      }
      // Kept by an officer who has looked, and held all the same before it goes to the applicant.
      try await system.json(
        Journey.decide(mailed).dropLast() + [
          Self.typed.joined(separator: ". "), "--guard-override", "It was said in open court",
        ])
      let held = try await Notices.first("THRESHOLD_MET", of: mailed, is: "HELD", on: system)
      #expect(held["holdReason"].text == "LEAK_GUARD")
      try await system.json(Journey.decide(posted).dropLast() + ["All of it was weighed"])
    }

    /// Everything that the applicant's browser is answered.
    private func follow(_ reference: String, on system: RunningSystem) async throws -> String {
      let given = try await system.json([
        "case", "code", reference, "--officer", "A. Officer", "--reason", "It was lost",
      ])
      var visitor = try Visitor(of: system)
      let opened = try visitor.fill(
        try visitor.get("/follow"),
        [("reference", reference), ("code", try #require(given["code"].text))])
      #expect(opened.path == "/case")
      let letters = try visitor.get("/case/letters").page().elements.compactMap {
        $0.attributes["href"]
      }.filter { $0.hasPrefix("/case/letters/") }
      #expect(letters.count >= 2)
      for path in Self.pages + letters {
        let place = try visitor.get(path)
        #expect(place.answer.status == 200, "\(path)")
      }
      return visitor.seen
    }

    // MARK: What is expected

    private func expectPrinted(by system: RunningSystem) async throws {
      let folder = "\(system.data)/output/print/letters"
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).map {
        "\(folder)/\($0)"
      }
      let printed = files.filter { $0.hasSuffix(".pdf") }
      try #require(printed.count >= 2)
      let reader = Examples.folder.deletingLastPathComponent().appending(path: "Print/words").path
      let read = try await Subprocess.run(
        .path(FilePath(reader)), arguments: Arguments(printed),
        output: .string(limit: Tool.outputBytesLimit),
        error: .string(limit: Tool.outputBytesLimit))
      #expect(read.terminationStatus == .exited(0), "\(read.standardError)")
      #expect(read.standardOutput.contains("All of it was weighed"), "the test reads PDFs")
      #expect(read.standardOutput.contains("99 Qzaddress"), "there is nobody to post it to")
      #expect(Self.named(in: read.standardOutput) == [])
      for file in files {
        let content = FileManager.default.contents(atPath: file) ?? Data()
        #expect(Self.named(in: file + String(decoding: content, as: UTF8.self)) == [])
      }
    }

    private func expectFiles(of system: RunningSystem) throws {
      func strays(_ text: String, _ allowed: [String]) -> [String] {
        Word(text).files(in: system.data).filter { path in
          !allowed.contains { path.hasPrefix($0) }
        }
      }
      // What an officer kept is with Threshold, and in the letter that is held.
      for word in ["Quillfeather", "QUILLFEATHER", "PL19QZ"] {
        let keepers = ["slices/intake.", "slices/threshold.", "slices/correspondence."]
        #expect(strays(word, keepers) == [], "\(word)")
      }
      #expect(strays("Qzbasement", ["slices/intake."]) == [])
      for word in Self.own {
        // Name and address go to the provider of support, as agreed, and onto a letter for post.
        let told = ["Qzname", "Qzaddress"].contains(word)
        let keepers =
          ["slices/intake."] + (told ? ["output/support/", "output/print/letters/"] : [])
        #expect(strays(word, keepers) == [], "\(word)")
        #expect(Word(word).files(in: system.data).contains { $0.hasPrefix("slices/intake.") })
      }
    }

    /// Which of the words of whoever is complained of a text has.
    private static func named(in text: String) -> [String] {
      let plain = text.folding(
        options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en_GB"))
      return alleged.filter { plain.contains($0) }
    }
  }
}
