// swift-tools-version: 6.2
import PackageDescription

// A package of its own: what is fuzzed is built for libFuzzer, if RECOURSE_FUZZ is set (see ../../Package.swift).

let support = Target.Dependency.product(name: "FuzzSupport", package: "recourse")
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func fuzzer(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["FuzzDriver", support], swiftSettings: settings,
    linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
}

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "recourse", path: "../..")],
  targets: [
    .target(name: "FuzzDriver", dependencies: [support], swiftSettings: settings),
    fuzzer("fuzz-frames"),
    fuzzer("fuzz-broker"),
  ],
  swiftLanguageModes: [.v6]
)
