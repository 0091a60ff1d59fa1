import { rule } from '../../kernel/index.ts'
import { balancerProbe } from '../balancer-probe.ts'
import { haproxyManual } from '../references.ts'

export const configurationAcceptedRefused = rule({
  id: 'loadbalancing/configuration-accepted-refused',
  level: 'error',
  reference: haproxyManual('2.2-quoting'),
  says: ({ title, complaint }: { title: string; complaint: string }) => `${title} does not start with it: ${complaint}`,
  wants: 'A configuration that ships is one that the balancer starts with.',
  remedy: 'Mend the line. Words of old versions have successors: look for them in the manual of the version that runs.',
  inherent: true,
})

export const configurationAcceptedWarned = rule({
  id: 'loadbalancing/configuration-accepted-warned',
  level: 'error',
  reference: haproxyManual('2.2-quoting'),
  says: ({ title, complaint }: { title: string; complaint: string }) => `${title} warns: ${complaint}`,
  wants: 'Nothing in the configuration is passed over: what a balancer warns of and ignores is not what was meant.',
  remedy: 'Mend the line. The exit code of the test is 0 with warnings too, so a gate must read what it says.',
  inherent: true,
})

export const configurationAcceptedDoubtful = rule({
  id: 'loadbalancing/configuration-accepted-doubtful',
  level: 'warning',
  reference: haproxyManual('2.2-quoting'),
  says: ({ given, wanted }: { given: string; wanted: string }) => `Given ${given}, wanted ${wanted}.`,
  wants: 'Each line says what was meant by it.',
  remedy: 'Look the line up in the manual; a balancer may take it and do something else.',
  inherent: true,
})

export interface TestedConfiguration {
  readonly title: string
  readonly exitCode: number
  /** Each with the place that the balancer names, when it names one. */
  readonly complaints: readonly { readonly place: string; readonly text: string }[]
  readonly doubtful: readonly { readonly place: string; readonly given: string; readonly wanted: string }[]
}

/** The balancer takes its configuration and has nothing to say against it. */
export const configurationAccepted = balancerProbe({
  id: 'loadbalancing/configuration-accepted',
  rules: [configurationAcceptedRefused, configurationAcceptedWarned, configurationAcceptedDoubtful],
  still: true,
  expects: () => ({}),
  async gather({ kind, balancer, setup }) {
    const { exitCode, complaints } = balancer.tested
    return {
      title: kind.title,
      exitCode,
      complaints: complaints.map((text) => ({ place: placeIn(text) ?? kind.configFile, text })),
      doubtful: setup.problems
        .filter(({ level }) => level === 'doubtful')
        .map(({ file, line, given, wanted }) => ({ place: `${file}:${line}`, given, wanted })),
    }
  },
  *run({ title, exitCode, complaints, doubtful }: TestedConfiguration) {
    const said = exitCode === 0 ? configurationAcceptedWarned : configurationAcceptedRefused
    for (const { place, text } of complaints) yield said.at(place, { title, complaint: text })
    if (exitCode !== 0 && complaints.length === 0) {
      yield configurationAcceptedRefused.at('configuration', { title, complaint: `exit code ${exitCode}` })
    }
    for (const { place, given, wanted } of doubtful) yield configurationAcceptedDoubtful.at(place, { given, wanted })
  },
  examples: [
    { title: 'taken', given: { title: 'HAProxy', exitCode: 0, complaints: [], doubtful: [] }, yields: [] },
    {
      title: 'a word that has been taken out',
      given: {
        title: 'HAProxy',
        exitCode: 1,
        complaints: [{ place: '/etc/haproxy/haproxy.cfg:9', text: "[ALERT] : unknown keyword 'contimeout'" }],
        doubtful: [],
      },
      yields: [configurationAcceptedRefused],
    },
    {
      title: 'refused without a word',
      given: { title: 'HAProxy', exitCode: 139, complaints: [], doubtful: [] },
      yields: [configurationAcceptedRefused],
    },
    {
      title: 'taken, and a line of it passed over',
      given: {
        title: 'HAProxy',
        exitCode: 0,
        complaints: [{ place: '/etc/haproxy/haproxy.cfg:9', text: "[WARNING] : 'option forwardfor' ignored" }],
        doubtful: [{ place: '/etc/haproxy/haproxy.cfg:4', given: '"chek"', wanted: 'a keyword of a server' }],
      },
      yields: [configurationAcceptedWarned, configurationAcceptedDoubtful],
    },
  ],
})

/** `[/etc/haproxy/haproxy.cfg:12]`, `in /etc/nginx/nginx.conf:12`, `on line 12 of /etc/apache2/apache2.conf:`. */
function placeIn(text: string): string | undefined {
  const [, file, line] = /(\/[^\s:[\]]+):(\d+)/.exec(text) ?? []
  if (file !== undefined) return `${file}:${line}`
  const [, at, path] = /line (\d+) of (\/[^\s:]+)/.exec(text) ?? []
  return path === undefined ? undefined : `${path}:${at}`
}
