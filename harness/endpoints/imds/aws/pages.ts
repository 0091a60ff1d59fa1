import type { Delivery, Field } from '../../core/index.ts'
import { reply } from '../../core/index.ts'

/** What the service calls itself. */
const server: Field = ['Server', 'EC2ws']

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** Errors come as a page of XHTML, whatever the client takes. */
export function page(status: number, fields: readonly Field[] = []): Delivery {
  const title = `${status} - ${titles[status] ?? 'Error'}`
  const body = `<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
         "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>${title}</title>
 </head>
 <body>
  <h1>${title}</h1>
 </body>
</html>
`
  return reply(status, [['Content-Type', 'text/html'], ...fields, server], body)
}

/** Refusals of the token service, and of a service that is turned off, have no body. */
export function bare(status: number, fields: readonly Field[] = []): Delivery {
  return reply(status, [['Content-Type', 'text/plain'], ...fields, server])
}

export function text(body: string | Uint8Array, fields: readonly Field[], type = 'text/plain'): Delivery {
  return reply(200, [['Content-Type', type], ['Accept-Ranges', 'none'], ...fields, server], body)
}
