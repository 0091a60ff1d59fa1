import type { Machine } from '../../substrate/index.ts'

/** Runs lines of bash on a machine. @throws Error with what they wrote */
export async function must(host: Machine, lines: string): Promise<string> {
  const { exitCode, stdout, stderr } = await host.exec(['bash', '-euc', lines])
  if (exitCode !== 0) throw new Error(`on ${host.name}: ${stderr.trim() || `exit code ${exitCode}`}\n${lines}`)
  return stdout.trim()
}
