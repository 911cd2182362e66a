import GRPCCore
import Testing

/// One request, one answer.
extension InteropCalls {
  func emptyUnary() async throws {
    let answer = try await service.emptyCall(Grpc_Testing_Empty(), metadata: metadata)
    try #require(answer == Grpc_Testing_Empty())
  }

  func largeUnary() async throws {
    try requireLarge(try await service.unaryCall(.large, metadata: metadata))
  }

  /// What is asked for in metadata comes back: in a unary call and in one that streams.
  func customMetadata() async throws {
    let text = "test_initial_metadata_value"
    let bytes: [UInt8] = [0xAB, 0xAB, 0xAB]
    var metadata = metadata
    metadata.addString(text, forKey: EchoKey.initial)
    metadata.addBinary(bytes, forKey: EchoKey.trailing)

    try await service.unaryCall(.large, metadata: metadata) { response in
      try requireLarge(try response.message)
      try #require(Array(response.metadata[stringValues: EchoKey.initial]) == [text])
      try #require(Array(response.trailingMetadata[binaryValues: EchoKey.trailing]) == [bytes])
    }

    let heard = try await converse(
      [.asking(LargeCall.answerBytes, payload: LargeCall.requestBytes)], metadata: metadata)
    try require(heard.answers, [LargeCall.answerBytes])
    try #require(Array(heard.metadata[stringValues: EchoKey.initial]) == [text])
    try #require(Array(heard.trailingMetadata[binaryValues: EchoKey.trailing]) == [bytes])
  }

  private func requireLarge(_ answer: Grpc_Testing_SimpleResponse) throws {
    try #require(answer.payload.body.count == LargeCall.answerBytes)
    var golden = Grpc_Testing_SimpleResponse()
    golden.payload = .zeros(LargeCall.answerBytes)
    let isGolden = answer == golden
    try #require(isGolden, "the payload is not of zeros")
  }
}
