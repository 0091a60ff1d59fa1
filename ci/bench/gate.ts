import { spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/**
 * How fast `seatrial gate` reads a .nessus of 200 MB, as a command in a process of its own, and how much memory it takes.
 * Wanted: 60 MB/s, below 150 MB.
 *
 *     node ci/bench/gate.ts [megabytes]
 */
const megabytes = Number(process.argv[2] ?? 200)
const rounds = 5

const words = 'The remote host runs a version of some software that is affected by something.\n'.repeat(8)
const risks = ['None', 'Low', 'Medium', 'High', 'Critical']

function item(at: number): string {
  return `<ReportItem port="${at}" svc_name="www" protocol="tcp" severity="${at % 5}" pluginID="${10_000 + at}" pluginName="Plugin ${at} &amp; more" pluginFamily="General">
<description>${words}</description>
<fname>plugin.nasl</fname>
<plugin_name>Plugin ${at}</plugin_name>
<plugin_type>remote</plugin_type>
<risk_factor>${risks[at % 5]}</risk_factor>
<script_version>1.2</script_version>
<solution>n/a</solution>
<synopsis>Something was seen.</synopsis>
<plugin_output>${words}</plugin_output>
</ReportItem>
`
}

async function generate(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Report name="bench">\n')
  const items = Array.from({ length: 40 }, (_, at) => item(at)).join('')
  let written = 0
  for (let host = 0; written < megabytes * 1e6; host++) {
    const address = `10.0.${host >> 8}.${host & 255}`
    const text = `<ReportHost name="${address}"><HostProperties><tag name="host-ip">${address}</tag></HostProperties>\n${items}</ReportHost>\n`
    written += text.length
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end('</Report>\n</NessusClientData_v2>\n')
  await once(file, 'finish')
}

interface Round {
  readonly seconds: number
  /** Of processors: what stays the same on a busy machine. */
  readonly cpuSeconds: number
  readonly peakMegabytes: number
}

const usage = z.object({ maxRSS: z.number(), userCPUTime: z.number(), systemCPUTime: z.number() })

/** What it took is told by the process itself at its end, in kilobytes and microseconds. */
async function round(path: string, peak: string): Promise<Round> {
  const main = fileURLToPath(new URL('../../harness/cli/main.ts', import.meta.url))
  const tell = `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, JSON.stringify(process.resourceUsage())))`
  const began = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, main, 'gate', path, '--json'],
    { encoding: 'utf8' },
  )
  const seconds = (performance.now() - began) / 1_000
  if (status !== 1) throw new Error(`the gate ended with ${status}: ${stderr}`)
  const { maxRSS, userCPUTime, systemCPUTime } = usage.parse(JSON.parse(await readFile(peak, 'utf8')))
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1_024 }
}

const folder = await mkdtemp(join(tmpdir(), 'seatrial-bench-gate-'))
try {
  const path = join(folder, 'scan.nessus')
  await generate(path)
  const { size } = await stat(path)
  const seen: Round[] = []
  for (let nth = 0; nth < rounds; nth++) seen.push(await round(path, join(folder, 'peak')))
  const rate = (key: 'seconds' | 'cpuSeconds'): string => {
    const middle = seen.map((each) => each[key]).toSorted((a, b) => a - b)[Math.floor(rounds / 2)]
    return (size / 1e6 / (middle ?? Number.NaN)).toFixed(0)
  }
  const peak = Math.max(...seen.map(({ peakMegabytes }) => peakMegabytes)).toFixed(0)
  process.stdout.write(
    `${(size / 1e6).toFixed(0)} MB: ${rate('seconds')} MB/s, ${rate('cpuSeconds')} MB a second of processor time (middle of ${rounds}), ${peak} MB at most\n`,
  )
} finally {
  await rm(folder, { recursive: true })
}
