import Foundation

@testable import Attachments

/// The files of `Fixtures/`, which real programs have written; `make.py` there says how.
enum Fixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// What stands in each place of a picture that says something of who took it and where.
  static let marker = Array("MARKER-OF-A-PLACE".utf8)

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  static let pictures = [
    "plain.jpg", "grey.jpg", "cmyk.jpg", "telephone.jpg", "screen.png", "palette.png",
  ]
  static let papers = ["letter.pdf", "small.pdf"]
}

extension [UInt8] {
  func contains(run: [UInt8]) -> Bool { lastPlace(of: run) != nil }
}

/// What a file comes to: its kind, or the code of why it is refused.
func outcome(_ bytes: [UInt8]) -> String {
  do throws(FileRefusal) {
    return try CleanFile(cleaning: bytes).type.rawValue
  } catch {
    return error.rawValue
  }
}
