import Foundation
import WorkerKit

/// The folder in which referrals wait to be fetched: `referrals/` in the worker's output directory, a file
/// for each, named by the referral alone and readable by the owner alone.
///
/// A file is there whole or not at all, also after a power cut. Whoever fetches them may remove a file once
/// its referral is shown as sent, and moves it away rather than copying it: one whose consent is taken back before is
/// removed, and an empty file tells that it was. Another empty file beside it stays and tells that it was there: a worker that was
/// restored from a backup does not send it again.
struct ReferralOutbox: Sendable {
  let folder: URL

  /// - Throws: ``NoOutputDirectory`` if the worker was given no place for files.
  init(of context: WorkerContext) throws {
    self.init(folder: try context.outputFolder("referrals"))
  }

  init(folder: URL) {
    self.folder = folder
  }

  /// True if a referral is in the outbox, or was and has been fetched.
  func hasTaken(_ name: String) throws -> Bool {
    if FileManager.default.fileExists(atPath: marker(of: name)) { return true }
    guard FileManager.default.fileExists(atPath: path(of: name)) else { return false }
    // Cut off between the two.
    try mark(name)
    return true
  }

  /// Puts a referral in. Doing so again changes nothing that can be seen.
  func put(_ bytes: Data, as name: String) throws {
    try OutputFile.put(bytes, as: "\(name).json", in: folder)
    try mark(name)
  }

  /// Takes a referral back that nobody has fetched, and keeps nothing of what stood in it. Doing so again says the same.
  /// - Throws: what keeps it from being moved away.
  /// - Returns: false if it was fetched, or was never put in.
  func takeBack(_ name: String) throws -> Bool {
    let back = "\(name).taken-back"
    let place = folder.appending(path: back).path
    // In one step: either it is here from then on, or whoever fetches it has it. What is gone by then was fetched.
    if FileManager.default.fileExists(atPath: path(of: name)) {
      do {
        try FileManager.default.moveItem(atPath: path(of: name), toPath: place)
      } catch {
        // Nobody has fetched what is still here: it is tried again.
        guard !FileManager.default.fileExists(atPath: path(of: name)) else { throw error }
      }
    }
    guard FileManager.default.fileExists(atPath: place) else { return false }
    try OutputFile.put(Data(), as: back, in: folder)
    return true
  }

  /// Notes for ever that a referral, which is durable, was put in.
  private func mark(_ name: String) throws {
    try OutputFile.put(Data(), as: "\(name).sent", in: folder)
  }

  private func marker(of name: String) -> String {
    folder.appending(path: "\(name).sent").path
  }

  private func path(of name: String) -> String {
    folder.appending(path: "\(name).json").path
  }
}
