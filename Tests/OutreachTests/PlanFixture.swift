import Bus
import Messages
import SwiftProtobuf
import WorkerKit

@testable import Outreach

typealias OutreachClient = Recourse_Outreach_V1_Outreach.Stub<BusClient>

/// Plans and parts of them, with everything there that a test is not about.
enum PlanFixture {
  static func plan(
    _ activities: [OutreachActivity] = [], events: [OutreachEvent] = [],
    distributions: [OutreachDistribution] = [], pledges: [OutreachPledge] = []
  ) -> OutreachPlan {
    .with {
      $0.id = "plan-2026"
      $0.title = "A plan"
      $0.organiser.organisation = "A Council"
      $0.organiser.role = "Safer Communities Team"
      $0.organiser.mailbox = "safer@council.example"
      $0.campaigns = [
        .with {
          $0.id = "known"
          $0.title = "Make it known"
        }
      ]
      $0.activities = activities
      $0.events = events
      $0.distributions = distributions
      $0.pledges = pledges
    }
  }

  static func activity(
    _ id: String = "drop-in", date: String = "2026-07-10", approved: String = "", held: String = ""
  ) -> OutreachActivity {
    .with {
      $0.id = id
      $0.campaign = "known"
      $0.title = "Drop-in at the library"
      $0.channel = .dropIn
      $0.ward = "Ham"
      $0.date = date
      $0.costPence = 12_050
      if !approved.isEmpty {
        $0.approval.organisation = "A Council"
        $0.approval.role = "Head of Communications"
        $0.approval.on = approved
      }
      $0.heldOn = held
    }
  }

  static func guest(
    _ id: String, mailbox: String = "", invited: String = "", sequence: UInt32? = nil
  ) -> OutreachGuest {
    .with {
      $0.id = id
      $0.organisation = "Body \(id)"
      $0.mailbox = mailbox
      $0.invitedOn = invited
      if let sequence { $0.sequence = sequence }
    }
  }

  static func event(
    _ guests: [OutreachGuest], date: String = "2026-07-10", begins: String = "10:00",
    uid: String = "", sequence: UInt32? = nil
  ) -> OutreachEvent {
    .with {
      $0.id = "launch"
      $0.title = "Launch"
      $0.place = "Council House"
      $0.date = date
      $0.begins = begins
      $0.guests = guests
      $0.uid = uid
      if let sequence { $0.sequence = sequence }
    }
  }

  static func distribution(_ id: String = "posters", date: String = "2026-07-01")
    -> OutreachDistribution
  {
    .with {
      $0.id = id
      $0.material = "K7Q2"
      $0.partner.organisation = "LiveWest"
      $0.quantity = 250
      $0.ward = "Ham"
      $0.date = date
    }
  }
}
