import CaseModel
import Policy
import PolicyDocuments

/// A pack with the document that it was read from.
struct PackDocument: Sendable {
  /// Where it stands: a file's path or, of one that is built in, its name and version.
  let place: String
  let text: String
  let pack: PolicyPack

  /// Those that come with Recourse.
  static func builtIn() throws -> [PackDocument] {
    try BuiltInPolicyDocuments.all.map { text in
      let pack = try PolicyDocument.parse(text)
      return PackDocument(place: "\(pack.name)@\(pack.version)", text: text, pack: pack)
    }
  }

  /// Reads a file.
  /// - Throws: ``Failure`` `invalid-policy` with file, line and path, or that it cannot be read.
  static func file(_ name: String) async throws -> PackDocument {
    let place = name == "-" ? "standard input" : name
    guard let text = String(validating: try await Input.bytes(of: name), as: UTF8.self) else {
      throw Failure.input("not-utf-8", path: place, "A policy pack is a text in UTF-8.")
    }
    return try parse(text, at: place)
  }

  static func parse(_ text: String, at place: String) throws -> PackDocument {
    do {
      return PackDocument(place: place, text: text, pack: try PolicyDocument.parse(text))
    } catch {
      let line = error.line.map { ":\($0)" } ?? ""
      let path = error.path.isEmpty ? "" : ": \(error.path)"
      throw Failure.input(
        error.code, path: place + line + path, "\(error.message).".capitalizedSentence
      ).with(wayOut: "Sources/PolicyDocuments/README.md says field by field what is expected.")
    }
  }
}

// MARK: - Which one

extension PackDocument {
  /// How a command is told which pack it is about.
  static let nameHelp =
    "An area (plymouth); an area on a day, or in a version (plymouth@2026-04-01, plymouth@2); or a pack's "
    + "file."

  /// The pack that a command names, in force today unless the name or the command says another day.
  /// - Throws: ``Failure`` `unknown-area`, `unknown-version`, `no-policy-in-force`, or what is wrong with
  ///   a file.
  static func named(
    _ name: String, on day: CalendarDate? = nil, path: String = "PACK"
  ) async throws -> PackDocument {
    if name == "-" || name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      return try await file(name)
    }
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (area, detail) = (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
    let all = try builtIn()
    if let detail, CalendarDate(detail) == nil {
      return try version(detail, of: area, among: all, path)
    }
    let day = try detail.flatMap { CalendarDate($0) } ?? day ?? ProcessClock.today()
    let pack = try choose(area, on: day, PolicyShelf(all.map(\.pack)), path)
    guard let document = all.first(where: { $0.pack.digest == pack.digest }) else {
      throw Failure(exit: .fault, code: "fault", message: "The chosen pack has no document.")
    }
    return document
  }

  private static func choose(
    _ area: String, on day: CalendarDate, _ shelf: PolicyShelf, _ path: String
  ) throws -> PolicyPack {
    if area == PolicyPack.defaultName, let lender = shelf.defaultPack(on: day) { return lender }
    do {
      return try shelf.pack(forArea: area, receivedOn: day)
    } catch {
      throw Failure.input(error.code, path: path, "\(error).".capitalizedSentence)
        .with(wayOut: "`recourse policy list` shows all; a file is named by its path.")
    }
  }

  private static func version(
    _ version: String, of area: String, among all: [PackDocument], _ path: String
  ) throws -> PackDocument {
    let versions = all.filter { ($0.pack.area ?? $0.pack.name) == area }
    if let found = versions.first(where: { $0.pack.version == version }) { return found }
    let known = versions.map(\.pack.version).joined(separator: ", ")
    throw Failure.input(
      versions.isEmpty ? "unknown-area" : "unknown-version", path: path,
      versions.isEmpty
        ? "There is no pack of this area." : "There is no such version; there is \(known)."
    )
    .with(wayOut: "`recourse policy list` shows all; a file is named by its path.")
  }

  /// The pack that lends clocks to areas without their own.
  static func lender(on day: CalendarDate) throws -> PolicyPack? {
    PolicyShelf(try builtIn().map(\.pack)).defaultPack(on: day)
  }
}

extension String {
  /// The day that an option gives.
  /// - Throws: ``Failure`` `not-a-date`.
  func day(_ path: String) throws -> CalendarDate {
    guard let day = CalendarDate(self) else {
      throw Failure.usage("not-a-date", path: path, "Expected a day that exists, as YYYY-MM-DD.")
    }
    return day
  }
}
