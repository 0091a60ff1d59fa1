import { SeatrialError } from '../../kernel/index.ts'
import { createVolume } from '../../substrate/index.ts'
import { declaredState } from '../declared.ts'
import type { BootDrill, BootDrillContext, DrillSeen } from '../drill.ts'
import { demandProvisioned } from '../lanes/provision.ts'
import { askHost } from '../live/ask-host.ts'
import type { Instance } from './instance.ts'
import { ofAnother, startInstance } from './instance.ts'

/** What is so of an instance that takes over, or comes beside another: the same home, nothing temporary, the same answers. */
const declared = declaredState.parse({
  mounts: [{ at: '/home' }],
  services: [],
  ports: [8080],
  data: ['/home/site'],
  temporary: ['/tmp'],
  answers: [{ command: 'echo | socat -t 5 - TCP:127.0.0.1:8080' }],
})

/** Ways to keep state, right and wrong; `finds` of a wrong one is the same whether an instance is replaced or added. */
export const stateProcedures: BootDrill['procedures'] = [
  {
    id: 'state-at-home',
    title: 'what must stay in the shared home, the rest in temporary storage',
    script: 'app-service/state-at-home.sh',
  },
  {
    id: 'state-in-temporary',
    title: 'what must stay in temporary storage',
    script: 'app-service/state-in-temporary.sh',
    finds: ['boot/answer-same-changed'],
  },
  {
    id: 'state-by-instance',
    title: 'a folder of the home for each instance, by its name',
    script: 'app-service/state-by-instance.sh',
    finds: ['boot/answer-same-changed'],
  },
  {
    id: 'state-home-not-shared',
    title: 'the right script, and the storage of the service switched off: each instance has a home of its own',
    script: 'app-service/state-at-home.sh',
    finds: ['boot/mount-live-absent', 'boot/data-same-gone', 'boot/answer-same-changed'],
  },
  {
    id: 'state-temporary-at-home',
    title: 'temporary files on the shared home',
    script: 'app-service/temporary-at-home.sh',
    finds: ['boot/temporary-live-kept'],
  },
]

/**
 * An instance serves and is written to; then another one is started, with the script as its start-up command.
 *
 * @param beside whether the first goes on beside it (scale-out), or is gone before (restart: a service starts a new one)
 */
export async function nextInstance(
  context: BootDrillContext,
  { beside }: { readonly beside: boolean },
): Promise<DrillSeen> {
  const { procedure, clock, run } = context
  await using home = await createVolume(run)
  const volumes = procedure.id === 'state-home-not-shared' ? {} : { '/home': home.name }
  await using first = await startInstance('app-instance', { name: 'first', volumes }, context)
  await must(first, 'the site to be deployed', 'mkdir -p /home/site && echo welcome >/home/site/index.html')
  await startUp(first, context)
  const before = await askHost(first.machine, declared)
  await must(
    first,
    'guests to sign',
    'for name in Ada Grace Edith; do echo $name | socat -t 5 - TCP:127.0.0.1:8080; done',
  )
  const signed = await askHost(first.machine, declared)
  if (JSON.stringify(signed.answers) === JSON.stringify(before.answers)) {
    throw circumstance('nobody could sign the guestbook of the first instance')
  }

  const began = clock.elapsed()
  if (!beside) await first[Symbol.asyncDispose]()
  await using next = await startInstance('app-instance', { name: 'next', volumes }, context)
  await startUp(next, context)
  const after = await askHost(next.machine, declared)
  const served = Math.round(clock.elapsed() - began)
  return {
    seen: { declared, before: ofAnother(signed), after, ended: next.ended, console: '' },
    timeline: {
      title: beside ? 'from the order for one more instance' : 'from the end of the first instance',
      unit: 'ms',
      marks: [
        { at: 0, what: beside ? 'one more is ordered' : 'the first is ended', kind: 'change' },
        { at: served, what: 'the next one was asked', kind: 'recovery' },
      ],
    },
  }
}

async function startUp(instance: Instance, { procedure, script }: BootDrillContext): Promise<void> {
  demandProvisioned({ file: procedure.id, text: script }, await instance.run(procedure.id, script))
  // Started is not listening yet.
  await askHost(instance.machine, declaredState.parse({ ports: [8080] }))
}

async function must({ machine }: Instance, what: string, script: string): Promise<void> {
  const { exitCode, stderr } = await machine.exec(['sh', '-ec', script])
  if (exitCode !== 0) throw circumstance(`${what}: ${stderr.trim()}`)
}

function circumstance(why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_CIRCUMSTANCE', `the drill could not be brought to its point: ${why}`, {
    mend: 'The start-up command must start a server on port 8080 that takes a name on a line and answers a number.',
    because: 'setup',
  })
}
