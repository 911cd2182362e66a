import Messages
import SwiftProtobuf
import WorkerKit

typealias OutreachMaterial = Recourse_Outreach_V1_Material

extension SliceReader {
  /// Every material, in the order of their codes.
  func materials() throws -> [OutreachMaterial] {
    try rows("SELECT * FROM material ORDER BY code").map(Self.material)
  }

  /// Nil if there is none of this code.
  func material(_ code: MaterialCode) throws -> OutreachMaterial? {
    try row("SELECT * FROM material WHERE code = ?", .text(code.description)).map(Self.material)
  }

  func materialCount() throws -> Int {
    try row("SELECT COUNT(*) AS materials FROM material")?.int("materials") ?? 0
  }

  private static func material(_ row: SQLRow) throws -> OutreachMaterial {
    try .with {
      $0.code = try row.text("code")
      $0.title = try row.text("title")
      $0.kind = .init(rawValue: try row.int("kind")) ?? .unspecified
      $0.channel = .init(rawValue: try row.int("channel")) ?? .unspecified
      $0.ward = try row.text("ward")
      $0.activity = try row.text("activity")
      $0.addedOn = try row.text("added_on")
    }
  }
}

extension SliceTransaction {
  func keep(_ material: OutreachMaterial) throws {
    try execute(
      """
      INSERT INTO material (code, title, kind, channel, ward, activity, added_on)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, .text(material.code), .text(material.title), .integer(material.kind.rawValue),
      .integer(material.channel.rawValue), .text(material.ward), .text(material.activity),
      .text(material.addedOn))
  }
}
