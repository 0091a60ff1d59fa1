import { resolve } from 'node:path'
import { z } from 'zod'
import { createAllowList } from '../../config/allow.ts'
import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes } from '../../kernel/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { parseAddress, preflight } from '../../replication/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { Io } from '../command.ts'
import type { CommonOptions } from '../http/gate-options.ts'
import { recordOf } from '../one-look.ts'
import { printRecord } from '../print-record.ts'

export interface PreflightOptions {
  readonly user: string
  /** Name of the environment variable that holds the password. */
  readonly passwordFrom: string
  /** Seconds. */
  readonly maxLag: number
  readonly engine: 'mariadb' | 'postgres' | undefined
  /** Of PostgreSQL. */
  readonly database: string | undefined
  readonly tls: 'off' | 'prefer' | 'require' | undefined
  /** File of certificates. */
  readonly ca: string | undefined
  readonly format: string
  /** One object for scripts, in place of a report. */
  readonly json: boolean
}

/**
 * Asks the nodes of a live cluster whether a promotion would be possible now, and what it would lose; changes nothing.
 * Only these nodes are asked.
 *
 * @throws UsageError for an address that is none, a password that is not in the environment, or a format that is not
 */
export async function preflightNodes(
  addresses: readonly string[],
  { user, passwordFrom, maxLag, format, json, ca, ...asked }: PreflightOptions,
  io: Io,
): Promise<ExitCode> {
  const path = 'seatrial drill preflight'
  const usual = asked.engine === 'postgres' ? 5432 : 3306
  const nodes = addresses.map((address) => parseAddress(address, `${path} <HOST:PORT>`, usual))
  const told = await reportFormat(format)
  const common: CommonOptions = { format, only: [], block: 'error', seed: 1 }
  const password = io.env[passwordFrom] ?? ''
  const target = {
    name: addresses.join(', '),
    nodes,
    login: { user, passwordFrom },
    maxLagSeconds: maxLag,
    ...asked,
    ca: ca === undefined ? undefined : resolve(io.workingDirectory, ca),
  }
  const allow = createAllowList({ hosts: addresses, origins: [] })
  const record = await recordOf(
    [path, ...addresses].join(' '),
    common,
    async function* (clock) {
      yield await preflight(target, { env: io.env, allow, clock, only: [], path })
    },
    { io, secrets: password.length < 4 ? [] : [password] },
  )
  if (json) {
    io.out(`${JSON.stringify(asData(record), undefined, 2)}\n`)
    return exitCodes[record.verdict]
  }
  if (format === 'text') io.out(`${answerOf(record).join('\n')}\n\n`)
  return printRecord(told, { record }, io)
}

/** What the attachment of the step has. */
const seen = z.object({
  cluster: z.object({ primary: z.string().optional() }),
  candidates: z.array(
    z.object({
      node: z.string(),
      obstacles: z.array(z.string()),
      unfetched: z.number().optional(),
      unapplied: z.number(),
      unit: z.enum(['transactions', 'bytes']),
      lagSeconds: z.number().nullable(),
      loss: z.string(),
    }),
  ),
})

function seenIn({ steps }: RunRecord): z.infer<typeof seen> | undefined {
  const told = steps.flatMap(({ attachments = [] }) => attachments).find(({ name }) => name === 'preflight.json')
  return told === undefined ? undefined : seen.parse(JSON.parse(told.content))
}

/** The question and its answer, a line a candidate. */
function answerOf(record: RunRecord): readonly string[] {
  const question = 'Would a promotion be possible now, and what would it lose?'
  const told = seenIn(record)
  if (told === undefined) return [`${question} Nobody can tell.`]
  const { cluster, candidates } = told
  const width = Math.max(0, ...candidates.map(({ node }) => node.length))
  const possible = candidates.filter(({ obstacles }) => obstacles.length === 0)
  return [
    `${question} ${possible.length > 0 ? 'It would.' : 'No.'}`,
    `  ${'primary'.padEnd(9)} ${cluster.primary ?? 'none of the nodes that answered'}`,
    ...candidates.map((one) => {
      const word = one.obstacles.length > 0 ? 'not now' : one === possible[0] ? 'best' : 'possible'
      return `  ${word.padEnd(9)} ${one.node.padEnd(width)}  ${one.loss}`
    }),
  ]
}

function asData(record: RunRecord): unknown {
  const { cluster, candidates = [] } = seenIn(record) ?? {}
  return {
    verdict: record.verdict,
    primary: cluster?.primary ?? null,
    best: candidates.find(({ obstacles }) => obstacles.length === 0)?.node ?? null,
    candidates,
    unsettled: record.steps.flatMap(({ unsettled }) => (unsettled === undefined ? [] : [unsettled.why])),
    findings: record.steps.flatMap(({ findings }) =>
      findings.map(({ rule, level, place, sentence }) => ({ rule, level, place, sentence })),
    ),
  }
}
