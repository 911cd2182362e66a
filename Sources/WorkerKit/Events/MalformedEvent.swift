public import CaseModel

/// An event that cannot be taken into account: it is parked with its key until somebody has looked. It names
/// the field and never repeats what stands there.
public struct MalformedEvent: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field's name in the schema, such as `case_reference`.
  public let field: String

  public init(field: String) {
    self.field = field
  }

  public var description: String {
    "the field \(field) of the event is not what it should be"
  }
}

extension CaseReference {
  /// Reads the reference that an event carries.
  /// - Throws: ``MalformedEvent``.
  public init(event text: String) throws {
    do {
      try self.init(parsing: text)
    } catch {
      throw MalformedEvent(field: "case_reference")
    }
  }

  /// Reads the reference that a request carries, as people write it.
  /// - Throws: a ``Refusal`` with the path `caseReference`.
  public init(request text: String) throws {
    do {
      try self.init(parsing: text)
    } catch {
      throw Refusal(.input, code: error.code, path: "caseReference", message: error.description)
    }
  }
}

extension CalendarDate {
  /// Reads the day that a field of an event carries.
  /// - Throws: ``MalformedEvent``.
  public init(event text: String, field: String) throws {
    guard let date = CalendarDate(text) else { throw MalformedEvent(field: field) }
    self = date
  }
}
