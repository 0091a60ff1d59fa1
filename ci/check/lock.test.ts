import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { entryFor, missingOptional } from './lock.mjs'

const tool = { version: '1.2.3', dev: true, optionalDependencies: { '@tool/linux-x64-musl': '1.2.3' } }
const missing = { name: '@tool/linux-x64-musl', wanted: '1.2.3', by: 'node_modules/tool', dev: true }

describe('a lock file', () => {
  test('that lacks a package of another platform is what `npm ci` refuses', () => {
    expect(missingOptional({ 'node_modules/tool': tool })).toEqual([missing])
  })

  test.for(['node_modules/@tool/linux-x64-musl', 'node_modules/tool/node_modules/@tool/linux-x64-musl'])(
    'that has it at %s is complete',
    (path) => {
      expect(missingOptional({ 'node_modules/tool': tool, [path]: { version: '1.2.3' } })).toEqual([])
    },
  )

  test('of a tool inside another package is looked up as Node does', () => {
    const inner = { 'node_modules/outer/node_modules/tool': tool }
    expect(missingOptional({ ...inner, 'node_modules/outer/node_modules/@tool/linux-x64-musl': {} })).toEqual([])
    expect(missingOptional({ ...inner, 'node_modules/other/node_modules/@tool/linux-x64-musl': {} })).toHaveLength(1)
  })

  test('is mended from the name: system, processor, C library', () => {
    expect(entryFor(missing)).toEqual({
      version: '1.2.3',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    })
    expect(entryFor({ ...missing, name: '@tool/binding-win32-arm64-msvc', dev: false })).toEqual({
      version: '1.2.3',
      cpu: ['arm64'],
      optional: true,
      os: ['win32'],
    })
  })

  test('cannot be mended for a name or a version that tells too little', () => {
    expect(entryFor({ ...missing, name: '@tool/wasm' })).toBeUndefined()
    expect(entryFor({ ...missing, wanted: '^1.2.3' })).toBeUndefined()
  })

  test('of this project is complete', () => {
    const lock: { packages: Record<string, object> } = JSON.parse(
      readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    )
    expect(missingOptional(lock.packages)).toEqual([])
  })
})
