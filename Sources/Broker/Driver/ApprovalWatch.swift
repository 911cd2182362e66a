import Glibc
import Messages

/// Looks whether approvals have changed. What cannot be looked at changes nothing, so that nobody is thrown out
/// because the process has no descriptor left, and is looked at again.
struct ApprovalWatch: Sendable {
  private struct Stamp: Equatable {
    let name: String
    var file: UInt64 = 0
    var size = 0
    var seconds: [Int] = []
    var nanoseconds: [Int] = []
  }

  let folder: ApprovalFolder
  private let complain: @Sendable (ApprovalError) -> Void
  /// Nil until the folder has been looked at.
  private var stamps: [Stamp]?
  /// The folder could not be looked at the last time; some file could not.
  private var isFolderUnseen = false
  private var isFileUnseen = false
  /// What is approved now, by principal.
  private(set) var approvals: [String: Recourse_Bus_V1_Manifest] = [:]

  /// Reads all for the first time.
  /// - Parameter complain: told of each file that cannot be read, once.
  init(_ folder: ApprovalFolder, complain: @escaping @Sendable (ApprovalError) -> Void) {
    self.folder = folder
    self.complain = complain
    _ = look()
  }

  /// What is approved now, if that is something else than before. For whom a file is malformed nothing is approved;
  /// for whom it cannot be looked at there stays approved what was.
  mutating func look() -> [String: Recourse_Bus_V1_Manifest]? {
    // Before they are read: a change between the two is seen at the next look.
    guard let found = Self.stamps(in: folder) else {
      if !isFolderUnseen {
        complain(ApprovalError(path: folder.path, what: "it cannot be looked at", isUnseen: true))
      }
      isFolderUnseen = true
      return nil
    }
    isFolderUnseen = false
    let isChanged = found != stamps
    guard isChanged || isFileUnseen else { return nil }
    stamps = found
    let approvals = read(found, isNews: isChanged)
    guard approvals != self.approvals else { return nil }
    self.approvals = approvals
    return approvals
  }

  /// - Parameter isNews: what is wrong has not been told yet.
  private mutating func read(
    _ stamps: [Stamp], isNews: Bool
  ) -> [String: Recourse_Bus_V1_Manifest] {
    var approvals: [String: Recourse_Bus_V1_Manifest] = [:]
    isFileUnseen = false
    for principal in stamps.prefix(ApprovalFolder.principalsLimit).map(\.name) {
      do throws(ApprovalError) {
        approvals[principal] = try folder.approved(for: principal)
      } catch {
        if error.isUnseen {
          isFileUnseen = true
          approvals[principal] = self.approvals[principal]
        }
        if isNews { complain(error) }
      }
    }
    return approvals
  }

  /// Nil if the folder cannot be looked at. A name whose file cannot be has a stamp that says nothing.
  private static func stamps(in folder: ApprovalFolder) -> [Stamp]? {
    folder.listing?.compactMap { principal in
      var found = stat()
      guard stat(folder.file(of: principal), &found) == 0 else {
        return errno == ENOENT ? nil : Stamp(name: principal)
      }
      return Stamp(
        name: principal, file: UInt64(found.st_ino), size: Int(found.st_size),
        seconds: [found.st_mtim.tv_sec, found.st_ctim.tv_sec],
        nanoseconds: [found.st_mtim.tv_nsec, found.st_ctim.tv_nsec])
    }
  }
}
