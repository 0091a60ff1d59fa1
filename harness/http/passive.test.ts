import { basename } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discover } from '../discover.ts'
import type { WireProblemCode } from '../wire/index.ts'
import type { Message } from './message.ts'
import { given, messageOfExchange } from './message.ts'
import { lint, passiveChecks } from './passive.ts'

const checks = await passiveChecks()
const rules = checks.flatMap((each) => each.rules)

const findingsOf = (message: Message) =>
  lint(message, checks).flatMap(({ findings, unsettled }) => {
    expect(unsettled).toBeUndefined()
    return findings
  })

describe('every passive check', () => {
  test('there are at least 55 of them, and no id stands twice', () => {
    expect(checks.length).toBeGreaterThanOrEqual(55)
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })

  test('a file holds one check, named as the file is, and its rules begin with that name', async () => {
    const isCheck = (value: unknown): value is (typeof checks)[number] =>
      typeof value === 'object' && value !== null && 'examples' in value
    for (const folder of ['fields/', 'semantics/']) {
      const found = await discover(new URL(folder, import.meta.url), isCheck)
      expect(found.length).toBeGreaterThan(0)
      expect(found.map(({ thing }) => thing.id)).toEqual(found.map(({ file }) => `http/${basename(file, '.ts')}`))
    }
    for (const each of checks) {
      expect(each.rules.filter(({ id }) => !id.startsWith(`${each.id}-`)).map(({ id }) => id)).toEqual([])
    }
  })

  test.each(checks.map((each) => [each.id, each] as const))(
    '%s shows each of its rules in an example, and has an example in which it finds nothing',
    (_, each) => {
      const shown = new Set(each.examples.flatMap(({ yields }) => yields.map(({ id }) => id)))
      const quiet = each.examples.filter(({ yields }) => yields.every(({ level }) => level === 'good'))
      expect([...shown].toSorted()).toEqual(each.rules.map(({ id }) => id).toSorted())
      expect(quiet.length).toBeGreaterThan(0)
      for (const { wants, remedy, reference } of each.rules) {
        expect(wants).toMatch(/\S.*\.$/)
        expect(remedy).toMatch(/\S.*\.$/)
        expect(reference.url).toMatch(/^https:\/\//)
      }
    },
  )
})

const examples = checks.flatMap((each) => each.examples.map((example) => ({ check: each, example })))

describe('an example yields exactly the rules that it names', () => {
  test.each(examples.map(({ check, example }) => [`${check.id}: ${example.title}`, check, example] as const))(
    '%s',
    (_, check, example) => {
      const found = [...check.run(example.given)].map(({ rule }) => rule)
      expect([...new Set(found)].toSorted()).toEqual(example.yields.map(({ id }) => id).toSorted())
      // What says that it does not apply finds nothing.
      expect(check.applies?.(example.given) === false ? found : []).toEqual([])
    },
  )
})

describe('what a check finds', () => {
  test('does not depend on the order of fields with different names', () => {
    const shuffled = fc.constantFrom(...examples).chain(({ example }) => {
      const fields = example.given.exchange.response?.fields ?? []
      const names = [...new Set(fields.map(({ name }) => name.toLowerCase()))]
      return fc.tuple(fc.constant(example.given), fc.shuffledSubarray(names, { minLength: names.length }))
    })
    fc.assert(
      fc.property(shuffled, ([message, names]) => {
        const { exchange } = message
        const { response } = exchange
        if (response === undefined) throw new Error('examples have a response')
        const fields = names.flatMap((name) => response.fields.filter((line) => line.name.toLowerCase() === name))
        const other = messageOfExchange({ ...exchange, response: { ...response, fields } })
        if (other === undefined) throw new Error('a message with a response can be read')
        const sorted = (seen: Message) =>
          findingsOf(seen)
            .map((finding) => JSON.stringify(finding))
            .toSorted()
        expect(sorted(other)).toEqual(sorted(message))
      }),
      { numRuns: 1000 },
    )
  }, 30_000)

  test('tells no value of a cookie', () => {
    const message = given({
      url: 'https://origin.test/',
      fields: [
        ['Set-Cookie', 'session=hunter2; Max-Age=1h; Path'],
        ['Set-Cookie', 'session=hunter2 hunter2'],
        ['Set-Cookie', '__Host-a=hunter2'],
        ['Set-Cookie', 'hunter2'],
      ],
    })
    const text = JSON.stringify(findingsOf(message))
    expect(text).toContain('session')
    expect(text).not.toContain('hunter2')
  })
})

describe('a hostile head', () => {
  test('that is wrong a hundred thousand times is told in few findings, of every rule, and soon', () => {
    const link = `${'</a>,'.repeat(50_000)}</a>; rel=next; type=css`
    const start = performance.now()
    const found = findingsOf(given({ fields: [['Link', link]] })).filter(({ rule }) => rule.startsWith('http/link'))
    expect(performance.now() - start).toBeLessThan(2000)
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['http/link-rel-missing', 'http/link-type-bad']))
    expect(found).toHaveLength(6)
  })

  test.each(['"', ' ', ',', ';', '=', '(', '<', '\\"', 'a=', "'"])(
    'of a quarter megabyte of %j in any field takes no check long',
    (piece) => {
      const value = `a${piece.repeat(250_000 / piece.length)}`
      const names = [...new Set(examples.flatMap(({ example }) => example.given.response.fields.names()))]
      const slowest = names.map((name) => {
        const start = performance.now()
        findingsOf(given({ fields: [[name, value]] }))
        return performance.now() - start
      })
      expect(Math.max(...slowest)).toBeLessThan(2000)
    },
  )
})

describe('problems on the wire', () => {
  const codes = {
    'status-line-malformed': true,
    'http-09': true,
    'bare-lf': true,
    'bare-cr': true,
    'nul-byte': true,
    'obsolete-fold': true,
    'space-before-colon': true,
    'leading-space': true,
    'no-colon': true,
    'field-name-empty': true,
    'content-length-invalid': true,
    'content-length-conflict': true,
    'content-length-repeated': true,
    'content-length-with-transfer-encoding': true,
    'transfer-encoding-unknown': true,
    'chunk-size-malformed': true,
    'chunk-delimiter-malformed': true,
    'body-short': true,
    'extra-bytes': true,
    'body-not-allowed': true,
  } as const satisfies Record<WireProblemCode, true>

  test.each(Object.keys(codes) as WireProblemCode[])('%s becomes an error, and only one', (code) => {
    const clean = given({ fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] })
    const broken = given({
      fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']],
      response: { problems: [{ code, offset: 17, excerpt: 'what stood there' }] },
    })
    const errors = (message: Message) => findingsOf(message).filter(({ level }) => level === 'error')
    expect(errors(clean)).toEqual([])
    expect(errors(broken).map(({ rule }) => rule)).toHaveLength(1)
  })
})
