import { SaxesParser } from 'saxes'
import type { Delivery, Endpoint, MockReply } from '../../core/index.ts'
import { encode } from '../signature/claim.ts'

/** A document as nested values: an element's text, its members, or its `<item>`s. */
export type Parsed = string | readonly Parsed[] | { readonly [name: string]: Parsed }

export interface Answer {
  readonly status: number
  readonly body: string
  /** Of an error document. */
  readonly code: string | undefined
  readonly message: string | undefined
  /** The text at a path such as `volumeSet.0.status`; undefined when there is none. */
  readonly at: (path: string) => string | undefined
  readonly delivery: Delivery
}

/** Asks an endpoint for an action of EC2 as an unsigned form, which `lenient` takes. */
export async function ask(
  endpoint: Endpoint,
  action: string,
  given: Readonly<Record<string, string>> = {},
  region = 'us-east-1',
): Promise<Answer> {
  const form = Object.entries({ Action: action, Version: '2016-11-15', ...given })
  const delivery = await endpoint.answer({
    method: 'POST',
    target: '/',
    host: `ec2.${region}.amazonaws.com`,
    scheme: 'https',
    fields: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
    body: new TextEncoder().encode(form.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')),
  })
  return read(delivery)
}

export function read(delivery: Delivery): Answer {
  const reply: MockReply | undefined = delivery.kind === 'reply' || delivery.kind === 'cut' ? delivery.reply : undefined
  const body =
    reply === undefined ? '' : typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body)
  const document = body === '' ? {} : parseXml(body)
  const at = (path: string): string | undefined => textAt(document, path)
  return {
    status: reply?.status ?? 0,
    body,
    code: at('Errors.Error.Code'),
    message: at('Errors.Error.Message'),
    at,
    delivery,
  }
}

/** The content of the document's element. @throws Error for what is no well-formed XML */
function parseXml(text: string): Parsed {
  interface Open {
    readonly name: string
    text: string
    readonly members: [string, Parsed][]
  }
  const parser = new SaxesParser()
  const stack: Open[] = [{ name: '', text: '', members: [] }]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => void stack.push({ name, text: '', members: [] }))
  parser.on('text', (piece) => {
    const top = stack.at(-1)
    if (top !== undefined) top.text += piece
  })
  parser.on('closetag', () => {
    const closed = stack.pop()
    if (closed !== undefined) stack.at(-1)?.members.push([closed.name, valueOf(closed)])
  })
  parser.write(text).close()
  return stack[0]?.members[0]?.[1] ?? ''
}

function valueOf({ text, members }: { text: string; members: [string, Parsed][] }): Parsed {
  if (members.length === 0) return text.trim() === '' ? '' : text
  if (members.every(([name]) => name === 'item')) return members.map(([, value]) => value)
  return Object.fromEntries(members)
}

function textAt(document: Parsed, path: string): string | undefined {
  let value: Parsed | undefined = document
  for (const step of path.split('.')) {
    if (typeof value !== 'object') return undefined
    value = Array.isArray(value) ? value[Number(step)] : Object.entries(value).find(([name]) => name === step)?.[1]
  }
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
