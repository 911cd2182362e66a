public import CaseModel
public import Foundation

extension CaseEventFact {
  /// Reads an event as it stands in the log. What cannot be read, because the type is not known here, the
  /// bytes are no such message, or what it always says is missing, becomes ``unreadable(type:)``, so that
  /// nothing is left out silently.
  /// - Parameters:
  ///   - type: full name of the message.
  ///   - payload: its bytes.
  public init(type: String, payload: Data) {
    guard let read = EventReader.all[type], let fact = try? read(payload) else {
      self = .unreadable(type: type)
      return
    }
    self = fact
  }

  /// Full names of the messages that can be read, in alphabetical order.
  public static var readableTypes: [String] { EventReader.all.keys.sorted() }
}
