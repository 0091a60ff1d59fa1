import process from 'node:process'

/**
 * Ends this process in good order when the process that started it is gone: npm passes SIGTERM
 * on, but a SIGKILL for npm, or for our own first step, would leave the trial running with
 * nobody to wait for it. A shell that started us may go: `nohup seatrial run &` is no orphan.
 *
 * @returns {boolean} whether our own first step started us
 */
export function endWithStarter() {
  const starter = process.ppid
  const byNpm = process.env['npm_lifecycle_event'] !== undefined
  const byOurselves = process.env['SEATRIAL_STARTER'] === String(starter)
  delete process.env['SEATRIAL_STARTER']
  if (process.platform === 'win32' || (!byNpm && !byOurselves)) return byOurselves
  const look = setInterval(() => {
    if (process.ppid === starter) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  look.unref()
  return byOurselves
}
