import CaseModel

/// What the templates are given of a form.
struct FormContext: Sendable {
  private let blocks: BlockContext
  private let number: Int

  init(_ blocks: BlockContext, _ number: Int) {
    self.blocks = blocks
    self.number = number
  }

  func context(_ form: Form) -> [String: Any] {
    var hidden = form.hidden.map { ["name": $0.name, "value": $0.value] }
    if let token = blocks.formToken {
      hidden.insert(["name": PostedForm.tokenField, "value": token], at: 0)
    }
    return [
      "action": form.action, "isUpload": form.isUpload, "hidden": hidden,
      "fields": form.fields.map(field), "button": form.button, "isSerious": form.isSerious,
      "others": form.others.map { ["label": $0.label, "name": $0.name, "value": $0.value] },
      "label": form.label, "hasLabel": !form.label.isEmpty, "id": "form-\(number)",
    ]
  }

  private func field(_ field: Field) -> [String: Any] {
    let fault = blocks.faults.first { $0.field == field.name }
    var described: [String] = []
    if !field.hint.isEmpty { described.append("\(field.name)-hint") }
    if fault != nil { described.append("\(field.name)-error") }
    var context: [String: Any] = [
      "name": field.name, "label": field.label, "hint": field.hint, "hasHint": !field.hint.isEmpty,
      "isHeading": field.isHeading, "isPlain": !field.isHeading,
      "described": described.joined(separator: " "), "isDescribed": !described.isEmpty,
      "hasFault": fault != nil, "fault": fault?.message ?? "",
      "faultWord": blocks.language == .welsh ? "Gwall:" : "Error:",
    ]
    switch field.kind {
    case .line(let line):
      context["line"] = [
        "type": line.type, "value": field.values.first ?? "", "autocomplete": line.autocomplete,
        "hasAutocomplete": !line.autocomplete.isEmpty, "width": line.width, "mode": line.mode,
        "hasMode": !line.mode.isEmpty, "isSpelled": line.isSpelled,
      ]
    case .area(let rows): context["area"] = ["rows": rows, "value": field.values.first ?? ""]
    case .radios(let list):
      context["group"] = ["choices": choices(list, field, type: "radio"), "isRadios": true]
    case .checkboxes(let list):
      context["group"] = ["choices": choices(list, field, type: "checkbox"), "isRadios": false]
    case .date(let hasDay): context["date"] = ["parts": parts(field, hasDay: hasDay)]
    case .select(let list): context["select"] = ["choices": choices(list, field, type: "option")]
    case .file(let types): context["file"] = ["types": types]
    }
    return context
  }

  private func choices(
    _ choices: [Field.Choice], _ field: Field, type: String
  ) -> [[String: Any]] {
    choices.enumerated().map { number, choice in
      [
        "id": "\(field.name)-\(number)", "name": field.name, "type": type, "value": choice.value,
        "label": choice.label, "hint": choice.hint, "hasHint": !choice.hint.isEmpty,
        "isChosen": field.values.contains(choice.value), "isApart": choice.isApart,
        "or": blocks.language == .welsh ? "neu" : "or",
      ]
    }
  }

  private func parts(_ field: Field, hasDay: Bool) -> [[String: Any]] {
    let isWelsh = blocks.language == .welsh
    let all = [
      ("day", isWelsh ? "Diwrnod" : "Day", 2), ("month", isWelsh ? "Mis" : "Month", 2),
      ("year", isWelsh ? "Blwyddyn" : "Year", 4),
    ]
    return all.filter { hasDay || $0.0 != "day" }.map { part, label, width in
      [
        "id": "\(field.name)-\(part)", "label": label, "width": width,
        "value": field.date[part] ?? "",
        "hasFault": blocks.faults.contains { $0.field == field.name },
      ]
    }
  }
}
