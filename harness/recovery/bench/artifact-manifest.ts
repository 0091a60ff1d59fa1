import type { ContainerMachine } from '../../substrate/index.ts'
import type { Difference, Facts, Manifest } from '../manifest/compare.ts'
import { treeManifest } from '../manifest/tree.ts'
import { must } from './must.ts'

// Asked behind the front and through it: the server may be well and nobody let in.
const ask = (
  url: string,
  backups: string,
): string => `curl -s --max-time 10 -o /tmp/answer -w '%{http_code}\\n' ${url} || true
[ ! -e /tmp/answer ] || head -n 1 /tmp/answer | head -c 200; rm -f /tmp/answer
echo
curl -s --max-time 10 -o /dev/null -w '%{http_code}\\n' http://127.0.0.1/ || true
find ${backups} -type f -exec sha256sum {} +`

/** Where the application server of a host has its module, and which release was in service at first. */
export interface ServicePlaces {
  readonly INSTALLED: string
  readonly BACKUPS: string
  readonly VERSION_URL: string
  readonly old: string
  /** SHA-256 of that release. */
  readonly oldSum: string
}

/** The installed files, the version that is served, whether clients are blocked, the release that is kept. */
export async function serviceManifest(
  host: ContainerMachine,
  { INSTALLED, BACKUPS, VERSION_URL, old, oldSum }: ServicePlaces,
): Promise<Manifest> {
  const tree = await treeManifest(host, INSTALLED)
  const lines = (await must(host, ask(VERSION_URL, BACKUPS))).split('\n').filter((line) => line !== '')
  const [status = '000', ...rest] = lines
  const front = rest.find((line) => /^\d{3}$/.test(line)) ?? '000'
  const version = status === '200' ? (rest[0] ?? '') : 'none'
  const kept = rest.some((line) => line.startsWith(`${oldSum} `))
  const files = [...tree].filter(([key]) => key !== '.').map(([key, facts]) => [key, lasting(facts)] as const)
  return new Map<string, Facts>([
    ...files,
    ['service', { status: status === '000' ? 'no answer' : status, version }],
    ['traffic', { blocked: front === '503' ? 'yes' : 'no' }],
    ...(kept ? [[copyOf(old), { kept: 'yes' }] as const] : []),
  ])
}

const copyOf = (version: string): string => `copy of ${version}`

/** When a file was written is nobody's concern here. */
function lasting({ kind = '', mode = '', owner = '', content = '' }: Facts): Facts {
  return { kind, mode, owner, content }
}

/** The manifest of a host on which a release is in service, and the old one kept. */
export function inService(
  before: Manifest,
  version: string,
  { old, content }: { readonly old: string; readonly content: string },
): Manifest {
  return new Map([
    ...before,
    ['module.tar.gz', { ...before.get('module.tar.gz'), content }],
    ['service', { status: '200', version }],
    [copyOf(old), { kept: 'yes' }],
  ])
}

/** What differs from the truth, without the copy that only an upgrade makes: a refusal may or may not have made one. */
export function withoutCopies(differences: readonly Difference[]): readonly Difference[] {
  return differences.filter(({ key }) => !key.startsWith('copy of '))
}
