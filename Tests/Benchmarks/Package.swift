// swift-tools-version: 6.2
import PackageDescription

// A package of its own: gRPC over HTTP/2 takes minutes to build and nothing else needs it.

let grpc = Target.Dependency.product(name: "GRPCCore", package: "grpc-swift-2")
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func peer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["BenchmarkMessages", "Measuring", grpc] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "recourse", path: "../.."),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
  ],
  targets: [
    .target(
      name: "BenchmarkMessages",
      dependencies: [
        .product(name: "Bus", package: "recourse"),
        grpc, .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: settings),
    .target(
      name: "Measuring",
      dependencies: [
        "BenchmarkMessages", grpc,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      swiftSettings: settings),
    peer(
      "bus-peer",
      [
        .product(name: "Bus", package: "recourse"), .product(name: "Messages", package: "recourse"),
      ]),
    peer(
      "http2-peer",
      [.product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport")]),
    .executableTarget(
      name: "cases-peer",
      dependencies: [
        .product(name: "Bus", package: "recourse"),
        .product(name: "Messages", package: "recourse"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"), grpc,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "rules-peer",
      dependencies: [
        .product(name: "Messages", package: "recourse"),
        .product(name: "ThresholdRules", package: "recourse"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: settings),
    peer("floor", [.product(name: "GRPCInProcessTransport", package: "grpc-swift-2")]),
  ],
  swiftLanguageModes: [.v6]
)
