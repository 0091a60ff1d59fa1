import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { waitFor } from '../kernel/index.ts'

/**
 * Runs `work` in one process of this machine at a time. The lock is an abstract Unix socket, which
 * the kernel lets go of when its holder dies, by SIGKILL even: no lock file is ever left behind.
 * Where there are no abstract sockets (outside Linux) the work runs unlocked, so it must be work
 * that is wasteful, not wrong, when it is done twice at once.
 */
export async function alone<T>(
  name: string,
  work: () => Promise<T>,
  options: { readonly deadlineMs: number },
): Promise<T> {
  if (process.platform !== 'linux') return work()
  const lock = await waitFor(`the lock ${name}`, () => take(`\0seatrial/${name}`), { ...options, everyMs: 100 })
  try {
    return await work()
  } finally {
    await new Promise((resolve) => lock.close(resolve))
  }
}

async function take(address: string): Promise<{ done: Server } | { seen: string }> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.on('error', (error) =>
      'code' in error && error.code === 'EADDRINUSE' ? resolve({ seen: 'another process holds it' }) : reject(error),
    )
    server.listen(address, () => resolve({ done: server.unref() }))
  })
}
