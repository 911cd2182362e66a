import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// What came with a request.
struct Sent: Sendable {
  var form = PostedForm()
  /// Of what is no form.
  var body: [UInt8] = []
  /// False of what is larger than it may be: of a form with a file what stands before the file's bytes is here, and the
  /// file's name.
  var isWhole = true
}

extension Answering {
  /// Reads the body of a request. What is too much is let go, within ``PortalBounds/discardedBytesLimit``: a browser reads
  /// why only when it has sent all.
  /// - Throws: ``Problem/tooLarge`` for what is no form, or even larger; ``Problem/malformed``.
  func read(_ request: Request, _ route: Route) async throws -> Sent {
    let limit = route.bodyBytesLimit
    let most = route.isForm ? max(limit, PortalBounds.discardedBytesLimit) : limit
    if let told = request.headers[.contentLength].flatMap({ Int($0) }), told > most {
      throw Problem.tooLarge
    }
    var (bytes, count) = ([UInt8](), 0)
    do {
      for try await part in request.body {
        count += part.readableBytes
        guard count <= most else { throw Problem.tooLarge }
        if bytes.count < limit {
          bytes.append(contentsOf: part.readableBytesView.prefix(limit - bytes.count))
        }
      }
    } catch let error as Problem {
      throw error
    } catch {
      // It ends before its length, or is cut into pieces that are none: whoever sent it broke it, and not we.
      throw Problem.malformed
    }
    guard route.isForm else {
      guard count <= limit else { throw Problem.tooLarge }
      return Sent(body: bytes)
    }
    guard let multipart = Multipart(contentType: request.headers[.contentType] ?? "") else {
      guard count <= limit else { throw Problem.tooLarge }
      return Sent(form: try PostedForm(urlEncoded: bytes))
    }
    if count <= limit {
      do throws(Problem) { return Sent(form: try multipart.form(of: bytes)) } catch {
        guard error == .tooLarge else { throw error }
      }
    }
    // What stands before a file is short.
    let beginning = Array(bytes.prefix(PortalBounds.formBytesLimit))
    return Sent(form: try multipart.form(of: beginning, isWhole: false), isWhole: false)
  }
}
