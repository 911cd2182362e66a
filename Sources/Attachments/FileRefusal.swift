/// Why a file is not taken. Says nothing of what is in it.
public enum FileRefusal: String, Error, Sendable, Hashable, CaseIterable {
  /// There is nothing in it.
  case empty = "empty-file"
  /// It has more bytes than ``FileBounds/fileBytesLimit``.
  case tooLarge = "too-large"
  /// Its bytes are none of the four kinds.
  case unknownType = "unknown-type"
  /// It begins as one of the four kinds, and is not one.
  case damaged = "damaged-file"
  /// Only a password opens it, so nobody can look into it.
  case locked = "locked-file"
  /// It could do something when it is opened, or has other files in it.
  case active = "active-file"

  /// What is wrong, and what would be right.
  public var message: String {
    switch self {
    case .empty: "This file is empty; choose another one."
    case .tooLarge:
      "This file is too large; expected \(FileBounds.fileBytesLimit / 1024 / 1024) MiB at most."
    case .unknownType:
      "This is no kind of file that can be taken, whatever its name says; expected a picture "
        + "(JPEG or PNG), a PDF, or plain text saved as UTF-8."
    case .damaged:
      "This file is not whole or not as its kind says; open it, save it anew, and send that."
    case .locked: "This file opens only with a password; save it without one, and send that."
    case .active:
      "This file could run something or has other files in it; print it to a PDF, and send that."
    }
  }
}
