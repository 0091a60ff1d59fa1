import { messageOf } from '../kernel/index.ts'
import type { Trouble } from './exchange.ts'

const byCode: Readonly<Record<string, Trouble['kind']>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EPROTO: 'tls',
}

/** Names what a socket's error means; `otherwise` for the codes of nobody. */
export function troubleKindOf(error: unknown, otherwise: Trouble['kind']): Trouble['kind'] {
  const code = codeOf(error)
  if (/^ERR_(?:SSL|TLS|OSSL)_/.test(code)) return 'tls'
  return byCode[code] ?? otherwise
}

/** The error's own code, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The error's words on one line; of OpenSSL's errors the reason alone, without its source file and thread. */
export function troubleMessageOf(error: unknown): string {
  if (error instanceof Error && 'reason' in error && typeof error.reason === 'string') return error.reason
  return messageOf(error).replaceAll(/\s+/g, ' ').trim()
}
