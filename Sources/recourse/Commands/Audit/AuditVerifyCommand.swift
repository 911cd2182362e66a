import ArgumentParser
import Broker
import Foundation
import WorkerKit

/// `recourse audit verify`: whether the record of every slice is whole.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Read every slice's audit, and say whether a row was changed, removed, put in or cut off.",
    discussion: """
      Each row is compared with its hash and with the row before it, and the heads that the log has with the rows that \
      they are of. Rows after the last head in the log are not covered: who can write to the slice can change those and \
      leave no trace. Audits of plugins that were removed, in DIR/audits, are read too. It writes nothing, and the system may run meanwhile. What is wrong is printed with its place; the \
      exit status is then 65.

      A worker that keeps its data apart is looked at where its slice is, with a copy of the log, such as a backup's: \
      recourse audit verify --data ITS-DIR --log LOG

      Example: recourse audit verify --data /var/lib/recourse
      """)

  @OptionGroup var about: AnyWorkerOption
  @OptionGroup var place: AuditPlace

  @Option(
    name: .long,
    help: ArgumentHelp("The log's file, if it is not log.sqlite there.", valueName: "file"))
  var log: String?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let directory = try place.directory
    let audits = try AuditVerification(
      directory: directory, log: log, worker: about.worker)
    if output.json {
      Output.line(audits.json)
    } else {
      for line in audits.lines { Output.line(line) }
    }
    if audits.isBroken { throw AlreadyTold(exit: .input) }
  }
}

/// The audits of the slices in a directory, held against the heads in a log.
struct AuditVerification: Sendable {
  /// Of the workers by name.
  private(set) var audits: [SliceAudit] = []
  /// Slices that cannot be read, or are not where the log says that one was.
  private(set) var unreadable: [Failure] = []

  var isBroken: Bool { !unreadable.isEmpty || audits.contains { !$0.faults.isEmpty } }

  /// - Parameters:
  ///   - log: another log than the directory's: then a worker without a slice's file there is one that keeps it
  ///     elsewhere, unless it is named.
  ///   - worker: nil for all.
  /// - Throws: ``Failure`` if the log cannot be read, or `no-slice` if there is another log and no slice at all.
  init(directory: DataDirectory, log: String?, worker: String?) throws {
    // First the log: what is anchored while the slices are read would be missed in them.
    let anchors: AuditAnchors
    do {
      anchors = try AuditAnchors(logPath: log ?? directory.logPath)
    } catch let error as LogError {
      throw Failure(error)
    }
    var isSeen: Set<Data> = []
    let names = worker.map { [$0] } ?? directory.workersWithSlices
    if log != nil, names.isEmpty { throw Self.nothing(in: directory) }
    let kept = directory.keptAudits(of: worker)
    for name in names {
      // Of one that was removed there is no more than what was kept.
      if !kept.isEmpty, worker != nil, !directory.workersWithSlices.contains(name) { continue }
      do {
        let audit = try SliceAudit(
          path: directory.slicePath(of: name), restoredAfter: anchors.restoredAfter
        ) { id in
          isSeen.insert(id)
          return anchors.bySlice[id, default: []].map(SliceAudit.Anchor.init)
        }
        audits.append(audit)
      } catch let failure as StorageFailure {
        unreadable.append(Failure(unreadable: failure, of: name))
      }
    }
    for path in kept {
      do {
        let audit = try SliceAudit(path: path, restoredAfter: anchors.restoredAfter) { id in
          isSeen.insert(id)
          return anchors.bySlice[id, default: []].map(SliceAudit.Anchor.init)
        }
        audits.append(audit)
      } catch let failure as StorageFailure {
        unreadable.append(Failure(unreadable: failure, of: path))
      }
    }
    let isHere: (String) -> Bool = {
      worker == $0 || worker == nil && (log == nil || names.contains($0))
    }
    let gone = anchors.bySlice.filter { id, list in
      !isSeen.contains(id) && list.contains { isHere($0.worker) }
    }
    for list in gone.values.sorted(by: { $0[0].worker < $1[0].worker }) {
      unreadable.append(Self.gone(list, directory))
    }
  }

  private static func nothing(in directory: DataDirectory) -> Failure {
    Failure(
      exit: .unavailable, code: "no-slice", path: directory.path,
      message: "There is no worker's slice here to hold against that log.",
      wayOut: "Name the directory that the worker keeps it in: --data DIR.")
  }

  private static func gone(
    _ anchors: [AuditAnchors.Anchor], _ directory: DataDirectory
  ) -> Failure {
    let worker = anchors[0].worker
    let last = anchors.map(\.sequence).max() ?? 0
    return Failure.input(
      "slice-gone", path: directory.slicePath(of: worker),
      "The log has the head of row \(last) of a slice of \(worker) that is not here."
    ).with(
      wayOut: "If the worker keeps it elsewhere: recourse audit verify --data ITS-DIR --log LOG. "
        + "If not, look for it in \(directory.path)/replaced-*, or restore a backup.")
  }
}

extension SliceAudit.Anchor {
  fileprivate init(_ anchor: AuditAnchors.Anchor) {
    self.init(
      incarnation: anchor.incarnation, sequence: anchor.sequence, head: anchor.head,
      position: anchor.position, recordedAt: anchor.recordedAt)
  }
}
