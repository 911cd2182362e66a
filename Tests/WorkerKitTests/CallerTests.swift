import GRPCCore
import Testing

@testable import WorkerKit

@Suite struct CallerTests {
  private enum Field: String { case name, address }

  @Test func `whoever is approved for a purpose is told what both it and the approval allow`()
    throws
  {
    let caller = Caller(principal: "support", approved: ["help": ["name", "birthday"]])
    #expect(try caller.fields([Field.name, .address], for: "help") == [.name])
    #expect(try caller.fields([Field.address], for: "help") == [])
  }

  @Test func `for another purpose they are told nothing`() {
    let caller = Caller(principal: "support", approved: ["help": ["name"]])
    let error = #expect(throws: RPCError.self) {
      try caller.fields([Field.name], for: "gossip")
    }
    #expect(error?.code == .permissionDenied)
    #expect(error?.message.contains("gossip") == true)
  }

  @Test func `where nothing is checked a purpose is told its least`() throws {
    let caller = Caller(principal: "operator")
    #expect(try caller.fields([Field.name], for: "help") == [.name])
  }
}
