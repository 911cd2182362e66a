/// Reads `multipart/form-data` (RFC 7578) that is here whole: fields, and at most one file.
struct Multipart: Sendable {
  private let boundary: [UInt8]

  /// Bytes of one part's headers, at most.
  static let headerBytesLimit = 4 * 1024

  /// Nil if the header names no boundary of a form.
  init?(contentType: String) {
    let parts = contentType.split(separator: ";")
    guard let kind = parts.first, kind.lowercased().filter({ $0 != " " }) == "multipart/form-data"
    else { return nil }
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].lowercased().filter({ $0 != " " }) == "boundary" else {
        continue
      }
      let value = pair[1].filter { $0 != "\"" && $0 != " " }
      guard (1...70).contains(value.utf8.count) else { return nil }
      boundary = Array("--\(value)".utf8)
      return
    }
    return nil
  }

  /// - Parameter isWhole: false for the beginning of one: of a file that is too large, or not here whole, the name alone
  ///   is taken.
  /// - Throws: ``Problem/malformed`` for what is none, ``Problem/tooLarge`` for a file over
  ///   ``PortalBounds/fileBytesLimit``.
  func form(of body: [UInt8], isWhole: Bool = true) throws(Problem) -> PostedForm {
    var form = PostedForm()
    guard var at = find(boundary, in: body, from: 0) else { throw .malformed }
    while true {
      at += boundary.count
      if body.dropFirst(at).starts(with: [0x2D, 0x2D]) { return form }
      guard body.dropFirst(at).starts(with: Self.lineEnd) else {
        if isWhole { throw .malformed }
        return form
      }
      at += 2
      guard let head = find(Self.lineEnd + Self.lineEnd, in: body, from: at),
        head - at <= Self.headerBytesLimit
      else {
        if isWhole { throw .malformed }
        return form
      }
      guard let end = find(Self.lineEnd + boundary, in: body, from: head + 4) else {
        if isWhole { throw .malformed }
        try nameFile(body[at..<head], in: &form)
        return form
      }
      if !isWhole, end - head - 4 > PortalBounds.fileBytesLimit {
        try nameFile(body[at..<head], in: &form)
      } else {
        try take(body[at..<head], body[(head + 4)..<end], into: &form)
      }
      at = end + 2
    }
  }

  /// The name of the field, and of the file where it is one.
  private func names(
    _ head: ArraySlice<UInt8>
  ) throws(Problem) -> (field: String, file: String?) {
    guard let text = String(validating: Array(head), as: UTF8.self),
      let line = text.split(separator: "\r\n").first(where: {
        $0.lowercased().hasPrefix("content-disposition:")
      }),
      let name = Self.parameter("name", of: line)
    else { throw .malformed }
    return (name, Self.parameter("filename", of: line))
  }

  private func nameFile(
    _ head: ArraySlice<UInt8>, in form: inout PostedForm
  ) throws(Problem) {
    guard let file = try names(head).file else { return }
    form.file = PostedFile(name: Self.plain(file), bytes: [])
  }

  private func take(
    _ head: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>, into form: inout PostedForm
  ) throws(Problem) {
    let (name, named) = try names(head)
    guard let file = named else {
      guard let value = String(validating: Array(content), as: UTF8.self) else { throw .malformed }
      return try form.add(name, value)
    }
    guard content.count <= PortalBounds.fileBytesLimit else { throw .tooLarge }
    // A browser sends an empty one where none was chosen.
    if file.isEmpty, content.isEmpty { return }
    guard form.file == nil else { throw .malformed }
    form.file = PostedFile(name: Self.plain(file), bytes: Array(content))
  }

  /// Without a path before it.
  static func plain(_ file: String) -> String {
    let last = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    return String(PostedForm.clean(last).prefix(200))
  }

  /// A parameter as browsers write it: in quotation marks, with `%22` for one of them.
  private static func parameter(_ name: String, of line: Substring) -> String? {
    guard let start = line.firstRange(of: "; \(name)=\"")?.upperBound,
      let end = line[start...].firstIndex(of: "\"")
    else { return nil }
    return String(line[start..<end].replacing("%22", with: "\""))
  }

  private func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    guard start >= 0, start <= body.count, let first = needle.first else { return nil }
    var at = start
    while at + needle.count <= body.count {
      guard let hit = body[at...].firstIndex(of: first), hit + needle.count <= body.count else {
        return nil
      }
      if body[hit..<(hit + needle.count)].elementsEqual(needle) { return hit }
      at = hit + 1
    }
    return nil
  }

  private static let lineEnd: [UInt8] = [0x0D, 0x0A]
}
