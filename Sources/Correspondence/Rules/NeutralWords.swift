public import CaseModel

/// What can be read of a notice before it is opened, or by whoever looks at a telephone: nothing of what it is about.
public enum NeutralWords {
  /// Of an e-mail to a person.
  public static func subject(_ reference: String, in language: Language) -> String {
    switch language {
    case .english: "Your request \(reference)"
    case .welsh: "Eich cais \(reference)"
    }
  }

  /// A text message: that there is something to read, and not what. It fits one message.
  public static func textMessage(_ reference: String, in language: Language) -> String {
    switch language {
    case .english:
      "There is a new letter about your request \(reference). Read it with your reference and your "
        + "code, or ring us and give the reference."
    case .welsh:
      "Mae llythyr newydd am eich cais \(reference). Darllenwch ef gyda'ch cyfeirnod a'ch cod, neu "
        + "ffoniwch ni a rhoi'r cyfeirnod."
    }
  }
}
