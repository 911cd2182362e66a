import Testing

/// Imports are a confession: each folder's are in a table.
@Suite struct ImportTests {
  @Test func `every file imports what its folder may`() {
    expectNone(Checkout.swift.flatMap(ImportTable.house.findings(in:)))
  }

  @Test func `every folder of Sources has a row`() {
    let folders = Set(
      Checkout.swift.compactMap { file -> String? in
        let names = file.path.split(separator: "/")
        return names.first == "Sources" ? "Sources/\(names[1])" : nil
      })
    let missing = folders.subtracting(ImportTable.house.ours.keys)
    #expect(missing.isEmpty, "ImportTable.swift: add a row for \(missing.sorted())")
  }

  @Test(arguments: PhraseRule.workerFolders + ["Plugins"])
  func `what is built in is made of what a plugin gets`(folder: String) throws {
    let table = ImportTable.house
    let allowed = try #require(table.ours[folder])
    // What the kit passes on, what is pure, and rules of a worker's own.
    let given: Set = ["Calls", "CaseModel", "Messages", "WebCalls", "WorkerKit"]
    let pure = Set(table.pure.compactMap { $0.split(separator: "/").last.map(String.init) })
    let others = allowed.subtracting(given).subtracting(pure).filter { !$0.hasSuffix("Rules") }
    // Packs, the guard of officers' words; who keeps files has them looked into, who writes has the letters.
    var more: Set = ["PolicyDocuments", "PolicyLibrary", "WordsGuard"]
    if folder == "Sources/Intake" { more.insert("Scanning") }
    if folder == "Sources/Correspondence" {
      more.formUnion(["CaseEvents", "CaseLetters", "Letters"])
    }
    #expect(others.isSubset(of: more), "\(others.sorted())")
    for other in others {
      let below = table.ours["Sources/\(other)", default: []].subtracting(given).subtracting(pure)
        .filter { !$0.hasSuffix("Rules") }
      #expect(below.isSubset(of: more), "\(other) reaches \(below.sorted())")
    }
  }

  @Test(arguments: [
    ("Sources/CaseModel/Bad.swift", "import Foundation"),
    ("Sources/Policy/Bad.swift", "public import Foundation"),
    ("Sources/Threshold/Rules/Bad.swift", "import WorkerKit"),
    ("Sources/Threshold/Rules/Bad.swift", "import Foundation"),
    ("Sources/Panel/Handlers/Bad.swift", "import Intake"),
    ("Sources/Panel/Handlers/Bad.swift", "import ThresholdRules"),
    ("Sources/Panel/Store/Bad.swift", "import GRDB"),
    ("Sources/Supervisor/Bad.swift", "@preconcurrency import ZeroMQ"),
    ("Sources/Supervisor/Bad.swift", "import Bus"),
    ("Sources/WorkerKit/Bad.swift", "import ZeroMQ"),
    ("Sources/WorkerKit/Bad.swift", "import struct ZeroMQ.Socket"),
    ("Sources/WorkerKit/Bad.swift", "import Yams"),
    ("Sources/Broker/Bad.swift", "import Subprocess"),
    ("Sources/Broker/Bad.swift", "import NIOCore"),
    ("Tests/PanelTests/Bad.swift", "@testable import NIOCore"),
    ("Tests/PanelTests/Bad.swift", "import GRDB"),
  ])
  func `an import from across the hall is found`(path: String, line: String) {
    let file = SourceFile(path: path, text: "// import Nothing\n\(line)\n")
    #expect(ImportTable.house.findings(in: file).map(\.line) == [2])
  }

  @Test(arguments: [
    ("Sources/Threshold/Rules/Good.swift", "public import CaseModel"),
    ("Sources/Threshold/Good.swift", "import ThresholdRules"),
    ("Sources/Bus/Good.swift", "import ZeroMQ"),
    ("Sources/Bus/Good.swift", "let important = 1"),
    ("Tests/PanelTests/Good.swift", "@testable import Panel"),
    ("Tests/PanelTests/Good.swift", "import PanelRules"),
  ])
  func `an import of one's own is let through`(path: String, line: String) {
    #expect(ImportTable.house.findings(in: SourceFile(path: path, text: line)).isEmpty)
  }
}
