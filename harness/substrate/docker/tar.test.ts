import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileInTar, tarOfFile } from './tar.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tar-test-'))
})

afterAll(() => rm(folder, { recursive: true }))

test('any bytes come out of an archive as they went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (content) => {
      expect(fileInTar(tarOfFile('/etc/file', content))).toEqual({ content: Buffer.from(content) })
    }),
  )
})

test('the tar program reads what we write, under a long path too', () => {
  const path = `/${'folder/'.repeat(20)}file.txt`
  const archive = tarOfFile(path, Buffer.from('ahoy'))
  expect(execFileSync('tar', ['-xOf', '-'], { input: archive }).toString()).toBe('ahoy')
  expect(execFileSync('tar', ['-tf', '-'], { input: archive }).toString().trim()).toBe(path.slice(1))
})

test('we read what the tar program writes, past its extended headers', async () => {
  const name = `${'n'.repeat(150)}.txt`
  await writeFile(join(folder, name), 'from tar')
  for (const format of ['pax', 'gnu']) {
    const archive = execFileSync('tar', ['-C', folder, `--format=${format}`, '-cf', '-', name])
    expect(fileInTar(archive)).toEqual({ content: Buffer.from('from tar') })
  }
})

test('a link is told with where it points, and a folder is refused', async () => {
  await symlink('../elsewhere', join(folder, 'link'))
  expect(fileInTar(execFileSync('tar', ['-C', folder, '-cf', '-', 'link']))).toEqual({ linkTo: '../elsewhere' })
  expect(() => fileInTar(execFileSync('tar', ['-C', folder, '-cf', '-', '.']))).toThrow('it is a folder')
  expect(() => fileInTar(Buffer.alloc(0))).toThrow('the archive holds no file')
})

test('a path that no tar header can hold is refused', () => {
  expect(() => tarOfFile(`/${'x'.repeat(101)}`, new Uint8Array())).toThrow('too long for a tar header')
})
