import { expect, test } from 'vitest'
import { engineOn, imageOf, mustRunOn } from './given-image.ts'
import type { GivenImage } from './given-image.ts'
import { mariadb } from './mariadb.ts'
import { postgres } from './postgres.ts'

const path = 'replication.images.mariadb'
const options = { replicas: 2, gtid: true, logReplicaUpdates: true, semiSync: undefined }
const on = (version: string): GivenImage => imageOf(`mysql:${version}`, { MYSQL_MAJOR: version }, 'mariadb', path)
const command = async (image: GivenImage, more: Partial<typeof options> = {}): Promise<readonly string[]> =>
  (await engineOn(image, mariadb)).command({ id: 2 }, { ...options, ...more })

test('an official image tells what it is; one that does not is refused with what is wanted', () => {
  expect(on('8.4')).toEqual({ tag: 'mysql:8.4', kind: 'mysql', version: '8.4' })
  expect(imageOf('mine', { MARIADB_VERSION: '1:11.4.2+maria~ubu2404', MYSQL_MAJOR: '8.0' }, 'mariadb', path).kind).toBe(
    'mariadb',
  )
  expect(() => imageOf('nginx:1', { NGINX_VERSION: '1.27' }, 'mariadb', path)).toThrow(
    expect.objectContaining({ path, given: '"nginx:1"', mend: expect.stringContaining('mysql:8.4') }),
  )
})

test('an image of another engine is none of this one', () => {
  expect(imageOf('postgres:15', { PG_MAJOR: '15' }, 'postgres', path).kind).toBe('postgres')
  expect(() => imageOf('postgres:15', { PG_MAJOR: '15' }, 'mariadb', path)).toThrow(
    expect.objectContaining({ wanted: expect.stringContaining('MYSQL_MAJOR') }),
  )
})

test('a standby of PostgreSQL copies the primary before it is one: the folder of an official image is empty', async () => {
  const engine = await engineOn(imageOf('postgres:15', { PG_MAJOR: '15' }, 'postgres', path), postgres)
  expect(engine.entrypoint).toEqual(['sh', '/seatrial/start'])
  expect(engine.files?.['/seatrial/start']).toMatch(/pg_basebackup.*host=node-1|host=node-1[^]*pg_basebackup/)
  expect(engine.files?.['/seatrial/accounts.sql']).toContain('CREATE ROLE drill')
  expect(engine.command({ id: 2 }, options)[0]).toBe('standby')
})

test('the options of mysqld are those of its version', async () => {
  const newest = await command(on('8.4'))
  expect(newest).toEqual(
    expect.arrayContaining([
      '--server-id=2',
      '--gtid-mode=ON',
      '--enforce-gtid-consistency=ON',
      '--log-replica-updates=ON',
      '--plugin-load-add=semisync_source.so',
      '--plugin-load-add=semisync_replica.so',
    ]),
  )
  expect(newest.join(' ')).not.toMatch(/slave|master|gtid-strict|binlog-format/)
  const older = await command(on('8.0'), { gtid: false, logReplicaUpdates: false })
  expect(older).toEqual(
    expect.arrayContaining([
      '--gtid-mode=OFF',
      '--enforce-gtid-consistency=OFF',
      '--log-slave-updates=OFF',
      '--plugin-load-add=semisync_master.so',
    ]),
  )
})

test('accounts are made at the start, on each node by itself and out of its log', async () => {
  const engine = await engineOn(on('8.4'), mariadb)
  const [[file, sql] = ['', '']] = Object.entries(engine.files ?? {})
  expect(file).toMatch(/^\/docker-entrypoint-initdb\.d\/.*\.sql$/)
  expect(sql).toMatch(/^SET sql_log_bin = 0;\n/)
  for (const user of ['drill', 'app']) expect(sql).toContain(`CREATE USER '${user}'@'%'`)
  expect(engine.env?.({ id: 1 }, options)).toMatchObject({
    MYSQL_ROOT_PASSWORD: 'drill',
    MARIADB_ROOT_PASSWORD: 'drill',
  })
})

test('what only our own image can is refused, and is no verdict', () => {
  const unfit = expect.objectContaining({ code: 'SEATRIAL_DRILL_UNFIT', because: 'unsupported' })
  const kill = { id: 'kill' }
  expect(() => mustRunOn(on('8.4'), { id: 'clock', equipment: { ownClocks: [1] } }, undefined)).toThrow(unfit)
  expect(() => mustRunOn(on('8.4'), kill, { id: 'hot-backup' })).toThrow(unfit)
  expect(() =>
    mustRunOn(imageOf('m', { MARIADB_VERSION: '1' }, 'mariadb', path), kill, { id: 'hot-backup' }),
  ).not.toThrow()
  expect(() => mustRunOn(on('8.4'), kill, undefined)).not.toThrow()
})
