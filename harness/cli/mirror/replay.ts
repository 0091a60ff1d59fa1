import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import type { ExitCode } from '../../kernel/index.ts'
import { systemClock, UsageError } from '../../kernel/index.ts'
import type { Counts, MirrorSeen, ReplayOptions } from '../../mirror/index.ts'
import { beginMirror, mirrorStep, openReplay, shareOf } from '../../mirror/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { Invocation, Io } from '../command.ts'
import { typed } from '../given.ts'
import { recordOf } from '../one-look.ts'
import { demandChecks } from '../only.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'
import { comparingOf, comparingOptions, countsLine, fatesOf, path, urlOf } from './comparing.ts'

const options = comparingOptions.extend({
  primary: z.string().optional(),
  speed: z.string().default('1'),
  connections: z.coerce.number().int().min(1).max(2_000).default(64),
  order: z.enum(['connection', 'address', 'none'], { error: 'connection, address or none' }).default('connection'),
  host: z.string().optional(),
  logFormat: z.string().optional(),
})

export function withReplayOptions(program: Command): Command {
  return program
    .option('--speed <times>', 'of a replay: 1 keeps the pauses, 2x halves them, max keeps none; 1 unless said')
    .option('--connections <number>', 'of a replay: requests under way at once; 64 unless said')
    .option(
      '--order <of>',
      'of a replay: connection (unless said), address or none: whose requests wait for each other',
    )
    .option('--host <name>', 'of a replay: the one host of a HAR file whose requests are played; the first unless said')
    .option('--log-format <text>', 'of a replay: the format of an access log, as nginx or Apache is told it')
}

/** Options that mean something for a mirror alone, with what they are when nobody gives them. */
const ofMirror = {
  ...Object.fromEntries(['listen', 'cert', 'key', 'for', 'out', 'keepSecrets'].map((name) => [name, undefined])),
  cohort: '100%',
  by: 'address',
  inFlight: '256',
  outBody: '256KiB',
}
const ofReplay = { speed: undefined, connections: undefined, order: undefined, host: undefined, logFormat: undefined }

/** @throws UsageError for an option of a replay that is given to a mirror */
export function refuseReplayOptions(given: Invocation['options']): void {
  refuse(given, ofReplay, 'replay FILE before it')
}

function refuse(given: Invocation['options'], strangers: Readonly<Record<string, unknown>>, wanted: string): void {
  for (const [name, unless] of Object.entries(strangers)) {
    const value = given[name]
    if (value === unless) continue
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    throw new UsageError({ path: `${path} ${option}`, given: String(value), wanted })
  }
}

/** `seatrial mirror replay FILE`: what was recorded goes to a primary and a candidate. */
export async function runReplay(file: string | undefined, { options: given, io }: Invocation): Promise<ExitCode> {
  refuse(given, ofMirror, 'no such option for a replay')
  if (file === undefined) {
    throw new UsageError({ path: `${path} replay`, given: 'no file', wanted: 'one file of recorded traffic' })
  }
  const parsed = parseOptions(`${path} replay`, options, given)
  const told = await reportFormat(parsed.json ? 'json' : parsed.format)
  const { mirror: practice } = await import('../../mirror/slice.ts')
  await demandChecks(path, parsed.only, [practice])
  const sees = shareOf(parsed.sees, `${path} --sees`)
  const settings = settingsOf(parsed, file, io)
  const replay = await openReplay(settings)
  const begin = beginMirror(settings.candidate.origin, systemClock)
  const against = settings.primary?.origin ?? 'the answers in it'
  io.err(`${file} is ${replay.format}; ${settings.candidate.origin} is compared with ${against}\n`)
  const keys = ['primary', 'candidate', 'secondary', 'speed', 'connections', 'order'] as const
  const line = [path, 'replay', file, ...typed(keys, given)].join(' ')
  const look = async function* () {
    const over = tellCounts(io, replay.counts)
    const seen = await replay.run().finally(over)
    io.err(fatesOf(seen.counts))
    io.err(playedLines(seen))
    yield await mirrorStep(begin, seen, { only: parsed.only, sees, replay: line })
  }
  return printRecord(told, { record: await recordOf(line, parsed, look, { io }) }, io)
}

function settingsOf(given: z.infer<typeof options>, file: string, io: Io): ReplayOptions {
  const { primary, secondary, logFormat, host } = given
  if (primary === undefined && secondary !== undefined) {
    throw new UsageError({ path: `${path} --secondary`, given: secondary, wanted: 'a --primary beside it' })
  }
  return {
    ...comparingOf(given),
    file: resolve(io.workingDirectory, file),
    given: { name: file, ...(logFormat !== undefined && { logFormat }), ...(host !== undefined && { host }) },
    ...(primary !== undefined && { primary: urlOf(primary, '--primary') }),
    askAgain: given.askAgain,
    cohort: { share: 1, by: { kind: 'address' }, allow: given.allow },
    speed: speedOf(given.speed),
    order: given.order,
    connections: given.connections,
    signal: io.signal,
  }
}

function speedOf(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY
  const speed = /^\d+(?:\.\d+)?x?$/.test(text) ? Number.parseFloat(text) : 0
  if (speed > 0) return speed
  throw new UsageError({ path: `${path} --speed`, given: text, wanted: 'a number such as 1, 2x or 0.5, or max' })
}

/** Milliseconds between two lines for who waits. */
const toldEveryMs = 5_000

/** @returns what ends it */
function tellCounts(io: Io, counts: () => Counts): () => void {
  const progress = progressTo(io)
  const timer = setInterval(() => progress(countsLine(counts())), toldEveryMs)
  return () => clearInterval(timer)
}

/** Parts of a file that are told one by one. */
const unreadTold = 5

function playedLines({ replay }: MirrorSeen): string {
  if (replay === undefined) return ''
  const { unread, sent, late, heldBack, outOfOrder, ofWholeSeconds, stripped } = replay
  const lines: string[] = []
  if (late !== undefined && sent > 0)
    lines.push(`went out late by ${late.p50} ms in the middle, ${late.max} ms at most`)
  if (late !== undefined && heldBack > 0)
    lines.push(`${heldBack} waited past their time for an earlier answer of their connection`)
  if (ofWholeSeconds > 0) lines.push(`${ofWholeSeconds} have times in whole seconds, and were spread over them`)
  if (outOfOrder > 0) lines.push(`${outOfOrder} stood so late in the file that they went out of turn`)
  if (stripped > 0) lines.push(`${stripped} went without fields that are hidden in the file`)
  if (unread.count > 0) lines.push(`${unread.count} parts of the file could not be read:`)
  for (const { where, why } of unread.first.slice(0, unreadTold)) lines.push(`  ${where}: ${why}`)
  return lines.map((line) => `${line}\n`).join('')
}
