import ArgumentParser
import CaseModel
import Foundation

/// In which language a command answers.
struct LanguageOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("English (en) or Welsh (cy).", valueName: "en|cy"),
    transform: {
      guard let language = Language(rawValue: $0) else {
        throw ValidationError("There is no such language here; there are en and cy.")
      }
      return language
    })
  var language = Language.english
}

extension Output {
  /// A text that ends as it ends: to a file, which is replaced as a whole, or to standard output.
  /// - Throws: ``Failure`` `unwritable`.
  static func text(_ text: String, to file: String?) throws {
    // By bytes: a line that ends as CSV has it ends in one character, CR and LF.
    let text = text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n"
    guard let file else {
      line(String(text.dropLast()))
      return
    }
    do {
      try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw Failure.input("unwritable", path: file, "The file cannot be written.")
        .with(wayOut: "Name a file in a folder that is there and that you may write to.")
    }
  }
}
