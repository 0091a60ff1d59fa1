import { mark } from './secret-literals.ts'
import { meaningOf } from './secret-names.ts'

/**
 * Secrets that are known by their looks. Every pattern runs in linear time: each repetition is
 * bounded or ends at a character that cannot begin another try.
 */
type Shape = (text: string) => string

/** PEM private key blocks (RFC 7468), also cut off ones and those with `\n` escaped. */
const privateKeys: Shape = (text) =>
  text.replaceAll(
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=,:\s]|-(?!----)|\\[nr])*(?:-----END [A-Z0-9 ]{0,60}-----)?/g,
    mark,
  )

/** Passwords in the userinfo of a URL (RFC 3986 section 3.2.1); the user's name stays. */
const urlPasswords: Shape = (text) =>
  text.replaceAll(/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:"'<>]{0,256}):[^\s/?#"'<>]{1,256}@/gi, `$1:${mark}@`)

/** Query parameters whose names are secret only there. */
const queryParameters: Shape = (text) =>
  text.replaceAll(
    /([?&;](?:amp;)?(?:key|sig|signature|auth|pass|pwd|x-amz-(?:signature|credential|security-token)|x-goog-signature)=)[^&;#\s"'<>]+/gi,
    `$1${mark}`,
  )

/** JSON Web Tokens (RFC 7519): the head of each begins with `{"`. */
const jsonWebTokens: Shape = (text) =>
  text.replaceAll(/(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?/g, mark)

/** Keys with a prefix that their issuer gave them so that they can be found. */
const issued: Shape = (text) =>
  text
    .replaceAll(/(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g, mark)
    .replaceAll(/(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}/g, mark)
    .replaceAll(/(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{22,255}/g, mark)
    .replaceAll(/(?<![A-Za-z0-9])(?:glpat-|npm_)[A-Za-z0-9_-]{20,255}/g, mark)
    .replaceAll(/(?<![A-Za-z0-9])xox[a-z]-[A-Za-z0-9-]{10,255}/g, mark)
    .replaceAll(/(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g, mark)
    .replaceAll(/(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,255}/g, mark)

/** AWS secret access keys: 40 characters that look thrown, so neither a SHA-1 nor a path. */
const awsSecretKeys: Shape = (text) =>
  text.replaceAll(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+][A-Za-z0-9+/]{39}(?![A-Za-z0-9+/=])/g, (word) =>
    looksThrown(word) ? mark : word,
  )

function looksThrown(word: string): boolean {
  const kinds = [...word].map((char) => (/[a-z]/.test(char) ? 'a' : /[A-Z]/.test(char) ? 'A' : '0'))
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length
  return changes >= 12 && new Set(kinds).size === 3
}

/** `Bearer` and `Basic` credentials (RFC 6750, RFC 7617), not the words "basic authentication". */
const credentials: Shape = (text) =>
  text
    .replaceAll(
      /\b(bearer) {1,4}([A-Za-z0-9._~+/-]{8,}=*)("?)/gi,
      (all, scheme: string, value: string, quote: string) => {
        // `Bearer error_uri="..."` is a challenge: parameters, and nothing to hide.
        if (quote !== '' && /^[a-z_]+=$/.test(value)) return all
        const word = value.length < 24 && !/[^A-Za-z]|[a-z][A-Z]/.test(value.replace(/[.-]$/, ''))
        return word ? all : `${scheme} ${mark}${quote}`
      },
    )
    .replaceAll(/\b(basic) {1,4}([A-Za-z0-9+/_-]{4,}={0,2})/gi, (all, scheme: string, value: string) =>
      isUserAndPassword(value) ? `${scheme} ${mark}` : all,
    )

function isUserAndPassword(base64: string): boolean {
  const text = Buffer.from(base64, 'base64').toString('latin1')
  return text.includes(':') && !/[\u0000-\u001f\u007f]/.test(text)
}

/** An Authorization field inside a longer text, such as a captured head or a curl command. */
const authorizationLines: Shape = (text) =>
  text
    .replaceAll(
      /\b((?:proxy-)?authorization["']?[ \t]{0,4}:[ \t]{0,4}["']?(?:digest|aws4-hmac-sha256|hoba|ntlm|negotiate|mutual|scram-sha-256) )[^\r\n]+/gi,
      `$1${mark}`,
    )
    .replaceAll(
      /\b((?:proxy-)?authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?)((?:[a-z][a-z0-9-]{1,20} )?)([^\s"']{6,})/gi,
      (all, label: string, scheme: string, value: string) =>
        /^(?:basic|bearer|token|apikey) $/i.test(scheme) || /[^A-Za-z.,;:-]/.test(value)
          ? `${label}${scheme}${mark}`
          : all,
    )

/** Cookies inside a longer text: the name stays, the value goes, attributes stay. */
const cookieLines: Shape = (text) =>
  text
    .replaceAll(
      /\b(set-cookie["'\x60]?[ \t:="'\x60\\]{1,6}[^\s=;,"'\x60\\]{1,256}=)[^\s;,"'\x60\\]+/gi,
      (_, kept: string) => `${kept}${mark}`,
    )
    .replaceAll(
      /(?<![a-z]-)\b(cookie["'\x60]?[ \t]{0,4}:[ \t"'\x60\\]{0,4})([^\s=;,"'\x60\\]{1,256}=[^\r\n"'\x60\\]*)/gi,
      (_, label: string, pairs: string) => `${label}${hidePairs(pairs)}`,
    )

/** `name=value` pairs of a Cookie field with every value hidden. */
export function hidePairs(pairs: string): string {
  return pairs.replaceAll(/=[^;\s]+/g, `=${mark}`)
}

/** `password: x`, `"client_secret":"x"`, `token=x`, `<SecretAccessKey>x</...>`, `--password x`. */
const named: Shape = (text) =>
  text.replaceAll(
    /(token|secret|passw(?:or)?d|passphrase|api[-_]?key|access[-_]?key|private[-_]?key)([A-Za-z0-9_-]{0,40})(\\?["']?[ \t]{0,4}[:=>][ \t]{0,4})("(?:[^"\\\r\n]|\\.)+"|'[^'\r\n]+'|\\?["']?[^\s"'&;,<>\\]+)/gi,
    (all, word: string, rest: string, between: string, value: string, at: number) => {
      const before = /[A-Za-z0-9_-]*$/.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? ''
      if (meaningOf(`${before}${word}${rest}`) !== 'secret') return all
      // "http/secret-shown: the page ..." is a sentence.
      if (rest !== '' && between === ': ' && /^[a-z]+$/.test(value)) return all
      const quote = /^\\?["']/.exec(value)?.[0] ?? ''
      const closed = quote !== '' && value.length > quote.length && value.endsWith(quote)
      return `${word}${rest}${between}${quote}${mark}${closed ? quote : ''}`
    },
  )

/** Secrets given to a command line: `--password x`, `-u user:x`. */
const commandLines: Shape = (text) =>
  text
    .replaceAll(
      /(--[a-z-]{0,30}(?:password|token|secret|api-key)[ \t]{1,4})(?!-)("[^"\r\n]+"|'[^'\r\n]+'|[^\s"']+)/gi,
      `$1${mark}`,
    )
    .replaceAll(/([ \t](?:-u|--user)[ =]["']?[^\s:"']{1,256}):[^\s"']+/g, `$1:${mark}`)

const shapes: readonly Shape[] = [
  privateKeys,
  urlPasswords,
  cookieLines,
  authorizationLines,
  credentials,
  jsonWebTokens,
  issued,
  queryParameters,
  named,
  commandLines,
  awsSecretKeys,
]

/** Replaces whatever looks like a credential. Linear in the length of the text. */
export function hideShapes(text: string): string {
  let clean = text
  for (const shape of shapes) clean = shape(clean)
  return clean
}
