import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { environmentsOf } from '../host/environments.ts'
import { execManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const serviceEnvironmentIgnored = rule({
  id: 'boot/service-environment-ignored',
  level: 'error',
  reference: execManual,
  says: ({ path, line, text, unit: name }: { path: string; line: number; text: string; unit: string }) =>
    `Line ${line} of ${path}, "${text}", is no assignment: systemd leaves it out, and ${name} starts without it.`,
  wants: 'NAME=value a line, without export and without spaces around the equals sign.',
  remedy: 'Correct the line: the file is no script.',
})

/** Files with the environment of declared services. */
export const serviceEnvironment = staticCheck({
  id: 'boot/service-environment',
  rules: [serviceEnvironmentIgnored],
  *run({ declared, files: { units, texts } }) {
    const names = [...declared.services.map((each) => each.unit), ...declared.timers.map(serviceOf)]
    for (const name of names) {
      const own = units.byName.get(name)
      for (const path of own?.state === 'loaded' ? environmentsOf(own) : []) {
        for (const { line, text } of strangeIn(texts.get(path) ?? '')) {
          yield serviceEnvironmentIgnored.at(`${path}:${line}`, { path, line, text: text.slice(0, 80), unit: name })
        }
      }
    }
  },
  examples: [
    {
      title: 'assignments, comments, a value over two lines',
      given: host('# a\n; b\n\nA=1\n B_2="x y"\nC=one \\\n two\nD="first\nsecond"\n'),
      yields: [],
    },
    { title: 'export', given: host('export A=1\n'), yields: [serviceEnvironmentIgnored] },
    { title: 'a space before the sign', given: host('A =1\n'), yields: [serviceEnvironmentIgnored] },
    { title: 'no sign', given: host('A\n'), yields: [serviceEnvironmentIgnored] },
  ],
})

const serviceOf = (timer: string): string => timer.replace(/\.timer$/, '.service')

/** Lines that systemd passes over, of those that begin a setting. */
function* strangeIn(content: string): Generator<{ readonly line: number; readonly text: string }> {
  let open: string | undefined
  let goesOn = false
  for (const [index, raw] of content.split('\n').entries()) {
    const text = raw.trim()
    const begins = open === undefined && !goesOn
    if (begins && (text === '' || /^[#;]/.test(text))) continue
    if (begins && !/^[A-Za-z_]\w*=/.test(text)) {
      yield { line: index + 1, text }
      continue
    }
    open = quoteAfter(raw, open)
    goesOn = open === undefined && raw.endsWith('\\')
  }
}

/** The quote that is open at the end of a line. */
function quoteAfter(line: string, before: string | undefined): string | undefined {
  let open = before
  for (let at = 0; at < line.length; at++) {
    const character = line[at]
    if (character === '\\') at++
    else if (open === undefined && (character === '"' || character === "'")) open = character
    else if (character === open) open = undefined
  }
  return open
}

function host(text: string) {
  return sketch({
    declared: { services: [{ unit: 'a.service' }] },
    units: [unit('a.service', '[Service]\nExecStart=/usr/bin/a\nEnvironmentFile=-/etc/default/a\n')],
    texts: { '/etc/default/a': text },
  })
}
