import { expect, test } from 'vitest'
import { startOrigin } from '../../../../fixtures/servers/origin.ts'
import { createClient } from '../../../wire/index.ts'
import { given } from '../../message.ts'
import { openProbeContext } from '../../open-probe-context.ts'
import { codedPage, codingOf } from './coded-page.ts'

test('the coded page is asked for once, however many probes of a page want it', async () => {
  await using origin = await startOrigin()
  await using client = createClient()
  await using context = await openProbeContext({ url: origin.url, client, seed: 1 })
  const [one, other] = await Promise.all([codedPage(context.for('one')), codedPage(context.for('other'))])
  expect(codingOf(one)).toBe('gzip')
  expect(other).toBe(one)
  expect(context.requests).toBe(2)
})

test('each page has a coded page of its own', async () => {
  await using origin = await startOrigin()
  await using client = createClient()
  await using one = await openProbeContext({ url: origin.url, client, seed: 1 })
  await using other = await openProbeContext({ url: origin.url, client, seed: 1 })
  expect(await codedPage(one)).not.toBe(await codedPage(other))
})

test.for([
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['identity', ''],
])('Content-Encoding: %s is "%s" to a probe', ([value, coding]) => {
  expect(codingOf(given({ fields: [['Content-Encoding', value ?? '']] }))).toBe(coding)
})
