import ArgumentParser
import Foundation
import Messages
import SwiftProtobuf

/// `recourse demo`: one case, the whole way.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See a case review happen, through real processes, in a few seconds.",
    discussion: """
      Starts a supervisor, a broker, seven workers and four plugins in a temporary directory, with the clock at \
      the time of the application; gives a poster its code; takes the application in; has the threshold assessed; asks \
      police and housing providers by files, which simulators answer; has the threshold decided; writes the letter about \
      it; finds a day for the panel; makes a referral to a support provider, whose simulator answers; opens the case at \
      the public's pages; prints the four statutory figures; counts that the poster's code was told; and stops and removes \
      everything. The people in the built-in application are invented.

      If something does not come about that it is to show, it says so and ends with status 70.

      Example: recourse demo --application three-complaints.json
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take this application instead of the built-in one; - is standard input.", valueName: "file"))
  var application: String?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let json =
      if let application {
        try await Input.bytes(of: application)
      } else {
        Array(ExampleApplication.json.utf8)
      }
    let form = try ApplyCommand.read(json)
    // An application that does not say when it was received is received now.
    let received =
      form.hasReceivedAt
      ? form.receivedAt : Google_Protobuf_Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    var application = form
    application.receivedAt = received
    let story = DemoStory(isTold: !output.json)
    let clock = Moment.text(received)
    let exchange = DemoExchange(application)
    let outreach = DemoOutreach()
    let support = DemoSupport(application)
    let letters = DemoLetters()
    let isBuiltIn = self.application == nil
    let result = try await support.withProvider { [application] endpoint in
      try await DemoStage.with(
        clock: clock,
        prepare: { directory in
          try await exchange.prepare(directory)
          try await outreach.prepare(directory)
          try await support.prepare(directory, endpoint: endpoint)
          try await letters.prepare(directory)
        },
        { stage in
          try await DemoJourney(
            stage: stage, story: story, exchange: exchange, outreach: outreach, support: support,
            letters: letters, isBuiltIn: isBuiltIn, clock: clock
          ).run(application)
        })
    }
    story.tell("Stopped", "All processes ended in order; nothing is left of them but this story.")
    if output.json { Output.line(result.json) }
  }
}
