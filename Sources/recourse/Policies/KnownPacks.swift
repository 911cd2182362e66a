import CaseModel
import Foundation
import Policy
import WorkerKit

/// The packs that a command chooses among, as Threshold does: those that are built in, and those that are
/// adopted in a data directory.
struct KnownPacks: Sendable {
  /// Each pack once: those that are built in, then those that are adopted, by the names of their files.
  private(set) var documents: [PackDocument] = []
  private(set) var shelf = PolicyShelf()

  /// - Throws: ``Failure`` `no-such-directory` if the command names one that is not there, or what is wrong
  ///   with an adopted file, with its line.
  init(_ client: ClientOptions) throws {
    let directory = try client.directoryIfAny
    if client.data != nil, let path = directory?.path,
      !FileManager.default.fileExists(atPath: path)
    {
      throw Failure.input("no-such-directory", path: "--data", "There is no directory \(path).")
        .with(wayOut: "Name the directory that `recourse up` uses, or leave it out.")
    }
    add(try PackDocument.builtIn())
    if let directory { add(try AdoptedPacks.files(in: directory)) }
  }

  /// Adds packs; one that is there already, by its digest, stays as it is.
  mutating func add(_ documents: [PackDocument]) {
    for document in documents where shelf[document.pack.digest] == nil {
      self.documents.append(document)
      shelf.add(document.pack)
    }
  }

  /// The pack that lends clocks on a day to areas without their own.
  func lender(on day: CalendarDate) -> PolicyPack? { shelf.defaultPack(on: day) }
}

// MARK: - Which one

extension KnownPacks {
  /// How a command is told which pack it is about.
  static let nameHelp =
    "An area (plymouth); an area on a day, or in a version (plymouth@2026-04-01, plymouth@2); or a pack's "
    + "file."

  /// The pack that a command names, in force today unless the name or the command says another day.
  /// - Throws: ``Failure`` `unknown-area`, `unknown-version`, `ambiguous-version`, `no-policy-in-force`, or
  ///   what is wrong with a file.
  func named(
    _ name: String, on day: CalendarDate? = nil, path: String = "PACK"
  ) async throws -> PackDocument {
    if name == "-" || name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      return try await PackDocument.file(name)
    }
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (area, detail) = (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
    if let detail, CalendarDate(detail) == nil { return try version(detail, of: area, path) }
    let day = try detail.flatMap { CalendarDate($0) } ?? day ?? ProcessClock.today()
    let pack = try choose(area, on: day, path)
    guard let document = documents.first(where: { $0.pack.digest == pack.digest }) else {
      throw Failure(exit: .fault, code: "fault", message: "The chosen pack has no document.")
    }
    return document
  }

  private func choose(
    _ area: String, on day: CalendarDate, _ path: String
  ) throws -> PolicyPack {
    if area == PolicyPack.defaultName, let lender = lender(on: day) { return lender }
    do {
      return try shelf.pack(forArea: area, receivedOn: day)
    } catch {
      throw Failure.input(error.code, path: path, "\(error).".capitalizedSentence)
        .with(wayOut: Self.wayOut)
    }
  }

  private func version(
    _ version: String, of area: String, _ path: String
  ) throws -> PackDocument {
    let versions = documents.filter { ($0.pack.area ?? $0.pack.name) == area }
    let found = versions.filter { $0.pack.version == version }
    guard let first = found.first else {
      let known = versions.map(\.pack.version).joined(separator: ", ")
      throw Failure.input(
        versions.isEmpty ? "unknown-area" : "unknown-version", path: path,
        versions.isEmpty
          ? "There is no pack of this area." : "There is no such version; there is \(known)."
      ).with(wayOut: Self.wayOut)
    }
    guard found.count == 1 else {
      let places = found.map(\.place).joined(separator: ", ")
      throw Failure.input(
        "ambiguous-version", path: path, "Several packs of this area have that version: \(places)."
      ).with(wayOut: "Give the newer one a version of its own, or name its file.")
    }
    return first
  }

  private static let wayOut = "`recourse policy list` shows all; a file is named by its path."
}
