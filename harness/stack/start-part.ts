import { resolve } from 'node:path'
import { bytesOf } from '../input/index.ts'
import { SeatrialError } from '../kernel/index.ts'
import type { BuildOptions, ContainerSpec, FileContent, RunScope, WaitSpec } from '../substrate/index.ts'
import { buildImage, startContainer, startSystemdMachine } from '../substrate/index.ts'
import type { PartSpec } from './spec.ts'
import type { StackPart } from './stack.ts'

export interface PartSurroundings {
  readonly run: RunScope
  readonly network: string
  /** What the part is given, by path in the container. */
  readonly files: Readonly<Record<string, FileContent>>
  readonly signal?: AbortSignal
}

/** The image of a part, built when it is to be; undefined for a part at a URL. */
export async function imageOf(part: PartSpec, baseFolder: string, options: BuildOptions): Promise<string | undefined> {
  return part.build === undefined ? part.image : buildImage(resolve(baseFolder, part.build), options)
}

/** Starts a container part on the stack's network, under its name. */
export async function startPart(
  name: string,
  part: PartSpec,
  image: string,
  { run, network, files, signal }: PartSurroundings,
): Promise<StackPart & AsyncDisposable> {
  const { ports, env, command, capabilities, startupSeconds } = part
  const spec: ContainerSpec = {
    name,
    image,
    network,
    files,
    tmpfs: Object.fromEntries(Object.entries(part.tmpfs ?? {}).map(([path, size]) => [path, bytesOf(size)])),
    ...(ports === undefined ? {} : { ports }),
    ...(env === undefined ? {} : { env }),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(startupSeconds === undefined ? {} : { startupMs: startupSeconds * 1000 }),
  }
  const wait = waitOf(part)
  const options = signal === undefined ? {} : { signal }
  const own = { ...(command === undefined ? {} : { command }), ...(wait === undefined ? {} : { wait }) }
  const machine =
    part.systemd === true
      ? await startSystemdMachine(spec, run, options)
      : await startContainer({ ...spec, ...own }, run, options)
  return {
    name,
    kind: 'container',
    description: image,
    machine,
    async origin(port = ports?.[0]) {
      if (port === undefined) throw noPorts(name)
      const { host, port: published } = await machine.address(port)
      // `scheme` is about the main port; the others speak http.
      const scheme = port === ports?.[0] ? part.scheme : undefined
      // On https by name: HSTS and certificates are about names, and say nothing of an address.
      return scheme === 'https' && host === '127.0.0.1'
        ? `https://localhost:${published}`
        : `${scheme ?? 'http'}://${host}:${published}`
    },
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  }
}

/** A part that runs already: it has an address and nothing that could be broken. */
export function partAt(name: string, url: string): StackPart {
  const { origin } = new URL(url)
  return {
    name,
    kind: 'url',
    description: url,
    machine: undefined,
    async origin(port) {
      if (port === undefined || String(port) === new URL(url).port) return origin
      throw new SeatrialError('SEATRIAL_NO_ADDRESS', `${name} is at ${origin}; nothing is known of its port ${port}`, {
        mend: `Name the part's own address, or add a part for the other port.`,
      })
    },
  }
}

function waitOf({ wait, scheme }: PartSpec): WaitSpec | undefined {
  if (wait === undefined) return undefined
  const { port, http, status, log, command } = wait
  if (http !== undefined) {
    return {
      http,
      scheme: scheme ?? 'http',
      ...(port === undefined ? {} : { port }),
      ...(status === undefined ? {} : { status }),
    }
  }
  if (port !== undefined) return { port }
  if (log !== undefined) return { log }
  return command === undefined ? undefined : { command }
}

function noPorts(name: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_ADDRESS', `${name} publishes no port`, { mend: `Add ports to stack.${name}.` })
}
