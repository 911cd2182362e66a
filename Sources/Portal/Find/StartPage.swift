/// Where everybody comes in.
struct StartPage: Sendable {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  var screen: Screen {
    let say = visit.say
    return Screen(
      say(CommonWords.serviceName), [.start(say("Start now", "Dechrau nawr"), visit.link("/apply"))]
    )
  }
}
