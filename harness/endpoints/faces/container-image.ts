import { createHash } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { BuildOptions } from '../../substrate/index.ts'
import { buildAssembledImage, requireEngine } from '../../substrate/index.ts'

/** The harness as it runs here, `harness/` or the built `dist/`. */
const harness = fileURLToPath(new URL('../../', import.meta.url))
/** What a mocked endpoint is made of; the faces that are not for a container bring packages that it has no use for. */
const partsOf = (kind: string): string[] => [
  'kernel',
  'input',
  'endpoints/core',
  'endpoints/faces',
  `endpoints/${kind}`,
]
const left =
  /(^|\/)testing\/|\.(test|test-d|bench|docker\.test)\.[jt]s$|\.d\.ts$|\.map$|faces\/(msw|nock|container|link-local)[^/]*$/
const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))

/**
 * The tag of the image that serves endpoints of a kind, built when this very program has no image yet. It needs no
 * registry where the Node that runs here can run there too.
 *
 *     debian:bookworm-slim --> seatrial/endpoints (Node, tools) --> seatrial/endpoint-KIND (the program)
 *
 * @throws SeatrialError as `buildImage`
 */
export async function endpointImage(kind: string, options: BuildOptions = {}): Promise<string> {
  const base = await nodeImage(options)
  const files = await sources(kind)
  const packages = await packagesOf(files)
  const dockerfile = (await recipe('endpoint')).replace(/^FROM .*$/m, `FROM ${base}`)
  const hash = createHash('sha256')
  for (const { name, version } of packages) hash.update(`${name}@${version}\n`)
  for (const [path, content] of files) hash.update(`${path} ${content.length}\n`).update(content)
  const add = (folder: string): Promise<void> => addProgram(folder, files, packages)
  return buildAssembledImage({ name: `endpoint-${kind}`, dockerfile, content: hash.digest('hex'), add }, options)
}

/** Of the Node that runs here where it can run there, else of an image of Node's own from a registry. */
async function nodeImage(options: BuildOptions): Promise<string> {
  const own = await canTakeOwnNode()
  const plain = await recipe('endpoints')
  const dockerfile = own ? plain : plain.replace(/^FROM .*$/m, 'FROM node:24-bookworm-slim')
  const content = own ? `${process.version} ${process.arch}` : ''
  const add = async (folder: string): Promise<void> => {
    await mkdir(join(folder, 'node'))
    if (own) await cp(process.execPath, join(folder, 'node', 'node'))
  }
  return buildAssembledImage({ name: 'endpoints', dockerfile, content, add }, options)
}

async function recipe(name: string): Promise<string> {
  return readFile(new URL(`../../../fixtures/images/${name}/Dockerfile`, import.meta.url), 'utf8')
}

type Files = ReadonlyMap<string, Buffer>

/** Path below the harness to content, in order. */
async function sources(kind: string): Promise<Files> {
  const listed = await Promise.all(
    partsOf(kind).map((part) => readdir(join(harness, part), { recursive: true, withFileTypes: true })),
  )
  const paths = listed
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => relative(harness, join(entry.parentPath, entry.name)))
  const wanted = [...paths, `discover${ending}`, `version${ending}`].filter((path) => !left.test(path)).toSorted()
  return new Map(await Promise.all(wanted.map(async (path) => [path, await readFile(join(harness, path))] as const)))
}

interface Package {
  readonly name: string
  readonly version: string
  readonly folder: string
}

/** Packages that those files name, with what these need in turn. */
async function packagesOf(files: Files): Promise<Package[]> {
  const named = new Set<string>()
  for (const content of files.values()) {
    for (const [, name] of content.toString().matchAll(/^(?:import|export)\s[^;]*?from '([^.'][^']*)'/gm)) {
      if (name !== undefined && !name.startsWith('node:')) named.add(packageName(name))
    }
  }
  const found = new Map<string, Package>()
  const queue = [...named].map((name) => ({ name, from: harness }))
  for (const { name, from } of queue) {
    if (found.has(name)) continue
    const folder = await folderOf(name, from)
    const text = await readFile(join(folder, 'package.json'), 'utf8')
    const { version, dependencies = {} }: { version: string; dependencies?: Record<string, string> } = JSON.parse(text)
    found.set(name, { name, version, folder })
    queue.push(...Object.keys(dependencies).map((each) => ({ name: each, from: folder })))
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

async function folderOf(name: string, from: string): Promise<string> {
  const places = createRequire(join(from, 'here.js')).resolve.paths(name) ?? []
  for (const place of places) {
    const folder = join(place, name)
    if (await isThere(join(folder, 'package.json'))) return folder
  }
  throw new Error(`the package ${name} is not installed beside ${from}`)
}

async function isThere(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  )
}

/** A Node of the engine's own kind, whole in one file, for the C library that Debian has. */
async function canTakeOwnNode(): Promise<boolean> {
  const { platform } = await requireEngine()
  const arch = { amd64: 'x64', arm64: 'arm64' }[platform.replace('linux/', '')]
  const inLibrary = Object.entries(process.config.variables).some(([name, value]) => name === 'node_shared' && value)
  if (process.platform !== 'linux' || process.arch !== arch || inLibrary) return false
  const report: { header?: { glibcVersionRuntime?: string } } = process.report.getReport()
  return report.header?.glibcVersionRuntime !== undefined
}

async function addProgram(folder: string, files: Files, packages: readonly Package[]): Promise<void> {
  const target = join(folder, 'seatrial')
  for (const [path, content] of files) {
    const file = join(target, 'harness', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  for (const { name, folder: from } of packages) {
    const filter = (path: string): boolean => !/\/(src|node_modules)$|\.(ts|cts|mts|map|md)$/.test(relative(from, path))
    await cp(from, join(target, 'node_modules', name), { recursive: true, filter })
  }
  await writeFile(join(target, 'package.json'), '{ "type": "module" }\n')
  const main = `/opt/seatrial/harness/endpoints/faces/serve-main${ending}`
  await writeFile(join(target, 'serve'), `#!/bin/sh\nexec node ${main} "$@"\n`)
  await chmod(join(target, 'serve'), 0o755)
}
