import Foundation
import Glibc
public import Logging

/// Writes what a process logs as ``LogLine``s, to standard error unless it is told where else.
///
/// The metadata `key` of an event or a timer that is a case's (`case/REF`) also becomes the field `case`.
public struct LineLogHandler: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?
  public var logLevel = Logger.Level.info
  private let process: String
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - process: the name that every line bears.
  ///   - metadataProvider: asked at every line, such as for the id of the call that is being answered.
  ///   - write: takes a line without its end, on any thread.
  public init(
    process: String, metadataProvider: Logger.MetadataProvider? = nil,
    write: @escaping @Sendable (String) -> Void = Self.toStandardError
  ) {
    self.process = process
    self.metadataProvider = metadataProvider
    self.write = write
  }

  /// A logger that writes so.
  public static func logger(
    _ process: String, metadataProvider: Logger.MetadataProvider? = nil,
    write: @escaping @Sendable (String) -> Void = Self.toStandardError
  ) -> Logger {
    Logger(label: process) { _ in
      LineLogHandler(process: process, metadataProvider: metadataProvider, write: write)
    }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    var fields = all.mapValues { "\($0)" }
    if let key = fields["key"], key.hasPrefix(Self.caseKey), fields["case"] == nil {
      fields["case"] = String(key.dropFirst(Self.caseKey.count))
    }
    // The kind of an error only: its text may hold what must not leave the process.
    if let error = event.error { fields["error"] = "\(type(of: error))" }
    write(
      LogLine(
        time: Date(), level: event.level, process: process, processID: getpid(),
        message: "\(event.message)", fields: fields
      ).text)
  }

  private static let caseKey = "case/"

  /// One write for each line, so that lines of several threads do not mix. What nobody takes is lost.
  @Sendable public static func toStandardError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      rest = rest.dropFirst(written)
    }
  }
}
