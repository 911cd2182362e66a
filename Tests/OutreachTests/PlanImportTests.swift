import Messages
import SwiftProtobuf
import Testing
import WorkerKit

@testable import Outreach

@Suite struct PlanImportTests {
  private static let today = CalendarDate(daysSince1970: 20_634)  // 30 June 2026

  private func take<Item: PlanItem>(
    _ items: [Item], over known: [KeptItem<Item>], prunes: Bool = false
  ) -> PlanImport<Item> {
    PlanImport(items, over: known, on: Self.today, prunes: prunes)
  }

  private func inShort(_ changes: [OutreachChange]) -> [String] {
    changes.map { change in
      let lapsed = change.approvalLapsed ? " lapsed" : ""
      return "\(change.kind) \(change.id) \(change.fields.joined(separator: ","))\(lapsed)"
    }
  }

  @Test func `the same plan again changes nothing`() {
    let activities = [
      PlanFixture.activity("one", approved: "2026-06-01", held: "2026-06-02"),
      PlanFixture.activity("two"),
    ]
    let first = take(activities, over: [])
    #expect(inShort(first.changes) == ["added one ", "added two "])
    #expect(first.added == activities)
    let second = take(activities, over: first.items)
    #expect(second.changes.isEmpty)
    #expect(second.added.isEmpty)
    #expect(second.items == first.items)
  }

  @Test func `what changed is told by the names of its fields`() {
    let known = take([PlanFixture.activity()], over: []).items
    var changed = PlanFixture.activity(date: "2026-07-11")
    changed.owner.organisation = "LiveWest"
    changed.clearCostPence()
    let taken = take([changed], over: known)
    #expect(inShort(taken.changes) == ["changed drop-in owner,date,cost"])
    #expect(taken.items.map(\.item) == [changed])
  }

  @Test func `what vanished is kept and marked once, and comes back`() {
    let known = take([PlanFixture.activity()], over: []).items
    let gone = take([], over: known)
    #expect(inShort(gone.changes) == ["gone drop-in "])
    #expect(gone.items.map(\.goneSince) == [Self.today])
    let later = PlanImport(
      [OutreachActivity](), over: gone.items, on: Self.today.adding(days: 1), prunes: false)
    #expect(later.changes.isEmpty)
    #expect(later.items == gone.items)
    let back = take([PlanFixture.activity()], over: gone.items)
    #expect(inShort(back.changes) == ["returned drop-in "])
    #expect(back.items == known)
  }

  @Test func `what vanished is removed where that is asked for`() {
    let known = take([PlanFixture.activity()], over: []).items
    let pruned = take([], over: known, prunes: true)
    #expect(inShort(pruned.changes) == ["removed drop-in "])
    #expect(pruned.items.isEmpty)
  }

  @Test func `an event to which guests are invited cannot be removed until they are told`() {
    let invited = PlanFixture.event(
      [PlanFixture.guest("a", invited: "2026-06-20", sequence: 0)], uid: "u", sequence: 0)
    #expect(
      inShort(take([], over: [KeptItem(item: invited)], prunes: true).changes) == ["gone launch "])
    var told = invited
    told.cancelledOn = "2026-06-25"
    #expect(
      inShort(take([], over: [KeptItem(item: told)], prunes: true).changes) == ["removed launch "])
  }

  @Test func `an approval is of what stood there`() {
    let known = [KeptItem(item: PlanFixture.activity(approved: "2026-06-01"))]
    let taken = take([PlanFixture.activity(date: "2026-07-11")], over: known)
    #expect(inShort(taken.changes) == ["changed drop-in date lapsed"])
    #expect(!taken.items[0].item.hasApproval)
  }

  @Test func `notes do not touch an approval, nor does anything after the day`() {
    var noted = PlanFixture.activity()
    noted.notes = "Bring chairs"
    let known = [KeptItem(item: PlanFixture.activity(approved: "2026-06-01"))]
    let taken = take([noted], over: known)
    #expect(inShort(taken.changes) == ["changed drop-in notes"])
    #expect(taken.items[0].item.approval.on == "2026-06-01")

    let held = PlanFixture.activity(approved: "2026-06-01", held: "2026-06-02")
    let corrected = take([PlanFixture.activity(date: "2026-06-02")], over: [KeptItem(item: held)])
    #expect(inShort(corrected.changes) == ["changed drop-in date"])
    #expect(corrected.items[0].item.heldOn == "2026-06-02")
  }

  @Test func `what a plan says happened to a known entry is not taken, and told`() {
    let known = [KeptItem(item: PlanFixture.activity(approved: "2026-06-01"))]
    let taken = take(
      [PlanFixture.activity(approved: "2026-06-09", held: "2026-06-10")], over: known)
    #expect(inShort(taken.changes) == ["kept drop-in approval,held"])
    #expect(taken.items == known)
  }

  @Test(arguments: ["title", "place", "date", "begins"])
  func `guests who were told something else are out of date`(field: String) {
    let guests = [
      PlanFixture.guest("a", invited: "2026-06-20", sequence: 3), PlanFixture.guest("b"),
    ]
    let known = PlanFixture.event(guests, uid: "u", sequence: 2)
    var changed = PlanFixture.event([PlanFixture.guest("a"), PlanFixture.guest("b")])
    switch field {
    case "title": changed.title = "Other"
    case "place": changed.place = "Other"
    case "date": changed.date = "2026-07-11"
    default: changed.begins = "11:00"
    }
    let taken = take([changed], over: [KeptItem(item: known)])
    #expect(taken.changes.map(\.fields).first?.contains(field) == true)
    let event = taken.items[0].item
    #expect(event.uid == "u")
    #expect(event.sequence == 4)
    #expect(event.guests.map(\.sequence) == [3, 0])
  }

  @Test func `a guest who is invited stays in the list until that is taken back`() {
    let known = PlanFixture.event(
      [PlanFixture.guest("a", invited: "2026-06-20", sequence: 0), PlanFixture.guest("b")],
      uid: "u", sequence: 0)
    let taken = take([PlanFixture.event([PlanFixture.guest("c")])], over: [KeptItem(item: known)])
    #expect(taken.items[0].item.guests.map(\.id) == ["c", "a"])
    #expect(inShort(taken.changes).last == "kept launch guests.a")
    let again = take([PlanFixture.event([PlanFixture.guest("c")])], over: taken.items)
    #expect(again.items == taken.items)
    #expect(!again.changes.contains { $0.kind != .kept })
  }
}
