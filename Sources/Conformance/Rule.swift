/// What a plugin promises to whoever runs it, one thing each.
public enum Rule: String, Sendable, Hashable, CaseIterable {
  case manifestMatches = "manifest-matches"
  case handshakeOld = "handshake-old"
  case handshakeNew = "handshake-new"
  case handshakeUnknownFeature = "handshake-unknown-feature"
  case handshakeUnknownField = "handshake-unknown-field"
  case unknownField = "unknown-field"
  case undeclaredCall = "undeclared-call"
  case undeclaredPublication = "undeclared-publication"
  case redelivery
  case order
  case refusal
  case lateAnswer = "late-answer"
  case crashHalfWay = "crash-half-way"
  case brokerRestart = "broker-restart"
  case consentWithdrawn = "consent-withdrawn"
  case drainInTime = "drain-in-time"
  case noSecretInLogs = "no-secret-in-logs"
  case noPersonalMarker = "no-personal-marker"
  case memoryBound = "memory-bound"

  /// Its name, as `--only` and the report have it.
  public var name: String { rawValue }

  /// What holds of a plugin that keeps it.
  public var promise: String { words.promise }

  /// How it is tried.
  public var trial: String { words.trial }

  private var words: (promise: String, trial: String) {
    switch self {
    case .manifestMatches:
      (
        "The program asks for exactly what its manifest says.",
        "`describe` is held against plugin.yaml."
      )
    case .handshakeOld:
      (
        "It works with a broker that has no optional feature yet.",
        "WELCOME names no features; then events come."
      )
    case .handshakeNew:
      (
        "It leaves, and says so, where a broker speaks only later versions of the wire.",
        "Its greeting is answered by REFUSE with WIRE_VERSION."
      )
    case .handshakeUnknownFeature:
      (
        "It ignores features that it does not know.",
        "WELCOME names a feature of tomorrow; then events come."
      )
    case .handshakeUnknownField:
      (
        "It ignores fields of WELCOME that it does not know.",
        "WELCOME has fields that no schema has; then events come."
      )
    case .unknownField:
      (
        "It reads events and answers that have fields of a later version.",
        "Every event carries fields that no schema has."
      )
    case .undeclaredCall:
      (
        "It calls nothing that it has not declared.",
        "What the broker refuses it is counted in all trials."
      )
    case .undeclaredPublication:
      (
        "It announces nothing, and reads nothing, that it has not declared.",
        "What the broker refuses it is counted in all trials."
      )
    case .redelivery:
      (
        "It acts once on an event that comes twice.",
        "Its connection breaks, and the log is read to it from the beginning again."
      )
    case .order:
      (
        "It acts on the events of one case in their order.",
        "Events come all at once, and answers later for the first; it is compared with one after the other."
      )
    case .refusal:
      (
        "Being refused fells it not: it tries again within bounds, sets the event aside, and goes on.",
        "Whoever it calls answers PERMISSION_DENIED, then FAILED_PRECONDITION, then answers again."
      )
    case .lateAnswer:
      (
        "An answer after its deadline does no harm.",
        "Its first call ends with DEADLINE_EXCEEDED, and the answer comes all the same."
      )
    case .crashHalfWay:
      (
        "Killed between reading and the log's word that it is kept, it loses nothing and doubles nothing.",
        "SIGKILL while the log's answer is held back; then it is started again."
      )
    case .brokerRestart:
      (
        "It goes on by itself when the broker has been away.",
        "The broker goes in the middle of a batch, and comes again."
      )
    case .consentWithdrawn:
      (
        "It acknowledges, in the way that it declares, that a consent is withdrawn.",
        "A consent is given and withdrawn."
      )
    case .drainInTime:
      (
        "It leaves in order when its input ends.",
        "Its input ends while events come and an answer is awaited."
      )
    case .noSecretInLogs:
      (
        "No key and no secret setting gets into a log, an event, an argument or another file.",
        "Secret values are looked for in all that it wrote in all trials."
      )
    case .noPersonalMarker:
      (
        "Nothing personal gets into a log, an event, an argument or the name of a file.",
        "Whatever personal it is told is a marker, which is looked for in all trials."
      )
    case .memoryBound:
      (
        "Its memory does not grow with what it has taken in.",
        "\(ConformanceBounds.memoryEvents) events, then its memory is measured."
      )
    }
  }
}
