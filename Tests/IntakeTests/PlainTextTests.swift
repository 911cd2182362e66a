import Foundation
import Messages
import Testing

@testable import Intake

/// A text that is read at a glance is read as it would have been by a closer look.
@Suite(.timeLimit(.minutes(2))) struct PlainTextTests {
  /// What an application is read as.
  private enum Reading: Equatable {
    case application(Recourse_Intake_V1_Application)
    case problems(FormProblems)
  }

  private func reading(
    _ read: () throws(FormProblems) -> Recourse_Intake_V1_Application
  ) -> Reading {
    do { return .application(try read()) } catch { return .problems(error) }
  }

  private func expectTheSame(_ json: [UInt8]) {
    let (glance, close) = (
      reading { () throws(FormProblems) in try ApplicationForm.message(json: json) },
      reading { () throws(FormProblems) in
        try ApplicationForm.messageLookedAtClosely(json: json)
      }
    )
    #expect(glance == close, "\(String(decoding: json, as: UTF8.self))")
  }

  @Test(arguments: Examples.accepted)
  func `an application as people send it is plain`(name: String) throws {
    let json = try Examples.json(name)
    #expect(PlainText.isPlain(json))
    expectTheSame(json)
  }

  @Test(arguments: [
    // A number, null, and what is no JSON.
    #"{"channel": 1}"#, #"{"area": null}"#, #"{"area": plymouth}"#, #"{"area": NaN}"#,
    // Names that may be the same.
    #"{"area": "a", "area": "b"}"#, #"{"receivedAt": "", "received_at": ""}"#,
    #"{"ar\u0065a": "a"}"#,
    // What needs care.
    "{\"area\": \"\u{7F}\"}", "{\"area\": \"\t\"}", #"{"area": "\u0000"}"#, #"{"area": "\b"}"#,
    #"{"area": "a"#, #"{"area": "a"]}}"#, #"{"risk": {"immediateDanger": truth}}"#,
    #"{"risk": {"answers": {"a": [[[[[["deep"]]]]]]}}}"#,
  ])
  func `what wants a closer look is not plain`(text: String) {
    #expect(!PlainText.isPlain(Array(text.utf8)))
    expectTheSame(Array(text.utf8))
  }

  @Test func `no list and no text is plain that is too long`() {
    func items(_ count: Int) -> String {
      "{\"adjustments\": [\(Array(repeating: "\"\"", count: count).joined(separator: ","))]}"
    }
    func text(_ count: Int) -> String {
      "{\"impact\": \"\(String(repeating: "a", count: count))\"}"
    }
    for (makes, limit) in [(items, FormBounds.itemsLimit), (text, FormBounds.textLimit)] {
      #expect(PlainText.isPlain(Array(makes(limit).utf8)))
      #expect(!PlainText.isPlain(Array(makes(limit + 1).utf8)))
    }
    let whole = text(FormBounds.bytesLimit)
    #expect(!PlainText.isPlain(Array(whole.utf8)))
  }

  /// Pieces that change what a text is.
  private static let pieces = [
    "\"", "{", "}", "[", "]", ",", ":", " ", "\\", "\\n", "\\u0041", "true", "false", "null", "1",
    "-", "area", "\"area\": ", "what", "made_to", "\u{7F}", "\n", "é", "_", "t", "\"\"", "{}", "[]",
    "\"body\": \"\", ", "2026-01-01T00:00:00Z", "POLICE", ",,", "\u{FEFF}",
  ].map { Array($0.utf8) }

  @Test(arguments: Examples.accepted, 0..<4)
  func `whatever an application is changed into, it is read the same way`(
    name: String, part: UInt64
  ) throws {
    let original = try Examples.json(name)
    var numbers = SplitMix(state: part &+ 104)
    for _ in 0..<150 {
      var json = original
      for _ in 0...Int.random(in: 0...2, using: &numbers) {
        let place = Int.random(in: 0..<json.count, using: &numbers)
        let end = min(json.count, place + Int.random(in: 0...6, using: &numbers))
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: json.removeSubrange(place..<end)
        case 1: json.insert(contentsOf: json[place..<end], at: place)
        case 2: json[place] = UInt8.random(in: .min ... .max, using: &numbers)
        default:
          let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &numbers)]
          json.replaceSubrange(place..<end, with: piece)
        }
      }
      expectTheSame(json)
    }
  }

  /// The same numbers in every run.
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}

/// What is answered quickly is answered as the regular expressions would.
@Suite struct PlainWordsTests {
  @Test(arguments: [
    "", "a", "-", "-a", "a-", "A", "noise-1", "Noise", "2026-01", ".1", "1.", "a.b", "a_b", "é",
    "a\u{301}", "\u{212A}", "a b", " a", "a@b", "@", "a@", "@b", "a@@b", "a@b@c", "a @b", "é@b",
    "a@b\n", "a@\u{7F}", String(repeating: "a", count: 32), String(repeating: "a", count: 33),
    String(repeating: "a", count: 64), String(repeating: "a", count: 65),
  ])
  func `a quick yes is never wrong, and plain words get one`(text: String) {
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    let key = text.wholeMatch(of: /[a-z0-9][a-z0-9\-]{0,63}/) != nil
    let version = text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9.\-]{0,31}/) != nil
    let email = text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil
    for (quick, slow) in [
      (PlainWords.isKey(text), key), (PlainWords.isVersion(text), version),
      (PlainWords.isEmail(text), email),
    ] {
      #expect(!quick || slow)
      #expect(quick == slow || !isPlain)
    }
  }
}
