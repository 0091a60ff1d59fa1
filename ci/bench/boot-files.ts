/**
 * How long all static checks take on one host, however its files are given: the whole command, from its start to its end.
 *
 *     npm run bench:boot-files -- IMAGE [--times 5]
 *
 * IMAGE is a container image that the engine has; it is unpacked and packed in every way into a temporary folder.
 */
import { mkdir, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa } from 'execa'

const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '5' } },
  allowPositionals: true,
})
const [image] = positionals
if (image === undefined) throw new Error('name an image that the engine has: npm run bench:boot-files -- IMAGE')

const main = fileURLToPath(new URL('../../harness/cli/main.ts', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'seatrial-bench-'))
try {
  const at = (name: string): string => join(folder, name)
  const { stdout: container } = await execa('docker', ['create', image, '/'])
  try {
    await execa('docker', ['export', container, '--output', at('host.tar')])
  } finally {
    await execa('docker', ['rm', container])
  }
  await execa('docker', ['save', image, '--output', at('saved.tar')])
  await mkdir(at('folder'))
  // Devices are not for everybody to make, and nobody looks at them.
  await execa('tar', ['-C', at('folder'), '--exclude=dev', '-xf', at('host.tar')])
  await execa('gzip', ['--keep', '-1', at('host.tar')])
  await writeFile(at('disk.raw'), '')
  await truncate(at('disk.raw'), 4 * 2 ** 30)
  await execa('mke2fs', ['-q', '-t', 'ext4', '-d', at('folder'), at('disk.raw')], {
    env: { PATH: `${process.env['PATH']}:/sbin` },
  })

  const ways = [
    ['folder', at('folder')],
    ['archive', at('host.tar')],
    ['archive, gzip', at('host.tar.gz')],
    ['docker save', at('saved.tar')],
    ['disk image', at('disk.raw')],
    ['image', `image:${image}`],
  ] as const
  const told = new Map<string, number[]>(ways.map(([name]) => [name, []]))
  for (let round = 0; round < Number(values.times); round++) {
    for (const [name, path] of ways) told.get(name)?.push(await once(path))
  }
  for (const [name, path] of ways) {
    const sorted = (told.get(name) ?? []).toSorted((one, other) => one - other)
    const size = path.startsWith('/') ? `${Math.round((await stat(path)).size / 2 ** 20)} MiB` : ''
    const [middle = 0, longest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
    process.stdout.write(
      `${name.padEnd(14)} ${size.padStart(9)}  median ${middle.toFixed(2)} s, longest ${longest.toFixed(2)} s\n`,
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Seconds. What is found does not matter here; that it could be looked at does. */
async function once(path: string): Promise<number> {
  const began = performance.now()
  const { exitCode, stdout } = await execa(process.execPath, [main, 'boot', 'check', path, '--json'], { reject: false })
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`${path} was not looked at: ${stdout.slice(-2_000)}`)
  return (performance.now() - began) / 1_000
}
