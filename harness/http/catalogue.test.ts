import { describe, expect, test } from 'vitest'
import { saidOfEither, saidOfRequests, saidOfResponses } from '../../fixtures/http/redbot-ids.ts'
import { passiveChecks, requestChecks } from './passive.ts'

/** What httplint can say and we do not, or not by that name: each with its reason. */
const otherwise: Readonly<Record<string, string>> = {
  CHARSET_IMPLICIT_MISMATCH:
    'JSON that decodes as UTF-8 is UTF-8 (RFC 8259 section 8.1): a guess that says otherwise is a false alarm',
}

const idsOf = (checks: Awaited<ReturnType<typeof passiveChecks>>): ReadonlyMap<string, readonly string[]> => {
  const ids = new Map<string, string[]>()
  for (const { id, aka } of checks.flatMap((each) => each.rules)) {
    if (aka?.['redbot'] === undefined) continue
    ids.set(aka['redbot'], [...(ids.get(aka['redbot']) ?? []), id])
  }
  return ids
}

const inResponses = idsOf(await passiveChecks())
const inRequests = idsOf(await requestChecks())
const missing = (wanted: readonly string[], ids: ReadonlyMap<string, readonly string[]>) =>
  wanted.filter((id) => !ids.has(id) && !Object.hasOwn(otherwise, id))

describe('what httplint can say', () => {
  test('is 326 identifiers, each known on one side or on both; ACAC_NOT_TRUE is declared there and never raised', () => {
    const all = [...saidOfResponses, ...saidOfRequests, ...saidOfEither]
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(326)
  })

  test('of responses is said by a rule of ours', () => {
    expect(missing([...saidOfResponses, ...saidOfEither], inResponses)).toEqual([])
  })

  test('of requests is said by a rule of ours', () => {
    expect(missing([...saidOfRequests, ...saidOfEither], inRequests)).toEqual([])
  })

  test('is left out where the reason says why, and nowhere else', () => {
    for (const id of Object.keys(otherwise)) expect([...inResponses.keys(), ...inRequests.keys()]).not.toContain(id)
  })
})

describe('a rule that claims an identifier', () => {
  test('claims one that there is, on its own side', () => {
    // What probes find with a second request has names of REDbot's own.
    const probed = new Set(['BAD_CHUNK', 'EXTRA_DATA', 'HEADER_NAME_SPACE', 'ONE_XX_BAD_HEADER'])
    const known = new Set([...saidOfResponses, ...saidOfEither, ...probed])
    expect([...inResponses.keys()].filter((id) => !known.has(id))).toEqual([])
    expect([...inRequests.keys()].filter((id) => ![...saidOfRequests, ...saidOfEither].includes(id))).toEqual([])
  })
})
