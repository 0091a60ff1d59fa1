import type { ApacheConfig, ApacheDirective, Word } from '../config/index.ts'
import { apacheProxyPasses, balancerMembers, everyApacheDirective, quoteApache } from '../config/index.ts'
import type { FileEdit } from './adapt.ts'
import { isLoopback, replaceAddress, serverNames } from './adapt.ts'
import { apacheListeners } from './apache-listeners.ts'
import { isCalled } from './apache-modules.ts'
import type { Address, PoolServer } from './kind.ts'

/** A server with the words in which its address stands. */
export interface Found {
  readonly server: PoolServer
  readonly words: readonly (Placed & { readonly place: Place })[]
}

interface Placed {
  readonly at: Word
  readonly directive: ApacheDirective
}

/** `http://10.0.0.1:8080/shop`, `unix:/run/app.sock|fcgi://localhost/` */
interface Place {
  readonly scheme: string
  readonly authority: string
  readonly path: string
}

/** Members of balancers, and addresses that requests are passed to without one, which are pools of one. */
export function apacheServers(config: ApacheConfig): readonly Found[] {
  const own = (text: string): Place[] => {
    const place = placeOf(text)
    return place === undefined || place.authority === '' || text.includes('${') || isOwn(config, place) ? [] : [place]
  }
  const members = balancerMembers(config).flatMap(({ at, directive, balancer = '', status }) =>
    own(at.text).map((place) => ({ pool: balancer, at, directive, place, backup: /[HR]/.test(status) })),
  )
  const grouped = [...Map.groupBy(members, ({ pool }) => pool)].flatMap(([pool, same]) => {
    const names = serverNames(same.map(({ place }) => place.authority))
    return same.map(({ backup, ...word }, at) => ({
      server: poolServer(pool, names[at] ?? '', backup, word),
      words: [word],
    }))
  })
  const passes = apacheProxyPasses(config)
    .filter(({ excluded, balancer }) => !excluded && balancer === undefined)
    .flatMap(({ at, directive }) => own(at.text).map((place) => ({ at, directive, place })))
  const plain = [...Map.groupBy(passes, ({ place }) => place.authority)].flatMap(([pool, words]) => {
    const [first] = words
    const [name = pool] = serverNames([pool])
    return first === undefined ? [] : [{ server: poolServer(pool, name, false, first), words }]
  })
  const all = [...grouped, ...plain]
  const isAt = ({ words }: Found, authority: string): boolean =>
    words.some(({ place }) => place.authority === authority)
  // Settings of a server stand under its address, and are found only while both are the same.
  const settings = Map.groupBy(addressedSections(config), ({ place }) => all.find((one) => isAt(one, place.authority)))
  return all.map((one) => ({ ...one, words: [...one.words, ...(settings.get(one) ?? [])] }))
}

/** Puts another address in the place of one that stands in a word. */
export function replacePlace(
  files: Readonly<Record<string, string>>,
  { at, directive, place: { scheme, authority, path } }: Found['words'][number],
  { host, port }: Address,
): FileEdit {
  const instead = `${host}:${port}`
  const whole = quoteApache(`${scheme}://${instead}${path}`)
  const edit = replaceAddress(files[directive.file] ?? '', at, { authority, instead, whole })
  return { file: directive.file, edit }
}

function placeOf(text: string): Place | undefined {
  const [, socket, scheme, authority, path] = /^(unix:[^|]*\|)?([a-z0-9+]+):\/\/([^/]*)(.*)$/i.exec(text) ?? []
  if (scheme === undefined || authority === undefined || path === undefined) return undefined
  return { scheme, authority: socket === undefined ? authority : `${socket}${scheme}://${authority}`, path }
}

function poolServer(pool: string, name: string, backup: boolean, { directive: { file, line } }: Placed): PoolServer {
  return { id: `${pool}/${name}`, name, pool, backup, file, line }
}

/** `<Proxy http://10.0.0.1:8080/>` */
function addressedSections(config: ApacheConfig): Found['words'] {
  return [...everyApacheDirective(config.directives)].flatMap((directive) => {
    const [at] = directive.args
    const place = at === undefined || !isCalled(directive, 'Proxy') ? undefined : placeOf(at.text)
    return at === undefined || place === undefined ? [] : [{ at, directive, place }]
  })
}

/** Where it listens itself: requests pass it twice, and nothing is to be replaced. */
function isOwn(config: ApacheConfig, { scheme, authority }: Place): boolean {
  const [, host = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(authority) ?? []
  const asked = port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port)
  return isLoopback(host) && apacheListeners(config).some((each) => each.port === asked)
}
