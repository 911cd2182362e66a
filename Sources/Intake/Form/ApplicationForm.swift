public import Foundation
public import Messages
public import Policy
import SwiftProtobuf

/// The whole check of an application, which needs no server: names and types first, then sense.
public enum ApplicationForm {
  /// Reads an application from its proto3 JSON.
  ///
  /// - Parameters:
  ///   - json: UTF-8, at most ``FormBounds/bytesLimit`` bytes.
  ///   - shelf: the packs to choose from, by area and day of receipt.
  ///   - now: the time of receipt if the application does not say it; a later one is refused.
  ///   - maySetReceivedAt: whether it may say when it was received, as an officer and the command
  ///     line may.
  /// - Throws: everything that is wrong, in the order of the form.
  public static func read(
    json: [UInt8], shelf: PolicyShelf, now: Date, maySetReceivedAt: Bool = true
  ) throws(FormProblems) -> CheckedApplication {
    var reader = ApplicationReader(shelf: shelf, now: now, maySetReceivedAt: maySetReceivedAt)
    return try reader.read(try message(json: json))
  }

  /// Reads an application from its message, checked as strictly as its JSON.
  public static func read(
    _ message: Recourse_Intake_V1_Application, shelf: PolicyShelf, now: Date,
    maySetReceivedAt: Bool
  ) throws(FormProblems) -> CheckedApplication {
    var reader = ApplicationReader(shelf: shelf, now: now, maySetReceivedAt: maySetReceivedAt)
    return try reader.read(try Self.message(json: try json(of: message)))
  }

  /// Reads the message from proto3 JSON and checks names, types and bounds, so that it can be
  /// submitted. Whether it makes sense is for ``read(json:shelf:now:maySetReceivedAt:)``, or for the
  /// worker that it is submitted to.
  /// - Throws: everything that is wrong, in the order of the form.
  public static func message(
    json: [UInt8]
  ) throws(FormProblems) -> Recourse_Intake_V1_Application {
    // Some editors begin UTF-8 with a byte order mark.
    let json = json.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(json.dropFirst(3)) : json
    if PlainText.isPlain(json),
      let message = try? Recourse_Intake_V1_Application(jsonUTF8Bytes: json)
    {
      return message
    }
    return try messageLookedAtClosely(json: json)
  }

  /// The same, with every place looked at; ``message(json:)`` does so only where that could find something.
  static func messageLookedAtClosely(
    json: [UInt8]
  ) throws(FormProblems) -> Recourse_Intake_V1_Application {
    let value = try JSONText.read(json)
    var check = SchemaCheck(.application)
    check.check(message: Schema.root, value, at: .whole)
    try check.problems.throwIfAny()
    do {
      return try Recourse_Intake_V1_Application(jsonUTF8Bytes: json)
    } catch {
      throw JSONText.notJSON(json)
    }
  }

  private static func json(
    of message: Recourse_Intake_V1_Application
  ) throws(FormProblems) -> [UInt8] {
    do {
      return try message.jsonUTF8Bytes()
    } catch {
      // The one thing that a message can hold and its JSON cannot.
      throw ProblemList.one(
        .notATimestamp, "A time or a number of the application is outside of what JSON can say.")
    }
  }
}
