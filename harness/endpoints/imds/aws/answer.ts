import type { Delivery, EndpointClock, Field, MockRequest } from '../../core/index.ts'
import { fieldOf } from '../../core/index.ts'
import type { InstanceFacts } from '../../core/instance-facts.ts'
import type { AwsEvents, AwsSeed } from '../seed.ts'
import { Credentials, roleOf } from './credentials.ts'
import { Events } from './events.ts'
import { dynamic } from './identity.ts'
import { metaData } from './meta-data.ts'
import type { AwsPath } from './operations.ts'
import { bare, page, text } from './pages.ts'
import { longestSession, Sessions } from './sessions.ts'
import { isVersion, versions } from './since.ts'
import type { Leaf, Tree } from './tree.ts'
import { lookUp } from './tree.ts'

const tokenField = 'x-aws-ec2-metadata-token'
const ttlField = 'x-aws-ec2-metadata-token-ttl-seconds'

/** AWS's service, of one instance. */
export class Aws {
  readonly #seed: AwsSeed
  readonly #clock: EndpointClock
  readonly #sessions: Sessions
  readonly #credentials: Credentials
  #events: Events

  constructor(seed: AwsSeed, clock: EndpointClock, random: number) {
    this.#seed = seed
    this.#clock = clock
    this.#sessions = new Sessions(clock, random)
    this.#credentials = new Credentials(clock, random, seed.credentials)
    this.#events = new Events(clock, seed.events)
  }

  /** Sessions are unknown again, and events begin anew, those of the seed or other ones. */
  reset(): void {
    this.#sessions.reset()
    this.announce(this.#seed.events)
  }

  announce(events: AwsEvents): void {
    this.#events = new Events(this.#clock, events)
  }

  /** `fault` is one that changes what is told, not whether it is. */
  answer(request: MockRequest, asked: AwsPath, facts: InstanceFacts, fault?: string): Delivery {
    const options = { ...facts.metadataOptions, ...this.#seed.options }
    if (options.httpEndpoint === 'disabled') return bare(403)
    if (asked.path === 'api/token' && isVersion(asked.version)) {
      return this.#token(request, asked, options.httpPutResponseHopLimit ?? 1)
    }
    // Whatever else is put: refused, with or without a reason.
    if (request.method === 'PUT') return bare(403)
    const token = fieldOf(request, tokenField)
    const left = token === undefined ? undefined : this.#sessions.secondsLeft(token)
    if (left === undefined && (token !== undefined || options.httpTokens === 'required')) return page(401)
    if (request.method !== 'GET' && request.method !== 'HEAD') return page(405, [['Allow', 'GET, HEAD']])
    const session: Field[] = left === undefined ? [] : [['X-Aws-Ec2-Metadata-Token-Ttl-Seconds', String(left)]]
    return this.#look(request, asked, facts, session, fault)
  }

  #token(request: MockRequest, { slash }: AwsPath, hopLimit: number): Delivery {
    if (request.method !== 'PUT') return bare(405, [['Allow', 'OPTIONS, PUT']])
    // A proxy that was left open adds this field; so the service gives it no token.
    if (slash || fieldOf(request, 'x-forwarded-for') !== undefined) return bare(403)
    const seconds = fieldOf(request, ttlField) ?? ''
    if (!/^\d{1,5}$/.test(seconds) || Number(seconds) < 1 || Number(seconds) > longestSession) return page(400)
    const token = this.#sessions.open(Number(seconds))
    // The answer's packets die on their way to a caller that is farther than they may go.
    if (this.#seed.hops > hopLimit) return { kind: 'silence' }
    return text(token, [['X-Aws-Ec2-Metadata-Token-Ttl-Seconds', String(Number(seconds))]])
  }

  #look(
    request: MockRequest,
    { version, path, slash }: AwsPath,
    facts: InstanceFacts,
    session: readonly Field[],
    fault?: string,
  ): Delivery {
    const fields: Field[] = [['Last-Modified', new Date(facts.launchTime).toUTCString()], ...session]
    if (version === '') return text([...versions, 'latest'].join('\n'), fields)
    if (!isVersion(version)) return page(404)
    if (path === 'user-data') {
      return facts.userData === undefined
        ? page(404)
        : text(Buffer.from(facts.userData, 'base64'), fields, 'application/octet-stream')
    }
    const found = lookUp(this.#tree(facts, fault), version, path)
    if (found.kind === 'nothing') return page(404)
    if (found.kind === 'leaf') return text(found.text, fields)
    if (!slash && path !== '' && this.#seed.platform === 'xen') {
      const location = `${request.scheme}://${request.host}/${version}/${path}/`
      return {
        kind: 'reply',
        reply: {
          status: 301,
          fields: [
            ['Location', location],
            ['Server', 'EC2ws'],
          ],
          body: '',
        },
      }
    }
    const hasUserData = path === '' && facts.userData !== undefined
    return text(hasUserData ? `${found.listing}\nuser-data` : found.listing, fields)
  }

  #tree(facts: InstanceFacts, fault?: string): Tree {
    const leaves = new Map<string, Leaf>(metaData(facts, this.#seed))
    for (const [path, leaf] of this.#events.leaves()) leaves.set(path, leaf)
    for (const [path, leaf] of this.#identities(facts, fault)) leaves.set(path, leaf)
    for (const [path, leaf] of Object.entries(this.#seed.leaves)) {
      if (leaf === null) leaves.delete(path)
      else leaves.set(path, leaf)
    }
    return { leaves, keyNames: facts.keyName === undefined ? [] : [facts.keyName] }
  }

  *#identities(facts: InstanceFacts, fault?: string): Iterable<readonly [string, Leaf]> {
    for (const [path, document] of Object.entries(dynamic)) yield [path, () => document(facts)]
    const own = 'meta-data/identity-credentials/ec2'
    yield [`${own}/security-credentials/ec2-instance`, () => this.#credentials.of('ec2-instance', fault)]
    yield [`${own}/info`, this.#credentials.instanceInfo(facts.accountId)]
    const role = roleOf(this.#seed, facts)
    if (role === undefined) return
    yield ['meta-data/iam/info', this.#credentials.info(role)]
    yield [`meta-data/iam/security-credentials/${role.name}`, () => this.#credentials.of(role.name, fault)]
  }
}
