import type { Word } from '../source.ts'

/** A keyword of a `server` or `bind` line with what it takes. */
export interface Parameter {
  readonly name: Word
  readonly values: readonly Word[]
  /** Keywords that this parser does not know are taken to stand alone. */
  readonly known: boolean
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Configuration manual 2.0 to 3.2, section 5.2. */
const server = {
  alone: words(`
    agent-check allow-0rtt backup check check-reuse-pool check-send-proxy check-ssl check-via-socks4 disabled enabled
    force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13 no-agent-check no-backup no-check no-check-reuse-pool
    no-check-send-proxy no-check-ssl no-renegotiate no-send-proxy no-send-proxy-v2 no-send-proxy-v2-ssl
    no-send-proxy-v2-ssl-cn no-ssl no-ssl-reuse no-sslv3 no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 no-verifyhost
    no-tfo non-stick renegotiate send-proxy send-proxy-v2 send-proxy-v2-ssl send-proxy-v2-ssl-cn ssl ssl-reuse stick
    strict-maxconn tfo tls-tickets`),
  one: words(`
    addr agent-addr agent-inter agent-port agent-send alpn ca-file cc check-alpn check-pool-conn-name check-proto check-sni
    ciphers ciphersuites client-sigalgs cookie crl-file crt curves downinter error-limit fall fastinter guid hash-key id
    idle-ping init-addr init-state inter log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace npn observe
    on-error on-marked-down on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proto
    proxy-v2-options redir resolve-net resolve-opts resolve-prefer resolvers rise shard sigalgs slowstart sni socks4
    source ssl-max-ver ssl-min-ver tcp-md5sig tcp-ut track usesrc interface verify verifyhost weight ws`),
}

/** Configuration manual 2.0 to 3.2, section 5.1. */
const bind = {
  alone: words(`
    accept-proxy allow-0rtt defer-accept force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13
    generate-certificates ktls no-alpn no-ca-names no-sslv3 no-strict-sni no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12
    no-tlsv13 prefer-client-ciphers quic-force-retry ssl strict-sni tfo transparent v4v6 v6only`),
  one: words(`
    accept-netscaler-cip alpn backlog ca-file ca-ignore-err ca-sign-file ca-sign-pass ca-verify-file cc ciphers ciphersuites
    client-sigalgs crl-file crt crt-ignore-err crt-list curves default-crt ecdhe expose-fd gid group guid-prefix id
    idle-ping interface label level maxconn mode mss name namespace nbconn nice npn process proto quic-cc-algo quic-socket
    severity-output shards sigalgs ssl-max-ver ssl-min-ver tcp-md5sig tcp-ut thread tls-ticket-keys uid user verify`),
}

const tables = { server, bind }

/** The words behind the address, as keywords with their values. */
export function parametersOf(args: readonly Word[], of: keyof typeof tables): readonly Parameter[] {
  const { alone, one } = tables[of]
  const parameters: Parameter[] = []
  for (let at = 0; at < args.length; at++) {
    const name = args[at]
    if (name === undefined) break
    // A keyword with brackets, as set-proxy-v2-tlv-fmt(0x20), takes the word behind it.
    const takes = one.has(name.text) || /^[\w-]+\(.*\)$/.test(name.text)
    const values = takes ? args.slice(at + 1, at + 2) : []
    at += values.length
    parameters.push({ name, values, known: takes || alone.has(name.text) })
  }
  return parameters
}

/** The value of the last such keyword, or the word itself of one that takes none. */
export function parameter(parameters: readonly Parameter[], name: string): Word | undefined {
  const last = parameters.findLast((each) => each.name.text === name || each.name.text === `no-${name}`)
  return last?.name.text === name ? (last.values[0] ?? last.name) : undefined
}
