import { readFile } from 'node:fs/promises'
import { declaredState } from '../declared.ts'
import type { BootDrillContext, DrillSeen } from '../drill.ts'
import { bootDrill } from '../drill.ts'
import type { Instance } from '../instances/instance.ts'
import { ofAnother, startInstance } from '../instances/instance.ts'
import { demandProvisioned } from '../lanes/provision.ts'
import { askHost } from '../live/ask-host.ts'

const folder = new URL('../../../fixtures/boot/procedures/machine-relaunched/by-hand/', import.meta.url)

/** What somebody did to the host that was, after it had been set up, and told no script. */
const byHand = new Map([
  ['relaunched-installed-by-hand', 'tides-installed.sh'],
  ['relaunched-edited-by-hand', 'berths-edited.sh'],
])

const declared = declaredState.parse({
  services: [{ unit: 'harbour-pages.service' }],
  ports: [8080],
  data: ['/etc/harbour', '/srv/harbour'],
  answers: [{ command: 'socat -t 5 - TCP:127.0.0.1:8080 </dev/null' }],
})

/** A host that is lost is made anew from its image and its script alone: whatever else was done to it is gone. */
export const machineRelaunched = bootDrill({
  id: 'machine-relaunched',
  title: 'a host is made anew from its image and its script, and must be what it was',
  on: 'container',
  procedures: [
    {
      id: 'relaunched-set-up',
      title: 'a script that holds all that the host has',
      script: 'machine-relaunched/set-up.sh',
    },
    {
      id: 'relaunched-installed-by-hand',
      title: 'a package and its timer that are in no script',
      script: 'machine-relaunched/set-up-without-tides.sh',
      finds: ['boot/remade-same-missing', 'boot/remade-same-started'],
    },
    {
      id: 'relaunched-second-time-only',
      title: 'a script that works the second time',
      script: 'machine-relaunched/second-time-only.sh',
      finds: ['boot/remade-same-failed', 'boot/port-live-silent'],
    },
    {
      id: 'relaunched-edited-by-hand',
      title: 'a setting that was edited on the host',
      script: 'machine-relaunched/set-up.sh',
      finds: ['boot/data-same-changed', 'boot/answer-same-changed'],
    },
  ],
  attempt,
})

async function attempt(context: BootDrillContext): Promise<DrillSeen> {
  const { procedure, script, clock, progress } = context
  const before = await theHostThatWas(context)
  progress(`${procedure.id}: making it anew`)
  const began = clock.elapsed()
  await using anew = await startInstance('remade-host', { name: 'anew' }, context)
  const up = clock.elapsed() - began
  const { exitCode, stdout } = await anew.run(procedure.id, script)
  const ready = clock.elapsed() - began
  const after = await askHost(anew.machine, declared, { started: true, packages: true })
  return {
    seen: {
      declared,
      before: ofAnother(before),
      after,
      ended: anew.ended,
      console: '',
      remade: { exitCode, output: stdout, seconds: ready / 1000 },
    },
    timeline: {
      title: 'from nothing to a host that is set up',
      unit: 'ms',
      marks: [
        { at: 0, what: 'told to start it', kind: 'change' },
        { at: Math.round(up), what: 'it is up', kind: 'change' },
        { at: Math.round(ready), what: `its script ended with ${exitCode}`, kind: exitCode === 0 ? 'recovery' : 'end' },
      ],
      facts: [{ what: 'made anew in', value: `${Math.round(ready)} ms` }],
    },
  }
}

async function theHostThatWas(context: BootDrillContext): ReturnType<typeof askHost> {
  const { procedure, script } = context
  await using host = await startInstance('remade-host', { name: 'first' }, context)
  // Whoever set it up by hand ran the script until it worked.
  const first = await host.run(procedure.id, script)
  if (first.exitCode !== 0)
    demandProvisioned({ file: procedure.id, text: script }, await host.run(procedure.id, script))
  await liveWith(host, byHand.get(procedure.id))
  return await askHost(host.machine, declared, { started: true, packages: true })
}

async function liveWith(host: Instance, file: string | undefined): Promise<void> {
  if (file === undefined) return
  const text = await readFile(new URL(file, folder), 'utf8')
  demandProvisioned({ file, text }, await host.run(file, text))
}
