import CaseModel
import IntakeRules
import WorkerKit

/// Passes on how an applicant heard of their right, to count what outreach brings, and records that it was.
///
/// It tells of no person: a channel of the form, and a code that is printed on a poster, post or letter. Other words that
/// somebody wrote in the code's place may say anything, and are not passed on; that there are some is.
struct PassOnHeardVia {
  /// Who asks.
  let caller: Caller

  struct Answer: Sendable, Hashable {
    /// A name of `HeardVia.Channel`, or empty.
    var channel = ""
    var material: MaterialCode?
    var hasOtherWords = false
  }

  /// - Throws: the refusal `unknown-case`; PERMISSION_DENIED if the purpose is not approved for who asks.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Answer {
    let purpose = Disclosure.Purpose.outreachEffect
    let fields = try caller.fields(Disclosure.minimum(for: purpose), for: purpose.rawValue)
    _ = try tx.knownCase(reference)
    let heard = try tx.heardVia(of: reference)
    try tx.auditDisclosure(
      to: caller, "intake.pass-on-heard-via", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue))
    var answer = Answer()
    if fields.contains(.heardChannel) { answer.channel = heard.channel }
    if fields.contains(.heardMaterial) {
      answer.material = MaterialCode(heard.material)
      answer.hasOtherWords = answer.material == nil && !heard.material.isEmpty
    }
    return answer
  }
}
