import Foundation
import Glibc
import Testing

@testable import recourse

/// What `recourse doctor` says of files and of the locks on them.
@Suite struct FilesCheckTests {
  @Test func `a directory as it is made is for its owner alone`() throws {
    try withDirectory { directory in
      try directory.write("", "log.sqlite")
      try directory.write("x", "packs/plymouth.yaml", mode: 0o644)
      #expect(FilesCheck.permissions(of: directory).findings.isEmpty)
    }
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o601] as [mode_t])
  func `a file that anybody else may touch is told`(mode: mode_t) throws {
    try withDirectory { directory in
      try directory.write("", "slices/intake.sqlite", mode: mode)
      let findings = FilesCheck.permissions(of: directory).findings
      #expect(findings.inShort == ["problem too-open \(directory.path)/slices/intake.sqlite"])
      #expect(findings.first?.wayOut == "chmod -R go-rwx \(directory.path)")
    }
  }

  @Test(
    arguments: [
      // A plain directory of one's own; as the kubelet gives one to a group; the same, open to be written to.
      (0o40700, 7, true, Openness.closed), (0o42775, 7, true, .volume), (0o42770, 7, true, .volume),
      (0o42777, 7, true, .open),
      // Of another group, without setgid, or not the directory itself.
      (0o42770, 8, true, .open), (0o40770, 7, true, .open), (0o42770, 7, false, .open),
      (0o100640, 7, false, .open), (0o100600, 7, false, .closed), (0o42700, 7, false, .closed),
    ] as [(UInt32, UInt32, Bool, Openness)])
  func `a group is trusted with a volume's own folder, and with nothing in it`(
    mode: UInt32, group: UInt32, isTop: Bool, expected: Openness
  ) {
    #expect(Openness(mode: mode, group: group, isTop: isTop, ofGroups: [7]) == expected)
  }

  @Test func `a volume of Kubernetes is a note, and what is open in it has a way out of its own`()
    throws
  {
    try withDirectory { directory in
      #expect(chmod(directory.path, 0o2770) == 0)
      let alone = FilesCheck.permissions(of: directory).findings
      #expect(alone.inShort == ["note volume-of-group \(directory.path)"])
      try directory.write("", "log.sqlite", mode: 0o660)
      let open = FilesCheck.permissions(of: directory).findings
      #expect(open.codes == ["too-open", "volume-of-group"])
      #expect(open[0].wayOut.contains("fsGroupChangePolicy: OnRootMismatch"))
      #expect(open[0].wayOut.hasSuffix("chmod -R go-rwx \(directory.path)/*"))
    }
  }

  @Test func `files of another user are a note, with how many there are`() {
    let findings = FilesCheck.findings(.elsewhere, open: [], foreign: ["/b", "/a"], volume: nil)
    #expect(findings.inShort == ["note of-another-user /a"])
    #expect(findings[0].message.hasSuffix("; so with 1 more."))
  }

  // MARK: Locks

  static let table = LockTable(
    parsing: """
      1: FLOCK  ADVISORY  WRITE 4711 08:01:42 0 EOF
      2: POSIX  ADVISORY  READ 4712 08:01:43 128 128
      3: FLOCK  ADVISORY  WRITE 4713 fd:1a:42 0 EOF
      4: FLOCK  ADVISORY  WRITE 4714 08:01:44 0 EOF
      nonsense
      """)

  @Test func `files of two devices with one number are two files`() {
    #expect(Self.table.holder(of: 42, on: .init(major: 8, minor: 1)) == 4711)
    #expect(Self.table.holder(of: 42, on: .init(major: 0xFD, minor: 0x1A)) == 4713)
    #expect(Self.table.holder(of: 42, on: .init(major: 8, minor: 2)) == nil)
    // Where the device is not known only a number that is alone says something.
    #expect(Self.table.holder(of: 42, on: nil) == nil)
    #expect(Self.table.holder(of: 44, on: nil) == 4714)
    #expect(Self.table.holder(of: 43, on: .init(major: 8, minor: 1)) == nil)
  }

  @Test func `the device is that of the mount`() {
    let mounts = """
      28 1 0:25 / /proc rw - proc proc rw
      29 1 253:26 / /var/lib rw,relatime shared:1 - ext4 /dev/dm-1 rw
      """
    let told = LockTable.Device(
      descriptor: "pos:\t0\nflags:\t0100000\nmnt_id:\t29\n", mounts: mounts)
    #expect(told == .init(major: 253, minor: 26))
    #expect(LockTable.Device(descriptor: "mnt_id:\t30", mounts: mounts) == nil)
    #expect(LockTable.Device(descriptor: "", mounts: mounts) == nil)
  }

  @Test func `a lock whose file names somebody else is told, that of recourse up is not`() {
    func lock(_ name: String, _ named: Int32?) -> LocksCheck.Held {
      .init(name: name, path: "/\(name)", holder: 4711, named: named)
    }
    #expect(LocksCheck.locks([lock("panel", 4711), lock("recourse up", nil)]).findings.isEmpty)
    let findings = LocksCheck.locks([lock("panel", 4712), lock("intake", nil)]).findings
    #expect(findings.inShort == ["note unknown-holder /panel", "note unknown-holder /intake"])
  }

  @Test func `a lock that this process holds is found in the kernel's list`() throws {
    try withDirectory { directory in
      #expect(LocksCheck.held(in: directory).isEmpty)
      let lock = try InstallationLock(directory)
      let held = LocksCheck.held(in: directory)
      #expect(held.map(\.holder) == [getpid()])
      #expect(LocksCheck.locks(held).summary == "Held by recourse up \(getpid()).")
      lock.release()
      #expect(LocksCheck.held(in: directory).isEmpty)
    }
  }
}
