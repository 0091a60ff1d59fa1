import { waitFor } from '../../kernel/index.ts'
import type { ExecOptions } from '../machine.ts'
import type { Dockerode } from './shaped-container.ts'
import type { Output } from './streams.ts'
import { exchangeBytes, outputOf } from './streams.ts'

/** Runs a command in a container and keeps its output as bytes. `input` is its standard input. */
export async function runInContainer(
  docker: Dockerode,
  id: string,
  command: readonly string[],
  options: ExecOptions & { readonly input?: Uint8Array } = {},
): Promise<Output & { readonly exitCode: number }> {
  const { user, env, workingDirectory, input } = options
  const exec = await docker.getContainer(id).exec({
    Cmd: [...command],
    AttachStdin: input !== undefined,
    AttachStdout: true,
    AttachStderr: true,
    ...(user === undefined ? {} : { User: user }),
    ...(env === undefined ? {} : { Env: Object.entries(env).map(([key, value]) => `${key}=${value}`) }),
    ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
  })
  const stream = await exec.start({ hijack: true, stdin: input !== undefined })
  const raw = await exchangeBytes(stream, input)
  // The output can end a moment before the engine has noted the exit code.
  const exitCode = await waitFor(
    `the exit code of ${command.join(' ')}`,
    async () => {
      const { Running, ExitCode } = await exec.inspect()
      return Running || ExitCode === null ? { seen: 'it still runs' } : { done: ExitCode }
    },
    { deadlineMs: 5_000 },
  )
  return { ...outputOf(raw), exitCode }
}
