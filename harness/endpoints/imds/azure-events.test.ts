import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Served } from './testing/served.ts'
import { served } from './testing/served.ts'

const fields = { Metadata: 'true' }
const path = '/metadata/scheduledevents?api-version=2020-07-01'
const id = 'c7061bac-afdc-4513-b24b-aa5f13a16123'

const document = z.object({
  DocumentIncarnation: z.number(),
  Events: z.array(z.record(z.string(), z.unknown())),
})

async function read(service: Served, at = path): Promise<z.infer<typeof document>> {
  return document.parse(JSON.parse(await service.text(at, fields)))
}

describe('scheduled events of Azure', () => {
  test('are scheduled, start when their notice is over, and then are gone; each change is a new incarnation', async () => {
    const events = [{ eventId: id, type: 'Freeze', afterMs: 1000, noticeMs: 5000, lastsMs: 3000 }]
    await using service = await served({ clock: 'manual', seed: { azure: { events } } })
    expect(await read(service)).toEqual({ DocumentIncarnation: 1, Events: [] })
    await service.control('POST', 'clock', { advanceMs: 1000 })
    expect(await read(service)).toEqual({
      DocumentIncarnation: 2,
      Events: [
        {
          EventId: id,
          EventStatus: 'Scheduled',
          EventType: 'Freeze',
          ResourceType: 'VirtualMachine',
          Resources: ['seatrial-vm'],
          NotBefore: 'Thu, 01 Jan 2026 00:00:06 GMT',
          Description: 'Host server is undergoing maintenance.',
          EventSource: 'Platform',
          DurationInSeconds: 9,
        },
      ],
    })
    expect((await read(service)).DocumentIncarnation).toBe(2)
    await service.control('POST', 'clock', { advanceMs: 5000 })
    expect(await read(service)).toMatchObject({
      DocumentIncarnation: 3,
      Events: [{ EventStatus: 'Started', NotBefore: '' }],
    })
    await service.control('POST', 'clock', { advanceMs: 3000 })
    expect(await read(service)).toEqual({ DocumentIncarnation: 4, Events: [] })
  })

  test('start at once when they are approved', async () => {
    await using service = await served({ clock: 'manual', seed: { azure: { events: [{ eventId: id }] } } })
    const approve = (EventId: string) =>
      service.ask(path, { method: 'POST', fields, body: JSON.stringify({ StartRequests: [{ EventId }] }) })
    await read(service)
    await service.control('POST', 'clock', { advanceMs: 1 })
    expect(await read(service)).toMatchObject({ Events: [{ EventStatus: 'Scheduled' }] })
    expect(await approve(id.toUpperCase())).toMatchObject({ status: 200, body: '' })
    expect(await read(service)).toMatchObject({ Events: [{ EventStatus: 'Started' }] })
    expect((await approve(id)).status).toBe(200)
  })

  test('an approval that is malformed, or of an event that there is not, is 400', async () => {
    await using service = await served({ seed: { azure: { events: [{}] } } })
    const post = async (body: string) => (await service.ask(path, { method: 'POST', fields, body })).status
    for (const body of ['', '{', '{}', '{"StartRequests":[]}', `{"StartRequests":[{"EventId":"${id}"}]}`]) {
      expect(await post(body), body).toBe(400)
    }
  })

  test('tell in old versions only what those knew', async () => {
    const events = [{ type: 'Terminate', noticeMs: 300_000 }, { type: 'Reboot' }]
    await using service = await served({ clock: 'manual', seed: { azure: { events } } })
    await service.control('POST', 'clock', { advanceMs: 1 })
    const old = await read(service, '/metadata/scheduledevents?api-version=2017-08-01')
    expect(old.Events.map(({ EventType }) => EventType)).toEqual(['Reboot'])
    expect(old.Events[0]).not.toHaveProperty('EventSource')
    expect((await read(service)).Events).toHaveLength(2)
  })

  test('can be announced while the service runs', async () => {
    await using service = await served()
    await service.control('POST', 'azure-events', [{ type: 'Preempt', source: 'User' }])
    expect(await read(service)).toMatchObject({ Events: [{ EventType: 'Preempt', EventSource: 'User' }] })
  })
})
