/// Short stories of peers and a broker, as inputs.
enum BrokerSeeds {
  /// A worker `w0` on connection 0 that serves, and clients on 4 and 5.
  private static let place: [Step] = [
    Step(.greet, 0, 0, 0b111), Step(.greet, 4, 2, 0), Step(.greet, 5, 2, 0),
  ]
  /// OPEN of `t.S/M` by 4, with its only message.
  private static let unary = Step(.open, 4, 0, 0, 0b0011)
  /// The same with more to come.
  private static let stream = Step(.open, 4, 0, 0, 0b0010)
  /// The same for whoever comes.
  private static let waiting = Step(.open, 4, 0, 0, 0b1011)
  private static let answer = Step(.speak, 0, 0, 1, 0b0101)
  private static let message = Step(.speak, 4, 0, 0, 1)
  private static let second = Step(.time, 0, 1, 0, 0, 1)

  static let all: [(name: String, input: [UInt8])] = everyday + found

  private static let everyday: [(name: String, input: [UInt8])] = [
    story("unary", place + [unary, answer]),
    story(
      "streams-both-ways",
      place + [
        stream, message, Step(.speak, 0, 0, 0, 0b0101), Step(.speak, 4, 0, 3),
        Step(.speak, 0, 0, 3), Step(.speak, 4, 0, 1), answer,
      ]),
    story("cancelled", place + [stream, message, Step(.speak, 4, 0, 4), answer]),
    story("caller-leaves", place + [stream, unary, Step(.session, 4, 3), answer], ending: 1),
    story("handler-vanishes", place + [stream, unary, Step(.leave, 0, 1), message], ending: 1),
    story("handler-is-silent", place + [stream, Step(.time, 0, 6), Step(.time, 0, 6)]),
    story(
      "waits-until-somebody-comes",
      [Step(.greet, 4, 2, 0), waiting, message, Step(.greet, 0, 0, 1), answer, answer]),
    story(
      "waits-for-a-minute", [Step(.greet, 4, 2, 0), waiting, Step(.time, 0, 1, 0, 0xFD, 1)]),
    story(
      "waits-and-gives-up",
      [Step(.greet, 4, 2, 0), waiting, waiting, Step(.speak, 4, 0, 4), Step(.session, 4, 3)]),
    story(
      "too-many-wait",
      [Step(.greet, 4, 2, 0), Step(.greet, 5, 2, 0)] + [
        Step(.open, 4, 0, 0, 0b1011, 0, 0, 0xFE), Step(.open, 5, 0, 0, 0b1011, 0, 0, 0xF8),
        Step(.greet, 0, 0, 1),
      ]),
    story("too-much-waits", [Step(.greet, 4, 2, 0), Step(.open, 4, 0, 0, 0b1011, 0, 7, 0xFF)]),
    story("deadline", place + [Step(.open, 4, 0, 0, 0b0011_0010), second, answer]),
    story(
      "standby-takes-over",
      place + [
        Step(.greet, 1, 0, 0b111), unary, Step(.session, 0, 2), waiting, Step(.session, 0, 3),
        Step(.speak, 1, 0, 1),
      ]),
    story(
      "instances-share-calls",
      [Step(.greet, 0, 0, 0x81), Step(.greet, 1, 0, 0x81), Step(.greet, 4, 2, 0)] + [
        unary, unary, unary, answer, Step(.speak, 1, 0, 1),
      ]),
    story(
      "append",
      place + [
        Step(.open, 4, 4, 0, 0), Step(.speak, 4, 0, 0, 1, 0), Step(.speak, 4, 0, 0, 1, 3),
        Step(.log, 0, 0, 1, 1, 0xF8), Step(.speak, 4, 0, 1),
      ]),
    story(
      "read-and-follow",
      place + [
        Step(.open, 5, 5, 0, 0b0011), Step(.open, 4, 4, 0, 0b0010), Step(.log, 0, 0, 3),
        Step(.log, 1, 0, 1, 2, 0xF8), Step(.speak, 5, 0, 3), Step(.speak, 5, 0, 4),
      ], settings: 4),
    story(
      "many-batches",
      place + [
        Step(.open, 4, 4, 0, 0), Step(.speak, 4, 0, 0, 1, 0, 0, 0xFC),
        Step(.speak, 4, 0, 0, 1, 0, 0, 0xFC), Step(.log, 0, 0, 1, 1, 0xFD),
        Step(.speak, 4, 0, 3, 0, 0), Step(.speak, 4, 0, 0, 1, 0, 0, 0xFD),
      ]),
    story("directory", place + [Step(.open, 4, 7, 0, 0b0011), Step(.session, 4, 1, 3)]),
    story(
      "targets",
      place + [Step(.open, 4, 0, 3, 3), Step(.open, 4, 0, 5, 3), Step(.open, 4, 0, 10, 3)]),
    story(
      "no-frames",
      place + [
        Step(.raw, 4, 0, 0, 0, 7), Step(.raw, 5, 0, 9, 0, 0, 0xC9), Step(.raw, 0, 0, 8, 1, 2),
      ]),
    story("overdrawn", place + [stream, Step(.speak, 4, 0, 0, 1, 0, 0, 0xFD), answer, stream]),
    story("out-of-order", place + [stream, Step(.speak, 4, 0, 0, 1, 0, 0xE3), stream]),
    story("probe", place + [Step(.leave, 0, 6), Step(.time, 0, 3, 3, 0xFC), unary]),
    story(
      "reads-nothing",
      place + [stream, Step(.brim, 0, 0, 0), message, Step(.brim, 4, 0, 9), answer]),
    story("crowd", [Step(.crowd, 0, 0xFF, 2), Step(.greet, 0, 0, 1), second]),
    story(
      "greets-again", place + [unary, Step(.greet, 0, 0, 1, 0xE7), Step(.greet, 0, 1, 1), unary]),
    story(
      "too-many-calls",
      place + [Step(.open, 4, 0, 0, 0b0011, 0, 0, 0xFE), unary, Step(.open, 5, 0, 0, 0b0011)]),
  ]

  /// What has shown a mistake once.
  private static let found: [(name: String, input: [UInt8])] = [
    story(
      "offers-what-the-broker-answers",
      [Step(.greet, 0, 0, 0b11_0000), Step(.greet, 4, 2, 0)] + [
        Step(.open, 4, 4, 0, 0b0011), Step(.open, 4, 7, 0, 0b0011),
      ]),
    story(
      "last-word-is-too-much",
      place + [stream, Step(.brim, 4, 0, 16), answer, stream, Step(.brim, 0, 0, 16)] + [
        Step(.speak, 4, 0, 4)
      ]),
    story(
      "deadline-is-too-much",
      place + [Step(.open, 4, 0, 0, 0b0011_0010), Step(.brim, 0, 0, 16), second]),
    story(
      "long-methods",
      place + [0xE8, 0xE9, 0xEA].map { Step(.open, 4, 0, 0, 0b0011, $0) }),
    story(
      "standby-gets-free",
      [Step(.greet, 0, 0, 1), Step(.greet, 1, 0, 1), Step(.greet, 4, 2, 0), Step(.greet, 5, 2, 0)]
        + [
          Step(.open, 4, 0, 6, 0b0011, 0, 0, 0xFE), Step(.session, 0, 2),
          Step(.open, 5, 0, 0, 0b1011), Step(.session, 0, 3), Step(.speak, 1, 0, 1),
          Step(.time, 0, 1, 0, 0xFD, 1),
        ]),
    story("names-of-other-letters", [3, 4].map { Step(.greet, 0, 0, 1, 0xE4, $0) }),
    story("services-without-methods", [Step(.greet, 0, 0, 0, 0xED)]),
    story(
      "large-directory",
      (0..<6).map { Step(.greet, $0, 2, 0x80, 0xEC) } + [Step(.open, 4, 7, 0, 0b0011)]),
  ]

  /// - Parameters:
  ///   - settings: 4: the log has events.
  ///   - ending: 0: everybody falls silent; 1: takes leave; 2: is unreachable.
  private static func story(
    _ name: String, _ steps: [Step], settings: UInt8 = 0, ending: UInt8 = 0
  ) -> (String, [UInt8]) {
    (name, [settings | ending] + steps.flatMap(\.bytes))
  }
}
