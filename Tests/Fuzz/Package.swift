// swift-tools-version: 6.2
import PackageDescription

// A package of its own: everything in it, and all that it depends on, is built for libFuzzer.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "recourse", path: "../..")],
  targets: [
    .target(
      name: "FuzzDriver", dependencies: [.product(name: "FuzzSupport", package: "recourse")],
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz-frames",
      dependencies: ["FuzzDriver", .product(name: "FuzzSupport", package: "recourse")],
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz-broker",
      dependencies: ["FuzzDriver", .product(name: "FuzzSupport", package: "recourse")],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
