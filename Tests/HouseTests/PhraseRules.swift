extension PhraseRule {
  /// Code that takes facts and returns decisions, and nothing else.
  static let pureFolders = [
    "Sources/CaseModel", "Sources/Policy", "Sources/Torture", "Sources/*/Rules", "Plugins/*/Rules",
    "Sources/Broker/Routing", "Sources/Broker/Rights", "Sources/Supervisor/Core",
    "Sources/Bus/Wire", "Sources/Bus/Streams", "Sources/Bus/Peer/SessionMachine.swift",
  ]

  static let workerFolders = [
    "Intake", "Threshold", "Panel", "Support", "Correspondence", "Reporting",
  ].map {
    "Sources/\($0)"
  }

  /// The rules of the house that are about words.
  static let all = [
    PhraseRule(
      name: "no clock in rules and cores",
      phrases: [
        "Date()", "Date.now", "(.now", ": .now", "= .now", "ContinuousClock", "SuspendingClock",
        "DispatchTime", "DispatchWallTime", "ProcessInfo", "Task.sleep", "clock_gettime",
        "gettimeofday", "time(nil)",
      ],
      places: pureFolders,
      instead: "Take the time as an argument; whoever drives the core reads the clock."),

    PhraseRule(
      name: "no chance in rules and cores",
      phrases: [
        "SystemRandomNumberGenerator", ".random(", ".randomElement()", ".shuffled()", "UUID()",
        "Hasher()", "getrandom",
      ],
      places: pureFolders,
      instead: "Take what is drawn as an argument, so that one input gives one decision."),

    PhraseRule(
      name: "a worker's time comes from the kit",
      phrases: [
        "Date()", "Date.now", "(.now", ": .now", "= .now", "ContinuousClock", "SuspendingClock",
        "SystemClock()",
      ],
      places: workerFolders,
      instead: "Use the transaction's `now` and `today`, or `context.clock`."),

    PhraseRule(
      name: "nothing waits by the clock",
      phrases: ["Task.sleep", "Thread.sleep", "usleep(", "nanosleep("],
      places: ["Sources", "Plugins"],
      exceptions: [
        "Plugins/AgencySimulators/Pace.swift", "Sources/Intake/Attachments/Wire/Upload.swift",
        "Sources/Scanning/Clamd.swift", "Sources/WorkerKit/Running/SteeredClock.swift",
        "Sources/WorkerKit/Running/Timeout.swift",
        "Sources/WorkerKit/Running/WorkerClock.swift",
      ],
      instead: "Wait for what is to happen; pauses and limits are in WorkerKit/Running."),

    PhraseRule(
      name: "tests wait for events, never for time",
      phrases: ["sleep("],
      places: ["Tests"],
      harmlessAfter: ["func ", " clock."],
      instead: "Wait for the event itself, or move a manual clock."),

    PhraseRule(
      name: "nothing falls over",
      phrases: ["try!", "as!", "fatalError("],
      places: ["Sources", "Plugins"],
      instead: "Throw, refuse or return an outcome; a broken invariant is a `precondition`."),

    PhraseRule(
      name: "nothing is left for later in the text",
      phrases: ["TODO", "FIXME", "XXX", "HACK"],
      reading: .page,
      exceptions: ["Tests/HouseTests"],
      instead: "Do it, or file it where work is planned."),

    PhraseRule(
      name: "the project speaks for itself",
      phrases: [
        "/work/", "../shared", "shared/examples", "issue #", "issues show", "this issue",
        "next issue", "later issue", "design.md", "domain.md", "goals.md", "style.md", "Claude",
        "ChatGPT", "Copilot", "as an AI", "Co-authored-by",
      ],
      reading: .page,
      exceptions: ["Tests/HouseTests"],
      instead: "Say here what the reader needs, or cite the statute or a decision record."),

    PhraseRule(
      name: "the three letters that mean two bodies",
      phrases: ["PCC"],
      reading: .page,
      exceptions: ["Tests/HouseTests", "Sources/recourse/Recourse.docc/Glossary.md"],
      instead: "Write “council” or “local policing body”: it has been used for both."),
  ]
}
