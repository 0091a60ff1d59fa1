import type { z } from 'zod'
import type { EndpointClock } from './clock.ts'
import type { Coverage, CoverageReport } from './coverage.ts'
import type { Faults, FaultVocabulary } from './faults.ts'
import type { Delivery, MockRequest } from './message.ts'

/** Whether signatures of requests are verified; endpoints whose clients do not sign have no use for it. */
export type Signatures = 'strict' | 'lenient'

/** What an endpoint is made of, besides its own state. */
export interface EndpointParts<Seed> {
  readonly seed: Seed
  readonly clock: EndpointClock
  readonly faults: Faults
  readonly coverage: Coverage
  readonly signatures: Signatures
  /** Identifiers and drawn values come from this, so that a run can be repeated. */
  readonly random: number
}

/** The state machine of one kind: it answers requests and knows nothing of sockets, msw or nock. */
export interface EndpointMachine {
  readonly answer: (request: MockRequest) => Delivery | Promise<Delivery>
  /** Forgets everything, or what belongs to one namespace; false when there is no such namespace. */
  readonly reset: (namespace?: string) => boolean
  /**
   * Further paths of the control channel, as `GET instances` or `POST accounts`: called with what follows the name,
   * without its slash, and with the parsed JSON body. What it returns is answered as JSON; undefined is a 404.
   *
   * Errors of ours that it throws are answered with 400.
   */
  readonly controls?: Readonly<Record<string, (rest: string, body: unknown) => unknown>>
  /**
   * Whole paths of another mock's control channel, as `POST /moto-api/reset`, so that suites written for it run
   * unchanged. What it returns is answered as JSON.
   */
  readonly foreign?: Readonly<Record<string, () => unknown>>
  /** Serves what is no HTTP, where the seed asks for it. A standalone server calls it once. */
  readonly listen?: () => Promise<Listening>
}

/** Sockets of an endpoint's own, until they are disposed. */
export interface Listening extends AsyncDisposable {
  /** Where they are, in the endpoint's own words: told beside the URL when the server is ready. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** A kind of endpoint: one folder beside this one, found by its `endpoint.ts`. */
export interface EndpointKind<Seed = unknown> {
  /** Name of its folder and on the command line. */
  readonly id: string
  readonly title: string
  /** Origins of the real service, such as `https://ec2.eu-west-1.amazonaws.com`: in-process faces answer for these. */
  readonly origins: readonly RegExp[]
  /** What can be given beforehand; an empty object must do. As a function it is loaded only when it is needed. */
  readonly seed: z.ZodType<Seed> | (() => Promise<z.ZodType<Seed>>)
  /** What the schema makes of an empty object, so that a start without a seed needs no schema. */
  readonly standardSeed?: Seed
  readonly vocabulary: () => FaultVocabulary | Promise<FaultVocabulary>
  readonly create: (parts: EndpointParts<Seed>) => EndpointMachine | Promise<EndpointMachine>
  /**
   * Mends a request line that Node's parser would refuse although the real service takes it. Called with the line
   * without its end, for the first request of a connection.
   */
  readonly mendRequestLine?: (line: string) => string
}

/** Keeps the type of the seed; without it a kind is what the faces see. */
export function endpointKind<Seed>(kind: EndpointKind<Seed>): EndpointKind {
  return {
    ...kind,
    // The parts were made with this kind's own schema, in createEndpoint and nowhere else.
    create: (parts) => kind.create({ ...parts, seed: parts.seed as Seed }),
  }
}

/** A mocked endpoint, ready to answer through any face. */
export interface Endpoint {
  readonly id: string
  readonly origins: readonly RegExp[]
  readonly clock: EndpointClock
  readonly answer: (request: MockRequest) => Promise<Delivery>
  /** Forgets everything, or one namespace; false when there is no such namespace. */
  readonly reset: (namespace?: string) => boolean
  readonly coverage: () => CoverageReport
  /** Serves what is no HTTP; endpoints that have nothing of the kind have no such method. */
  readonly listen?: () => Promise<Listening>
  readonly mendRequestLine?: (line: string) => string
}
