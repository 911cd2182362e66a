import Crypto
import Foundation
import SwiftProtobuf

/// Results of commands by their idempotency key, so that a repetition gives the first result again.
enum CommandTable {
  struct Earlier {
    let response: Data
    let sequence: UInt64?
  }

  /// What tells one request from another: its bytes, without the key and the position it waits for.
  static func digest(of request: some Message) throws -> Data {
    var options = BinaryEncodingOptions()
    options.useDeterministicOrdering = true
    return Data(SHA256.hash(data: try request.serializedBytes(options: options) as Data))
  }

  /// The result kept under a key, or nil.
  /// - Throws: a refusal if the key was used for another request.
  static func result(
    command: String, key: String, digest: Data, in reader: SliceReader
  ) throws -> Earlier? {
    let row = try reader.row(
      "SELECT digest, response, sequence FROM kit_command WHERE command = ? AND command_key = ?",
      .text(command), .text(key))
    guard let row else { return nil }
    guard try row.blob("digest") == digest else {
      throw Refusal(
        .input, code: "idempotency-key-reused", path: "idempotencyKey",
        message: "This key was used for another request; use a new one for a new request.")
    }
    let sequence = try row.int("sequence")
    return Earlier(
      response: try row.blob("response"), sequence: sequence > 0 ? UInt64(sequence) : nil)
  }

  static func keep(
    command: String, key: String, digest: Data, response: Data, sequence: UInt64?,
    in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO kit_command (command, command_key, digest, response, sequence, at)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      .text(command), .text(key), .blob(digest), .blob(response),
      .integer(Int64(sequence ?? 0)), .moment(transaction.now))
    if digest.first == 0 { try forgetOldest(in: transaction) }
  }

  /// Walks over all that are kept, so it runs after one command in 256 or so.
  private static func forgetOldest(in transaction: SliceTransaction) throws {
    try transaction.execute(
      """
      DELETE FROM kit_command WHERE at < (
        SELECT at FROM kit_command ORDER BY at DESC LIMIT 1 OFFSET ?)
      """, .integer(Bounds.commandsKeptLimit))
  }
}
