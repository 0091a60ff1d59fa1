import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StepReport } from '../kernel/index.ts'
import { systemClock } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { openRun } from '../substrate/index.ts'
import { recovery } from './slice.ts'

const timeout = 120_000

/** What a drill says of somebody's own script. */
async function drilled(text: string): Promise<StepReport | undefined> {
  const baseFolder = await mkdtemp(join(tmpdir(), 'seatrial-own-script-'))
  await using run = await openRun()
  try {
    await writeFile(join(baseFolder, 'own.sh'), text)
    const context = {
      section: { drills: [{ drill: 'files-restored', procedure: 'restic', script: 'own.sh' }] },
      run,
      baseFolder,
      clock: systemClock,
      seed: 1,
      signal: new AbortController().signal,
      progress: () => {},
    }
    const [step] = await Array.fromAsync(recovery.trial(context as unknown as TrialContext<unknown>))
    return step
  } finally {
    await rm(baseFolder, { recursive: true })
  }
}

test(
  'a script of somebody is tried like a built-in one, and the way to see it again names it',
  { timeout },
  async () => {
    const good = await drilled(`#!/bin/sh
case $1 in
  backup) rm -rf "$REPOSITORY/now"; cp -a "$SOURCE" "$REPOSITORY/now" ;;
  restore) cp -a "$REPOSITORY/now/." "$TARGET" ;;
esac
`)
    expect(good).toMatchObject({ findings: [], looked: expect.arrayContaining(['recovery/outcome']) })
    const forgetful = await drilled(`#!/bin/sh
case $1 in
  backup) rm -rf "$REPOSITORY/now"; cp -r "$SOURCE" "$REPOSITORY/now" ;;
  restore) cp -r "$REPOSITORY/now/." "$TARGET" ;;
esac
`)
    expect(forgetful?.findings).toMatchObject([
      { rule: 'recovery/outcome-silently-wrong', replay: expect.stringMatching(/ --runbook .*own[.]sh$/) },
    ])
  },
)

test(
  'a script that does not know a verb is told with its own words, and nothing is restored after it',
  { timeout },
  async () => {
    const step = await drilled(`#!/bin/sh
case $1 in
  save) cp -a "$SOURCE" "$REPOSITORY/now" ;;
  *) echo "there is no $1, only save" >&2; exit 64 ;;
esac
`)
    expect(step?.findings).toMatchObject([
      {
        rule: 'recovery/outcome-not-recovered',
        sentence: 'backup ended with exit code 64 where recovery was possible: there is no backup, only save.',
      },
    ])
  },
)
