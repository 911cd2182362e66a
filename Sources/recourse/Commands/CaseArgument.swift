import ArgumentParser
import CaseModel

/// The case that a command is about.
struct CaseArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The case reference; capitals and the hyphen do not matter.", valueName: "ref")
  )
  var reference: String

  /// - Throws: ``Failure`` `invalid-reference` if no case can have it.
  var checked: CaseReference {
    get throws {
      do {
        return try CaseReference(parsing: reference)
      } catch {
        throw Failure.input(error.code, path: "REF", "\(error).".capitalizedSentence)
      }
    }
  }
}
