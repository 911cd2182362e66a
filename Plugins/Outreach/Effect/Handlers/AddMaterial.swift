import Messages
import WorkerKit

/// Gives a material its code.
struct AddMaterial {
  /// Materials that there may be.
  static let limit = 2_000
  /// Characters of a title, a ward or an activity's id.
  static let textLimit = 120

  private let material: OutreachMaterial

  /// - Throws: the refusals `missing`, `unknown-value`, `too-long` and `not-one-line`.
  init(_ material: OutreachMaterial) throws {
    for (name, text) in [
      ("title", material.title), ("ward", material.ward), ("activity", material.activity),
    ] {
      guard text.count <= Self.textLimit else {
        throw Refusal(
          .input, code: "too-long", path: "material.\(name)",
          message: "At most \(Self.textLimit) characters are expected.")
      }
      guard text.allSatisfy({ !$0.isNewline }), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else {
        throw Refusal(
          .input, code: "not-one-line", path: "material.\(name)",
          message: "One line of text is expected.")
      }
    }
    guard material.title.contains(where: { !$0.isWhitespace }) else {
      throw Refusal(
        .input, code: "missing", path: "material.title",
        message: "A material has a title, such as Poster in stairwells.")
    }
    guard OutreachMaterial.Kind.allCases.contains(material.kind), material.kind != .unspecified
    else {
      throw Refusal(
        .input, code: "unknown-value", path: "material.kind",
        message: "A material is a poster, leaflet, letter, post or other.")
    }
    guard HeardChannel.allCases.contains(material.channel) else {
      throw Refusal(
        .input, code: "unknown-value", path: "material.channel",
        message: "The form has no such channel.")
    }
    self.material = material
  }

  /// - Throws: the refusals `unknown-activity` and `too-many-materials`.
  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> OutreachMaterial {
    try checkActivity(in: tx)
    guard try tx.materialCount() < Self.limit else {
      throw Refusal(
        .state, code: "too-many-materials",
        message: "There are \(Self.limit) materials, and there may be no more.")
    }
    var code = MaterialCode(using: &generator)
    while try tx.material(code) != nil { code = MaterialCode(using: &generator) }
    var kept = material
    kept.code = code.description
    kept.addedOn = tx.today.description
    try tx.keep(kept)
    return kept
  }

  /// A material may belong to no activity; one that it is said to belong to, a plan has.
  private func checkActivity(in slice: SliceReader) throws {
    guard !material.activity.isEmpty else { return }
    let isKnown = try slice.planIDs().contains { plan in
      guard let kept = try slice.item(OutreachActivity.self, material.activity, of: plan) else {
        return false
      }
      return kept.goneSince == nil
    }
    guard isKnown else {
      throw Refusal(
        .notFound, code: "unknown-activity", path: "material.activity",
        message: "No plan has an activity of that id. `recourse outreach plan` shows them.")
    }
  }
}
