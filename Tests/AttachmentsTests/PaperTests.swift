import Testing

@testable import Attachments

@Suite struct PaperTests {
  @Test(arguments: Fixture.papers)
  func `a PDF is kept as it is, up to its end`(name: String) throws {
    let sent = try Fixture.bytes(name)
    let kept = try CleanFile(cleaning: sent)
    #expect(kept.type == .pdf)
    #expect(kept.bytes == sent)
    let followed = try CleanFile(cleaning: sent + Array("<html><script>alert(1)</script>".utf8))
    #expect(followed == kept)
  }

  @Test(arguments: [
    ("script.pdf", "active-file"), ("hidden-script.pdf", "active-file"),
    ("launch.pdf", "active-file"), ("attached.pdf", "active-file"), ("locked.pdf", "locked-file"),
  ])
  func `a PDF that does something or that nobody can look into is refused`(
    name: String, expected: String
  ) throws {
    #expect(outcome(try Fixture.bytes(name)) == expected)
  }

  @Test func `a PDF that begins late, does not end or is another file too is refused`() throws {
    let paper = try Fixture.bytes("small.pdf")
    #expect(outcome(Array("GIF89a\u{1}".utf8) + paper) == "unknown-type")
    #expect(outcome(Array("%PDF-9.".utf8) + paper) == "damaged-file")
    for cut in [8, 40, paper.count - 8] {
      #expect(outcome(Array(paper.prefix(cut))) == "damaged-file")
    }
    #expect(outcome(paper + [UInt8](repeating: 0, count: 1025)) == "damaged-file")
    let end = Array("startxref\n9\n%%EOF".utf8)
    #expect(outcome(paper + [0x50, 0x4B, 0x05, 0x06] + end) == "active-file")
  }

  @Test(arguments: [
    ("He shouted at me at 3 am.\r\n\tAgain on Sunday.", "text/plain"),
    ("Mae'r sŵn yn dal i ddigwydd – bob nos.", "text/plain"),
    ("1 < 2, as everybody knows", "text/plain"), ("\u{FEFF}With a mark", "text/plain"),
    ("<!DOCTYPE html><p>Hello", "unknown-type"), (" \n<SCRIPT>alert(1)</SCRIPT>", "unknown-type"),
    ("<svg onload='x()'/>", "unknown-type"), ("#!/bin/sh\nls", "unknown-type"),
    ("{\\rtf1 Hello}", "unknown-type"), ("With a \u{0} in it", "unknown-type"),
    ("With a bell \u{7}", "unknown-type"), ("", "empty-file"), ("\u{FEFF}", "empty-file"),
    ("GIF89a\u{1}", "unknown-type"), ("PK\u{3}\u{4}", "unknown-type"),
  ])
  func `plain text is what people write, and nothing that runs`(text: String, expected: String) {
    #expect(outcome(Array(text.utf8)) == expected)
  }

  @Test func `text in another writing than UTF-8 is refused`() {
    #expect(outcome([0x63, 0x61, 0x66, 0xE9]) == "unknown-type")
    #expect(outcome([0xFF, 0xFE, 0x41, 0x00]) == "unknown-type")
  }

  @Test func `the mark of the byte order is not kept`() throws {
    #expect(try CleanFile(cleaning: [0xEF, 0xBB, 0xBF, 0x41]).bytes == [0x41])
  }

  @Test func `a file of the bound is taken, and one byte more is not`() {
    let text = [UInt8](repeating: 0x41, count: FileBounds.fileBytesLimit)
    #expect(outcome(text) == "text/plain")
    #expect(outcome(text + [0x41]) == "too-large")
  }

  @Test func `every refusal says what would be right`() {
    for refusal in FileRefusal.allCases {
      #expect(refusal.message.contains(";"), "\(refusal)")
    }
  }
}

@Suite struct FileNameTests {
  @Test(arguments: [
    ("IMG_0001.JPG", FileType.jpeg, "IMG_0001.jpg"), ("holiday.jpeg", .jpeg, "holiday.jpg"),
    ("letter.pdf", .pdf, "letter.pdf"), ("page.html", .text, "page.html.txt"),
    ("/home/somebody/diary.txt", .text, "diary.txt"),
    ("C:\\Users\\Somebody\\scan.png", .png, "scan.png"), ("..", .png, "file.png"),
    ("", .text, "file.txt"), (".txt", .text, "txt.txt"), ("invoice.exe", .pdf, "invoice.exe.pdf"),
    ("photo\u{202E}gpj.exe", .jpeg, "photogpj.exe.jpg"), ("a\r\nb\u{0}.txt", .text, "ab.txt"),
    ("Llythyr gan y cyngor – sŵn.pdf", .pdf, "Llythyr gan y cyngor – sŵn.pdf"),
    ("what?<is>:\"this\"|*.png", .png, "whatisthis.png"), ("  . x . ", .text, "x.txt"),
  ])
  func `a name is kept without path and tricks, with the ending of what the file is`(
    sent: String, type: FileType, expected: String
  ) {
    #expect(FileName(sent, of: type).text == expected)
  }

  @Test func `a name of the bound stays, and a longer one is cut`() {
    let stem = String(repeating: "n", count: FileBounds.nameLimit - 4)
    #expect(FileName(stem + ".txt", of: .text).text == stem + ".txt")
    #expect(FileName(stem + "nn.txt", of: .text).text == stem + ".txt")
    #expect(FileName(String(repeating: "é", count: 100_000), of: .png).text.count == 100)
  }

  @Test func `a name that was kept is kept again as it is`() {
    for sent in ["a.b.c", "x.txt.txt", "...", "é.PNG", "a . txt"] {
      let once = FileName(sent, of: .text).text
      #expect(FileName(once, of: .text).text == once)
    }
  }
}
