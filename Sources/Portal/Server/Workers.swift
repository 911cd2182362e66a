import Bus
import GRPCCore
import Messages

/// Whom the portal calls. Each call has a limit of its own, ``limit``; what it may call stands in ``PortalManifest``.
struct Workers: Sendable {
  let client: BusClient

  var door: Recourse_Intake_V1_Door.Stub<BusClient> { .init(wrapping: client) }
  var attachments: Recourse_Intake_V1_Attachments.Stub<BusClient> { .init(wrapping: client) }
  var intake: Recourse_Intake_V1_Intake.Stub<BusClient> { .init(wrapping: client) }
  var threshold: Recourse_Threshold_V1_Threshold.Stub<BusClient> { .init(wrapping: client) }
  var panel: Recourse_Panel_V1_Panel.Stub<BusClient> { .init(wrapping: client) }
  var support: Recourse_Support_V1_Support.Stub<BusClient> { .init(wrapping: client) }
  var correspondence: Recourse_Correspondence_V1_Correspondence.Stub<BusClient> {
    .init(wrapping: client)
  }
  var eventLog: Recourse_Bus_V1_EventLog.Stub<BusClient> { .init(wrapping: client) }
  var outreach: Recourse_Outreach_V1_OutreachEffect.Stub<BusClient> { .init(wrapping: client) }
  var reads: Recourse_Worker_V1_CaseReads.Stub<BusClient> { .init(wrapping: client) }

  /// Options of a call that brings a file: it is looked at, and may be scanned, before it is answered.
  static var uploadLimit: CallOptions {
    var options = CallOptions.defaults
    options.timeout = PortalBounds.uploadLimit
    return options
  }

  /// Options of a call: how long it may take.
  static var limit: CallOptions { within(PortalBounds.callLimit) }

  /// Options of a call that may take so long.
  static func within(_ limit: Duration) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = limit
    return options
  }
}
