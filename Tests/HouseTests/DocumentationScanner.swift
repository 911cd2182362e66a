/// Finds public declarations without a documentation comment, line by line.
///
/// It lets through:
/// - cases and requirements of protocols, which do not carry the word `public`;
/// - initialisers that cannot fail: they take the properties that are documented beside them;
/// - properties named after their type, and those in one block with a documented one;
/// - what a protocol asks for: the promise is documented there.
struct DocumentationScanner {
  private static let modifiers: Set<Substring> = [
    "public", "open", "static", "final", "nonisolated", "mutating", "consuming", "borrowing",
    "override", "required", "convenience", "indirect", "lazy", "weak", "unowned",
    "package(set)", "internal(set)", "private(set)", "fileprivate(set)", "nonisolated(unsafe)",
  ]
  private static let kinds: Set<Substring> = [
    "func", "var", "let", "struct", "class", "enum", "actor", "protocol", "typealias", "subscript",
    "init", "associatedtype", "macro",
  ]
  /// Asked for by protocols of the standard library, Foundation, ArgumentParser and GRPCCore.
  private static let documentedElsewhere: Set<String> = [
    "description", "debugDescription", "errorDescription", "hash", "encode", "rawValue", "RawValue",
    "id", "enqueue", "checkIsolated", "unownedExecutor", "next", "makeAsyncIterator",
    "makeIterator", "body",
    "rpcErrorCode", "rpcErrorMessage", "rpcErrorMetadata", "retryThrottle", "connect", "listen",
    "beginGracefulShutdown", "withStream", "config", "Bytes", "write", "finish",
    "configuration", "run", "validate",
  ]

  /// What our own protocols ask for, by their names.
  private let requirements: [String: Set<String>]

  /// - Parameter files: where our own protocols are looked for.
  init(protocolsIn files: [SourceFile]) {
    var requirements: [String: Set<String>] = [:]
    for file in files {
      var current: String?
      for line in file.code {
        if let (kind, name) = Self.declaration(in: line), kind == "protocol" {
          current = name
        } else if line.hasPrefix("}") {
          current = nil
        } else if let current, let (_, name) = Self.declaration(in: line) {
          requirements[current, default: []].insert(name)
        }
      }
    }
    self.requirements = requirements
  }

  func findings(in file: SourceFile) -> [Finding] {
    let asked = namesAskedFor(of: file)
    return file.code.indices.compactMap { index in
      guard let name = undocumentedName(in: file, at: index), !asked.contains(name) else {
        return nil
      }
      return Finding(
        path: file.path, line: index + 1,
        what: "public “\(name)” has no documentation comment. "
          + "Say in a sentence what it is, then what it promises.")
    }
  }

  private func namesAskedFor(of file: SourceFile) -> Set<String> {
    var names = Self.documentedElsewhere
    for line in file.code {
      guard line.contains("{"), let colon = line.firstIndex(of: ":") else { continue }
      for word in line[colon...].split(whereSeparator: { !$0.isLetter }) {
        names.formUnion(requirements[String(word), default: []])
      }
    }
    return names
  }

  private func undocumentedName(in file: SourceFile, at index: Int) -> String? {
    let line = file.code[index]
    guard let (kind, name) = Self.declaration(in: line), Self.isPublic(line) else { return nil }
    if kind == "init", !canFail(file.code[index...]) { return nil }
    if isProperty(kind), isNamedAfterType(name, in: line) { return nil }
    if name.first.map(Self.isOperator) == true || isDocumented(file.lines[..<index]) { return nil }
    if isProperty(kind), isInDocumentedBlock(file, index) { return nil }
    return name
  }
}

// MARK: - Lines

extension DocumentationScanner {
  private static func isPublic(_ line: String) -> Bool {
    line.split(separator: " ").prefix { !kinds.contains($0.prefix(while: \.isLetter)) }
      .contains { $0 == "public" || $0 == "open" }
  }

  /// Kind and name of what a line declares.
  private static func declaration(in line: String) -> (kind: String, name: String)? {
    var words = line.split(separator: " ")[...]
    while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) || isClass(words)
    {
      words.removeFirst()
    }
    guard let kind = words.popFirst()?.prefix(while: \.isLetter), kinds.contains(kind) else {
      return nil
    }
    if kind == "init" || kind == "subscript" { return (String(kind), String(kind)) }
    let word = words.first ?? ""
    let name = word.first.map(isOperator) == true ? word : word.prefix { !"(<:{,".contains($0) }
    return (String(kind), String(name))
  }

  /// True for the modifier `class`, as in `class func`.
  private static func isClass(_ words: ArraySlice<Substring>) -> Bool {
    guard words.first == "class", let next = words.dropFirst().first else { return false }
    return kinds.contains(next)
  }

  private static func isOperator(_ character: Character) -> Bool {
    "=<>!+-*/~&|^%".contains(character)
  }

  private func isProperty(_ kind: String) -> Bool { kind == "let" || kind == "var" }

  /// True for `status: Status`, `key: EventKey` and the like.
  private func isNamedAfterType(_ name: String, in line: String) -> Bool {
    guard let colon = line.firstIndex(of: ":") else { return false }
    let type = line[line.index(after: colon)...].drop { $0 == " " }.prefix(while: \.isLetter)
    return !name.isEmpty && type.lowercased().hasSuffix(name.lowercased())
  }

  /// True if an initialiser may return nil or throw, by what stands before its body.
  private func canFail(_ lines: ArraySlice<String>) -> Bool {
    var signature = ""
    for line in lines.prefix(40) {
      signature += " " + line.prefix { $0 != "{" }
      if line.contains("{") { break }
    }
    return signature.contains(" init?(") || signature.contains(" throws")
  }

  private func isDocumented(_ before: ArraySlice<String>) -> Bool {
    for line in before.reversed() {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("@") || line.hasPrefix("// swift-format-ignore") { continue }
      return line.hasPrefix("///") || line.hasSuffix("*/")
    }
    return false
  }

  /// True if the line right above declares a property of one line that has a comment, itself or
  /// through the one above it.
  private func isInDocumentedBlock(_ file: SourceFile, _ index: Int) -> Bool {
    var index = index
    while index > 0, let (kind, _) = Self.declaration(in: file.code[index - 1]), isProperty(kind),
      !file.code[index - 1].hasSuffix("{")
    {
      index -= 1
      if isDocumented(file.lines[..<index]) { return true }
    }
    return false
  }
}
