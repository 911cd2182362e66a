import SwiftProtobuf

/// How a message keeps what stands under one name of a plan.
///
/// The tables in this folder are made of these. Reading, writing, comparing and documenting a plan all go by them, so
/// that there is one place to add a field in.
struct PlanColumn<Item: Sendable>: Sendable {
  let field: PlanField
  /// Nil if it is not known.
  let get: @Sendable (Item) -> PlanValue?
  /// Keeps a value that fits the shape; nil forgets it.
  let set: @Sendable (inout Item, PlanValue?) -> Void

  var name: String { field.name }

  /// The same, required.
  var required: PlanColumn { with(isRequired: true, hasHappened: field.hasHappened) }
  /// The same, of what happened.
  var happened: PlanColumn { with(isRequired: field.isRequired, hasHappened: true) }

  private func with(isRequired: Bool, hasHappened: Bool) -> PlanColumn {
    PlanColumn(
      field: PlanField(
        field.name, field.shape, isRequired: isRequired, hasHappened: hasHappened),
      get: get, set: set)
  }

  private init(
    field: PlanField, get: @escaping @Sendable (Item) -> PlanValue?,
    set: @escaping @Sendable (inout Item, PlanValue?) -> Void
  ) {
    self.field = field
    self.get = get
    self.set = set
  }

  init(
    _ name: String, _ shape: PlanShape, get: @escaping @Sendable (Item) -> PlanValue?,
    set: @escaping @Sendable (inout Item, PlanValue?) -> Void
  ) {
    self.init(
      field: PlanField(name, shape), get: get, set: set)
  }
}

extension PlanColumn {
  /// A text of any shape that is kept as it is written; empty where it is not known.
  static func text(
    _ name: String, _ path: WritableKeyPath<Item, String> & Sendable, _ shape: PlanShape = .text
  ) -> PlanColumn {
    PlanColumn(
      name, shape,
      get: { $0[keyPath: path].isEmpty ? nil : .text($0[keyPath: path]) },
      set: { item, value in
        if case .text(let text) = value {
          item[keyPath: path] = text
        } else {
          item[keyPath: path] = ""
        }
      })
  }

  /// A number that may be unknown.
  static func number(
    _ name: String, _ shape: PlanShape, get: @escaping @Sendable (Item) -> Int?,
    set: @escaping @Sendable (inout Item, Int?) -> Void
  ) -> PlanColumn {
    PlanColumn(
      name, shape, get: { get($0).map { .number($0) } },
      set: { item, value in
        if case .number(let number) = value { set(&item, number) } else { set(&item, nil) }
      })
  }

  /// A word for a value of an enum, whose zero says nothing.
  static func choice<Choice: SwiftProtobuf.Enum>(
    _ name: String, _ path: WritableKeyPath<Item, Choice> & Sendable, _ words: [(String, Choice)]
  ) -> PlanColumn {
    PlanColumn(
      name, .choice(words.map(\.0)),
      get: { item in
        words.first { $0.1.rawValue == item[keyPath: path].rawValue }.map { .text($0.0) }
      },
      set: { item, value in
        item[keyPath: path] = Choice()
        guard case .text(let text) = value else { return }
        for word in words where word.0 == text { item[keyPath: path] = word.1 }
      })
  }

  /// Values that belong together; absent if none of them is known.
  static func group<Group: PlanTable>(
    _ name: String, _ path: WritableKeyPath<Item, Group> & Sendable,
    clear: @escaping @Sendable (inout Item) -> Void
  ) -> PlanColumn {
    PlanColumn(
      name, .group(Group.fields),
      get: {
        let record = $0[keyPath: path].record
        return record.fields.isEmpty ? nil : .group(record)
      },
      set: { item, value in
        guard case .group(let record) = value else { return clear(&item) }
        item[keyPath: path] = Group(record)
      })
  }

  static func list<Entry: PlanTable>(
    _ name: String, _ path: WritableKeyPath<Item, [Entry]> & Sendable
  ) -> PlanColumn {
    PlanColumn(
      name, .list(Entry.fields),
      get: {
        $0[keyPath: path].isEmpty ? nil : .list($0[keyPath: path].map(\.record))
      },
      set: { item, value in
        guard case .list(let records) = value else {
          item[keyPath: path] = []
          return
        }
        item[keyPath: path] = records.map(Entry.init)
      })
  }
}

/// A message that is a part of a plan, by the table of what stands in it.
protocol PlanTable: SwiftProtobuf.Message, Hashable, Sendable {
  static var columns: [PlanColumn<Self>] { get }
}

extension PlanTable {
  static var fields: [PlanField] { columns.map(\.field) }

  /// What is known of it, in the table's order.
  var record: PlanRecord {
    PlanRecord(
      Self.columns.compactMap { column in
        column.get(self).map { PlanRecord.Field(column.name, $0) }
      })
  }

  /// - Parameter record: of the shape that the table says.
  init(_ record: PlanRecord) {
    self.init()
    for column in Self.columns { column.set(&self, record[column.name]) }
  }

  /// The same without what happened.
  var planned: Self {
    var copy = self
    for column in Self.columns where column.field.hasHappened { column.set(&copy, nil) }
    return copy
  }

  /// The same with what happened to another one, and with nothing else of it.
  func happened(as other: Self) -> Self {
    var copy = self
    for column in Self.columns where column.field.hasHappened {
      column.set(&copy, column.get(other))
    }
    return copy
  }
}
