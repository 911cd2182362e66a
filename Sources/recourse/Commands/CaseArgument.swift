import ArgumentParser
import CaseModel

/// The case that a command is about.
struct CaseArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The case reference; capitals and dashes do not matter.", valueName: "ref"))
  var reference: String

  /// - Throws: ``Failure`` `not-a-reference` if no case can have it.
  var checked: CaseReference {
    get throws {
      guard let reference = CaseReference(reading: reference) else {
        throw Failure.input(
          "not-a-reference", path: "REF",
          "This is no case reference: a character is missing, or was misheard.")
      }
      return reference
    }
  }
}
