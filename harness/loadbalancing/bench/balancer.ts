import { fileURLToPath } from 'node:url'
import { SeatrialError } from '../../kernel/index.ts'
import { restartService } from '../../stack/index.ts'
import type { FileContent, RunScope, StartedContainer } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import { readFile } from 'node:fs/promises'
import type { BalancerKind, Listener } from '../kinds/kind.ts'

/** What a balancer thinks of its configuration. */
export interface Tested {
  readonly exitCode: number
  readonly complaints: readonly string[]
}

/** A balancer in a container of its own. */
export interface Balancer extends AsyncDisposable {
  /** Its name on the network. */
  readonly host: string
  /** What it thinks of its configuration; it runs only when it took it. */
  readonly tested: Tested
  readonly container: StartedContainer
  /** Ends its process and starts it again: no counter and no memory of any visitor is left. */
  readonly restart: () => Promise<void>
  /** Lets it read its configuration anew, as operators do. */
  readonly reload: (command?: string) => Promise<void>
  /** Runs a shell line in its container, with arguments. */
  readonly run: (line: string, ...words: readonly string[]) => Promise<{ exitCode: number; said: string }>
  /** Process ids of the workers below its main process: a reload makes new ones. */
  readonly workers: () => Promise<readonly string[]>
  /** Its host goes down and comes back: what lies in /run and /tmp is gone then. */
  readonly reboot: () => Promise<Tested>
}

export interface BalancerSpec {
  readonly name: string
  readonly kind: BalancerKind
  readonly image: string | undefined
  readonly listeners: readonly Listener[]
  readonly files: Readonly<Record<string, string | FileContent>>
  readonly sysctls: Readonly<Record<string, string>>
  readonly network: string
  readonly capabilities?: readonly string[]
}

const images = new URL('../../../fixtures/images/', import.meta.url)
const folder = '/run/seatrial'

// One that does not take its configuration has nothing to run, and its complaints must outlive it.
const entry = `
mkdir -p ${folder}
sh -c "$SERVICE_CHECK" >${folder}/said 2>&1; echo $? >${folder}/code
[ "$(cat ${folder}/code)" = 0 ] || exec tail -f /dev/null
exec supervise run sh -c "$0"
`
const isReady = `[ -s ${folder}/code ] && { [ "$(cat ${folder}/code)" != 0 ] || supervise ready 1; }`

/** @throws SeatrialError as `buildImage`, `startContainer` */
export async function startBalancer(
  { name, kind, image, listeners, files, sysctls, network, capabilities = [] }: BalancerSpec,
  { run, signal, progress }: { run: RunScope; signal: AbortSignal; progress: (line: string) => void },
): Promise<Balancer> {
  const own = fileURLToPath(new URL(kind.image, images))
  const tag = image ?? (await buildImage(own, { progress, signal }))
  const supervise = await readFile(new URL(`${kind.image}/supervise`, images), 'utf8')
  const ports = new Set([...listeners.map(({ port }) => port), ...(kind.counters ? [kind.counters.port] : [])])
  const container = await startContainer(
    {
      name,
      image: tag,
      network,
      sysctls,
      capabilities,
      entrypoint: ['sh', '-c', entry, kind.run],
      command: [],
      env: { SERVICE_CHECK: kind.test, SERVICE_PORTS: [...ports].join(' ') },
      files: { ...files, ...kind.extras, '/usr/local/bin/supervise': { content: supervise, mode: 0o755 } },
      wait: { command: ['sh', '-c', isReady] },
    },
    run,
    { signal },
  )
  const tested = async (): Promise<Tested> => {
    const { stdout } = await container.exec(['sh', '-c', `cat ${folder}/code ${folder}/said`])
    const [code = '', ...said] = stdout.split('\n')
    return { exitCode: Number(code), complaints: kind.complaints(said.join('\n')) }
  }
  return {
    host: name,
    container,
    tested: await tested(),
    restart: () => restartService(container, { signal }),
    async reload(command = kind.reload) {
      const line = `set -- "$(cat /run/supervise/pid)"; ${command}`
      const { exitCode, stderr, stdout: told } = await container.exec(['sh', '-c', line])
      if (exitCode === 0) return
      throw new SeatrialError('SEATRIAL_RELOAD', `"${command}" exits with ${exitCode}: ${(stderr || told).trim()}`, {
        mend: 'Try the command in the image of the balancer; its process id is in $1.',
        because: 'setup',
      })
    },
    async run(line, ...words) {
      const { exitCode, stdout, stderr } = await container.exec(['sh', '-c', `${line} "$@"`, 'sh', ...words])
      return { exitCode, said: (stderr || stdout).trim() }
    },
    async workers() {
      const line = 'pid=$(cat /run/supervise/pid); cat "/proc/$pid/task/$pid/children"'
      const { stdout: children } = await container.exec(['sh', '-c', line])
      return children.trim().split(' ').filter(Boolean)
    },
    async reboot() {
      await container.exec(['sh', '-c', 'rm -rf /run/* /tmp/*'])
      await container.kill()
      await container.start()
      return tested()
    },
    [Symbol.asyncDispose]: () => container[Symbol.asyncDispose](),
  }
}
