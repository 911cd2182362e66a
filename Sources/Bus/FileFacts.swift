import Glibc

/// What the system says of a file, as plain values: in a module that sees several C libraries nobody can say whose
/// structure `stat` is.
public struct FileFacts: Sendable, Hashable {
  /// Kind and permissions, as `st_mode` has them.
  public let mode: UInt32
  /// Number of the user to whom it belongs.
  public let owner: UInt32
  /// Number of the group to which it belongs.
  public let group: UInt32
  /// Its number on its file system.
  public let inode: UInt64
  /// Seconds since 1970 at which it was written last.
  public let modifiedAt: Int64

  /// Nil if it is not there, or cannot be asked about.
  /// - Parameter following: false to be told of a symbolic link itself.
  public init?(path: String, following: Bool = true) {
    var found = stat()
    guard (following ? stat(path, &found) : lstat(path, &found)) == 0 else { return nil }
    self.init(found)
  }

  /// The same of an open file.
  public init?(descriptor: Int32) {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { return nil }
    self.init(found)
  }

  private init(_ found: stat) {
    mode = found.st_mode
    owner = found.st_uid
    group = found.st_gid
    inode = UInt64(found.st_ino)
    modifiedAt = Int64(found.st_mtim.tv_sec)
  }

  /// True if anybody but its owner may read, write or run it.
  public var isOpenToOthers: Bool { mode & 0o077 != 0 }

  /// True if there is another end that may be closed.
  public var isPipeOrSocket: Bool {
    let kind = mode & S_IFMT
    return kind == S_IFIFO || kind == S_IFSOCK
  }
}
