import type { Machine } from '../../substrate/index.ts'
import type { Facts, Manifest } from './compare.ts'
import { treeManifest } from './tree.ts'

/** Where a host has what was built. */
export interface HostPlaces {
  readonly ETC: string
  readonly ROOT: string
  /** Who the server is to run as. */
  readonly APP_USER: string
  readonly PORT: string
}

/**
 * What a host is: each package and its version, each user (`user NAME`), each port that listens, the files of the
 * application by path with kind, mode, owner and content, and what `/health` answers, and whether processes of the application's user run then.
 * Times are not among it: no two builds have the same.
 *
 * @throws Error when the host cannot be looked at
 */
export async function hostManifest(machine: Machine, { ETC, ROOT, APP_USER, PORT }: HostPlaces): Promise<Manifest> {
  const { exitCode, stdout, stderr } = await machine.exec(['bash', '-c', look, 'look', PORT, APP_USER, ETC, ROOT])
  if (exitCode !== 0) throw new Error(`${machine.name} cannot be looked at: ${stderr.trim()}`)
  const lines = stdout.split('\n').map((line) => line.split('\t'))
  const manifest = new Map<string, Facts>()
  for (const [what, ...fields] of lines) {
    const [name = '', one = '', two = '', three = '', four = ''] = fields
    if (what === 'package') manifest.set(`package ${name}`, { version: one })
    if (what === 'user') manifest.set(`user ${name}`, { uid: one, gid: two, home: three, shell: four })
    if (what === 'port') manifest.set(`port ${Number.parseInt(name, 16)}`, { state: 'listening' })
    if (what === 'health') manifest.set('health', { status: name, answer: one, 'served by': two })
    if (what === 'folder') {
      for (const [path, facts] of await treeManifest(machine, name)) manifest.set(`${name}/${path}`, lasting(facts))
    }
  }
  return manifest
}

function lasting({ kind = '', mode = '', owner = '', content, target }: Facts): Facts {
  return { kind, mode, owner, ...(content !== undefined && { content }), ...(target !== undefined && { target }) }
}

// Braces of dpkg's own, not of this language.
const installed = ['db:Status-Abbrev', 'Package', 'Version'].map((name) => `$\{${name}}`).join(String.raw`\t`)

// Nothing but bash and what dpkg needs: a bare host has no curl.
const look = String.raw`set -u
port=$1 user=$2; shift 2
dpkg-query -W -f '${installed}\n' | sed -n 's/^ii *\t/package\t/p'
awk -F: '{ print "user\t" $1 "\t" $3 "\t" $4 "\t" $6 "\t" $7 }' /etc/passwd
cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "0A" { n = split($2, at, ":"); print "port\t" at[n] }' | sort -u
health() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return
  printf 'GET /health HTTP/1.0\r\n\r\n' >&3
  timeout 10 tr -d '\r' <&3 | awk 'NR == 1 { status = $2 } body { print status "\t" $0; exit } /^$/ { body = 1 }'
}
answer=$(health 2>/dev/null)
if [ -n "$answer" ]; then
  uid=$(getent passwd "$user" | cut -d: -f3)
  owner=another
  [ -n "$uid" ] && awk -v uid="$uid" '$1 == "Uid:" && $2 == uid { found = 1 } END { exit !found }' \
    /proc/[0-9]*/status 2>/dev/null && owner=$user
  printf 'health\t%s\t%s\n' "$answer" "$owner"
fi
for folder; do [ ! -d "$folder" ] || printf 'folder\t%s\n' "$folder"; done`
