import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test as base } from 'vitest'
import type { Heard } from '../heard.ts'
import { heard } from '../heard.ts'

interface Cli {
  readonly folder: string
  readonly write: (name: string, content: string) => Promise<void>
  readonly run: (...argv: readonly string[]) => Promise<Heard>
}

const test = base.extend('cli', async ({}, { onCleanup }): Promise<Cli> => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-gate-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return {
    folder,
    write: (name, content) => writeFile(join(folder, name), content),
    run: (...argv) => heard(['gate', ...argv], folder),
  }
})

const sample = (name: string): string => fileURLToPath(new URL(`../../../fixtures/security/${name}`, import.meta.url))
const nessus = await readFile(sample('scan.nessus'), 'utf8')

describe('seatrial gate', () => {
  test('prints the counts of each file by severity', async ({ cli }) => {
    await cli.write('a.nessus', nessus)
    const { code, out } = await cli.run('a.nessus', '--format', 'json')
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          file: 'a.nessus',
          format: 'nessus',
          counts: { critical: 1, high: 0, medium: 1, low: 1, info: 1, unknown: 0 },
          trouble: [],
        },
      ],
      verdict: 'failed',
    })
    expect(code).toBe(1)
    expect((await cli.run('a.nessus', '--json')).out).toBe(out)
  })

  test.for<[what: string, content: string, argv: readonly string[], code: number]>([
    ['a critical finding', nessus, [], 1],
    ['nothing as grave', nessus.replace('severity="4"', 'severity="2"'), [], 0],
    ['a finding as grave as asked', nessus.replace('severity="4"', 'severity="2"'), ['--block', 'medium'], 1],
    ['only less than critical', nessus.replace('severity="4"', 'severity="3"'), ['--block', 'critical'], 0],
    ['a report that is cut off', nessus.replace('severity="4"', 'severity="2"').slice(0, -40), [], 2],
    ['a cut report with something grave', nessus.slice(0, -40), [], 1],
    ['a report that is too old', nessus.replace('severity="4"', 'severity="2"'), ['--max-age', '0.001'], 2],
    ['a severity that is none', nessus, ['--block', 'error'], 3],
  ])('%s ends with its code', async ([, content, argv, code], { cli }) => {
    await cli.write('a.nessus', content)
    expect((await cli.run('a.nessus', ...argv)).code).toBe(code)
  })

  test('a file that is not there is a mistake in the question', async ({ cli }) => {
    const { code, err } = await cli.run('gone.nessus')
    expect(code).toBe(3)
    expect(err).toContain('gone.nessus')
  })

  test('one report that cannot be read does not keep the others from being read', async ({ cli }) => {
    await cli.write('page.html', '<html>502</html>')
    const { code, out } = await cli.run('page.html', sample('nmap.xml'))
    expect(code).toBe(1)
    expect(out).toContain('page.html: line 1: it is an HTML page')
    expect(out).toContain('security/cve-2014-0160')
  })

  test('an accepted finding is told with who accepted it; a graver one is not accepted', async ({ cli }) => {
    await cli.write('a.nessus', nessus)
    const entry = '{ rule: security/cve-2021-44228, place: "critical *", reason: r, owner: kim, expires: 9999-12-31 }'
    await cli.write('accept.yaml', `entries: [${entry}]`)
    const { code, out } = await cli.run('a.nessus', '--accept', 'accept.yaml')
    expect([code, out]).toEqual([0, expect.stringContaining('kim')])
    await cli.write('high.yaml', `entries: [${entry.replace('critical', 'high')}]`)
    expect((await cli.run('a.nessus', '--accept', 'high.yaml')).code).toBe(1)
  })

  test('with a baseline only what is new fails, wherever hosts, ports and lines have gone', async ({ cli }) => {
    await cli.write('a.nessus', nessus)
    await cli.run('a.nessus', '--write-baseline', 'base.json')
    const moved = nessus
      .replaceAll('10.1.2.3', '10.7.7.7')
      .replaceAll('port="443"', 'port="8443"')
      .replace('<Report ', '\n\n<Report ')
    await cli.write('b.nessus', moved)
    expect((await cli.run('b.nessus', '--baseline', 'base.json')).code).toBe(0)
    const item = /<ReportItem port="443"[\s\S]*?<\/ReportItem>/.exec(nessus)?.[0] ?? ''
    await cli.write('c.nessus', nessus.replace('</ReportHost>', `${item.replace('443', '8443')}</ReportHost>`))
    expect((await cli.run('c.nessus', '--baseline', 'base.json')).code).toBe(1)
    await cli.write('d.nessus', nessus.replace('severity="2"', 'severity="3"'))
    expect((await cli.run('d.nessus', '--baseline', 'base.json')).code).toBe(1)
  })

  test.for(['sarif', 'junit', 'markdown', 'html', 'openmetrics'])(
    'the same reports give the same %s, byte for byte',
    async (format, { cli }) => {
      const argv = [sample('scan.nessus'), sample('nuclei.jsonl'), '--format', format]
      const { out } = await cli.run(...argv)
      expect(out.length).toBeGreaterThan(100)
      expect((await cli.run(...argv)).out).toBe(out)
    },
  )

  test.for<[format: string, obeyed: RegExp]>([
    ['text', /^\s*::error::|##vso\[/m],
    ['github-annotations', /^\s*::error::/m],
    ['html', /<script>alert|<img src=x/],
    ['markdown', /<script>alert|<img src=x/],
    ['junit', /<script>alert|<img src=x/],
  ])('what a scanner was made to say commands nobody in %s', async ([format, obeyed], { cli }) => {
    const said = '\u202e\n::error::pwned&#10;##vso[task.complete]&lt;script&gt;alert(1)&lt;/script&gt;'
    const hostile = nessus
      .replace('pluginName="Apache', `pluginName="${said}`)
      .replace('name="10.1.2.3"', 'name="&lt;img src=x onerror=alert(1)&gt;"')
    await cli.write('a.nessus', hostile)
    const { out } = await cli.run('a.nessus', '--format', format)
    expect(out).toContain('pwned')
    expect(out).not.toMatch(obeyed)
    expect(out).not.toContain('\u202e')
  })

  test('escapes of a terminal in JSON are shown and not obeyed', async ({ cli }) => {
    const trivy = await readFile(sample('trivy.json'), 'utf8')
    await cli.write('t.json', trivy.replace('zlib: integer', '\\u001b]0;x\\u0007\\u001b[2J zlib: integer'))
    const { out } = await cli.run('t.json')
    expect(out).not.toContain('\u001b')
    expect(out).toContain('\\x1b[2J')
  })
})
