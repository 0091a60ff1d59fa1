import type { Balanced, BalancedServer } from '../servers/side.ts'

/** Servers of HAProxy as it runs, or why they cannot be told. */
export type Told = Balanced | { readonly trouble: string; readonly mend: string }

/** The statistics as CSV, fields by their names: HAProxy management guide, section 9.1. */
export function readStatistics(csv: string, title: string): Told {
  const [head = '', ...lines] = csv.split('\n').filter((line) => line.trim() !== '')
  const names = head.replace(/^# ?/, '').split(',')
  const rows = lines.map((line) => {
    const cells = cellsOf(line)
    return (name: string): string => cells[names.indexOf(name)] ?? ''
  })
  if (!head.startsWith('# pxname,svname,'))
    return { trouble: `${title} gave no statistics`, mend: 'Name the page of the statistics: stats uri.' }
  const isServer = (cell: (name: string) => string): boolean => cell('type') === '2'
  const [servers, without] = [
    rows.filter((cell) => isServer(cell) && cell('addr') !== ''),
    rows.filter((cell) => isServer(cell) && cell('addr') === ''),
  ]
  if (servers.length === 0 && without.length > 0)
    return {
      trouble: `${title} does not tell the addresses of its servers`,
      mend: 'Add stats show-legends beside stats uri, or name the socket of its administration.',
    }
  return {
    title,
    // One that has not found its address yet, beside others that have.
    uncompared: without.map((cell) => ({ place: title, what: `${cell('pxname')}/${cell('svname')} has no address` })),
    pools: rows.filter((cell) => cell('type') === '1').map((cell) => ({ name: cell('pxname'), place: title })),
    servers: servers.map((cell): BalancedServer => {
      const weight = cell('uweight') === '' ? cell('weight') : cell('uweight')
      const [host, port] = splitAddress(cell('addr'))
      return {
        pool: cell('pxname'),
        name: cell('svname'),
        host,
        port,
        weight: /^\d+$/.test(weight) ? Number(weight) : undefined,
        backup: cell('bck') === '' ? undefined : cell('bck') === '1',
        place: title,
      }
    }),
  }
}

/** The answer to `show servers state`: management guide, section 9.3. It does not tell who is a backup. */
export function readState(text: string, title: string): Told {
  const [version, head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '')
  const names = head.replace(/^# /, '').split(' ')
  if (version?.trim() !== '1' || !head.startsWith('# be_id '))
    return {
      trouble: `${title} does not tell the state of its servers: ${(version ?? 'no answer').slice(0, 80)}`,
      mend: 'Name a socket with the level operator: stats socket ... level operator.',
    }
  const servers = lines.map((line): BalancedServer => {
    const cells = line.split(' ')
    const cell = (name: string): string => cells[names.indexOf(name)] ?? ''
    const weight = cell('srv_uweight')
    return {
      pool: cell('be_name'),
      name: cell('srv_name'),
      host: cell('srv_addr'),
      port: cell('srv_port') === '0' ? undefined : Number(cell('srv_port')),
      weight: /^\d+$/.test(weight) ? Number(weight) : undefined,
      backup: undefined,
      place: title,
    }
  })
  const pools = [...new Set(servers.map(({ pool }) => pool))].map((name) => ({ name, place: title }))
  return { title, servers, pools, uncompared: [] }
}

function splitAddress(text: string): readonly [string, number | undefined] {
  const [, bracketed, plain = '', port] = /^(?:\[(.*)\]|(.*?))(?::(\d+))?$/.exec(text) ?? []
  return [bracketed ?? plain, port === undefined ? undefined : Number(port)]
}

function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )
}
