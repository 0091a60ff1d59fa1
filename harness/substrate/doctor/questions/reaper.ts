import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { question } from '../question.ts'

/**
 * What a killed run leaves behind is removed by a detached child that sees its pipe close. This
 * asks whether such a child can be had here, with a tiny one.
 */
export const reaper = question({
  id: 'reaper',
  title: 'Reaper',
  neededBy: 'run',
  async ask() {
    const program = `process.stdin.resume().on('end', () => process.stdout.write('closed'))`
    const child = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
    try {
      await once(child, 'spawn')
      child.stdin.end()
      const said = await text(child.stdout)
      return said === 'closed'
        ? { state: 'ok', detail: 'a detached child can be started and sees its pipe close' }
        : { state: 'missing', detail: `a detached child said "${said}" when its pipe closed`, fix: leftovers }
    } finally {
      child.kill('SIGKILL')
    }
  },
})

const leftovers = 'run where processes may be started detached, else a killed run is swept only by the next one'
