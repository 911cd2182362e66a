import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// The applicant at the public's pages: they open their case by its reference and a code, as a browser does.
struct DemoPortal: Sendable {
  let stage: DemoStage

  /// What the case's page says.
  /// - Throws: ``Failure`` `not-shown` if the portal does not show it.
  func page(of reference: String, _ connection: Connection) async throws -> CasePage {
    guard let address = stage.directory.supervisor?.portal else {
      throw Failure.notShown("The portal does not say where it is.")
    }
    let issued = try await connection.door.issueCode(
      .with {
        $0.caseReference = reference
        $0.officer = DemoJourney.officer
        $0.reason = "Handed over at the counter"
      }, options: Connection.limit())
    let web = WebCaller()
    let opened = try await Self.send(
      WebRequest(
        .post, url: "\(address)/follow",
        headers: [("Content-Type", "application/x-www-form-urlencoded")],
        body: Array("reference=\(reference)&code=\(issued.code)".utf8)), web)
    guard opened.status == 303, let place = opened.headers["location"], place.hasPrefix("/"),
      let cookie = opened.headers["set-cookie"]?.prefix(while: { $0 != ";" })
    else { throw Failure.notShown("The portal does not open the case.") }
    let shown = try await Self.send(
      WebRequest(url: address + place, headers: [("Cookie", String(cookie))]), web)
    guard shown.status == 200,
      let page = CasePage(html: String(decoding: shown.body, as: UTF8.self)),
      page.facts.contains(reference)
    else { throw Failure.notShown("The portal does not show the case.") }
    return page
  }

  private static func send(_ request: WebRequest, _ web: WebCaller) async throws -> WebAnswer {
    do { return try await web.send(request) } catch {
      throw Failure.notShown("The portal does not answer.")
    }
  }
}

/// What the page of a case says to whose it is.
struct CasePage: Sendable, Hashable {
  /// How an application names who made it.
  static let applicant = "applicant"

  /// Where the case is, in a few words, and what that means.
  let standing: String
  let explanation: String
  /// What happens next, each with its day.
  let next: [String]
  /// How many letters can be read.
  let letters: Int
  /// About the case: its reference above all.
  let facts: [String]

  /// Nil if it is no such page.
  init?(html: String) {
    guard let main = html.firstRange(of: "<main") else { return nil }
    let html = html[main.upperBound...]
    guard let links = html.firstMatch(of: /\/case\/letters">[^<(]*\((\d+)\)/),
      let standing = html.firstMatch(
        of: /<p><strong>([^<]+)<\/strong><\/p>\s*<p>([^<]+)<\/p>/)
    else { return nil }
    self.standing = PageText.plain(String(standing.1))
    explanation = PageText.plain(String(standing.2))
    letters = Int(links.1) ?? 0
    next = Self.rows(in: html[..<links.range.lowerBound]).map { "\($0): \($1)" }
    facts = Self.rows(in: html[links.range.upperBound...]).map(\.value)
  }

  private static func rows(in html: Substring) -> [(key: String, value: String)] {
    html.matches(of: /<dt>(.*?)<\/dt>\s*<dd><p>(.*?)<\/p>/).map {
      (PageText.plain(String($0.1)), PageText.plain(String($0.2)))
    }
  }

  var json: JSON {
    .object([
      ("standing", .text(standing)), ("explanation", .text(explanation)), ("next", .texts(next)),
      ("letters", .number(letters)),
    ])
  }
}

/// The words of a page without its marks.
enum PageText {
  static func plain(_ html: String) -> String {
    var text = html.replacing(/<[^>]*>/, with: "")
    for (name, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"),
      ("&amp;", "&"),
    ] { text = text.replacing(name, with: sign) }
    return text
  }
}

extension DemoJourney {
  /// Tells what the applicant reads at the portal.
  /// - Throws: ``Failure`` `not-shown` if that is not what the workers say.
  func tellPage(_ file: CaseFile, _ connection: Connection) async throws -> CasePage {
    let page = try await DemoPortal(stage: stage).page(of: file.reference, connection)
    let sent = (file.letters ?? []).count {
      $0.person == CasePage.applicant && [.sent, .delivered].contains($0.state)
    }
    guard page.letters >= sent else {
      throw Failure.notShown("The portal does not show each letter that was sent.")
    }
    if let review = file.review, review.state == .scheduled,
      !page.explanation.contains(review.panelOn.dayInWords)
    {
      throw Failure.notShown("The portal does not show the day on which the panel meets.")
    }
    story.tell(
      "Portal",
      "With the reference and a code of their own, the applicant opens the case at the public's pages: "
        + "“\(page.standing)”. \(page.explanation)",
      (page.next.isEmpty ? [] : ["What happens next. \(page.next.joined(separator: " "))"])
        + ["Letters to you: \(page.letters)."])
    return page
  }
}
