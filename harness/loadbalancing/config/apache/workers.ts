import type { ApacheConfig, ApacheDirective } from './parse.ts'
import { apacheTime } from './time.ts'
import { around, everyApacheDirective, isNamed } from './walk.ts'

const names = {
  maxrequestworkers: 'MaxRequestWorkers',
  // The name of 2.2, which still works.
  maxclients: 'MaxRequestWorkers',
  serverlimit: 'ServerLimit',
  threadsperchild: 'ThreadsPerChild',
  threadlimit: 'ThreadLimit',
  startservers: 'StartServers',
} as const

const canonical: ReadonlyMap<string, (typeof names)[keyof typeof names]> = new Map(Object.entries(names))

/** A number that says how many can be served at once. */
export interface WorkerSetting {
  readonly directive: ApacheDirective
  /** `MaxClients` is the old name of `MaxRequestWorkers`. */
  readonly name: (typeof names)[keyof typeof names]
  /** Undefined when it is no number. */
  readonly value: number | undefined
  /** `<IfModule mpm_prefork_module>` and the like around it, the outermost first: it counts only where they hold. */
  readonly under: readonly ApacheDirective[]
}

/** All of them, in the order of the files. Of one name the last counts whose sections hold. */
export function workerSettings({ directives }: ApacheConfig): readonly WorkerSetting[] {
  return [...everyApacheDirective(directives)].flatMap((directive) => {
    const name = canonical.get(directive.name.text.toLowerCase())
    if (name === undefined) return []
    const text = directive.args[0]?.text ?? ''
    return [{ directive, name, value: /^\d+$/.test(text) ? Number(text) : undefined, under: around(directive) }]
  })
}

/** What Apache does with a connection after an answer. Each line is undefined where nobody says it. */
export interface KeepAlive {
  /** On when nobody says it. */
  readonly on: boolean
  /** 5000 when nobody says it; undefined when it is no time. */
  readonly timeoutMilliseconds: number | undefined
  /** 100 when nobody says it; 0 is no limit. */
  readonly maxRequests: number
  readonly lines: readonly ApacheDirective[]
}

/** The settings of a virtual host, which are the server's where it has none of its own. */
export function keepAlive({ directives }: ApacheConfig, host?: ApacheDirective): KeepAlive {
  const last = (name: string): ApacheDirective | undefined =>
    lastIn(host?.section ?? [], name) ?? lastIn(directives, name)
  const on = last('KeepAlive')
  const timeout = last('KeepAliveTimeout')
  const requests = last('MaxKeepAliveRequests')
  return {
    on: !/^off$/i.test(on?.args[0]?.text ?? 'on'),
    timeoutMilliseconds: apacheTime(timeout?.args[0]?.text ?? '5'),
    maxRequests: Number(requests?.args[0]?.text ?? '100'),
    lines: [on, timeout, requests].filter((each) => each !== undefined),
  }
}

/** Sections that hold for the whole server are looked into, those for a host are not. */
function lastIn(directives: readonly ApacheDirective[], name: string): ApacheDirective | undefined {
  return directives
    .flatMap((each) => (/^If/i.test(each.name.text) ? [...everyApacheDirective(each.section ?? [])] : [each]))
    .findLast((each) => isNamed(each, name))
}
