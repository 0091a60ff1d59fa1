import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { dispositionFaults, parseContentDisposition } from '../grammar/content-disposition.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.content-disposition'

const malformed = rule({
  id: 'http/content-disposition-malformed',
  level: 'error',
  reference: rfc(6266, '4.1'),
  says: (e: { value: string }) => `Content-Disposition is "${e.value}", which does not parse.`,
  wants: 'A disposition type, then parameters after semicolons, values quoted unless they are tokens.',
  remedy: 'Quote the file name: attachment; filename="annual report.pdf".',
})

const unknown = rule({
  id: 'http/content-disposition-unknown',
  level: 'warning',
  reference: rfc(6266, '4.2'),
  says: (e: { type: string }) => `Content-Disposition is of type "${e.type}", which is treated as attachment.`,
  wants: 'The type is inline or attachment.',
  remedy: 'Say attachment, if that is meant.',
  aka: { redbot: 'DISPOSITION_UNKNOWN' },
})

const unnamed = rule({
  id: 'http/content-disposition-unnamed',
  level: 'warning',
  reference: rfc(6266, '4.3'),
  says: () => 'Content-Disposition is an attachment without a file name.',
  wants: 'An attachment has filename or filename*.',
  remedy: 'Add filename="...", or filename*=UTF-8\'\'... for other letters than ASCII.',
  aka: { redbot: 'DISPOSITION_OMITS_FILENAME' },
})

const percent = rule({
  id: 'http/content-disposition-percent',
  level: 'warning',
  reference: document('RFC 6266 appendix D', 'https://www.rfc-editor.org/rfc/rfc6266#appendix-D'),
  says: (e: { name: string }) =>
    `The file name "${e.name}" holds an escape, which some browsers decode and others keep.`,
  wants: 'filename holds no percent escapes; filename* is for them.',
  remedy: 'Send plain ASCII in filename, and the full name in filename*.',
  aka: { redbot: 'DISPOSITION_FILENAME_PERCENT' },
})

const path = rule({
  id: 'http/content-disposition-path',
  level: 'warning',
  reference: rfc(6266, '4.3'),
  says: (e: { name: string }) => `The file name "${e.name}" holds a path, which clients must not follow.`,
  wants: 'The file name is the last part of a path only.',
  remedy: 'Cut the directories off before sending the name.',
  aka: { redbot: 'DISPOSITION_FILENAME_PATH_CHAR' },
})

const nonAscii = rule({
  id: 'http/content-disposition-non-ascii',
  level: 'warning',
  reference: rfc(6266, '4.3'),
  says: (e: { name: string }) =>
    `The file name "${e.name}" has letters beyond ASCII, which clients read in different ways.`,
  wants: 'filename is ASCII; filename* carries other letters.',
  remedy: "Add filename*=UTF-8''... and keep filename ASCII.",
})

/** Content-Disposition: a type, `filename` and `filename*` (RFC 6266 section 4.1). */
export const contentDisposition = check({
  id: 'http/content-disposition',
  rules: [malformed, unknown, unnamed, percent, path, nonAscii],
  applies: ({ response }) => response.fields.has('content-disposition'),
  *run({ response }: Message) {
    // That there are more is told by http/singleton-fields.
    const [value] = response.fields.all('content-disposition')
    if (value === undefined) return
    const disposition = parseContentDisposition(value)
    const { type, name, extended } = disposition
    if (!disposition.wellFormed) yield malformed.at(place, { value: excerpt(value) })
    const seen = { name: excerpt(name ?? extended ?? '') }
    for (const fault of dispositionFaults(disposition)) {
      if (fault === 'unknown') yield unknown.at(place, { type: excerpt(type) })
      else if (fault === 'unnamed') yield unnamed.at(place)
      else yield (fault === 'percent' ? percent : path).at(place, seen)
    }
    if (/[^\x20-\x7e]/.test(name ?? '')) yield nonAscii.at(place, seen)
  },
  examples: [
    { title: 'inline', given: given({ fields: [['Content-Disposition', 'inline']] }), yields: [] },
    {
      title: 'both names',
      given: given({
        fields: [['Content-Disposition', 'Attachment; filename="EUR rates"; filename*=UTF-8\'\'%e2%82%ac%20rates']],
      }),
      yields: [],
    },
    {
      title: 'the extended name alone',
      given: given({ fields: [['Content-Disposition', "attachment; filename*=UTF-8''rates.pdf"]] }),
      yields: [],
    },
    {
      title: 'a name with a space',
      given: given({ fields: [['Content-Disposition', 'attachment; filename=a b.pdf']] }),
      yields: [malformed, unnamed],
    },
    {
      title: 'a comma for a semicolon',
      given: given({ fields: [['Content-Disposition', 'attachment, filename=a.pdf']] }),
      yields: [malformed, unknown],
    },
    { title: 'nothing', given: given({ fields: [['Content-Disposition', '']] }), yields: [malformed, unknown] },
    {
      title: 'a parameter without a value',
      given: given({ fields: [['Content-Disposition', 'inline; a']] }),
      yields: [malformed],
    },
    {
      title: 'a strange type after another',
      given: given({
        fields: [
          ['Content-Disposition', 'attachment; filename=a.pdf'],
          ['Content-Disposition', 'download; filename=a%20b.pdf'],
        ],
      }),
      yields: [],
    },
    {
      title: 'another type',
      given: given({ fields: [['Content-Disposition', 'download; filename=a.pdf']] }),
      yields: [unknown],
    },
    { title: 'no name', given: given({ fields: [['Content-Disposition', 'attachment']] }), yields: [unnamed] },
    {
      title: 'an escape',
      given: given({ fields: [['Content-Disposition', 'attachment; filename="a%20b.pdf"']] }),
      yields: [percent],
    },
    {
      title: 'a percent sign that escapes nothing',
      given: given({ fields: [['Content-Disposition', 'attachment; filename="100% sure.pdf"']] }),
      yields: [percent],
    },
    {
      title: 'a path',
      given: given({ fields: [['Content-Disposition', 'attachment; filename="../a.pdf"']] }),
      yields: [path],
    },
    {
      title: 'a path in the extended name',
      given: given({ fields: [['Content-Disposition', "attachment; filename*=UTF-8''..%2Fa"]] }),
      yields: [path],
    },
    {
      title: 'letters beyond ASCII',
      given: given({ fields: [['Content-Disposition', 'attachment; filename="\u00e4.pdf"']] }),
      yields: [nonAscii],
    },
    { title: 'none', given: given(), yields: [] },
  ],
})
