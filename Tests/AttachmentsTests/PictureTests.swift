import Testing

@testable import Attachments

@Suite struct PictureTests {
  @Test(arguments: Fixture.pictures)
  func `a picture is kept with its picture elements and without the rest`(name: String) throws {
    let sent = try Fixture.bytes(name)
    let kept = try CleanFile(cleaning: sent)
    #expect(kept.type == (name.hasSuffix("jpg") ? .jpeg : .png))
    #expect(!kept.bytes.contains(run: Fixture.marker))
    // Tables, frame, scans or the compressed lines stand there as they were sent.
    #expect(kept.bytes.contains(run: try shown(sent, kept.type)))
    #expect(try CleanFile(cleaning: kept.bytes) == kept)
  }

  /// What a decoder makes the picture of: a JPEG from its tables or frame on, a PNG's compressed lines.
  private func shown(_ bytes: [UInt8], _ type: FileType) throws -> [UInt8] {
    if type == .jpeg {
      let frame = try #require(
        bytes.lastPlace(of: [0xFF, 0xC2]) ?? bytes.lastPlace(of: [0xFF, 0xC0]))
      return Array(bytes[frame...(try #require(bytes.lastPlace(of: [0xFF, 0xD9])) + 1)])
    }
    let lines = try #require(bytes.lastPlace(of: Array("IDAT".utf8)))
    let length = try #require(bytes.number(at: lines - 4, bytes: 4))
    return Array(bytes[(lines - 4)..<(lines + 8 + length)])
  }

  @Test func `the marker stands in what was sent, so that its absence means something`() throws {
    for name in ["telephone.jpg", "screen.png"] {
      #expect(try Fixture.bytes(name).contains(run: Fixture.marker), "\(name)")
    }
  }

  @Test(
    arguments: [
      ("telephone.jpg", 6), ("grey.jpg", 3), ("plain.jpg", nil), ("screen.png", 8),
      ("palette.png", nil),
    ] as [(String, Int?)])
  func `which way up a picture is stays, and no other word of Exif`(
    name: String, expected: Int?
  ) throws {
    let bytes = try CleanFile(cleaning: Fixture.bytes(name)).bytes
    let header = bytes.lastPlace(of: [0x4D, 0x4D, 0, 42])
    #expect(header.flatMap { Orientation(tiff: Array(bytes[$0...]))?.value } == expected)
    #expect((header != nil) == (expected != nil))
    if let header {
      #expect(bytes.number(at: header + 8, bytes: 2) == 1)
    }
  }

  @Test func `the bytes of both orders, and a number too large, are read as Exif says`() throws {
    let little: [UInt8] = [
      0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0,
    ]
    let five = try #require(Orientation(tiff: little))
    #expect(five.value == 5)
    #expect(Orientation(tiff: five.tiff) == five)
    for value: UInt8 in [0, 1, 9] {
      var other = little
      other[18] = value
      #expect(Orientation(tiff: other) == nil)
    }
    for length in 0..<little.count - 4 {
      _ = Orientation(tiff: Array(little.prefix(length)))
    }
  }

  @Test func `what hides behind a picture's end is not kept`() throws {
    let page = Array("<html><script>alert(1)</script>".utf8)
    for name in Fixture.pictures {
      let sent = try Fixture.bytes(name)
      let kept = try CleanFile(cleaning: sent + page)
      #expect(!kept.bytes.contains(run: page), "\(name)")
      #expect(kept == (try CleanFile(cleaning: sent)), "\(name)")
    }
  }

  @Test func `a picture that is not whole is refused, wherever it was cut`() throws {
    for name in Fixture.pictures {
      let whole = try CleanFile(cleaning: Fixture.bytes(name)).bytes
      for length in 8..<whole.count {
        let cut = outcome(Array(whole.prefix(length)))
        #expect(cut == "damaged-file", "\(name) \(length)")
      }
    }
  }

  @Test func `a PNG with a wrong sum or an unknown part that matters is refused`() throws {
    let sent = try CleanFile(cleaning: Fixture.bytes("palette.png")).bytes
    var wrong = sent
    wrong[20] ^= 1
    #expect(outcome(wrong) == "damaged-file")
    let header = Array(sent[8..<33])
    func result(with parts: [UInt8]) -> String {
      outcome(PNGPicture.signature + parts + sent[33...])
    }
    #expect(result(with: []) == "damaged-file")
    #expect(result(with: header + header) == "damaged-file")
    #expect(result(with: header + chunk("CgBI", [1])) == "damaged-file")
    #expect(result(with: header + chunk("zzZz", [1])) == "image/png")
  }

  @Test func `a picture of more elements than the bound is refused`() throws {
    let side = 16_000
    #expect(side * side == FileBounds.pixelsLimit)
    for (width, expected) in [(side, "image/png"), (side + 1, "damaged-file")] {
      var header: [UInt8] = []
      header.append(number: width, bytes: 4)
      header.append(number: side, bytes: 4)
      let bytes =
        PNGPicture.signature + chunk("IHDR", header + [8, 2, 0, 0, 0]) + chunk("IDAT", [0])
        + chunk("IEND", [])
      #expect(outcome(bytes) == expected)
    }
    var frame = try Fixture.bytes("plain.jpg")
    let place = try #require(frame.lastPlace(of: [0xFF, 0xC0]))
    frame.replaceSubrange((place + 5)..<(place + 9), with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(outcome(frame) == "damaged-file")
  }

  @Test func `a JPEG of more passes than the bound is refused`() throws {
    let whole = try CleanFile(cleaning: Fixture.bytes("plain.jpg")).bytes
    let scan = try #require(whole.lastPlace(of: [0xFF, 0xDA]))
    let once = Array(whole[scan..<(whole.count - 2)])
    func repeated(_ times: Int) -> [UInt8] {
      Array(whole.prefix(scan)) + (0..<times).flatMap { _ in once } + [0xFF, 0xD9]
    }
    #expect(outcome(repeated(FileBounds.scansLimit)) == "image/jpeg")
    #expect(outcome(repeated(FileBounds.scansLimit + 1)) == "damaged-file")
  }

  @Test func `segments with room for something else than a table are refused`() throws {
    let whole = try CleanFile(cleaning: Fixture.bytes("plain.jpg")).bytes
    let table = try #require(whole.lastPlace(of: [0xFF, 0xDB]))
    let length = try #require(whole.number(at: table + 2, bytes: 2))
    var longer = Array(whole.prefix(table + 2))
    longer.append(number: length + 7, bytes: 2)
    longer += whole[(table + 4)..<(table + 2 + length)] + Array("hidden!".utf8)
    longer += whole[(table + 2 + length)...]
    #expect(outcome(longer) == "damaged-file")
  }
}

/// A part of a PNG, with the right sum.
private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.append(number: body.count, bytes: 4)
  let summed = Array(name.utf8) + body
  bytes += summed
  bytes.append(number: Int(CRC32.sum(of: summed[...])), bytes: 4)
  return bytes
}
