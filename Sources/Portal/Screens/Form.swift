/// Something to fill in and send, to a path of ours by POST.
struct Form: Sendable, Hashable {
  /// In the language of the page; see ``Visit/link(_:)``.
  var action: String
  var fields: [Field]
  var button: String
  /// What goes with it unseen. The token of the session is put in by itself.
  var hidden: [Hidden] = []
  /// Sends a file.
  var isUpload = false
  /// What is sent cannot be taken back: the button says so by its colour.
  var isSerious = false
  /// Other buttons: they send the form with this name and value.
  var others: [OtherButton] = []
  /// Says what the form is, where a page has several.
  var label = ""

  struct Hidden: Sendable, Hashable {
    let name: String
    let value: String
  }

  struct OtherButton: Sendable, Hashable {
    let label: String
    let name: String
    let value: String
  }

  init(
    _ action: String, _ fields: [Field], button: String, hidden: [Hidden] = [],
    isUpload: Bool = false, isSerious: Bool = false, others: [OtherButton] = [], label: String = ""
  ) {
    self.action = action
    self.fields = fields
    self.button = button
    self.hidden = hidden
    self.isUpload = isUpload
    self.isSerious = isSerious
    self.others = others
    self.label = label
  }
}

/// A question of a form.
struct Field: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case line(Line)
    /// Rows shown.
    case area(Int)
    case radios([Choice])
    case checkboxes([Choice])
    /// Named NAME-day, NAME-month, NAME-year; without a day where only the month is asked.
    case date(hasDay: Bool)
    case select([Choice])
    /// What a browser offers to choose: media types.
    case file(String)
  }

  /// How one line is typed.
  struct Line: Sendable, Hashable {
    /// `text`, `email` or `tel`.
    var type = "text"
    /// What the browser may fill in by itself, such as `name`; empty: nothing.
    var autocomplete = ""
    /// Characters that it is wide for; 0: as wide as the page.
    var width = 0
    /// `numeric` for digits.
    var mode = ""
    var isSpelled = false
  }

  struct Choice: Sendable, Hashable {
    let value: String
    let label: String
    var hint = ""
    /// "or" stands before it.
    var isApart = false

    init(_ value: String, _ label: String, hint: String = "", isApart: Bool = false) {
      self.value = value
      self.label = label
      self.hint = hint
      self.isApart = isApart
    }
  }

  let name: String
  let label: String
  var hint = ""
  let kind: Kind
  /// The label is the heading of the page: one question a page.
  var isHeading = false
  /// What stands in it: of boxes all that are ticked; of dates nothing, see ``date``.
  var values: [String] = []
  /// Of a date what was typed, by part: `day`, `month`, `year`.
  var date: [String: String] = [:]

  init(
    _ name: String, _ label: String, hint: String = "", _ kind: Kind, isHeading: Bool = false
  ) {
    self.name = name
    self.label = label
    self.hint = hint
    self.kind = kind
    self.isHeading = isHeading
  }

  /// With what was typed, as it was typed.
  func filled(from form: PostedForm) -> Field {
    var copy = self
    copy.values = form.all(name)
    for part in ["day", "month", "year"] { copy.date[part] = form["\(name)-\(part)"] }
    return copy
  }

  func filled(_ values: String...) -> Field {
    var copy = self
    copy.values = values.filter { !$0.isEmpty }
    return copy
  }

  /// Where a link of the summary of errors leads: the first thing that can be typed in.
  var focus: String {
    switch kind {
    case .date(let hasDay): "\(name)-\(hasDay ? "day" : "month")"
    case .radios(let choices), .checkboxes(let choices):
      choices.isEmpty ? name : "\(name)-0"
    case .line, .area, .select, .file: name
    }
  }
}
