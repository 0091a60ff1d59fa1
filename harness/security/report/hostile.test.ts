import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gated } from '../testing/gated.ts'
import { reading, sample } from '../testing/reading.ts'

const names = readdirSync(new URL('../../../fixtures/security/', import.meta.url)).toSorted()
const samples = await Promise.all(names.map(async (name) => [name, await sample(name)] as const))

describe.each(samples)('%s', (name, whole) => {
  test('cut off at every tenth byte never passes, and says so where nothing blocks', async () => {
    for (let end = 0; end < whole.length - 1; end += 10) {
      const { verdict, files } = await gated({ [name]: whole.slice(0, end) })
      expect(verdict, `the first ${end} bytes`).not.toBe('passed')
      expect([verdict === 'failed', ...(files[0]?.trouble ?? [])], `the first ${end} bytes`).not.toEqual([false])
    }
  })

  test('is the same in UTF-16 and with a byte order mark', async () => {
    const { told } = await reading(whole)
    const utf16 = (mark: string): Buffer => Buffer.from(mark + whole.replace(' encoding="UTF-8"', ''), 'utf16le')
    for (const bytes of [`\uFEFF${whole}`, utf16('\uFEFF'), utf16('\uFEFF').swap16()]) {
      expect((await reading(bytes)).told).toEqual(told)
    }
  })

  // Lines may follow each other; everything else ends once.
  test.skipIf(name.endsWith('.jsonl'))('twice in one file is no report', async () => {
    const { troubles } = await reading(`${whole}\n${whole}`)
    expect(troubles).toMatchObject([{ at: expect.stringMatching(/^line \d+$/) }])
  })

  test.for<[what: string, bytes: Buffer, kind: string]>([
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(whole.slice(0, -9)), Buffer.from([0xff, 0xc0])]),
      'encoding',
    ],
    ['NUL bytes', Buffer.from(`${whole.trimEnd().slice(0, -2)}\0${whole.trimEnd().slice(-2)}`), 'broken'],
  ])('with %s is refused', async ([, bytes, kind]) => {
    const { verdict } = await gated({ [name]: bytes })
    expect(verdict).not.toBe('passed')
    expect((await reading(bytes)).troubles.map((each) => each.kind)).toContain(kind)
  })
})

describe('a file that is no report', () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  const piece = 'x'.repeat(100 * 1024 * 1024)
  test.for<[what: string, content: string, why: string]>([
    ['an empty file', '', 'empty'],
    ['white space', ' \n\n', 'begins with'],
    ['an error page', '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>', 'HTML page'],
    ['a page in capitals', '<HTML></HTML>', 'HTML page'],
    ['other XML', '<?xml version="1.0"?><testsuites/>', 'none of the formats'],
    ['other JSON', '{"hello": "world"}', 'none of the formats'],
    ['an XML bomb', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><nmaprun>&l9;</nmaprun>`, 'entities'],
    [
      'an entity of another file',
      '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/passwd">]><nmaprun>&x;</nmaprun>',
      'entities',
    ],
    ['an attribute of 100 MB', `<nmaprun args="${piece}"/>`, 'one piece of it'],
    ['a text of 100 MB', `<NessusClientData_v2><Policy>${piece}`, 'one piece of it'],
    ['an element of many parts', `<nmaprun><host>${'<a b="c"/>'.repeat(5_000_000)}`, 'one element of it'],
    ['deep XML', `<nmaprun>${'<a>'.repeat(100_000)}`, 'nested'],
    ['a JSON text of 100 MB', `{"version":"2.1.0","runs":[{"results":["${piece}`, 'one piece of it'],
    ['deep JSON', `{"runs":${'['.repeat(100_000)}`, 'nested'],
    ['a line of 100 MB', `{"template-id":"a","info":{},"x":"${piece}`, 'more than'],
    ['an unread encoding', '<?xml version="1.0" encoding="EBCDIC-US"?><nmaprun/>', '"ebcdic-us"'],
    ['an encoding that it has not', '<?xml version="1.0" encoding="UTF-16"?><nmaprun/>', '"utf-16"'],
  ])('%s is told as what it is', async ([, content, why]) => {
    const began = performance.now()
    const { verdict, files } = await gated({ report: content })
    expect(verdict).toBe('unsettled')
    expect(files[0]?.trouble.join('\n')).toContain(why)
    expect(files[0]?.trouble.join('\n')).toMatch(/^line \d+: /)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('Latin-1 is read where it is declared', async () => {
    const head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    const nessus = `${head}<NessusClientData_v2><Report><ReportHost name="caf\u00e9"><ReportItem severity="0" pluginID="1"/></ReportHost></Report></NessusClientData_v2>`
    expect((await reading(Buffer.from(nessus, 'latin1'))).findings).toMatchObject([{ host: 'caf\u00e9' }])
  })

  test('any bytes end in an error or a trouble', async () => {
    const begins = fc.constantFrom('', ...samples.map(([, whole]) => whole.slice(0, 400)))
    const bytes = fc.tuple(begins, fc.uint8Array({ maxLength: 300 }))
    await fc.assert(
      fc.asyncProperty(bytes, async ([begin, rest]) => {
        const { verdict, files } = await gated({ report: Buffer.concat([Buffer.from(begin), rest]) })
        expect(verdict).not.toBe('passed')
        expect(files[0]?.trouble).not.toEqual([])
      }),
      { numRuns: 150, seed: 7 },
    )
  })
})
