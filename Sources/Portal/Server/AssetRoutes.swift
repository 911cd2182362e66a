/// What is built in and the same for everybody.
enum AssetRoutes {
  static let routes: [Route] = [
    .get("/assets/portal.css") { _ in asset("text/css; charset=utf-8", PackageResources.portal_css)
    },
    .get("/assets/portal.js") { _ in
      asset("text/javascript; charset=utf-8", PackageResources.portal_js)
    },
    .get("/assets/icon.svg") { _ in asset("image/svg+xml", PackageResources.icon_svg) },
    .get("/robots.txt") { _ in
      asset("text/plain; charset=utf-8", Array("User-agent: *\nDisallow: /\n".utf8))
    },
  ]

  private static func asset(_ type: String, _ bytes: [UInt8]) -> Reply {
    Reply(content: .asset(mediaType: type, bytes))
  }
}
