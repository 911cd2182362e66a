import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// A plugin of `protoc`: for each service a `Stub` that stands on any `CallMaker`, and the registration of
/// its unary methods with a `UnaryRegistry`. It goes beside what gRPC's own plugin makes.
@main
struct RecourseGenerator: CodeGenerator {
  let supportedFeatures: [Google_Protobuf_Compiler_CodeGeneratorResponse.Feature] = [
    .proto3Optional
  ]
  let supportedEditionRange = Google_Protobuf_Edition.proto2...Google_Protobuf_Edition.edition2023
  let version: String? = "1"
  let projectURL: String? = nil
  let copyrightLine: String? = nil

  func generate(
    files: [FileDescriptor], parameter: any CodeGeneratorParameter,
    protoCompilerContext: any ProtoCompilerContext, generatorOutputs: any GeneratorOutputs
  ) throws {
    let access = try Self.access(parameter)
    for file in files where !file.services.isEmpty {
      let namer = SwiftProtobufNamer()
      var lines = Self.head(of: file, access)
      for service in file.services {
        lines += ServiceCode(service, prefix: namer.typePrefix(forFile: file), namer, access).lines
      }
      let name = file.name.split(separator: "/").joined(separator: "_").dropLast(".proto".count)
      try generatorOutputs.add(
        fileName: "\(name).stub.swift", contents: lines.joined(separator: "\n") + "\n")
    }
  }

  /// `Visibility=Public` or `Visibility=Internal`, as the other plugins have it.
  private static func access(_ parameter: any CodeGeneratorParameter) throws -> String {
    for (key, value) in parameter.parsedPairs {
      guard key == "Visibility", ["Public", "Internal"].contains(value) else {
        throw UnknownOption(key: key, value: value)
      }
      return value.lowercased()
    }
    return "internal"
  }

  private static func head(of file: FileDescriptor, _ access: String) -> [String] {
    [
      "// DO NOT EDIT: made by protoc-gen-recourse from \(file.name).", "",
      "\(access) import Calls", "\(access) import GRPCCore", "internal import GRPCProtobuf",
    ]
  }
}

struct UnknownOption: Error, CustomStringConvertible {
  let key: String
  let value: String
  var description: String {
    "unknown option \(key)=\(value): Visibility=Public or Visibility=Internal is known"
  }
}
