import { check, document, rfc, rule } from '../../kernel/index.ts'
import { dispositionFaults, parseContentDisposition } from '../grammar/content-disposition.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

type State = 'unknown' | 'unnamed' | 'percent' | 'path'
const told = <const S extends State>(state: S, redbot: string, what: string, reference = rfc(6266, '4.3')) =>
  rule({
    id: `http/request-content-disposition-${state}`,
    level: 'warning',
    reference,
    says: () => `Content-Disposition of the request ${what}.`,
    wants: 'A disposition is inline or attachment; its filename is plain and without directories.',
    remedy: 'Send attachment; filename="a.txt", and filename*=UTF-8\'\'... for other letters than ASCII.',
    aka: { redbot },
  })

const byFault = {
  unknown: told('unknown', 'DISPOSITION_UNKNOWN', 'is neither inline nor attachment', rfc(6266, '4.2')),
  unnamed: told('unnamed', 'DISPOSITION_OMITS_FILENAME', 'is an attachment without a file name'),
  percent: told(
    'percent',
    'DISPOSITION_FILENAME_PERCENT',
    'has an escape in filename, which some decode and others keep',
    document('RFC 6266 appendix D', 'https://www.rfc-editor.org/rfc/rfc6266#appendix-D'),
  ),
  path: told('path', 'DISPOSITION_FILENAME_PATH_CHAR', 'has a path for a file name'),
} as const

/** Content-Disposition of a request (RFC 6266 section 4). The name may be secret and is not shown. */
export const requestContentDisposition = check({
  id: 'http/request-content-disposition',
  rules: Object.values(byFault),
  applies: ({ request: { fields } }) => fields.has('content-disposition'),
  *run({ request: { fields } }: Message) {
    const [value] = fields.all('content-disposition')
    if (value === undefined) return
    for (const fault of dispositionFaults(parseContentDisposition(value)))
      yield byFault[fault].at('request.fields.content-disposition')
  },
  examples: [
    { title: 'a file', given: sent('attachment; filename=a.txt'), yields: [] },
    { title: 'a part of a form', given: sent('form-data; name=a'), yields: [byFault.unknown] },
    { title: 'no name', given: sent('attachment'), yields: [byFault.unnamed] },
    { title: 'an escape', given: sent('attachment; filename=a%20b'), yields: [byFault.percent] },
    { title: 'a path', given: sent('attachment; filename="/a"'), yields: [byFault.path] },
  ],
})

function sent(value: string): Message {
  return given({ requestFields: [['Content-Disposition', value]] })
}
