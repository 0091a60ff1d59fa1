import type { ApacheConfig, ApacheDirective } from '../config/index.ts'
import { everyApacheDirective, workerSettings } from '../config/index.ts'

/** How requests are worked on: module mpm_event, mpm_worker or mpm_prefork. */
type Mpm = 'event' | 'worker' | 'prefork'

/** What the configuration loads: identifiers as `ssl_module`, and file names of sources as `mod_ssl.c`. */
export function loadedModules({ directives }: ApacheConfig): ReadonlySet<string> {
  const loads = [...everyApacheDirective(directives)].filter(({ name }) => name.text.toLowerCase() === 'loadmodule')
  const names = loads.flatMap(({ args: [id, path] }) => {
    const file = /([^/]+)\.so$/.exec(path?.text ?? '')?.[1]
    // The sources of these three are called event.c and so on.
    return [id?.text ?? '', ...(file === undefined ? [] : [`${file.replace(/^mod_mpm_/, '')}.c`])]
  })
  const mpm = names.some((name) => name.startsWith('mpm_')) ? [] : ['mpm_event_module', 'event.c']
  return new Set([...names, ...mpm])
}

function mpmOf(modules: ReadonlySet<string>): Mpm {
  return (['prefork', 'worker'] as const).find((one) => modules.has(`mpm_${one}_module`)) ?? 'event'
}

/** Whether what stands in these sections is read: `<IfModule>` is asked, and all others are taken to hold. */
export function holds(modules: ReadonlySet<string>, directive: ApacheDirective): boolean {
  for (let around = directive.within; around !== undefined; around = around.within) {
    const word = around.args[0]?.text ?? ''
    const [, not, name = ''] = /^(!?)(.*)$/.exec(word) ?? []
    if (around.name.text.toLowerCase() === 'ifmodule' && modules.has(name) === (not === '!')) return false
  }
  return true
}

/** Worker processes at most, as Apache reckons them: what is above its limits is cut (modules prefork, event, mpm_common). */
export function processesOf(config: ApacheConfig): { readonly count: number; readonly line?: ApacheDirective } {
  const modules = loadedModules(config)
  const held = workerSettings(config).filter(({ directive }) => holds(modules, directive))
  const last = (wanted: string) => held.findLast(({ name, value }) => name === wanted && value !== undefined)
  const mpm = mpmOf(modules)
  const limit = last('ServerLimit')?.value ?? (mpm === 'prefork' ? 256 : 16)
  const threads =
    mpm === 'prefork' ? 1 : Math.min(last('ThreadsPerChild')?.value ?? 25, last('ThreadLimit')?.value ?? 64)
  const said = last('MaxRequestWorkers')
  const wanted = said?.value === undefined ? limit : Math.max(1, Math.floor(said.value / threads))
  const line = said?.directive
  return { count: Math.min(limit, wanted), ...(line !== undefined && { line }) }
}

/** Apache does not look at the case of names. */
export function isCalled({ name }: ApacheDirective, wanted: string): boolean {
  return name.text.toLowerCase() === wanted.toLowerCase()
}
