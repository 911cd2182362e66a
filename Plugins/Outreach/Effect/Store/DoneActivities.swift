import Messages
import SwiftProtobuf
import WorkerKit

extension SliceReader {
  /// Activities of all plans that were held in a span, in the order of their days.
  func doneActivities(in span: MonthSpan) throws -> [Recourse_Outreach_V1_DoneActivity] {
    var done: [Recourse_Outreach_V1_DoneActivity] = []
    for plan in try planIDs() {
      let kept: [KeptItem<Recourse_Outreach_V1_Activity>] = try items(of: plan)
      for activity in kept.map(\.item) where span.has(activity.heldOn) {
        done.append(
          .with {
            $0.plan = plan
            $0.id = activity.id
            $0.title = activity.title
            $0.ward = activity.ward
            $0.on = activity.heldOn
          })
      }
    }
    return done.sorted { ($0.on, $0.plan, $0.id) < ($1.on, $1.plan, $1.id) }
  }
}

extension MonthSpan {
  /// True if a day, YYYY-MM-DD, is in it.
  fileprivate func has(_ day: String) -> Bool {
    guard let month = EffectMonth(day) else { return false }
    return has(month)
  }
}
