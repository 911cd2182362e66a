import Messages
import Testing

@testable import Intake

@Suite struct SchemaTests {
  @Test func `the descriptors of an application can be read`() {
    let names = Schema.application.messages[Schema.root, default: []].map(\.name)
    #expect(names.contains("allegedPerpetrators"))
    #expect(names.count == 14)
  }

  @Test func `every field of an application has a kind that is checked by path`() {
    for (message, fields) in Schema.application.messages where message.hasPrefix("recourse.") {
      for field in fields {
        if case .other = field.kind { Issue.record("\(message).\(field.name) is not checked") }
      }
    }
  }

  @Test func `every enum that is kept by name is in the descriptors under that name`() {
    let choices: [any FormChoice.Type] = [
      Application.Channel.self, Application.Attendance.self, Party.Kind.self,
      SafeContact.Channel.self, Complaint.MadeTo.self, Complaint.Channel.self,
      Complaint.HateStrand.self, Consent.Purpose.self, HeardVia.Channel.self,
      Recourse_Intake_V1_Capacity.self,
    ]
    for choice in choices {
      #expect(Schema.application.choices[choice.fullName] != nil, "\(choice.fullName)")
    }
    #expect(Complaint.MadeTo.housingProvider.formName == "HOUSING_PROVIDER")
    #expect(Complaint.MadeTo.unspecified.formName == "")
    #expect(Complaint.MadeTo.UNRECOGNIZED(99).formName == "")
  }

  @Test(arguments: [
    ("complaintDat", "complaintDate"), ("madeto", "madeTo"), ("behaviorDate", "behaviourDate"),
    ("zzz", nil),
  ])
  func `a slip of the pen is told with the name that was probably meant`(
    written: String, meant: String?
  ) {
    let names = ["behaviourDate", "complaintDate", "madeTo", "body"]
    #expect(NearestName.of(written, among: names) == meant)
  }
}
