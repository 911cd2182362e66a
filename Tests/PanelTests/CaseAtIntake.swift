import CaseModel
import Intake
import Testing
import WorkerKit
import WorkerKitTesting

/// Words that an officer writes pass Intake's leak guard before they are kept, so Intake must have the case whose events a
/// test announces by hand.
extension TestPlace {
  /// Starts Intake, if it does not run yet, and puts a case into its slice.
  /// - Parameter alleged: the name of whoever is complained of; empty for nobody.
  func putAtIntake(_ reference: CaseReference, complainingOf alleged: String = "") async throws {
    if context(of: "intake") == nil { try await start(IntakeWorker.worker()) }
    try await settle()
    let intake = try #require(context(of: "intake"))
    try await intake.slice.write { tx in
      let value = SQLValue.text(reference.description)
      try tx.execute(
        """
        INSERT INTO application (
          case_reference, area, channel, received_at, received_on, policy_digest, submitted_by,
          key_salt, impact, desired_outcome, attendance, immediate_danger, risk_answers,
          heard_via, heard_material
        ) SELECT ?, 'plymouth', 'WEB', 0, '2026-03-16', digest, 'OFFICER', '', '', '', '', 0, '{}', '', ''
          FROM policy_pack WHERE area <> '' LIMIT 1
        ON CONFLICT (case_reference) DO NOTHING
        """, value)
      guard !alleged.isEmpty else { return }
      try tx.execute(
        """
        INSERT INTO alleged_perpetrator (case_reference, place, name, relation, tenant_of, address)
        VALUES (?, 0, ?, '', '', '')
        """, value, .text(alleged))
    }
  }
}
