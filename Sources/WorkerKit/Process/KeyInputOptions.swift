import ArgumentParser
package import Bus
import Glibc

/// Where a process that runs for long has its secret key from.
package struct KeyInputOptions: ParsableArguments {
  /// The flag's name.
  package static let flag = "key-from-input"

  @Flag(
    name: .customLong(flag),
    help: ArgumentHelp(
      "Read the secret key from the first line of standard input, not from DIR/keys.",
      discussion: "So does `recourse up` give it to each process: never by argument or environment."
    ))
  package var fromInput = false

  package init() {}

  /// The pair of a principal, or of the broker. Waits for the line where the input is to say it.
  /// - Throws: ``KeyError``.
  package func pair(of name: String, in folder: KeyFolder) throws(KeyError) -> KeyPair {
    guard fromInput else { return try folder.pair(of: name) }
    return try KeyPair(of: KeyFile.readSecretLine(from: STDIN_FILENO, called: "standard input"))
  }
}
