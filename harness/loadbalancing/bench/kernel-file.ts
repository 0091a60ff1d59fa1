import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'

interface Wanted {
  readonly name: string
  readonly line: number
  readonly wanted: string
}

/**
 * The settings of a file for sysctl, the last word on each name, and what the kernel has: sysctl.conf(5), sysctl.d(5).
 *
 * @throws SeatrialError `SEATRIAL_NO_SETTINGS` (unsettled: prerequisite) when there is no such file, or nothing in it
 */
export async function readSettings(
  machine: Pick<Machine, 'exec'>,
  file: string,
): Promise<readonly (Wanted & { readonly is: string | undefined })[]> {
  const { stdout: text, exitCode } = await machine.exec(['cat', file])
  const wanted = settingsIn(text)
  if (exitCode !== 0 || wanted.length === 0) {
    throw new SeatrialError('SEATRIAL_NO_SETTINGS', `${file} in the container has no kernel setting`, {
      mend: 'Give it to the container (files), and name it as it is there: expect.kernel.',
      because: 'prerequisite',
    })
  }
  // One line for each, empty where the kernel has none.
  const script = 'for path; do if [ -r "$path" ]; then echo "=$(cat "$path")"; else echo; fi; done'
  const paths = wanted.map(({ name }) => `/proc/sys/${pathOf(name)}`)
  const { stdout } = await machine.exec(['sh', '-c', script, 'sh', ...paths])
  const lines = stdout.split('\n')
  return wanted.map((each, at) => {
    const line = lines[at] ?? ''
    return { ...each, is: line.startsWith('=') ? blanksAsOne(line.slice(1)) : undefined }
  })
}

/** Lines `name = value`; `#` and `;` begin comments, and a `-` before a name says that it may be missing. */
export function settingsIn(text: string): Wanted[] {
  const found = new Map<string, Wanted>()
  for (const [at, line] of text.split('\n').entries()) {
    const [, raw, value] = /^\s*-?([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (raw === undefined || value === undefined) continue
    const name = dotted(raw)
    found.set(name, { name, line: at + 1, wanted: blanksAsOne(value) })
  }
  return [...found.values()]
}

// Whichever of the two comes first parts the name; the other one stands for itself in it, as in net/ipv4/conf/eth0.1.
function dotted(raw: string): string {
  const slash = raw.indexOf('/')
  const dot = raw.indexOf('.')
  return slash !== -1 && (dot === -1 || slash < dot)
    ? raw.replaceAll(/[./]/g, (sign) => (sign === '/' ? '.' : '/'))
    : raw
}

function pathOf(name: string): string {
  return name.replaceAll(/[./]/g, (sign) => (sign === '.' ? '/' : '.'))
}

function blanksAsOne(value: string): string {
  return value.trim().replaceAll(/\s+/g, ' ')
}
