public import Messages
import SwiftProtobuf

/// The schema of a plan's file, and the way between what a file says and the message.
public enum OutreachPlanFile {
  /// What may stand in a file, beside its version.
  public static var fields: [PlanField] { Recourse_Outreach_V1_Plan.fields }

  /// Name of the field that says which schema a file is written by.
  public static let versionName = "recourse-plan"
  /// The schema that is described here.
  public static let version = 1

  /// The message that says what a record does.
  /// - Throws: ``PlanProblem`` if it makes no sense.
  public static func plan(_ record: PlanRecord) throws(PlanProblem) -> Recourse_Outreach_V1_Plan {
    try PlanCheck.check(record)
    return Recourse_Outreach_V1_Plan(record)
  }

  /// What is known of a plan, in the schema's order.
  public static func record(_ plan: Recourse_Outreach_V1_Plan) -> PlanRecord { plan.record }

  /// What may stand in an activity.
  public static var activityFields: [PlanField] { Recourse_Outreach_V1_Activity.fields }

  /// The message that says what a record of an activity does.
  /// - Throws: ``PlanProblem`` if it makes no sense by itself.
  public static func activity(
    _ record: PlanRecord
  ) throws(PlanProblem) -> Recourse_Outreach_V1_Activity {
    try PlanCheck.checkShapes(of: record, activityFields, at: "")
    return Recourse_Outreach_V1_Activity(record)
  }
}
