import Foundation
public import FuzzSupport

/// What both fuzzers do around libFuzzer, which links in its own `main` only where there is none.
public enum FuzzDriver {
  /// Runs libFuzzer with the arguments of the process; writes seeds (`--seed GOLDEN FOLDER`); or tells what
  /// happens in one input (`--tell FILE`).
  public static func main(_ target: FuzzTarget, _ test: @escaping Test) -> Never {
    let arguments = CommandLine.arguments
    do {
      switch (arguments.dropFirst().first, arguments.count) {
      case ("--seed", 4):
        try writeSeeds(of: target, golden: arguments[2], to: arguments[3])
        exit(0)
      case ("--tell", 3):
        let input = try Data(contentsOf: URL(filePath: arguments[2]))
        try target.run([UInt8](input)) { print($0) }
        exit(0)
      default: break
      }
    } catch {
      print("\(error)")
      exit(1)
    }
    var count = CommandLine.argc
    var values = CommandLine.unsafeArgv
    exit(runDriver(&count, &values, test))
  }

  /// Runs one input; traps where it shows a breach, which is what libFuzzer takes for a finding.
  public static func run(_ target: FuzzTarget, _ start: UnsafePointer<UInt8>?, _ count: Int) {
    let input = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do { try target.run(input) } catch { fatalError("\(target.rawValue): \(error)") }
  }

  private static func writeSeeds(
    of target: FuzzTarget, golden: String, to folder: String
  ) throws {
    let text = try String(contentsOfFile: golden, encoding: .utf8)
    for (name, input) in target.seeds(golden: text) {
      try Data(input).write(to: URL(filePath: folder).appending(path: name))
    }
  }

  /// Takes an input; returns 0.
  public typealias Test = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
}

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>,
  _ test: FuzzDriver.Test
) -> CInt
