import { describe, expect, test as base } from 'vitest'
import { complaints, minimal, openPlace } from '../../fixtures/config/place.ts'
import type { Things } from '../kernel/index.ts'

const test = base.extend('place', openPlace)

/** What a practice could tell of two hosts. */
const things = {
  http: (): Things => ({
    needs: {
      'service:mariadb.service on db-1': ['mount:/data on db-1'],
      'service:mariadb.service on db-2': ['mount:/data on db-2'],
      'service:haproxy.service on lb': [],
    },
  }),
}

describe('what things need, in a configuration', () => {
  test('is a list, or says besides which findings are about it; what sections know is added', async ({ place }) => {
    await place.write('seatrial.config.json', {
      ...minimal,
      depends: {
        'site:shop': { needs: ['service:haproxy.service', 'dns:shop.test'], seen: [{ subject: 'balancer /' }] },
        'service:haproxy.service': ['service:mariadb.service on db-1'],
        'dns:shop.test': [],
      },
    })
    const { depends } = await place.load({ things })
    expect(depends).toEqual({
      'site:shop': {
        needs: ['service:haproxy.service on lb', 'dns:shop.test'],
        seen: [{ rule: '*', subject: 'balancer /', place: '*' }],
      },
      'service:haproxy.service on lb': { needs: ['service:mariadb.service on db-1'] },
      'service:mariadb.service on db-1': { needs: ['mount:/data on db-1'] },
      'service:mariadb.service on db-2': { needs: ['mount:/data on db-2'] },
      'dns:shop.test': { needs: [] },
    })
  })

  test('is nothing when nobody says it', async ({ place }) => {
    await place.write('seatrial.config.json', minimal)
    expect((await place.load({ things })).depends).toBeUndefined()
  })

  test.each<[title: string, depends: object, complaint: string, mend: string]>([
    [
      'a need that nothing declares, with the name that was meant',
      { 'site:shop': ['service:haproxi.service'] },
      'depends["site:shop"][0] | "service:haproxi.service" | a thing that a section declares, or that is a key of depends',
      'Did you mean "service:haproxy.service"? Write "service:haproxi.service": [] into depends when nothing else declares it.',
    ],
    [
      'a need that is like nothing else',
      { 'site:shop': { needs: ['queue:orders'] } },
      'depends["site:shop"].needs[0] | "queue:orders" | a thing that a section declares, or that is a key of depends',
      'Write "queue:orders": [] into depends when nothing else declares it.',
    ],
    [
      'a key that nothing needs and no finding names, and is nearly another',
      { 'service:haproxy.servce': ['mount:/data on db-1'] },
      'depends["service:haproxy.servce"] | "service:haproxy.servce" | a thing that a section declares, that another needs, or that has `seen`',
      'Did you mean "service:haproxy.service"? Otherwise say in `seen` which findings are about it.',
    ],
    [
      'a name that several hosts have',
      { 'site:shop': ['service:mariadb.service'] },
      'depends["site:shop"][0] | "service:mariadb.service" | one of "service:mariadb.service on db-1", "service:mariadb.service on db-2"',
      'Several hosts have it: write "service:mariadb.service on db-1".',
    ],
    [
      'a circle, also one that goes through what a section says',
      { 'mount:/data on db-1': ['array:/dev/md0'], 'array:/dev/md0': ['service:mariadb.service on db-1'] },
      'depends | "array:/dev/md0" needs "service:mariadb.service on db-1" needs "mount:/data on db-1" needs "array:/dev/md0" | things that do not need each other in a circle',
      'Take one of these needs away: what "array:/dev/md0" needs comes before it.',
    ],
    [
      'a thing that needs itself',
      { 'site:shop': ['site:shop'] },
      'depends | "site:shop" needs "site:shop" | things that do not need each other in a circle',
      'Take one of these needs away: what "site:shop" needs comes before it.',
    ],
    [
      'a name without its kind',
      { 'site:shop': ['/data'] },
      'depends["site:shop"][0] | "/data" | the name of a thing, its kind first, such as "mount:/data", "service:nginx.service" or "site:shop"',
      'Give the name of a thing, its kind first, such as "mount:/data", "service:nginx.service" or "site:shop".',
    ],
  ])('is refused for %s', async (_title, depends, complaint, mend) => {
    await using place = await opened()
    await place.write('seatrial.config.json', { ...minimal, depends })
    expect(await complaints(place.load({ things }))).toEqual([`seatrial.config.json: ${complaint}`])
    await expect(place.load({ things })).rejects.toMatchObject({ code: 'SEATRIAL_USAGE', mend })
  })
})

async function opened() {
  const cleanups: (() => Promise<void>)[] = []
  const place = await openPlace({}, { onCleanup: (clean) => void cleanups.push(clean) })
  return {
    ...place,
    async [Symbol.asyncDispose]() {
      for (const clean of cleanups) await clean()
    },
  }
}
