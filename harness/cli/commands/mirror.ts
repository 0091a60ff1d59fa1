import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { systemClock, UsageError } from '../../kernel/index.ts'
import type { Counts, MirrorOptions } from '../../mirror/index.ts'
import { beginMirror, mirrorStep, openMirror, shareOf, userKey } from '../../mirror/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { CliCommand, Invocation, Io } from '../command.ts'
import { typed } from '../given.ts'
import { comparingOf, comparingOptions, countsLine, fatesOf, path, urlOf } from '../mirror/comparing.ts'
import { recordedLines, recorderOf, recordingOptions, withRecordingOptions } from '../mirror/record.ts'
import { refuseReplayOptions, runReplay, withReplayOptions } from '../mirror/replay.ts'
import { recordOf } from '../one-look.ts'
import { demandChecks } from '../only.ts'
import { collect, parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'

const options = comparingOptions.extend({
  ...recordingOptions.shape,
  listen: z.string(),
  cert: z.string().optional(),
  key: z.string().optional(),
  primary: z.string(),
  cohort: z.string().default('100%'),
  by: z.string().default('address'),
  for: z.coerce.number().positive().optional(),
})

type Given = z.infer<typeof options>

/** `seatrial mirror`: what users send goes to a new version too. */
export const command: CliCommand = {
  name: 'mirror',
  summary: 'Copy real traffic to a new version, compare its answers, and say whether it may take over.',
  configure: (program) =>
    withReplayOptions(withRecordingOptions(program))
      .argument('[replay]', '"replay", to play what was recorded in the place of what users send')
      .argument('[file]', 'what was recorded: by --out, as HAR, as an access log, by GoReplay')
      .option('--listen <host:port>', 'where clients go from now on; port 0 for any that is free')
      .option('--primary <url>', 'what answers them; a replay may do without, and compare with recorded answers')
      .requiredOption('--candidate <url>', 'what gets a copy, and whose answers nobody sees')
      .option('--secondary <url>', 'the primary once more: what these two differ in is noise')
      .option('--cert <file>', 'a certificate, PEM: clients speak TLS from now on; with --key')
      .option('--key <file>', 'its key, PEM')
      .option('--cohort <share>', 'share of users whose requests are copied, such as 10%', '100%')
      .option('--by <key>', 'what tells users apart: address, path, cookie:NAME or field:NAME', 'address')
      .option('--allow <route>', 'a method and a path that may be copied though they change something', collect, [])
      .option('--ignore <place>', 'not compared, such as "field x-request-id" or "json $.meta.*"', collect, [])
      .option('--unordered <place>', 'a JSON array whose order says nothing, such as $.items', collect, [])
      .option('--max-body <size>', 'larger contents pass, and are not copied', '10MiB')
      .option('--max-held <size>', 'memory for contents of all copies under way', '256MiB')
      .option('--in-flight <number>', 'copies under way at once; more are dropped and counted', '256')
      .option('--deadline <seconds>', 'for a whole answer of the candidate', '10')
      .option('--slowest <times>', 'how much slower the candidate may be', '1.5')
      .option('--false-alarms <share>', 'chance of a false alarm, over all that is compared', '1%')
      .option('--sees <share>', 'the smallest share of wrong answers that must have been seen if it was there', '5%')
      .option('--no-ask-again', 'without a second primary, do not ask both once more what they answered differently')
      .option('--for <seconds>', 'end by itself; else SIGINT or SIGTERM end it, with the verdict')
      .option('--seed <number>', 'what is drawn at random is drawn from it', '1')
      .option('--only <ids>', 'look only with these checks or for these rules, separated by commas')
      .option('--block <level>', 'findings of this level and above fail: error, warning or info', 'error')
      .option('--accept <file>', 'findings that are accepted, with reasons')
      .option('-f, --format <name>', 'what to print: text, json, junit, ...', 'text')
      .option('--json', 'print data instead of text')
      .addHelpText('after', help),
  run: runMirror,
}

const help = `
Examples:
  seatrial mirror --listen 127.0.0.1:8080 --primary http://127.0.0.1:8081 --candidate http://127.0.0.1:8082
  seatrial mirror --listen :8080 --primary http://web-1 --secondary http://web-2 --candidate http://web-next --cohort 10%
  seatrial mirror ... --by cookie:session --ignore 'field x-request-id' --unordered '$.items'
  seatrial mirror --listen :443 --cert site.pem --key site.key --primary http://web-1 --candidate http://web-next
  seatrial mirror ... --allow 'POST /search*'       it changes nothing, so it may be sent twice
  seatrial mirror ... --out friday.jsonl            written down, to be played again:
  seatrial mirror replay friday.jsonl --primary http://127.0.0.1:8081 --candidate http://127.0.0.1:8082 --speed 2x
  seatrial mirror replay friday.jsonl --candidate http://127.0.0.1:8082     against the answers in it
  seatrial mirror replay access.log --log-format '$remote_addr [$time_local] "$request"' --primary ... --candidate ...

Clients notice nothing: the primary's answer goes back as it is, and waits for no copy. A request that would change
something is not copied unless a route allows it. Every request has one fate, and they are printed at the end.
Clients speak HTTP/1.1, HTTP/2 or WebSocket, on the one port; servers are asked in HTTP/1.1.

Exit codes: 0 when the candidate answers as the primary does, 1 when it does not, 2 when too few requests were compared
to tell, 3 when the command line is wrong.
`

async function runMirror(invocation: Invocation): ReturnType<CliCommand['run']> {
  const { args, options: given, io } = invocation
  const [what, file] = args
  if (what === 'replay') return runReplay(file, invocation)
  if (what !== undefined) throw new UsageError({ path, given: what, wanted: 'replay FILE, or no argument' })
  refuseReplayOptions(given)
  const parsed = parseOptions(path, options, given)
  const told = await reportFormat(parsed.json ? 'json' : parsed.format)
  const { mirror: practice } = await import('../../mirror/slice.ts')
  await demandChecks(path, parsed.only, [practice])
  const settings = { ...settingsOf(parsed), ...(await certificateOf(parsed)) }
  const sees = shareOf(parsed.sees, `${path} --sees`)
  const record = await recorderOf(parsed, settings, io)
  const mirror = await openMirror({ ...settings, ...(record !== undefined && { record }) }).catch(async (error) => {
    await record?.discard()
    throw error
  })
  const begin = beginMirror(settings.candidate.origin, systemClock)
  io.err(`${mirror.url.origin} -> ${settings.primary.origin}, copies to ${settings.candidate.origin}\n`)
  const replay = [path, ...typed(['listen', 'primary', 'candidate', 'secondary', 'cohort', 'by'], given)].join(' ')
  const look = async function* () {
    await untilTold(io, parsed.for, mirror.counts)
    const seen = await mirror.close()
    io.err(fatesOf(seen.counts))
    if (record !== undefined) io.err(recordedLines(parsed.out ?? '', await record.close()))
    yield await mirrorStep(begin, seen, { only: parsed.only, sees, replay })
  }
  return printRecord(told, { record: await recordOf(replay, parsed, look, { io }) }, io)
}

function settingsOf(given: Given): MirrorOptions {
  const primary = urlOf(given.primary, '--primary')
  return {
    ...comparingOf(given),
    listen: addressOf(given.listen),
    primary,
    ...(given.askAgain && { askAgain: primary }),
    cohort: {
      share: shareOf(given.cohort, `${path} --cohort`),
      by: userKey(given.by, `${path} --by`),
      allow: given.allow,
    },
  }
}

/** Both or none. */
async function certificateOf({ cert, key }: Given): Promise<Pick<MirrorOptions, 'certificate'>> {
  if (cert === undefined && key === undefined) return {}
  if (cert === undefined || key === undefined) {
    const given = cert === undefined ? `--key ${key} alone` : `--cert ${cert} alone`
    throw new UsageError({ path, given, wanted: '--cert and --key together' })
  }
  const read = async (option: string, file: string): Promise<string> =>
    readFile(file, 'utf8').catch((cause: unknown) => {
      throw new UsageError({ path: `${path} ${option}`, given: file, wanted: 'a file that can be read', cause })
    })
  return { certificate: { cert: await read('--cert', cert), key: await read('--key', key) } }
}

function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [, host = '', port = ''] = /^(\[[\da-f:]+\]|[^:]*):(\d{1,5})$/i.exec(text) ?? []
  if (port === '' || Number(port) > 65_535) {
    throw new UsageError({ path: `${path} --listen`, given: text, wanted: 'HOST:PORT, such as 127.0.0.1:8080' })
  }
  // Without a host it is this machine alone: nobody opens a proxy to the world by leaving a word out.
  return { host: host.replaceAll(/^\[|\]$/g, '') || '127.0.0.1', port: Number(port) }
}

/** Milliseconds between two lines for who waits. */
const toldEveryMs = 5_000

async function untilTold(io: Io, seconds: number | undefined, counts: () => Counts): Promise<void> {
  const progress = progressTo(io)
  const end = systemClock.elapsed() + (seconds ?? Number.POSITIVE_INFINITY) * 1_000
  while (!io.signal.aborted && systemClock.elapsed() < end) {
    const left = Math.min(toldEveryMs, end - systemClock.elapsed())
    await systemClock.pause(left, io.signal).catch(() => undefined)
    progress(countsLine(counts()))
  }
}
