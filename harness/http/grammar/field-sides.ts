/** Fields of requests. Accept-Encoding may stand in a response (RFC 9110 section 12.5.3), Accept too (section 12.5.1). */
export const requestOnlyFields: ReadonlySet<string> = new Set(
  (
    'accept-language authorization available-dictionary cookie expect from host if-match if-modified-since if-none-match ' +
    'if-range if-unmodified-since max-forwards origin proxy-authorization range referer te user-agent ' +
    'access-control-request-headers access-control-request-method pragma soapaction'
  ).split(' '),
)

/** Fields of responses. */
export const responseOnlyFields: ReadonlySet<string> = new Set(
  (
    'accept-ch accept-patch accept-post accept-query accept-ranges access-control-allow-credentials ' +
    'access-control-allow-headers access-control-allow-methods access-control-allow-origin ' +
    'access-control-expose-headers access-control-max-age age allow alt-svc authentication-info ' +
    'cache-group-invalidation cache-groups cache-status cdn-cache-control clear-site-data content-range ' +
    'content-security-policy content-security-policy-report-only cross-origin-embedder-policy ' +
    'cross-origin-embedder-policy-report-only cross-origin-opener-policy cross-origin-opener-policy-report-only ' +
    'cross-origin-resource-policy deprecation etag expires last-modified location nel permissions-policy ' +
    'p3p proxy-authenticate proxy-authentication-info proxy-status referrer-policy report-to reporting-endpoints ' +
    'retry-after server server-timing set-cookie set-cookie2 speculation-rules strict-transport-security sunset tcn ' +
    'use-as-dictionary vary www-authenticate x-content-type-options x-frame-options'
  ).split(' '),
)
