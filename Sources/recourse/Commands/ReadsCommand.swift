import ArgumentParser
import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf

/// `recourse case reads`: who has looked into a case.
struct ReadsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reads",
    abstract: "Show who has been told something personal of a case, when and what for.",
    discussion: """
      From the audits of all workers that are there, newest first, 200 lines of each at most. The person sees \
      the same. What was told is not shown, but the names of its fields.

      Example: recourse case reads 4F7K-2M98 --data DIR
      """)

  @OptionGroup var argument: CaseArgument
  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  fileprivate struct Line {
    let worker: String
    let read: Recourse_Worker_V1_CaseRead
  }

  func run() async throws {
    let reference = try argument.checked.description
    let request = Recourse_Worker_V1_ListCaseReadsRequest.with {
      $0.caseReference = reference
    }
    let (lines, more) = try await Connection.open(client) { connection in
      var (lines, more) = ([Line](), [String]())
      for worker in try await connection.workers(nil) {
        let metadata: Metadata = ["recourse-target": "\(worker)"]
        do {
          let response = try await connection.reads.list(
            request, metadata: metadata, options: Connection.limit())
          lines += response.reads.map { Line(worker: worker, read: $0) }
          if response.more { more.append(worker) }
        } catch let error as RPCError where error.code == .unimplemented {
          // A program that serves something else than a slice, or was built before there was this.
          continue
        }
      }
      return (lines.sorted { $0.read.readOn > $1.read.readOn }, more)
    }
    guard !output.json else {
      return Output.line(
        .object([
          ("reference", .text(reference)), ("reads", .list(lines.map(\.json))),
          ("more", .list(more.map(JSON.text))),
        ]))
    }
    guard !lines.isEmpty else { return Output.line("Nobody was told anything of \(reference).") }
    var table = Table("DAY", "WORKER", "WHO", "FOR", "TIMES", "FIELDS")
    for line in lines {
      table.add(
        line.read.readOn, line.worker, line.read.principal, line.read.purpose,
        "\(line.read.times)", line.read.fields.joined(separator: ", "))
    }
    for line in table.lines { Output.line(line) }
    for worker in more { Output.line("\(worker) has older ones: `recourse audit list`.") }
  }
}

extension ReadsCommand.Line {
  fileprivate var json: JSON {
    .object([
      ("day", .text(read.readOn)), ("worker", .text(worker)), ("who", .text(read.principal)),
      ("purpose", .text(read.purpose)), ("times", .number(Int(read.times))),
      ("fields", .list(read.fields.map(JSON.text))),
    ])
  }
}
