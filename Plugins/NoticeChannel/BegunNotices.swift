import Foundation
import WorkerKit

/// Marks of the notices that were about to be sent where the other side cannot be asked: a file without content for each,
/// called after its key, in the folder `begun` of the worker's output.
///
/// They stand outside the slice, so that a slice that was restored from a backup knows of what was sent since. They are
/// kept: a backup may be old. The folder has a name of its own; a notice that was taken under another one, because the
/// folder is gone, may have been sent.
struct BegunNotices {
  private static let nameFile = "folder"

  private let folder: URL

  /// - Throws: `NoOutputDirectory`.
  init(_ context: WorkerContext) throws {
    folder = try context.outputFolder("begun")
  }

  /// At the start: notes the folder's name in the slice. A worker without a place for files has none.
  static func prepare(_ context: WorkerContext) async throws {
    guard context.outputDirectory != nil else { return }
    let name = try BegunNotices(context).name()
    try await context.slice.write { tx in
      try tx.execute(
        "INSERT INTO place (one, id) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET id = excluded.id",
        .text(name))
    }
  }

  /// It is about to be sent: on the medium when this returns.
  func note(_ key: String) throws {
    try OutputFile.put(Data(), as: key, in: folder)
  }

  /// It was not sent.
  func forget(_ key: String) throws {
    try? FileManager.default.removeItem(at: folder.appending(path: key))
    try OutputFile.synchronize(folder)
  }

  /// True if it may have been sent: it was begun, or what was begun since it was taken is not known.
  /// - Parameter place: the folder's name when it was taken.
  func mayHave(_ key: String, since place: String) throws -> Bool {
    if try name() != place { return true }
    return FileManager.default.fileExists(atPath: folder.appending(path: key).path)
  }

  /// The folder's own name; a folder that is missing is made, with another one.
  private func name() throws -> String {
    let file = folder.appending(path: Self.nameFile)
    if let bytes = try? Data(contentsOf: file), !bytes.isEmpty {
      return String(decoding: bytes, as: UTF8.self)
    }
    let name = UUID().uuidString.lowercased()
    try OutputFile.put(Data(name.utf8), as: Self.nameFile, in: folder)
    return name
  }
}
