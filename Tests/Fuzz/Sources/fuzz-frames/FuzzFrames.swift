import FuzzDriver
import FuzzSupport

@main
enum FuzzFrames {
  static func main() { FuzzDriver.main(.frames, testOneInput) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzDriver.run(.frames, start, count)
  return 0
}
