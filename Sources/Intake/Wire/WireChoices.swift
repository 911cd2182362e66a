import Messages
import SwiftProtobuf

/// An enum of the form. Its values are kept and announced by name, as the form writes them.
protocol FormChoice: SwiftProtobuf.Enum {
  /// Full name in the .proto file.
  static var fullName: String { get }
}

extension FormChoice {
  /// The name as in the form, such as `IN_PERSON`; empty for the zero value, which stands for "not said".
  var formName: String {
    rawValue == 0 ? "" : Schema.application.choiceName(Self.fullName, rawValue) ?? ""
  }
}

extension Recourse_Intake_V1_Application.Channel: FormChoice {
  static let fullName = "recourse.intake.v1.Application.Channel"
}
extension Recourse_Intake_V1_Application.Attendance: FormChoice {
  static let fullName = "recourse.intake.v1.Application.Attendance"
}
extension Recourse_Intake_V1_Party.Kind: FormChoice {
  static let fullName = "recourse.intake.v1.Party.Kind"
}
extension Recourse_Intake_V1_SafeContact.Channel: FormChoice {
  static let fullName = "recourse.intake.v1.SafeContact.Channel"
}
extension Recourse_Intake_V1_Complaint.MadeTo: FormChoice {
  static let fullName = "recourse.intake.v1.Complaint.MadeTo"
}
extension Recourse_Intake_V1_Complaint.Channel: FormChoice {
  static let fullName = "recourse.intake.v1.Complaint.Channel"
}
extension Recourse_Intake_V1_Complaint.HateStrand: FormChoice {
  static let fullName = "recourse.intake.v1.Complaint.HateStrand"
}
extension Recourse_Intake_V1_Consent.Purpose: FormChoice {
  static let fullName = "recourse.intake.v1.Consent.Purpose"
}
extension Recourse_Intake_V1_Capacity: FormChoice {
  static let fullName = "recourse.intake.v1.Capacity"
}
extension Recourse_Intake_V1_HeardVia.Channel: FormChoice {
  static let fullName = "recourse.intake.v1.HeardVia.Channel"

  /// The choice that is kept under a name; unspecified for the empty one, which stands for "not said".
  init(formName: String) {
    self = Self.allCases.first { $0.formName == formName } ?? .unspecified
  }
}
