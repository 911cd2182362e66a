/// What somebody typed and sent, where it could not be taken: it goes back to them in the page that says what happened, and
/// is kept nowhere else. A code and a file stand in no page: they are asked for again.
struct KeptForm: Sendable {
  private let form: PostedForm
  /// A code was among it.
  let hasCode: Bool
  /// The name of a file that was with it; empty if there was none.
  let file: String

  init(_ form: PostedForm) {
    self.form = form
    hasCode = !form[ReturnForm.code].isEmpty
    file = form.file?.name ?? ""
  }

  /// As it was sent, but for the token of the page that it came from.
  var hidden: [Form.Hidden] { hidden { _ in true } }

  /// Nothing was typed, and no file chosen.
  var isEmpty: Bool { hidden.isEmpty && file.isEmpty && !hasCode }

  /// What may go into another session than the one that it was typed in: the code of the draft that was open then may not.
  var elsewhere: [Form.Hidden] {
    hidden { $0 != OfficerPages.codeKey && $0 != OfficerPages.areaKey }
  }

  /// What goes along to be sent again once the code is right.
  var typed: [Form.Hidden] {
    elsewhere.map { Form.Hidden(name: ReturnForm.prefix + $0.name, value: $0.value) }
  }

  /// What somebody wrote in words of their own, to read it and to copy it.
  var words: [String] {
    form.values.sorted { $0.key < $1.key }
      .filter { !Self.unseen.contains($0.key) }
      .flatMap { $0.value.filter(Self.isWritten) }
  }

  /// All that was typed and chosen, by the field: one word can do harm as well as many.
  func rows(_ say: Say) -> [SummaryRow] {
    form.values.sorted { $0.key < $1.key }
      .map { name, values in
        let isAgain = name.hasPrefix(ReturnForm.prefix)
        return (isAgain ? String(name.dropFirst(ReturnForm.prefix.count)) : name, values)
      }
      .filter { name, values in !Self.unseen.contains(name) && values.contains { !$0.isEmpty } }
      .map { name, values in
        SummaryRow(
          key: say(FormWords.field(name)),
          values: values.filter { !$0.isEmpty }.map { Words(say(FormWords.value($0))) })
      }
  }

  /// With what was written as fields, to be changed before it is sent again.
  func fields(_ say: Say) -> (written: [Field], others: [Form.Hidden]) {
    let names = form.values.filter { name, values in
      !Self.unseen.contains(name) && values.count == 1 && Self.isWritten(values[0])
    }.keys.sorted()
    let label = say("What you typed", "Yr hyn a deipioch")
    let written = names.enumerated().map { number, name in
      Field(name, number == 0 ? label : "\(label) (\(number + 1))", .area(6)).filled(form[name])
    }
    return (written, hidden { !names.contains($0) })
  }

  private func hidden(_ isIn: (String) -> Bool) -> [Form.Hidden] {
    form.values.sorted { $0.key < $1.key }
      .filter { $0.key != PostedForm.tokenField && $0.key != ReturnForm.code && isIn($0.key) }
      .flatMap { name, values in values.map { Form.Hidden(name: name, value: $0) } }
  }

  /// Of our own making, or a secret.
  private static let unseen: Set = [
    PostedForm.tokenField, ReturnForm.code, ReturnForm.target, OfficerPages.codeKey,
    OfficerPages.areaKey, StepPages.seen, OwnChange.keyField,
  ]

  /// A choice and a number are one word.
  private static func isWritten(_ text: String) -> Bool { text.contains(where: \.isWhitespace) }
}
