/// Everything in the portal that waits, grows or is taken from somebody is bounded by one of these.
enum PortalBounds {
  /// Connections at once; one more waits.
  static let connectionsLimit = 1024
  /// After which a connection on which nothing moves is closed.
  static let idleLimit: Duration = .seconds(30)
  /// How long one request may take, with its body and all that is asked of workers for it.
  static let requestLimit: Duration = .seconds(30)
  /// How long a worker may take to answer one call.
  static let callLimit: Duration = .seconds(10)
  /// How long whoever leaves waits until their session is known to be closed: somebody may be at the door.
  static let exitLimit: Duration = .seconds(1)
  /// How long Intake may take with a file; less than ``requestLimit``, and more than its scanner may take.
  static let uploadLimit: Duration = .seconds(25)
  /// How long open requests may go on after the portal was told to leave.
  static let drainLimit: Duration = .seconds(4)
  /// Bytes of all headers of a request, and of one of them.
  static let headerBytesLimit = 16 * 1024
  /// Headers of a request.
  static let headersLimit = 100
  /// Bytes of a posted form: more than anybody types, so that what is too long comes back in its page, to be shortened.
  static let formBytesLimit = 512 * 1024
  /// Bytes that are read of a body that is too large, and let go, so that the browser comes to read why.
  static let discardedBytesLimit = 64 * 1024 * 1024
  /// Bytes of a posted file, with its form around it.
  static let uploadBytesLimit = 11 * 1024 * 1024
  /// Bytes of one file that is added.
  static let fileBytesLimit = 10 * 1024 * 1024
  /// Bytes of a body of the API with a file in base 64.
  static let fileInJSONBytesLimit = 15 * 1024 * 1024
  /// Fields of a posted form.
  static let fieldsLimit = 300
  /// Characters of one field: as many as a whole form has bytes. What an answer may have is said beside it.
  static let fieldCharactersLimit = 512 * 1024
  /// Addresses whose requests are counted at once.
  static let addressesLimit = 20_000
  /// Codes of materials whose visits are held until they are told.
  static let visitCodesLimit = 500
  /// How long visits are held, and how long it takes until they are told again where that failed.
  static let visitsInterval: Duration = .seconds(30)
}
