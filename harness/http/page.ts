import type { MediaType } from './grammar/media-type.ts'
import { isHtml, parseMediaType } from './grammar/media-type.ts'
import { oncePerSection } from './grammar/once.ts'
import type { Message } from './message.ts'

const readMediaType = oncePerSection((fields) => {
  const value = fields.all('content-type')[0]
  return value === undefined ? undefined : parseMediaType(value)
})

/** The response's media type; undefined when it has none that can be read. */
export function mediaTypeOf({ response }: Message): MediaType | undefined {
  return readMediaType(response.fields)
}

// No content, or a part of it.
const noPage = new Set([204, 205, 206])

/** A page that a browser shows: HTML with a 2xx status. Redirects, errors, parts and 304 are none. */
export function isPage(message: Message): boolean {
  const { request, response } = message
  if (response.status < 200 || response.status > 299 || noPage.has(response.status)) return false
  if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'POST') return false
  const type = mediaTypeOf(message)
  return type !== undefined && isHtml(type)
}

/** True where the content arrived whole, so that something may be said of all of it. */
export function isWhole({ request, response, exchange }: Message): boolean {
  return request.method !== 'HEAD' && response.complete && exchange.response?.cutOff !== true && response.bodyBytes > 0
}
