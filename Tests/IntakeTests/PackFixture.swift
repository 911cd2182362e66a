import Policy
import PolicyDocuments

/// The packs that come with Recourse.
enum PackFixture {
  static func shelf() throws -> PolicyShelf {
    PolicyShelf(try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) })
  }

  static func plymouthDigest() throws -> String {
    PolicyDocument.digest(of: BuiltInPolicyDocuments.plymouth)
  }
}
