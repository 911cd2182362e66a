import Foundation
import Glibc
import Synchronization

/// What was refused, in a file: a line of JSON each, with time, principal, kind and what exactly, and nothing
/// personal. The file stays small, however often somebody is refused.
///
public final class RefusalLog: Sendable {
  private let path: String
  private let pace = Mutex(RefusalPace())

  /// Bytes after which a file is put aside; the one before it goes then.
  public static let bytesLimit = 4 * 1024 * 1024

  /// - Parameter path: of the newest file; the one before it has `.1` at its end.
  public init(path: String) { self.path = path }

  /// Writes down what was refused, unless this principal has been refused the same kind of thing too often of late:
  /// then it is counted, and the next line says how many were left out.
  ///
  /// A disk that does not take it is no reason for the broker not to go on.
  public func note(_ refused: Refused) {
    let at = refused.at ?? Date()
    guard let leftOut = pace.withLock({ $0.take(refused, at: at) }) else { return }
    let line = Line(
      at: at.formatted(.iso8601), principal: refused.principal, kind: refused.kind.rawValue,
      what: refused.detail, leftOut: leftOut)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let text = try? encoder.encode(line) else { return }
    write(text + Data("\n".utf8))
  }

  private func write(_ line: Data) {
    var found = stat()
    if stat(path, &found) == 0, Int(found.st_size) + line.count > Self.bytesLimit {
      rename(path, Self.older(path))
    }
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    _ = line.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
  }

  private static func older(_ path: String) -> String { path + ".1" }

  /// The lines that there are, oldest first; what is no line of this kind is left out.
  /// - Parameter path: as for ``init(path:)``.
  public static func lines(at path: String) -> [Line] {
    [older(path), path].flatMap { file in
      (FileManager.default.contents(atPath: file) ?? Data())
        .split(separator: UInt8(ascii: "\n"))
        .compactMap { try? JSONDecoder().decode(Line.self, from: Data($0)) }
    }
  }

  /// One line of the record.
  public struct Line: Sendable, Hashable, Codable {
    /// ISO 8601.
    public let at: String
    public let principal: String
    /// As ``Refused/Kind`` has it.
    public let kind: String
    public let what: String
    /// How many of the same principal and kind were left out before this one.
    public let leftOut: Int
  }
}
