import { messageOf } from '../../kernel/index.ts'
import type { Delivery, DrawnFault, EndpointMachine, EndpointParts, MockReply, MockRequest } from '../core/index.ts'
import { fieldOf, Ids, queryOf, underFault } from '../core/index.ts'
import { loadOperation } from './actions.ts'
import { asMotoTells } from './as-moto.ts'
import { controls } from './controls.ts'
import type { Ec2ErrorCode } from './errors.ts'
import { Ec2Error, ec2Error, isEc2ErrorCode } from './errors.ts'
import type { Operation } from './operation.ts'
import { boolean, readValues } from './parameters.ts'
import { regionOf } from './region-of.ts'
import type { Ec2Seed } from './seed.ts'
import { authenticate } from './signature/authenticate.ts'
import type { PresignedFor } from './signature/presigned.ts'
import { presignedTrouble } from './signature/presigned.ts'
import type { Region } from './store.ts'
import { World } from './store.ts'
import { errorDocument, newestVersion, responseDocument } from './wire/documents.ts'
import type { Node, Pairs } from './wire/form.ts'
import { MalformedForm, readForm, treeOf } from './wire/form.ts'
import type { Xml } from './wire/xml.ts'

/** Parameters of every request, besides those of its operation. */
const common = new Set([
  'Action',
  'Version',
  'AWSAccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SecurityToken',
  'Timestamp',
  'Expires',
  'DryRun',
])
const isCommon = (name: string): boolean => common.has(name) || name.startsWith('X-Amz-')

interface Asked {
  readonly action: string
  readonly version: string
  readonly nodes: ReadonlyMap<string, Node>
  readonly pairs: Pairs
  readonly region: Region
  readonly operation: Operation
}

/** The mocked EC2: its Query API over a world of namespaces and regions. */
export class Ec2Machine implements EndpointMachine {
  readonly #parts: EndpointParts<Ec2Seed>
  readonly #world: World
  readonly controls: NonNullable<EndpointMachine['controls']>
  #ids: Ids

  constructor(parts: EndpointParts<Ec2Seed>) {
    this.#parts = parts
    this.#ids = new Ids(parts.random)
    this.#world = new World(parts.seed, parts.clock, parts.random)
    this.controls = controls(this.#world)
  }

  async answer(request: MockRequest): Promise<Delivery> {
    const requestId = this.#ids.uuid('request')
    let action = '(none)'
    const refuse = (error: unknown): MockReply => {
      const met = error instanceof Ec2Error ? error : internal(error)
      const told = this.#world.lenient ? asMotoTells(met) : met
      this.#parts.coverage.count(action, told.code)
      return errorDocument(told, requestId)
    }
    try {
      const pairs = pairsOf(request)
      action = pairs.find(([name]) => name === 'Action')?.[1] ?? action
      const asked = await this.#asked(request, pairs)
      const fault = this.#parts.faults.draw({
        operation: action,
        region: asked.region.name,
        namespace: asked.region.namespace.account.namespace,
        resources: pairs.map(([, value]) => value).filter((value) => /^[a-z]{1,8}-[0-9a-f]{8,17}$/.test(value)),
      })
      return underFault(fault, () => {
        try {
          const document = this.#carryOut(asked, fault, requestId)
          this.#parts.coverage.count(action)
          return document
        } catch (error) {
          return refuse(error)
        }
      })
    } catch (error) {
      return { kind: 'reply', reply: refuse(error) }
    }
  }

  /**
   * Whoever resets by moto's path brings a suite that was written for moto: from then on, until a reset of our own,
   * rules that moto does not have are not insisted on, and errors are told in its words.
   */
  readonly foreign = {
    'POST /moto-api/reset': (): unknown => {
      this.reset()
      this.#world.lenient = true
      return { status: 'ok' }
    },
  }

  reset(namespace?: string): boolean {
    if (namespace === undefined) {
      this.#ids = new Ids(this.#parts.random)
      this.#world.forget()
      this.#world.lenient = false
      return true
    }
    // People know their access key rather than their account.
    const id = this.#parts.seed.accounts.find(({ accessKeyId }) => accessKeyId === namespace)?.id ?? namespace
    const known = this.#world.has(id) || this.#parts.seed.accounts.some((account) => account.id === id)
    this.#world.forget(id)
    return known
  }

  async #asked(request: MockRequest, pairs: Pairs): Promise<Asked> {
    const { seed, clock, signatures } = this.#parts
    const { account, scopeRegion } = authenticate({ request, pairs }, seed, signatures, clock.now())
    const value = (name: string): string | undefined => pairs.find(([each]) => each === name)?.[1]
    const [action, version = newestVersion] = [value('Action'), value('Version')]
    if (action === undefined || action === '') throw ec2Error('MissingAction')
    if (!/^\d{4}-\d\d-\d\d$/.test(version)) throw ec2Error('NoSuchVersion', version)
    const operation = await loadOperation(action)
    if (operation === undefined) throw ec2Error('InvalidAction', action)
    const region = this.#world.namespace(account).region(regionOf(request.host, scopeRegion, seed, signatures))
    return { action, version, nodes: treeOf(pairs), pairs, region, operation }
  }

  #carryOut(
    { action, version, nodes, pairs, region, operation }: Asked,
    fault: DrawnFault | undefined,
    requestId: string,
  ): MockReply {
    const own = new Map([...nodes].filter(([name]) => !isCommon(name) || Object.hasOwn(operation.parameters, name)))
    return this.#parts.clock.request(operation.looks === true, () => {
      const values = readValues(operation.parameters, own)
      const effect = fault === undefined || fault.wire ? undefined : fault.rule.fault
      if (effect !== undefined && isEc2ErrorCode(effect)) throw faultError(effect)
      if (boolean().read(nodes.get('DryRun'), 'DryRun') === true) throw ec2Error('DryRunOperation')
      const { seed, clock, signatures } = this.#parts
      const presigned =
        signatures === 'strict'
          ? (url: string, wanted: PresignedFor) =>
              presignedTrouble(url, wanted, { seed, now: clock.now(), account: region.namespace.account })
          : undefined
      const token = (values as Readonly<Record<string, unknown>>)['ClientToken']
      const carryOut = (): Xml => operation.run(values, { region, effect, presigned })
      // Most requests have no token, and a fingerprint sorts all that was sent.
      const content = typeof token === 'string' ? region.once(token, fingerprint(action, pairs), carryOut) : carryOut()
      return responseDocument(action, version, requestId, content)
    })
  }
}

/** The error of a fault plan, which has nothing to name: sentences that are all about their thing say only what was met. */
function faultError(code: Ec2ErrorCode): Ec2Error {
  const told = (ec2Error as (code: string, ...args: unknown[]) => Ec2Error)(code, '', '')
  return told.message.trim() === '' ? new Ec2Error(code, told.status, `The request met ${code}.`) : told
}

function fingerprint(action: string, pairs: Pairs): string {
  const own = pairs.filter(([name]) => !isCommon(name)).map((pair) => pair.join('='))
  return [action, ...own.toSorted()].join('&')
}

/** @throws Ec2Error MalformedQueryString, UnsupportedProtocol */
function pairsOf(request: MockRequest): Pairs {
  if (request.method !== 'GET' && request.method !== 'POST')
    throw ec2Error('UnsupportedProtocol', `HTTP method ${request.method}`)
  try {
    const query = readForm(queryOf(request))
    if (request.method === 'GET' || request.body.length === 0) return query
    const type = fieldOf(request, 'content-type') ?? 'application/x-www-form-urlencoded'
    if (!/^\s*application\/x-www-form-urlencoded\b/i.test(type)) return query
    return [...query, ...readForm(new TextDecoder('utf-8', { fatal: true }).decode(request.body))]
  } catch (error) {
    if (error instanceof MalformedForm || error instanceof TypeError)
      throw ec2Error('MalformedQueryString', messageOf(error))
    throw error
  }
}

function internal(error: unknown): Ec2Error {
  // A defect of ours must be seen by whoever runs the mock, not only by the client.
  process.emitWarning(
    `the mocked EC2 met a defect of its own: ${error instanceof Error ? (error.stack ?? '') : messageOf(error)}`,
  )
  return ec2Error('InternalError')
}
