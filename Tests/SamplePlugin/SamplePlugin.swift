import Foundation
import Messages
import WorkerKit

/// A plugin that takes in applications and puts on record that it has. What it is called, and whether it asks for
/// more, stands in a line at the end of its file, so that a test makes many of one program.
@main enum SamplePlugin {
  static func main() async {
    let line = SampleLine.ofThisProgram
    await PluginMain.run(line.name, version: line.version) { settings in
      _ = settings.optional("greeting")
      return Worker(
        name: line.name, emits: line.asksForMore ? [Recourse_Support_V1_ReferralMade.self] : [],
        routes: [
          .on(Recourse_Intake_V1_ApplicationReceived.self) { received, transaction in
            try transaction.audit(
              actor: line.name, action: "sample.heard", subject: received.event.caseReference)
          }
        ])
    }
  }
}

/// `#sample NAME VERSION` or `#sample NAME VERSION more`, at the end of the program's file.
struct SampleLine: Sendable {
  var name = "sample-plugin"
  var version = "1.0"
  var asksForMore = false

  static let mark = "#sample "
  private static let bytes: UInt64 = 128

  /// As it stands in the file; as it is by default if nothing stands there.
  static var ofThisProgram: SampleLine {
    guard let file = FileHandle(forReadingAtPath: "/proc/self/exe"),
      let end = try? file.seekToEnd(), (try? file.seek(toOffset: end - bytes)) != nil,
      let tail = try? file.readToEnd(),
      let line = String(decoding: tail, as: UTF8.self).split(separator: "\n").last,
      line.hasPrefix(mark)
    else { return SampleLine() }
    let words = line.dropFirst(mark.count).split(separator: " ").map(String.init)
    guard words.count >= 2 else { return SampleLine() }
    return SampleLine(name: words[0], version: words[1], asksForMore: words.contains("more"))
  }
}
