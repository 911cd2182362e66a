import Foundation
import Scanning

/// Whether files that people send are scanned, and by whom: `RECOURSE_CLAMD`, a variable of Intake's process and of
/// `recourse up`.
enum ScannerSetting {
  static let variable = "RECOURSE_CLAMD"

  static let discussion = """
    With RECOURSE_CLAMD=unix:/run/clamav/clamd.ctl or tcp:HOST:PORT intake has each file that somebody sends scanned by \
    ClamAV before it is kept, and takes none while the scanner is away.
    """

  /// Nil where there is none.
  /// - Throws: ``Failure`` `invalid-scanner` if the variable is set to something that is no place.
  static func current() throws -> Clamd? {
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
      return nil
    }
    guard let place = ScannerPlace(text) else {
      throw Failure.usage(
        "invalid-scanner", path: variable,
        "This is no place of a scanner; expected unix:/PATH or tcp:HOST:PORT.")
    }
    return Clamd(at: place)
  }
}
