import Foundation
import Glibc

/// Whether a process listens at a port of this machine, by what the kernel shows of both.
enum PortHolder {
  /// False too where the process is not to be seen from here.
  static func listens(_ process: Int32, at port: Int) -> Bool {
    let inodes = listening(at: port)
    guard !inodes.isEmpty else { return false }
    let folder = "/proc/\(process)/fd"
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return descriptors.contains { descriptor in
      guard
        let target = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(folder)/\(descriptor)")
      else { return false }
      return inodes.contains { target == "socket:[\($0)]" }
    }
  }

  /// The sockets that listen at a port, by their number in the kernel.
  private static func listening(at port: Int) -> [String] {
    ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { file -> [String] in
      let table = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
      return table.split(separator: "\n").dropFirst().compactMap { line in
        sockets(in: line, at: port)
      }
    }
  }

  /// Of one line (proc(5)): the local address in its second word, the state in its fourth, the inode in its tenth.
  private static func sockets(in line: Substring, at port: Int) -> String? {
    let words = line.split(separator: " ")
    let listen = "0A"
    guard words.count > 9, words[3] == listen,
      let own = words[1].split(separator: ":").last.flatMap({ Int($0, radix: 16) }), own == port
    else { return nil }
    return String(words[9])
  }
}
