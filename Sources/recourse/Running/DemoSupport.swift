import AgencySimulators
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

/// The support provider of the demonstration: its interface, which a simulator serves, and the plugin by which referrals
/// get there and answers come back.
struct DemoSupport: Sendable {
  private static let plugin = DemoPlugin(name: "victim-support")
  /// Milliseconds between two questions what became of referrals.
  private static let askEvery = 20
  /// What the simulator says first, before its address.
  private static let listening = "listens at "

  /// The agencies that the provider is: those to which the application agrees to be referred.
  private let agencies: [String]

  init(_ application: Recourse_Intake_V1_Application) {
    let agreed = application.consents.filter { $0.purpose == .supportReferral && $0.given }
    let named = Set(agreed.map(\.recipient)).filter { !$0.isEmpty && !$0.contains(",") }
    agencies = named.isEmpty ? [Self.plugin.name] : named.sorted()
  }

  /// Runs the provider and, with its address, the body; the provider is gone when this returns.
  func withProvider<Result: Sendable>(
    _ body: @Sendable (_ endpoint: String) async throws -> Result
  ) async throws -> Result {
    let (addresses, told) = AsyncStream<String>.makeStream()
    let options = SimulatorOptions(
      fates: ["accepted"],
      tell: { line in
        guard line.hasPrefix(Self.listening) else { return }
        told.yield(String(line.dropFirst(Self.listening.count)))
      })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { told.finish() }
        try await AgencySimulator.victimSupport.run(options)
      }
      defer { group.cancelAll() }
      for await address in addresses { return try await body(address) }
      try await group.waitForAll()
      try Task.checkCancellation()
      throw Failure.notShown("The support provider's simulator does not listen.")
    }
  }

  /// Adds the plugin to a system that does not run yet.
  func prepare(_ directory: DataDirectory, endpoint: String) async throws {
    try await Self.plugin.add(
      to: directory,
      settings: [
        "endpoint": endpoint, "agencies": agencies.joined(separator: ","),
        "poll-milliseconds": "\(Self.askEvery)", "token": "demo",
      ])
  }

  /// Returns when the plugin is ready, which `up` does not wait for.
  func waitUntilReady(in stage: DemoStage) async throws {
    try await Self.plugin.waitUntilReady(in: stage)
  }

  /// Returns when Support knows whom the plugin takes referrals to.
  func waitUntilServing(_ connection: Connection) async throws {
    try await Self.plugin.waitUntilIdle(connection)
  }

  /// Returns when the provider has said of each referral that it has what it makes of it.
  func waitForAnswers(about reference: String, _ connection: Connection) async throws {
    let request = Recourse_Support_V1_GetSupportRequest.with {
      $0.caseReference = reference
    }
    try await DemoStage.look("The support provider has not answered.") {
      let support = try await CaseFile.orNil {
        try await connection.support.getSupport(request, options: Connection.limit())
      }
      let isOpen = support?.referrals.contains {
        $0.state == .intended || !$0.servedBy.isEmpty && $0.answer == .unspecified
      }
      return isOpen == true ? nil : ()
    }
  }
}

extension DemoJourney {
  /// Tells what support there is; gives the names of the files that were handed over.
  /// - Throws: ``Failure`` `not-shown` if the provider has not accepted what it was sent.
  func tellSupport(_ file: CaseFile) throws -> [String] {
    let files = filesOfSupport
    try expect(
      file.support?.referrals.isEmpty == false && files.isEmpty,
      otherwise: "The referral did not go to the provider's interface.")
    guard let support = file.support else {
      story.tell("Support", "Nothing has been offered yet.")
      return files
    }
    for referral in support.referrals { try tell(referral) }
    if support.offered {
      story.tell(
        "Support",
        "No consent to a referral, so the victim is told how to reach "
          + "\(support.offeredAgencies.joined(separator: ", ")).")
    }
    return files
  }

  private func tell(_ referral: Recourse_Support_V1_Referral) throws {
    guard !referral.servedBy.isEmpty else {
      story.tell(
        "Support",
        "With consent, a referral to \(referral.agency) is "
          + "\(Naming.name(of: referral.state).lowercased()), with the least that it needs.")
      return
    }
    guard referral.state == .sent, referral.answer == .accepted else {
      throw Failure.notShown("The referral to \(referral.agency) was not accepted.")
    }
    story.tell(
      "Support",
      "With consent, a referral goes to the interface of \(referral.agency), with the least that it "
        + "needs. Its answer comes back to the case: \(Naming.words(of: Naming.name(of: referral.answer)))."
    )
  }

  private var filesOfSupport: [String] {
    let folder = stage.directory.outputDirectory(of: "support").path
    let found = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
    return found.compactMap { $0 as? String }.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
