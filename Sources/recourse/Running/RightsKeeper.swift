import Broker
import Bus
import Foundation
import Glibc
import Messages
import WorkerKit

/// Looks after what is approved in an installation: who asks for what, and who may do what.
struct RightsKeeper: Sendable {
  let folder: ApprovalFolder
  /// Where it is remembered that something was approved.
  let keys: KeyFolder

  init(_ directory: DataDirectory) {
    folder = directory.approvals
    keys = directory.keys
  }

  /// What one principal asks for, and what of it is approved.
  struct Row: Sendable {
    let principal: String
    /// Nil if nobody knows what it asks for: it is not built in, and the broker has not refused it.
    let asked: Recourse_Bus_V1_Manifest?
    /// Nil if nothing is approved.
    let approved: Recourse_Bus_V1_Manifest?
    /// Why nobody knows either: a file of it that cannot be used.
    var unreadable: Failure?

    /// What is asked for and not approved, a line each.
    var lacking: [String] { lines(asked, notIn: approved) }
    /// By which a person says that this is what they have seen; nil if nobody knows what is asked for.
    var digest: String? { asked.map { ManifestDigest.text(of: $0, for: principal) } }
    /// What is approved and not asked for any more.
    var idle: [String] { asked == nil ? [] : lines(approved, notIn: asked) }

    private func lines(
      _ one: Recourse_Bus_V1_Manifest?, notIn other: Recourse_Bus_V1_Manifest?
    ) -> [String] {
      Grants(one ?? .init()).lines(notIn: Grants(other ?? .init()))
    }
  }

  /// The principals that this program is, in the order of a case's way.
  static let builtIn = WorkerCatalogue.names + [KeyFolder.operatorName]

  /// What a principal that is built in asks for; nil for others.
  static func declared(_ principal: String) throws -> Recourse_Bus_V1_Manifest? {
    if principal == KeyFolder.operatorName { return OperatorManifest.manifest }
    guard WorkerCatalogue.names.contains(principal) else { return nil }
    return try WorkerCatalogue.worker(principal).manifest()
  }

  // MARK: The first start

  /// Approves what is built in, in an installation where nobody has approved anything or taken it away. True if it
  /// did.
  /// - Throws: ``Failure``, `rights-lost` if something was approved here once and is gone: an operator may have taken
  ///   back what would then be approved anew, without a word.
  @discardableResult
  func prepare() throws -> Bool {
    if let lost { throw lost }
    var isNew = false
    if !folder.exists {
      var manifests: [String: Recourse_Bus_V1_Manifest] = [:]
      for principal in Self.builtIn { manifests[principal] = try Self.declared(principal) }
      let first = manifests
      isNew = try Self.failing { () throws(ApprovalError) in try folder.make(with: first) }
    }
    try remember()
    return isNew
  }

  /// What has become of rights that were approved here once and are gone; nil if none are missing.
  ///
  /// The folder alone says nothing: a broker that runs makes it again for what somebody asks for in vain.
  var lost: Failure? {
    let isGone = !folder.exists || folder.principals.isEmpty && access(folder.path, R_OK) == 0
    guard isGone, access(keys.approvedPath, F_OK) == 0 else { return nil }
    return Failure(
      exit: .unavailable, code: "rights-lost", path: folder.path,
      message: "What had been approved here is gone: nobody may do anything.",
      wayOut: "Bring the folder back from where it is kept. Or look at what is built in "
        + "(recourse rights diff), and approve it anew: recourse rights approve --all.")
  }

  /// Notes beside the keys, which are not restored either, that something has been approved here.
  private func remember() throws {
    guard access(keys.path, F_OK) == 0, access(keys.approvedPath, F_OK) != 0 else { return }
    do throws(KeyError) {
      try KeyFile.write(Self.note, to: keys.approvedPath)
    } catch { throw Failure(error) }
  }

  private static let note = "Rights have been approved here: if they are missing, they were lost.\n"

  /// The principals of this program that ask for more than is approved: they wait for an operator.
  /// - Throws: ``Failure``.
  func waiting() throws -> [String] {
    try Self.builtIn.filter { principal in
      let row = Row(
        principal: principal, asked: try Self.declared(principal),
        approved: try approved(principal))
      return !row.lacking.isEmpty
    }
  }

  // MARK: What an operator does

  /// One principal. What this program knows of what is built in counts before what somebody has asked a broker for in
  /// its name.
  /// - Parameter manifest: what it asks for, where it comes from a file.
  /// - Throws: ``Failure`` `unknown-principal` if nobody has heard of it.
  func row(_ principal: String, asking manifest: Recourse_Bus_V1_Manifest? = nil) throws -> Row {
    let approved = try approved(principal)
    if let manifest { return Row(principal: principal, asked: manifest, approved: approved) }
    let row = Row(
      principal: principal,
      asked: try Self.declared(principal)
        ?? Self.failing { () throws(ApprovalError) in try folder.asked(by: principal) },
      approved: approved)
    guard row.asked != nil || row.approved != nil else {
      throw Failure.input(
        "unknown-principal", path: principal, "Nobody knows what \(principal) asks for."
      ).with(
        wayOut:
          "Start it once, so that it asks the broker; or give its manifest: --manifest FILE.")
    }
    return row
  }

  /// All that is built in, or approved, or has asked. Of one whose file cannot be used the row says so, and the others
  /// are there all the same.
  func rows() -> [Row] {
    let others = Set(folder.principals + folder.asking).subtracting(Self.builtIn).sorted()
    return (Self.builtIn + others).map { principal in
      do { return try row(principal) } catch {
        let failure =
          error as? Failure
          ?? Failure(
            exit: .unavailable, code: "unreadable-rights", path: principal, message: "\(error)")
        return Row(principal: principal, asked: nil, approved: nil, unreadable: failure)
      }
    }
  }

  /// Approves what a principal asks for, and no more. Its quota stays as it was.
  /// - Parameters:
  ///   - manifest: what it asks for, where it comes from a file.
  ///   - seen: the digest of what a person has seen; nothing else is approved then.
  /// - Returns: how things stood before.
  /// - Throws: ``Failure``, `other-than-seen` if it asks for something else than that.
  func approve(
    _ principal: String, _ manifest: Recourse_Bus_V1_Manifest? = nil, seen: String? = nil
  ) throws -> Row {
    // Read once: what is compared is what is approved.
    let before = try row(principal, asking: manifest)
    if let seen, let digest = before.digest, !ManifestDigest.isSame(seen, as: digest) {
      // The new digest is not said: it belongs below what it stands for.
      throw Failure.input(
        "other-than-seen", path: principal,
        "What \(principal) asks for is not what was seen: nothing is approved."
      ).with(
        wayOut: "Look again: recourse rights diff \(principal). "
          + "Then approve with the digest that it shows.")
    }
    guard var next = before.asked else {
      throw Failure.input(
        "unknown-manifest", path: principal, "Nobody knows what \(principal) asks for."
      ).with(
        wayOut:
          "Start it once, so that it asks the broker; or give its manifest: --manifest FILE.")
    }
    // What a worker asks for at a time is the operator's to say alone.
    next.clearQuota()
    if let approved = before.approved, approved.hasQuota { next.quota = approved.quota }
    let approved = next
    try Self.failing { () throws(ApprovalError) in try folder.approve(approved, for: principal) }
    try remember()
    return before
  }

  private func approved(_ principal: String) throws -> Recourse_Bus_V1_Manifest? {
    try Self.failing { () throws(ApprovalError) in try folder.approved(for: principal) }
  }

  /// - Throws: ``Failure`` for a file that cannot be used.
  static func failing<Result>(_ body: () throws(ApprovalError) -> Result) throws -> Result {
    do throws(ApprovalError) { return try body() } catch {
      throw Failure(
        exit: .unavailable, code: "approval-file", path: error.path,
        message: "This file of approvals cannot be used: \(error.what).",
        wayOut: "Put it right, or remove it and approve anew: `recourse rights approve`.")
    }
  }
}

extension DataDirectory {
  /// What is approved.
  var approvals: ApprovalFolder { ApprovalFolder("\(path)/rights") }
  /// What the broker has refused.
  var refusalsPath: String { "\(path)/refusals.jsonl" }
}
