import Foundation
import NoticeChannel
import WorkerKit

/// Writes one letter: its page, then its PDF, then the mark that it is there.
struct PutLetter {
  private let notice: TakenNotice
  /// Nil where there are pages alone.
  private let renderer: PageRenderer?

  init(_ notice: TakenNotice, _ renderer: PageRenderer?) {
    self.notice = notice
    self.renderer = renderer
  }

  /// Returns when the letter is on the medium.
  /// - Throws: `EffectRefused` for what is no letter that stands alone; else it may be tried again.
  func perform(in folder: PrintFolder) async throws {
    if try folder.hasTaken(notice.key) { return }
    guard !notice.html.isEmpty else { throw EffectRefused(reason: "nothing-to-print") }
    guard notice.html.utf8.count <= PrintFolder.pageBytesLimit else {
      throw EffectRefused(reason: "letter-too-long")
    }
    guard PageReferences.first(in: notice.html) == nil else {
      throw EffectRefused(reason: "page-not-self-contained")
    }
    try folder.put(Data(notice.html.utf8), as: "\(notice.key).html")
    if let renderer, let pdf = try await renderer.pdf(of: notice.key, in: folder) {
      try folder.put(pdf, as: "\(notice.key).pdf")
    }
    try folder.markTaken(notice.key)
  }
}

/// Where letters lie until somebody prints and posts them: the folder `letters` of the worker's output. Names say nothing
/// of anybody.
struct PrintFolder: Sendable {
  /// Bytes of a page.
  static let pageBytesLimit = 4 * 1_024 * 1_024

  let folder: URL

  /// - Throws: `NoOutputDirectory` if the worker was given no place for files.
  init(_ context: WorkerContext) throws {
    self.init(at: try context.outputFolder("letters"))
  }

  init(at folder: URL) {
    self.folder = folder
  }

  func put(_ bytes: Data, as name: String) throws {
    try OutputFile.put(bytes, as: name, in: folder)
  }

  /// True if the letter has been here. Its mark stays when somebody takes the letter away; it stands outside the slice, so
  /// that a slice that was restored from a backup knows what was printed since.
  func hasTaken(_ key: String) throws -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "\(key).sent").path)
  }

  func markTaken(_ key: String) throws {
    try put(Data(), as: "\(key).sent")
  }
}
