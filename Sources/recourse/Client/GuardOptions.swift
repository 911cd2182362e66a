import ArgumentParser

/// What every command has that keeps an officer's words.
struct GuardOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Why words that name whoever is complained of are kept all the same, by an officer who has looked at them.",
      valueName: "reason"))
  var guardOverride: String = ""
}
