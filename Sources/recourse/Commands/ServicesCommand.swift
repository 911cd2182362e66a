import ArgumentParser
import Messages

/// `recourse services`: what can be called, and who answers it.
struct ServicesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "services",
    abstract: "Show every gRPC service that somebody offers, with its methods.",
    discussion: """
      Workers and plugins tell the broker what they offer when they join; messages are shown for \
      services that this program was built with. A worker's name in brackets is what a call to a service \
      that several offer has to name (the metadata recourse-target).

      Example: recourse services recourse.intake.v1.Intake --data DIR
      """)

  @Argument(help: "Show only this one, by its full name.")
  var service: String?

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let directory = try await Connection.open(client) { try await $0.sessions() }
    let all = try ServiceList(directory).services
    let shown = all.filter { service == nil || $0.name == service }
    guard !shown.isEmpty else {
      throw Failure(
        exit: .input, code: "unknown-service", path: "service",
        message: "Nobody offers that service just now.",
        wayOut: "Without a name, recourse services shows all that are offered.")
    }
    if output.json {
      Output.line(.object([("services", .list(shown.map(\.json)))]))
    } else {
      for service in shown { service.print() }
    }
  }
}

extension ServiceList.Service {
  func print() {
    let who = workers.map { $0.instances == 1 ? $0.name : "\($0.name) ×\($0.instances)" }
    Output.line("\(name) [\(who.joined(separator: ", "))]")
    for method in methods {
      let types = method.types.map { ": \($0.input) → \($0.output)" } ?? ""
      Output.line("  \(method.name) (\(method.kind))\(types)")
    }
  }

  var json: JSON {
    .object([
      ("name", .text(name)),
      (
        "workers",
        .list(
          workers.map {
            .object([("name", .text($0.name)), ("instances", .number($0.instances))])
          })
      ),
      (
        "methods",
        .list(
          methods.map { method in
            .object([
              ("name", .text(method.name)), ("kind", .text(method.kind)),
              ("input", method.types.map { .text($0.input) } ?? .null),
              ("output", method.types.map { .text($0.output) } ?? .null),
            ])
          })
      ),
    ])
  }
}
