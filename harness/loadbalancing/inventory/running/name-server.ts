import { Resolver } from 'node:dns/promises'
import type { ExpectedName } from '../expected-names.ts'
import { ipOf } from '../addresses.ts'

/** What a name server said of a name: nothing is an answer too. */
export interface NameAnswer {
  readonly server: string
  readonly expected: ExpectedName
  readonly values: readonly string[]
}

export interface NamesAsked {
  readonly answers: readonly NameAnswer[]
  /** Why a name could not be asked for; those behind it were not tried. */
  readonly trouble: string | undefined
}

/** Answers that say that there is no such record: RFC 2308. */
const none: readonly unknown[] = ['ENOTFOUND', 'ENODATA']
const atOnce = 16

/**
 * Asks a name server for every name. One that does not answer is not asked for the rest.
 *
 * @param server an address, with its port when it is not 53
 */
export async function askNames(
  server: string,
  names: readonly ExpectedName[],
  signal: AbortSignal,
): Promise<NamesAsked> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  resolver.setServers([server])
  const cancel = (): void => resolver.cancel()
  signal.addEventListener('abort', cancel)
  const answers: NameAnswer[] = []
  try {
    for (let at = 0; at < names.length; at += atOnce) {
      signal.throwIfAborted()
      const some = names.slice(at, at + atOnce)
      const settled = await Promise.allSettled(some.map((each) => valuesOf(resolver, each)))
      for (const [index, each] of settled.entries()) {
        const expected = some[index]
        if (expected === undefined) continue
        if (each.status === 'fulfilled') answers.push({ server, expected, values: each.value })
        else {
          signal.throwIfAborted()
          return { answers, trouble: `${server} was asked for ${expected.name}: ${codeOf(each.reason)}` }
        }
      }
    }
    return { answers, trouble: undefined }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

async function valuesOf(resolver: Resolver, { name, kind }: ExpectedName): Promise<readonly string[]> {
  if (kind === 'pointer') return (await orNone(resolver.resolvePtr(name))).map((each) => each.toLowerCase())
  const [four, six] = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))])
  return [...four, ...six].map((each) => ipOf(each) ?? each)
}

async function orNone(asked: Promise<string[]>): Promise<string[]> {
  try {
    return await asked
  } catch (error) {
    if (none.includes(codeOf(error))) return []
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
