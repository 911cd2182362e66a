import FuzzDriver
import FuzzSupport

@main
enum FuzzBroker {
  static func main() { FuzzDriver.main(.broker, testOneInput) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzDriver.run(.broker, start, count)
  return 0
}
