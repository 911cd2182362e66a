import Foundation
import Glibc
import WorkerKit

/// The folder in which invitations wait for somebody to send them: `invitations/` in the worker's output directory.
///
/// A file is there whole or not at all, also after a power cut. It is named by ids of the plan and by its sequence;
/// whoever has sent it may remove it.
struct InvitationFolder: Sendable {
  static let name = "invitations"

  private let folder: URL

  /// - Throws: ``NoOutputDirectory`` if the worker was given no place for files.
  init(of context: WorkerContext) throws {
    folder = try context.outputFolder(Self.name)
  }

  func has(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// Puts a file in, or one of the same name in its place.
  func put(_ text: String, as name: String) throws {
    try OutputFile.put(Data(text.utf8), as: name, in: folder)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }
}
