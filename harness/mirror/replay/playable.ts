import { endToEnd } from '../end-to-end.ts'
import { fieldOf } from '../exchange.ts'
import type { Entry, Recorded } from './traffic.ts'

const token = /^[!#$%&'*+\-.^_`|~\w]+$/
/** Bytes that may stand in a request line, and in a value (RFC 9110 section 5.5). */
const target = /^(?:\/|\*$)[\u0021-\u007e\u0080-\u00ff]*$/
const value = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

/** What came out of a file as it can be sent: without what belonged to a connection, or as a part that cannot be read. */
export function playable(entry: Entry): Entry {
  if (entry.is === 'unread') return entry
  const { asked, where } = entry
  const why = whyNot(asked)
  if (why !== undefined) return { is: 'unread', where, why }
  if (fieldOf(asked.fields, 'upgrade')?.toLowerCase() === 'websocket') return { ...entry, unplayable: 'a WebSocket' }
  return withLength({ ...entry, asked: { ...asked, fields: endToEnd(asked.fields) } })
}

function whyNot({ method, target: path, fields }: Recorded['asked']): string | undefined {
  if (!token.test(method) || method === 'CONNECT') return `${JSON.stringify(method)} is no method that can be sent`
  if (!target.test(path)) return `${JSON.stringify(path.slice(0, 100))} is no path`
  for (let at = 0; at < fields.length; at += 2) {
    const [name = '', text = ''] = [fields[at], fields[at + 1]]
    if (!token.test(name) || !value.test(text)) return `the field ${JSON.stringify(name.slice(0, 100))} cannot be sent`
  }
  return undefined
}

/** The length that is said is that of the content: recorders decode it, or keep none. */
function withLength(entry: Recorded): Recorded {
  const { asked, body } = entry
  const said = fieldOf(asked.fields, 'content-length')
  const bytes = body?.length ?? 0
  if (said === undefined || Number(said) === bytes) return entry
  if (bytes === 0 && Number(said) > 0) return { ...entry, unplayable: 'content was not kept' }
  const fields = asked.fields.map((text, at) =>
    at % 2 === 1 && asked.fields[at - 1]?.toLowerCase() === 'content-length' ? String(bytes) : text,
  )
  return { ...entry, asked: { ...asked, fields } }
}
