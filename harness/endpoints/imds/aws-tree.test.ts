import { createVerify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { served } from './testing/served.ts'

const lines = (text: string): string[] => text.split('\n')

describe('the tree of AWS', () => {
  test('begins with its versions, oldest first, and latest', async () => {
    await using service = await served()
    const versions = lines(await service.text('/'))
    expect(versions.slice(0, 2)).toEqual(['1.0', '2007-01-19'])
    expect(versions.slice(-2)).toEqual(['2024-04-11', 'latest'])
    expect(versions.slice(1, -1)).toEqual(versions.slice(1, -1).toSorted())
  })

  test('names the folders of a version without slashes, and user-data only when there is some', async () => {
    await using without = await served()
    expect(lines(await without.text('/latest/'))).toEqual(['dynamic', 'meta-data'])
    expect((await without.ask('/latest/user-data')).status).toBe(404)
    await using service = await served({ seed: { aws: { instance: { userData: '#!/bin/sh\n' } } } })
    expect(lines(await service.text('/latest/'))).toEqual(['dynamic', 'meta-data', 'user-data'])
    const { headers, body } = await service.ask('/latest/user-data')
    expect([headers.get('content-type'), body]).toEqual(['application/octet-stream', '#!/bin/sh\n'])
  })

  test('gives user data byte for byte', async () => {
    const bytes = Buffer.from([0x1f, 0x8b, 0, 255, 13, 10])
    await using service = await served({
      seed: { aws: { instance: { userData: { base64: bytes.toString('base64') } } } },
    })
    const answer = await fetch(`${service.url}/latest/user-data`)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
  })

  test('lists folders with a slash and leaves without, and everything listed is there', async () => {
    await using service = await served()
    const leaves: string[] = []
    const walk = async (folder: string): Promise<void> => {
      for (const entry of lines(await service.text(folder))) {
        const key = /^(\d+)=/.exec(entry)?.[1]
        if (key !== undefined) await walk(`${folder}${key}/`)
        else if (entry.endsWith('/')) await walk(`${folder}${entry}`)
        else leaves.push(`${folder}${entry}`.slice('/latest/meta-data/'.length))
        if (!entry.endsWith('/') && key === undefined) await service.text(`${folder}${entry}`)
      }
    }
    await walk('/latest/meta-data/')
    expect(leaves).toEqual(expect.arrayContaining(['ami-id', 'placement/region', 'public-keys/0/openssh-key']))
    expect(leaves).toContain('network/interfaces/macs/06:5a:11:0c:2f:77/subnet-id')
    expect(leaves.length).toBeGreaterThan(45)
  })

  test('lists public keys with their names, which are asked for nowhere', async () => {
    await using service = await served()
    expect(await service.text('/latest/meta-data/public-keys/')).toBe('0=seatrial')
    expect(await service.text('/latest/meta-data/public-keys/0/')).toBe('openssh-key')
    expect((await service.ask('/latest/meta-data/public-keys/0=seatrial')).status).toBe(404)
    await using without = await served({ seed: { aws: { instance: { keyName: null } } } })
    expect((await without.ask('/latest/meta-data/public-keys/')).status).toBe(404)
  })

  test('answers what it does not have with a page of XHTML', async () => {
    await using service = await served()
    for (const path of ['/latest/meta-data/no-such', '/2030-01-01/', '/latest/meta-data/spot/instance-action']) {
      const { status, headers, body } = await service.ask(path)
      expect([status, headers.get('content-type'), headers.get('server')], path).toEqual([404, 'text/html', 'EC2ws'])
      expect(body).toContain('<h1>404 - Not Found</h1>')
    }
    expect((await service.ask('/latest/%zz')).status).toBe(400)
    expect((await service.ask('/latest/meta-data/', { method: 'POST' })).status).toBe(405)
  })

  test('serves a folder without its slash on nitro, and leads to it with 301 on xen', async () => {
    const path = '/latest/meta-data/iam/security-credentials'
    await using nitro = await served()
    expect(await nitro.text(path)).toBe('seatrial-role')
    await using xen = await served({ seed: { aws: { platform: 'xen' } } })
    const { status, headers, body } = await xen.ask(path)
    expect([status, headers.get('location'), body]).toEqual([301, `${xen.url}${path}/`, ''])
    expect(await xen.text(`${path}/`)).toBe('seatrial-role')
    expect(await xen.text('/latest/meta-data/instance-id')).toBe('i-0d1b5e0a7c3f49e21')
  })

  test('has in old versions only what was there then', async () => {
    await using service = await served()
    expect(lines(await service.text('/1.0/meta-data/'))).not.toContain('placement/')
    expect((await service.ask('/2008-09-01/meta-data/mac')).status).toBe(404)
    expect(await service.text('/2011-01-01/meta-data/mac')).toBe('06:5a:11:0c:2f:77')
    expect(lines(await service.text('/2019-10-01/meta-data/placement/'))).toEqual([
      'availability-zone',
      'availability-zone-id',
    ])
    expect((await service.ask('/2009-04-04/dynamic/instance-identity/document')).status).toBe(200)
    expect((await service.ask('/2008-09-01/dynamic/')).status).toBe(404)
  })

  test('follows what the seed says of the instance, down to any single leaf', async () => {
    await using service = await served({
      seed: {
        aws: {
          instance: {
            region: 'ap-southeast-2',
            privateIpAddress: '10.1.2.3',
            publicIpAddress: null,
            tags: { 'a b': '1', Team: 'blue' },
          },
          role: null,
          leaves: { 'meta-data/product-codes': '3iplms73etrdhxdepv72l6ywj', 'meta-data/profile': null },
        },
      },
    })
    const get = (path: string) => service.text(`/latest/meta-data/${path}`)
    expect(await get('hostname')).toBe('ip-10-1-2-3.ap-southeast-2.compute.internal')
    expect(await get('placement/availability-zone-id')).toBe('apse2-az1')
    expect(await get('tags/instance/')).toBe('Team')
    expect(await get('product-codes')).toBe('3iplms73etrdhxdepv72l6ywj')
    const listed = lines(await get(''))
    for (const gone of ['iam/', 'profile', 'public-ipv4', 'public-hostname']) expect(listed).not.toContain(gone)
  })

  test('shows no tags where the instance is not to show them', async () => {
    await using service = await served({ seed: { aws: { options: { instanceMetadataTags: 'disabled' } } } })
    expect((await service.ask('/latest/meta-data/tags/instance/')).status).toBe(404)
  })

  test('signs its identity document so that the certificate of the mock verifies it', async () => {
    await using service = await served()
    const document = await service.text('/latest/dynamic/instance-identity/document')
    expect(JSON.parse(document)).toMatchObject({ instanceId: 'i-0d1b5e0a7c3f49e21', version: '2017-09-30' })
    expect(document).toContain('  "accountId" : "123456789012",\n')
    const { certificate } = z.object({ certificate: z.string() }).parse(await service.control('GET', 'certificate'))
    const signature = await service.text('/latest/dynamic/instance-identity/signature')
    const verify = (text: string) => createVerify('sha256').update(text).verify(certificate, signature, 'base64')
    expect([verify(document), verify(`${document} `)]).toEqual([true, false])
  })
})

const credentials = z.object({
  Code: z.string(),
  AccessKeyId: z.string(),
  LastUpdated: z.string(),
  Expiration: z.string(),
})

describe('credentials of a role', () => {
  test('are there under the name that the listing gives, and are renewed before they end', async () => {
    await using service = await served({ clock: 'manual' })
    const role = await service.text('/latest/meta-data/iam/security-credentials/')
    const read = async () =>
      credentials.parse(JSON.parse(await service.text(`/latest/meta-data/iam/security-credentials/${role}`)))
    const first = await read()
    expect(first).toMatchObject({
      Code: 'Success',
      LastUpdated: '2026-01-01T00:00:00Z',
      Expiration: '2026-01-01T06:00:00Z',
    })
    await service.control('POST', 'clock', { advanceMs: 5 * 3_600_000 })
    expect(await read()).toEqual(first)
    await service.control('POST', 'clock', { advanceMs: 55 * 60_000 })
    const second = await read()
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId)
    expect(second).toMatchObject({ LastUpdated: '2026-01-01T05:55:00Z', Expiration: '2026-01-01T11:55:00Z' })
  })

  test('are those of the seed where it names some', async () => {
    const given = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalr', token: 'session' }
    await using service = await served({ seed: { aws: { credentials: given, role: { name: 'web' } } } })
    const told = JSON.parse(await service.text('/latest/meta-data/iam/security-credentials/web'))
    expect(told).toMatchObject({ AccessKeyId: 'AKIDEXAMPLE', SecretAccessKey: 'wJalr', Token: 'session' })
  })
})

test('a seed that is wrong is refused with the place, before anything is served', async () => {
  await expect(served({ seed: { aws: { instance: { mac: '06:5A:11' } } } })).rejects.toThrow(
    /seed: aws\.instance\.mac: given/,
  )
  await expect(served({ seed: { aws: { leafs: {} } } })).rejects.toThrow(/leafs/)
})
