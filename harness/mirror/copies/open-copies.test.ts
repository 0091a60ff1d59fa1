import { expect, test } from 'vitest'
import { seededRandom, systemClock } from '../../kernel/index.ts'
import { httpServer } from '../testing/servers.ts'
import { Pool } from 'undici'
import { openLedger } from './ledger.ts'
import { openCopies } from './open-copies.ts'

test('a comparison that breaks is a copy that nobody compared, and no error of who passed the answer on', async () => {
  await using candidate = await httpServer((_request, response) => response.end('ok'))
  const pool = new Pool(candidate.url.origin)
  const ledger = openLedger()
  const copies = openCopies({
    candidate: pool,
    limits: { inFlight: 1, deadlineMs: 5_000, maxBody: 100, maxHeld: 1_000 },
    ledger,
    clock: systemClock,
    random: seededRandom(1, 'copies'),
    compare() {
      throw new RangeError('Maximum call stack size exceeded')
    },
    unanswered: () => undefined,
  })
  ledger.came()
  const copy = copies.begin({ method: 'GET', target: '/', fields: ['host', 'a'] })
  copy?.requestEnd()
  copy?.answerStart(200, 'OK', [])
  copy?.answerData(Buffer.from('ok'))
  expect(() => copy?.answerEnd([])).not.toThrow()
  await copies.close(5_000)
  await pool.destroy()
  expect(ledger.counts()).toEqual({ requests: 1, open: 0, fates: { 'dropped: comparison failed': 1 } })
})
