import { describe, expect, test } from 'vitest'
import { command } from './caches.ts'

/** What can be said without starting anything. */

async function run(args: readonly string[], options: Readonly<Record<string, unknown>>) {
  const said: string[] = []
  const code = await command.run({
    args,
    options,
    io: {
      out: (text) => said.push(text),
      err: () => {},
      colour: false,
      interactive: false,
      signal: new AbortController().signal,
      workingDirectory: process.cwd(),
      env: {},
    },
  })
  return { code, out: said.join('') }
}

describe('seatrial caches --list', () => {
  test('tells every case with its level, what is wanted and where it is written, and how many there are', async () => {
    const { code, out } = await run([], { list: true })
    expect(code).toBe(0)
    expect(out).toMatch(/^caches\/vary-no-match +required +An answer that varies .* \(RFC 9111 section 4\.1\)$/m)
    expect(out).toMatch(/^\d{3} cases: \d+ required, \d+ optional, \d+ observation$/m)
  })

  test('--only a topic lists that topic, and --json as data with every request', async () => {
    const { out } = await run([], { list: true, json: true, only: 'caches/collapse' })
    const listed: { id: string; requests: unknown[] }[] = JSON.parse(out)
    expect(listed.length).toBeGreaterThan(3)
    for (const { id, requests } of listed) {
      expect(id).toMatch(/^caches\/collapse-/)
      expect(requests.length).toBeGreaterThan(0)
    }
  })
})

test.for([
  ['a product that there is not', ['nginy'], {}, 'Did you mean nginx?'],
  ['a case that there is not', [], { only: 'caches/vary-no-macth' }, 'Did you mean caches/vary-no-match?'],
  ['a file to be written from a few cases', [], { only: 'caches/vary', writeExpected: true }, ''],
] as const)('%s is a wrong command line, before anything is started', async ([, args, options, mend]) => {
  await expect(run(args, options)).rejects.toMatchObject({
    code: 'SEATRIAL_USAGE',
    mend: expect.stringContaining(mend),
  })
})
