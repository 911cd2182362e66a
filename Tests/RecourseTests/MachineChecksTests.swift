import Bus
import Foundation
import Testing

@testable import recourse

/// What `recourse doctor` says of the machine, by what is seen of it.
@Suite struct MachineChecksTests {
  @Test func `a disk without fault has no finding`() {
    #expect(disk { $0.free = Picture.diskNoteLimit }.isEmpty)
    #expect(disk { $0.filesLeft = DiskCheck.filesLimit }.isEmpty)
    #expect(disk { $0.sync = .took(DiskCheck.syncLimit) }.isEmpty)
  }

  @Test func `each fault of a disk is told by its code`() {
    #expect(disk { $0.free = Picture.diskLimit - 1 } == ["problem disk-full /nowhere"])
    #expect(disk { $0.free = Picture.diskLimit } == ["note disk-low /nowhere"])
    #expect(
      disk { $0.filesLeft = DiskCheck.filesLimit - 1 } == ["note few-files-left /nowhere"])
    #expect(disk { $0.fileSystem = .memory } == ["problem disk-is-memory /nowhere"])
    #expect(disk { $0.fileSystem = .remote } == ["problem disk-is-remote /nowhere"])
    #expect(disk { $0.sync = .took(.milliseconds(201)) } == ["note disk-slow /nowhere"])
    #expect(disk { $0.sync = .failed("the disk is full") } == ["problem disk-fails /nowhere"])
  }

  @Test(
    arguments: [
      (0x0102_1994, DiskCheck.FileSystem.memory), (0x8584_58F6, .memory), (0x6969, .remote),
      (0xFF53_4D42, .remote), (0x6573_5546, .remote), (0xEF53, .local), (0x5846_5342, .local),
      // As a signed number has it.
      (0xFFFF_FFFF_FF53_4D42, .remote),
    ] as [(UInt, DiskCheck.FileSystem)])
  func `a file system is known by its number`(magic: UInt, kind: DiskCheck.FileSystem) {
    #expect(DiskCheck.FileSystem(magic: magic) == kind)
  }

  @Test func `the trial on a real disk leaves nothing`() throws {
    try withDirectory { directory in
      let check = DiskCheck.disk(of: directory)
      #expect(!check.findings.codes.contains("disk-fails"), "\(check)")
      let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      #expect(!files.contains { $0.hasPrefix("doctor-") })
    }
    let gone = DiskCheck.disk(of: .elsewhere)
    #expect(gone.findings.inShort == ["problem disk /nowhere"])
  }

  private func disk(_ change: (inout DiskCheck.Look) -> Void) -> [String] {
    var look = DiskCheck.Look()
    change(&look)
    return DiskCheck.disk(look, .elsewhere).findings.inShort
  }

  @Test func `a clock that is set back, stands still or is kept by nobody is told`() {
    let now = Picture.moment
    func clock(_ look: ClockCheck.Look) -> [String] { ClockCheck.clock(look).findings.codes }
    #expect(clock(.init(now: now)).isEmpty)
    #expect(clock(.init(now: now, newestFile: now + ClockCheck.secondsLimit)).isEmpty)
    #expect(clock(.init(now: now, newestFile: now + 61)) == ["clock-behind"])
    #expect(clock(.init(now: now, standsStill: true)) == ["clock-stands"])
    #expect(clock(.init(now: now, isKept: false)) == ["clock-free"])
    #expect(clock(.init(now: now, isKept: true)).isEmpty)
  }

  @Test func `the limits are those of what runs, and of this command where nothing does`() {
    func limits(_ running: [LimitsCheck.OpenFiles], _ own: UInt64?) -> [String] {
      LimitsCheck.limits(running: running, own: own).findings.inShort
    }
    let (few, many) = (LimitsCheck.openFilesLimit - 1, LimitsCheck.openFilesLimit)
    #expect(limits([.init(name: "broker", count: many)], few).isEmpty)
    #expect(
      limits(
        [.init(name: "broker", count: many), .init(name: "panel", count: few)], many)
        == ["note few-open-files panel"])
    #expect(limits([], few) == ["note few-open-files here"])
    #expect(limits([], many).isEmpty && limits([], nil).isEmpty)
  }

  @Test func `the limit of a process is read as the kernel writes it`() throws {
    let text = """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             127235               127235               processes
      Max open files            1024                 524288               files
      """
    #expect(LimitsCheck.openFiles(in: text) == 1024)
    #expect(LimitsCheck.openFiles(in: "Max open files   unlimited  unlimited  files") == .max)
    #expect(LimitsCheck.openFiles(in: "") == nil)
    let own = try String(contentsOfFile: "/proc/self/limits", encoding: .utf8)
    #expect(LimitsCheck.openFiles(in: own) != nil)
  }

  @Test func `an address that cannot be had is told with the option that names another`() {
    func addresses(_ trial: PortTrial) -> [Finding] {
      AddressCheck.addresses([.init(use: .pages, address: "10.0.0.1:9464", trial: trial)])
        .findings
    }
    #expect(addresses(.free).isEmpty)
    #expect(addresses(.taken).inShort == ["problem address-taken 10.0.0.1:9464"])
    #expect(addresses(.elsewhere).inShort == ["problem address-not-here 10.0.0.1:9464"])
    #expect(addresses(.forbidden).inShort == ["problem address-forbidden 10.0.0.1:9464"])
    #expect(addresses(.unknown).inShort == ["note address-unknown 10.0.0.1:9464"])
    #expect(addresses(.taken)[0].wayOut.hasSuffix("give another: --http."))
  }
}
