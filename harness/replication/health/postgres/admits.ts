import { BlockList, isIP } from 'node:net'
import type { HbaLine, PostgresCluster, PostgresNode } from './cluster.ts'

/**
 * Whether `pg_hba.conf` of a node lets an account in for replication, from everywhere that replicas of this cluster come
 * from; undefined when nobody can tell, because the file may not be read, or names groups or hosts. The first line that
 * fits decides (PostgreSQL 15, 21.1).
 */
export function admits({ hba }: PostgresNode, user: string, { nodes }: PostgresCluster): boolean | undefined {
  if (hba === undefined) return undefined
  const addresses = [...new Set(nodes.flatMap(({ senders }) => senders.map(({ address }) => address)))].filter(
    (address) => isIP(address) !== 0,
  )
  const answers = (addresses.length === 0 ? [undefined] : addresses).map((address) => admitsFrom(hba, user, address))
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

function admitsFrom(hba: readonly HbaLine[], user: string, address: string | undefined): boolean | undefined {
  for (const line of hba) {
    const fits = both(namesUser(line, user), namesAddress(line, address))
    if (fits === undefined) return undefined
    if (fits) return line.method !== 'reject'
  }
  return false
}

function both(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one === false || other === false) return false
  return one === true && other === true ? true : undefined
}

function namesUser({ users }: HbaLine, user: string): boolean | undefined {
  if (users.includes('all') || users.includes(user)) return true
  // Members of a role, or a list in a file.
  return users.some((name) => /^[+@/]/.test(name)) ? undefined : false
}

function namesAddress({ address, mask }: HbaLine, from: string | undefined): boolean | undefined {
  if (address === '') return false
  if (address === 'all' || from === undefined) return true
  const [own, theirs] = [isIP(address), isIP(from)]
  // A host name, samehost, samenet.
  if (own === 0) return undefined
  if (own !== theirs) return false
  const family = own === 6 ? 'ipv6' : 'ipv4'
  const range = new BlockList()
  range.addSubnet(address, prefixOf(mask, own), family)
  return range.check(from, family)
}

/** 255.255.0.0 is 16, ffff:: is 16. */
function prefixOf(mask: string, family: number): number {
  if (family === 4) return bitsIn(mask.split('.').map(Number))
  const [head = '', tail] = mask.split('::')
  const words = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16))
  return bitsIn([...words(head), ...words(tail ?? '')])
}

function bitsIn(words: readonly number[]): number {
  return words.reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0)
}
