import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Native tools list one optional package for each platform. `npm install` against a registry
 * that lacks some of them leaves these out of the lock file without a word, and `npm ci` then
 * refuses the whole lock: a bare clone cannot be set up. `--fix` writes what is missing.
 *
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string>, peerDependenciesMeta?: unknown }} Entry
 *
 * @param {Record<string, Entry>} packages of package-lock.json
 * @returns {{ name: string, wanted: string, by: string, dev: boolean }[]}
 */
export function missingOptional(packages) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isFound(packages, path, name))
      .map(([name, wanted]) => ({ name, wanted, by: path, dev: entry.dev === true })),
  )
}

/** As Node looks: beside the package, then upwards. @param {Record<string, Entry>} packages @param {string} from @param {string} name */
function isFound(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true
    if (at === '') return false
  }
}

/**
 * What the registry would have said, read from the name: `@oxlint/binding-linux-x64-musl`.
 *
 * @param {{ name: string, wanted: string, dev: boolean }} missing
 * @returns {Entry | undefined} undefined when the name or the version tells too little
 */
export function entryFor({ name, wanted, dev }) {
  const platform =
    /(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|x64|ppc64|riscv64|s390x|loong64|mips64el)(?:-(musl|gnu))?/.exec(
      name,
    )
  if (platform === null || !/^\d+\.\d+\.\d+$/.test(wanted)) return undefined
  const [, os = '', cpu = '', libc] = platform
  // npm names the C library only where two packages differ in nothing else.
  const byLibrary = os === 'linux' && libc !== undefined ? { libc: [libc === 'gnu' ? 'glibc' : libc] } : {}
  return { version: wanted, cpu: [cpu], ...(dev ? { dev } : {}), ...byLibrary, optional: true, os: [os] }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url))
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingOptional(lock.packages)
  if (process.argv.includes('--fix')) {
    for (const each of missing) lock.packages[`node_modules/${each.name}`] ??= entryFor(each)
    const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
    lock.packages = Object.fromEntries(sorted)
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  } else if (missing.length > 0) {
    for (const { name, wanted, by } of missing)
      process.stdout.write(`${by} wants ${name}@${wanted}: not in the lock file\n`)
    process.stdout.write('`npm ci` will refuse this lock file. To mend it: node ci/check/lock.mjs --fix\n')
    process.exitCode = 1
  }
}
