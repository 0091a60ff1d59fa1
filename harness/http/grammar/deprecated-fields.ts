const names = (list: string) => list.split(' ').map((name) => [name, ''] as const)

/** Fields that are deprecated, obsoleted or historic, and what is in their place. */
export const deprecatedFields: ReadonlyMap<string, string> = new Map([
  ...names(
    'accept-ch-lifetime accept-charset c-pep-info protocol-info protocol-query access-control c-ext c-man c-opt',
  ),
  ...names('c-pep content-base content-id content-script-type content-style-type content-transfer-encoding'),
  ...names(
    'content-version cookie2 default-style derived-from differential-id ext getprofile http2-settings keep-alive dnt',
  ),
  ...names('man method-check method-check-expires opt p3p pep pep-info pics-label profileobject protocol'),
  ...names('protocol-request proxy-features proxy-instruction public public-key-pins-report-only referer-root safe'),
  ...names('security-scheme setprofile x-ua-compatible x-meta-mssmarttagspreventparsing x-download-options'),
  ...names('content-dpr dpr viewport-width width mime-version'),
  ['x-content-security-policy', 'Content-Security-Policy is in its place'],
  ['x-webkit-csp', 'Content-Security-Policy is in its place'],
  ['x-xss-protection', 'Content-Security-Policy is in its place'],
  ['content-md5', 'Repr-Digest is in its place'],
  ['digest', 'Repr-Digest is in its place'],
  ['want-digest', 'Want-Repr-Digest is in its place'],
  ['expect-ct', 'Certificate Transparency is required anyway'],
  ['feature-policy', 'Permissions-Policy is in its place'],
  ['public-key-pins', 'pinning was given up because it locks sites out'],
  ['report-to', 'Reporting-Endpoints is in its place'],
  ['set-cookie2', 'Set-Cookie is in its place'],
  ['uri', 'Location and Link are in its place'],
  ['warning', 'it was taken out of HTTP caching'],
])

/** Fields that no register calls deprecated and nobody reads all the same. */
export const droppedFields: ReadonlySet<string> = new Set([
  'large-allocation',
  'tk',
  'alternates',
  'proxy-connection',
  'xroxy-connection',
])
