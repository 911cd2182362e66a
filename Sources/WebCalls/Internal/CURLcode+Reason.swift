import CCurl

extension CURLcode {
  /// In words, without anything of the request: libcurl's own texts name hosts.
  var reason: String {
    switch self {
    case CURLE_COULDNT_RESOLVE_HOST: "the name of the host has no address"
    case CURLE_COULDNT_RESOLVE_PROXY: "the name of the proxy has no address"
    case CURLE_COULDNT_CONNECT: "nobody answers at the host"
    case CURLE_PEER_FAILED_VERIFICATION: "the certificate of the host is not to be trusted"
    case CURLE_SSL_CACERT_BADFILE: "the file of trusted certificates cannot be read"
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED:
      "no safe connection to the host can be made"
    case CURLE_OPERATION_TIMEDOUT: "time ran out"
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
      "the connection broke"
    case CURLE_OUT_OF_MEMORY: "there is no memory"
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL: "the answer is not HTTP"
    case CURLE_ABORTED_BY_CALLBACK: WebLoop.cancelled
    case CURLE_LOGIN_DENIED: "the server does not let this user in"
    case CURLE_REMOTE_ACCESS_DENIED: "the server serves nobody"
    case CURLE_USE_SSL_FAILED: "the server offers no encryption"
    default: "libcurl's error \(rawValue)"
    }
  }
}
