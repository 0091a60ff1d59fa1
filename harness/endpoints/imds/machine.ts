import type { Delivery, EndpointMachine, EndpointParts, MockReply, MockRequest } from '../core/index.ts'
import { pathOf, reply, underFault } from '../core/index.ts'
import { Aws } from './aws/answer.ts'
import { page } from './aws/pages.ts'
import { readPath } from './aws/operations.ts'
import { Azure, azureOperations } from './azure/answer.ts'
import { refuse } from './azure/replies.ts'
import { refusalOf } from './faults.ts'
import { instanceOf } from './join.ts'
import type { ImdsSeed } from './seed.ts'
import { certificate } from './sign/mock-key.ts'

interface Told {
  readonly delivery: Delivery
  readonly error?: string
}

/** Metadata of one machine, in the words of AWS and of Azure. */
export function imdsMachine(parts: EndpointParts<ImdsSeed>): EndpointMachine {
  const { seed, clock, coverage, random } = parts
  const aws = new Aws(seed.aws, clock, random)
  const azure = new Azure(seed.azure, clock, random)
  const readInstance = instanceOf(seed)

  const carryOut = (
    operation: string,
    resources: readonly string[],
    looking: boolean,
    tell: (fault?: string) => Told,
  ): Delivery => {
    const fault = parts.faults.draw({ operation, resources })
    const named = fault === undefined || fault.wire ? undefined : fault.rule.fault
    const refusal = named === undefined ? undefined : refusalOf(named, operation)
    if (refusal !== undefined) {
      coverage.count(operation, named)
      return refusal
    }
    return clock.request(looking, () => {
      let silent = false
      const delivery = underFault(fault, () => {
        const told = tell(named)
        coverage.count(operation, told.error)
        silent = told.delivery.kind === 'silence'
        return replyIn(told.delivery)
      })
      return silent ? { kind: 'silence' } : delivery
    })
  }

  const answerAzure = (request: MockRequest): Delivery => {
    const area = pathOf(request).split('/')[2]?.toLowerCase() ?? ''
    const operation = azureOperations[area] ?? `/metadata/${area}`
    return carryOut(operation, [pathOf(request)], area === 'scheduledevents', (fault) => azure.answer(request, fault))
  }

  const answerAws = async (request: MockRequest): Promise<Delivery> => {
    const asked = readPath(pathOf(request))
    if (asked === undefined) return page(400)
    const joined = await readInstance()
    if ('trouble' in joined) return reply(503, [['Content-Type', 'text/plain']], `${joined.trouble}\n`)
    const { facts } = joined
    // Nothing runs on it, so nothing could ask; a connection would find nobody.
    if (facts.state === 'stopped' || facts.state === 'terminated') return { kind: 'reset' }
    return carryOut(asked.operation, [asked.path, facts.instanceId], asked.operation === 'events', (fault) => {
      const delivery = aws.answer(request, asked, facts, fault)
      const status = replyIn(delivery).status
      return { delivery, ...(status >= 400 && { error: String(status) }) }
    })
  }

  return {
    answer(request) {
      const isAzure = /^\/metadata(\/|$)/i.test(pathOf(request))
      if (!seed.clouds.includes(isAzure ? 'azure' : 'aws'))
        return isAzure ? page(404) : refuse(404, 'Not found').delivery
      return isAzure ? answerAzure(request) : answerAws(request)
    },
    reset(namespace) {
      // There is one machine, and nothing in a request that could part callers.
      if (namespace !== undefined) return false
      aws.reset()
      azure.reset()
      return true
    },
    controls: {
      'GET certificate': () => ({ certificate }),
      // Schemas are loaded when there is something to parse, and not before.
      async 'POST events'(_rest, body) {
        const [{ parseInput }, { awsEvents }] = await Promise.all([import('../../input/index.ts'), import('./seed.ts')])
        aws.announce(parseInput(awsEvents, body ?? {}, 'events'))
        return { announced: true }
      },
      async 'POST azure-events'(_rest, body) {
        const [{ parseInput }, { azureSeed }] = await Promise.all([
          import('../../input/index.ts'),
          import('./azure/seed.ts'),
        ])
        azure.reset({ ...seed.azure, events: parseInput(azureSeed.shape.events, body ?? [], 'azure-events') })
        return { announced: true }
      },
    },
  }
}

/** A fault on the wire has an answer to work on; silence stands for itself. */
function replyIn(delivery: Delivery): MockReply {
  return delivery.kind === 'reply' || delivery.kind === 'cut' ? delivery.reply : { status: 0, fields: [], body: '' }
}
