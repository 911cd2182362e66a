import Foundation
import Messages
import SwiftProtobuf

/// The letters of the demonstration. Those for post go into a folder, by the plugin `print`, as pages alone: a PDF needs
/// more than a build needs.
struct DemoLetters: Sendable {
  private static let plugin = DemoPlugin(name: "print")
  /// Kinds of letters that tell the decision.
  private static let decisions: Set<Recourse_Correspondence_V1_NoticeKind> = [
    .thresholdMet, .thresholdNotMet,
  ]
  /// Where a letter is on its way.
  private static let underWay: Set<Recourse_Correspondence_V1_NoticeState.Value> = [
    .composing, .ready,
  ]

  /// Adds the plugin to a system that does not run yet.
  func prepare(_ directory: DataDirectory) async throws {
    try await Self.plugin.add(to: directory, settings: ["pdf": "no"])
  }

  /// Returns when the plugin is ready, which `up` does not wait for.
  func waitUntilReady(in stage: DemoStage) async throws {
    try await Self.plugin.waitUntilReady(in: stage)
  }

  /// Returns when Correspondence knows what the plugin takes out.
  func waitUntilServing(_ connection: Connection) async throws {
    try await Self.plugin.waitUntilIdle(connection)
  }

  /// The letters of a case, when each of them has left, or waits for somebody.
  func settled(
    _ reference: String, _ connection: Connection
  ) async throws -> [Recourse_Correspondence_V1_Notice] {
    try await DemoStage.look("Letters do not get on their way.") {
      let letters = try await connection.notices(of: reference)
      return letters.contains { Self.underWay.contains($0.state) } ? nil : letters
    }
  }

  /// The letter to the applicant that tells the decision.
  func decision(
    in letters: [Recourse_Correspondence_V1_Notice]
  ) throws -> Recourse_Correspondence_V1_Notice {
    let found = letters.first {
      Self.decisions.contains($0.kind) && $0.person == CasePage.applicant
    }
    guard let found else { throw Failure.notShown("No letter tells the applicant the decision.") }
    return found
  }

  /// How a letter begins that lies in the folder.
  /// - Throws: ``Failure`` `not-shown` if it does not lie there as it was written.
  func beginning(
    of letter: Recourse_Correspondence_V1_Notice, in stage: DemoStage, _ connection: Connection
  ) async throws -> LetterBeginning {
    let written = try await connection.correspondence.readNotice(
      .with {
        $0.noticeID = letter.noticeID
        $0.purpose = .caseWork
      }, options: Connection.limit())
    guard let beginning = LetterBeginning(text: written.text) else {
      throw Failure.notShown("The letter does not say what was decided, and why.")
    }
    let folder = stage.directory.outputDirectory(of: Self.plugin.name).appending(path: "letters")
    let pages = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "html" }
    let isThere = try pages.contains { page in
      beginning.stands(in: try String(contentsOf: page, encoding: .utf8))
    }
    guard isThere else { throw Failure.notShown("The letter does not lie in the folder.") }
    return beginning
  }
}

/// How a letter begins: its title, what it says first, and the first that it says under its next heading, such as why.
struct LetterBeginning: Sendable, Hashable {
  let title: String
  let lines: [String]

  /// - Parameter text: of the letter, with headings that are underlined. Its first paragraph has only day and reference.
  /// Nil if it has no such beginning.
  init?(text: String) {
    var parts: [(heading: String, paragraphs: [String])] = []
    for paragraph in text.split(separator: "\n\n").map(Self.trimmed) where !paragraph.isEmpty {
      let lines = paragraph.split(separator: "\n").map(String.init)
      if lines.count == 2, Self.isUnderline(lines[1]) {
        parts.append((lines[0], []))
      } else if !parts.isEmpty {
        parts[parts.count - 1].paragraphs.append(lines.joined(separator: " "))
      }
    }
    guard parts.count > 1, parts[0].paragraphs.count > 1, let why = parts[1].paragraphs.first else {
      return nil
    }
    title = parts[0].heading
    lines = [parts[0].paragraphs[1], why]
  }

  /// Whether a page has all of it.
  func stands(in page: String) -> Bool {
    let words = PageText.plain(page)
    return ([title] + lines).allSatisfy(words.contains)
  }

  private static func trimmed(_ text: Substring) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func isUnderline(_ line: String) -> Bool {
    guard let first = line.first, "=-".contains(first) else { return false }
    return line.allSatisfy { $0 == first }
  }
}

extension DemoJourney {
  /// Tells what became of the letter to the applicant that tells the decision, and how it begins.
  /// - Throws: ``Failure`` `not-shown` if it has neither left nor waits for somebody.
  func tellLetter(about reference: String, _ connection: Connection) async throws {
    let letter = try letters.decision(in: try await letters.settled(reference, connection))
    switch letter.state {
    case .sent, .delivered:
      let beginning = try await letters.beginning(of: letter, in: stage, connection)
      story.tell(
        "Letter",
        "Correspondence writes to the applicant by post, which they said is safe. Into the print folder goes "
          + "“\(beginning.title)”:", beginning.lines)
    case .held, .waiting:
      try expect(false, otherwise: "The letter about the decision has not left.")
      let what = letter.state == .held ? "is held for a person" : "waits"
      story.tell(
        "Letter",
        "Correspondence has written to the applicant, and the letter \(what). "
          + letter.insteadBecause)
    default: throw Failure.notShown("The letter about the decision did not leave.")
    }
  }
}
