import { expect, test } from 'vitest'
import type { ExecResult } from '../../substrate/index.ts'
import { cutWhileWriting, fileSystemSaid } from './ledger.ts'

const record = (number: number): string => `begins ${number}\r\nacknowledges ${number} 00000000000000aa\r\n`

/** A machine of which only the console is there: what it shows before the cut, and what else came until the power was gone. */
function machineThat(shows: string, then = '', exitCode = 0): Parameters<typeof cutWhileWriting>[0] {
  let text = shows
  return {
    name: 'ledger',
    slowness: 1,
    exec: async () => ({ exitCode, stdout: '', stderr: '' }),
    console: () => ({ text, written: text.length }),
    cutPower: async () => void (text += then),
  }
}

const options = { enough: 2, signal: new AbortController().signal }

test('what was told until the end counts, also what came after the order to cut', async () => {
  const told = await cutWhileWriting(machineThat(record(1) + record(2), `${record(3)}begins 4\r\nackn`), options)
  expect(told).toEqual([1, 2, 3].map((number) => `${number} 00000000000000aa`))
})

test('a record that was begun and never acknowledged was being written', async () => {
  await expect(cutWhileWriting(machineThat(`${record(1)}${record(2)}begins 3\r\n`), options)).resolves.toHaveLength(2)
})

test('a cut when nothing was being written any more shows nothing', async () => {
  await expect(cutWhileWriting(machineThat(record(1) + record(2)), options)).rejects.toMatchObject({
    because: 'setup',
    message: expect.stringContaining('nothing was being written'),
  })
})

test('a host without the application is told for what it is', async () => {
  await expect(cutWhileWriting(machineThat('', '', 1), options)).rejects.toMatchObject({
    code: 'SEATRIAL_NO_WRITES',
    mend: expect.stringContaining('/usr/local/bin/ledger'),
  })
})

test.each([
  [0, { exitCode: 0, said: 'clean' }],
  [4, { exitCode: 4, said: 'clean' }],
  [8, undefined],
])('of a disk that e2fsck ends with %i on is told %o', async (exitCode, told) => {
  const exec = async (): Promise<ExecResult> => ({ exitCode, stdout: 'clean', stderr: '' })
  expect(await fileSystemSaid({ exec })).toEqual(told)
})
