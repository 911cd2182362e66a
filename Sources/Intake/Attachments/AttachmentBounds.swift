/// What is bounded of files beside what `FileBounds` says of each.
enum AttachmentBounds {
  /// Files that are taken in at the same time; each is in memory while it is.
  static let uploadsLimit = 4
  /// How long somebody may take to send one.
  static let uploadLimit: Duration = .seconds(120)
  /// Bytes of one message that brings a part.
  static let messageBytesLimit = 64 * 1024
  /// Bytes of one part as it is kept and read.
  static let partBytes = 256 * 1024
  /// Bytes of the files of all drafts together: nobody fills the disk with what is never handed in.
  static let draftsBytesLimit = 2 * 1024 * 1024 * 1024
  /// Characters of an idempotency key.
  static let keyLimit = 200
}
