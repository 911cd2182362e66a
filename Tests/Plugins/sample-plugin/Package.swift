// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "sample-plugin",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sample-plugin", targets: ["SamplePlugin"])],
  dependencies: [
    // Until Recourse is published, its checkout on this machine.
    .package(name: "recourse", path: "../../..")
  ],
  targets: [
    .executableTarget(
      name: "SamplePlugin",
      dependencies: [
        .product(name: "Messages", package: "recourse"),
        .product(name: "WorkerKit", package: "recourse"),
      ]),
    .testTarget(
      name: "SamplePluginTests",
      dependencies: [
        "SamplePlugin",
        .product(name: "WorkerKitTesting", package: "recourse"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
