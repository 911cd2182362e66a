/// Elements under numbers that are never given twice. The place of an element is part of its number, so
/// that it is found without hashing and changed where it lies.
///
/// A number is `prefix`, then a count that goes up, then the slot: of two numbers the lower is the older.
struct SlotTable<Element: Sendable>: Sendable {
  private struct Slot: Sendable {
    var number: UInt64
    var element: Element?
  }

  /// Elements at once.
  let limit: Int
  private let slotBits: Int
  private let prefix: UInt64
  private var slots: [Slot] = []
  private var free: [Int] = []
  private var last: UInt64 = 0

  /// - Parameters:
  ///   - slotBits: two to the power of this is the limit.
  ///   - prefix: upper bits of all numbers; must leave room for the count below it.
  init(slotBits: Int, prefix: UInt64 = 0) {
    self.slotBits = slotBits
    self.prefix = prefix
    limit = 1 << slotBits
  }

  var count: Int { slots.count - free.count }
  var isEmpty: Bool { count == 0 }
  var isFull: Bool { count == limit }

  /// Numbers of all elements, oldest first.
  var numbers: [UInt64] {
    slots.lazy.filter { $0.element != nil }.map(\.number).sorted()
  }

  /// Number of the oldest element that is such a one. Elements are read where they lie.
  func oldest(where isSuch: (borrowing Element) -> Bool) -> UInt64? {
    var oldest: UInt64?
    for slot in slots.indices where slots[slot].element != nil {
      let number = slots[slot].number
      if oldest.map({ number < $0 }) ?? true, isSuch(self[at: slot]) { oldest = number }
    }
    return oldest
  }

  /// Puts in what `make` makes of its number. The table must not be full.
  mutating func insert(_ make: (UInt64) -> Element) -> UInt64 {
    precondition(!isFull, "a full table took another element")
    last += 1
    let slot = free.popLast() ?? slots.count
    let number = prefix | last << UInt64(slotBits) | UInt64(slot)
    let entry = Slot(number: number, element: make(number))
    if slot == slots.count { slots.append(entry) } else { slots[slot] = entry }
    return number
  }

  @discardableResult
  mutating func remove(_ number: UInt64) -> Element? {
    guard let slot = slot(of: number) else { return nil }
    free.append(slot)
    return slots[slot].element.take()
  }

  /// Where an element lies, until it is removed.
  @inline(__always)
  func slot(of number: UInt64) -> Int? {
    let slot = Int(number & UInt64(limit - 1))
    guard slot < slots.count, slots[slot].number == number, slots[slot].element != nil else {
      return nil
    }
    return slot
  }

  /// The element at a place that ``slot(of:)`` has named, to be read and changed where it lies.
  subscript(at slot: Int) -> Element {
    @inline(__always) _read { yield slots[slot].element.unsafelyUnwrapped }
    @inline(__always) _modify { yield &slots[slot].element! }
  }

  /// The element, to be read and changed in place; setting nil is for ``remove(_:)``.
  subscript(number: UInt64) -> Element? {
    _read {
      if let slot = slot(of: number) { yield slots[slot].element } else { yield nil }
    }
    _modify {
      if let slot = slot(of: number) {
        yield &slots[slot].element
      } else {
        var none: Element?
        yield &none
      }
    }
  }
}

extension Optional {
  /// The value, leaving nil.
  mutating func take() -> Wrapped? {
    defer { self = nil }
    return self
  }
}
