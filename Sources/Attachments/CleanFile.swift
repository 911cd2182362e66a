/// A file as it may be kept: known for what it is, and without what tells where, when and by whom a picture was taken.
///
/// It is read as strictly as its kind allows and written anew, so that what hides before, between or behind its parts is
/// refused or left out. A PDF and a text are kept as they are, but for what comes behind their end.
public struct CleanFile: Sendable, Hashable {
  public let type: FileType
  public let bytes: [UInt8]

  /// - Parameter sent: the whole file, as somebody sent it.
  public init(cleaning sent: [UInt8]) throws(FileRefusal) {
    guard !sent.isEmpty else { throw .empty }
    guard sent.count <= FileBounds.fileBytesLimit else { throw .tooLarge }
    guard let type = FileType(of: sent) else { throw .unknownType }
    self.type = type
    bytes =
      switch type {
      case .jpeg: try JPEGPicture.cleaned(sent)
      case .png: try PNGPicture.cleaned(sent)
      case .pdf: try PDFPaper.checked(sent)
      case .text: PlainWriting.cleaned(sent)
      }
    guard !bytes.isEmpty else { throw .empty }
    // What is written anew could have grown by an orientation.
    guard bytes.count <= FileBounds.fileBytesLimit else { throw .tooLarge }
  }
}
