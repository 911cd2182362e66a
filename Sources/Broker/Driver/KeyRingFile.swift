public import Bus
import Foundation
import Glibc

/// A ring of keys in its file: JSON, written whole or not at all.
public enum KeyRingFile {
  /// Bytes of the largest ring that is read.
  private static let bytesLimit = 4 * 1024 * 1024

  /// Reads a ring.
  /// - Throws: ``KeyError``, also if others than the file's owner could change it.
  public static func read(_ path: String) throws(KeyError) -> KeyRing {
    let text = try KeyFile.text(of: path, isSecret: false, bytesLimit: bytesLimit)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let ring = try? decoder.decode(KeyRing.self, from: Data(text.utf8)) else {
      throw .malformed(path: path)
    }
    return ring
  }

  /// Writes a ring, for its owner's eyes.
  /// - Throws: ``KeyError``.
  public static func write(_ ring: KeyRing, to path: String) throws(KeyError) {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(ring) else { throw .malformed(path: path) }
    try KeyFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
  }
}

/// Looks whether a ring has changed: its file, or what it means as time passes.
struct KeyRingWatch: Sendable {
  private struct Stamp: Equatable {
    let file: UInt64
    let size: Int
    let seconds: [Int]
    let nanoseconds: [Int]
  }

  let path: String
  private var ring: KeyRing
  private var stamp: Stamp?
  private var nextEnd: Date?
  /// The file has changed and could not be read yet.
  private var isUnread = false
  /// What it means now.
  private(set) var standing: KeyRing.Standing

  /// Reads the ring for the first time.
  /// - Throws: ``KeyError``.
  init(path: String, now: Date) throws(KeyError) {
    self.path = path
    // Before it is read: a change between the two is seen at the next look.
    stamp = Self.stamp(of: path)
    ring = try KeyRingFile.read(path)
    nextEnd = ring.nextEnd(after: now)
    standing = ring.standing(at: now)
  }

  /// What the ring means now, if that is something else than before. One that cannot be read changes nothing, so
  /// that nobody is let in or thrown out by a slip of the hand; it is tried again at each look, since what keeps it
  /// from being read may leave no trace in the file's times, and complained of once.
  mutating func look(at now: Date, complain: (KeyError) -> Void) -> KeyRing.Standing? {
    let found = Self.stamp(of: path)
    let isDue = nextEnd.map { $0 <= now } ?? false
    let isChanged = found != stamp
    guard isChanged || isUnread || isDue else { return nil }
    if isChanged || isUnread {
      stamp = found
      do throws(KeyError) {
        ring = try KeyRingFile.read(path)
        isUnread = false
      } catch {
        isUnread = true
        if isChanged { complain(error) }
      }
    }
    nextEnd = ring.nextEnd(after: now)
    let standing = ring.standing(at: now)
    guard standing != self.standing else { return nil }
    self.standing = standing
    return standing
  }

  private static func stamp(of path: String) -> Stamp? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    return Stamp(
      file: UInt64(found.st_ino), size: Int(found.st_size),
      seconds: [found.st_mtim.tv_sec, found.st_ctim.tv_sec],
      nanoseconds: [found.st_mtim.tv_nsec, found.st_ctim.tv_nsec])
  }
}
