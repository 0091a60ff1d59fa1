import { describe, expect, test } from 'vitest'
import { served } from './testing/served.ts'

const at = (path: string): string => `/latest/meta-data/${path}`

describe('what happens to an instance of AWS', () => {
  test('an interruption appears when its time on the clock has come, and then says when', async () => {
    const events = { spot: { afterMs: 60_000 } }
    await using service = await served({ clock: 'manual', seed: { aws: { events } } })
    expect((await service.ask(at('spot/instance-action'))).status).toBe(404)
    expect(await service.text(at('instance-life-cycle'))).toBe('spot')
    await service.control('POST', 'clock', { advanceMs: 60_000 })
    expect(JSON.parse(await service.text(at('spot/instance-action')))).toEqual({
      action: 'terminate',
      time: '2026-01-01T00:03:00Z',
    })
    expect(await service.text(at('spot/termination-time'))).toBe('2026-01-01T00:03:00Z')
  })

  test('an interruption that only stops has no time of termination', async () => {
    await using service = await served({ seed: { aws: { events: { spot: { action: 'stop' } } } } })
    expect(await service.text(at('spot/'))).toBe('instance-action')
  })

  test('after so many polls it is there, and only looks at events count', async () => {
    await using service = await served({ clock: 'polls:2', seed: { aws: { events: { rebalance: { afterMs: 1 } } } } })
    const path = at('events/recommendations/rebalance')
    for (const _ of [1, 2, 3, 4]) await service.text(at('instance-id'))
    const statuses = []
    for (const _ of [1, 2, 3]) statuses.push((await service.ask(path)).status)
    expect(statuses).toEqual([404, 404, 200])
    expect(JSON.parse(await service.text(path))).toHaveProperty('noticeTime')
  })

  test('maintenance goes from scheduled to history', async () => {
    const maintenance = [{ code: 'instance-stop', afterMs: 1000, endsAfterMs: 5000, endsAs: 'canceled' }]
    await using service = await served({ clock: 'manual', seed: { aws: { events: { maintenance } } } })
    const read = async () => ({
      scheduled: JSON.parse(await service.text(at('events/maintenance/scheduled'))),
      history: JSON.parse(await service.text(at('events/maintenance/history'))),
    })
    expect(await read()).toEqual({ scheduled: [], history: [] })
    await service.control('POST', 'clock', { advanceMs: 1000 })
    expect(await read()).toEqual({
      scheduled: [
        {
          NotBefore: '02 Jan 2026 00:00:01 GMT',
          Code: 'instance-stop',
          Description: 'instance stop',
          EventId: 'instance-event-00000000000000001',
          NotAfter: '02 Jan 2026 01:00:01 GMT',
          State: 'active',
        },
      ],
      history: [],
    })
    await service.control('POST', 'clock', { advanceMs: 5000 })
    expect(await read()).toMatchObject({
      scheduled: [],
      history: [{ State: 'canceled', Description: '[Canceled] instance stop' }],
    })
  })

  test('a state in an Auto Scaling group moves on', async () => {
    const lifecycle = [{ state: 'InService' }, { state: 'Terminated', afterMs: 1000 }]
    await using service = await served({ clock: 'manual', seed: { aws: { events: { lifecycle } } } })
    const path = at('autoscaling/target-lifecycle-state')
    expect((await service.ask(path)).status).toBe(200)
    await service.control('POST', 'clock', { advanceMs: 1000 })
    expect(await service.text(path)).toBe('Terminated')
  })

  test('an event can be announced while the service runs, and a reset brings the seed back', async () => {
    await using service = await served()
    expect(await service.control('POST', 'events', { spot: { action: 'hibernate' } })).toEqual({ announced: true })
    expect(JSON.parse(await service.text(at('spot/instance-action')))).toMatchObject({ action: 'hibernate' })
    await service.control('POST', 'reset')
    expect((await service.ask(at('spot/instance-action'))).status).toBe(404)
    expect(await service.control('POST', 'events', { sport: {} })).toMatchObject({
      error: expect.stringMatching(/sport/),
    })
  })
})
