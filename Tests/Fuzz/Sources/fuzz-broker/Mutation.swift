import FuzzSupport

/// Changes an input by whole steps more often than not: a byte more or less would make other steps of all
/// that follow.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int
{
  let step = FuzzTarget.brokerStepBytes
  let steps = count > 0 ? (count - 1) / step : 0
  guard steps > 0, seed % 4 > 0 else { return mutateAnyhow(bytes, count, limit) }
  var random = seed / 4
  func place(_ places: Int) -> UnsafeMutablePointer<UInt8> {
    defer { random = random &* 1_664_525 &+ 1_013_904_223 }
    return bytes + 1 + Int(random >> 8) % places * step
  }
  let end = 1 + steps * step
  let source = [UInt8](UnsafeBufferPointer(start: place(steps), count: step))
  switch random % 4 {
  case 0 where steps > 1:
    // One less.
    let place = place(steps)
    place.update(from: place + step, count: bytes + end - place - step)
    return end - step
  case 1 where end + step <= limit, 2 where end + step <= limit:
    // One more, which may be as another is.
    let place = place(steps + 1)
    (place + step).update(from: place, count: bytes + end - place)
    place.update(from: source, count: step)
    if random % 8 > 1 { _ = mutateAnyhow(place, step, step) }
    return end + step
  default:
    _ = mutateAnyhow(place(steps), step, step)
    return end
  }
}

@_silgen_name("LLVMFuzzerMutate")
func mutateAnyhow(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int
