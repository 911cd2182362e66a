public import Policy

extension PolicyPack {
  /// The body that decides, by its name, and in what capacity; of the pack's own unless others are given.
  /// Never a person's name.
  public func decidedBy(body: String = "", capacity: String = "") -> String {
    let key = body.isEmpty ? procedure.decision.body : body
    let capacity = capacity.isEmpty ? procedure.decision.capacity : capacity
    return [self.body(key)?.name ?? key, capacity].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
