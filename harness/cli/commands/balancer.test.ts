import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'

const configuration = `defaults
  mode http
frontend web
  bind :80
  default_backend app
backend app
  balance leastconn
  server a 10.0.0.1:8080
  server b 10.0.0.2:8080 backup
`

async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const scratch = await scratchFolder()
  await writeFile(join(scratch.path, 'haproxy.cfg'), configuration)
  await writeFile(join(scratch.path, 'empty-haproxy.cfg'), 'frontend web\n  bind :80\n')
  return scratch
}

test('writes down what a configuration says of itself, to be kept and changed', slow, async () => {
  await using scratch = await folder()
  const { stdout, exitCode } = await seatrial(['balancer', 'haproxy.cfg', '--learn'], { cwd: scratch.path })
  expect(parse(stdout)).toMatchObject({
    loadbalancing: {
      targets: [{ kind: 'haproxy', config: 'haproxy.cfg', pool: 'app', expect: { sparesSlow: true, backup: ['b'] } }],
    },
  })
  expect(exitCode).toBe(0)
})

test.each([
  [['lb.conf'], /wanted: one of haproxy/],
  [['haproxy.cfg', '--kind', 'envoy'], /given: {2}envoy/],
  [['missing-haproxy.cfg'], /missing-haproxy\.cfg/],
  [['haproxy.cfg', '--file', 'certs'], /\/path\/in\/container=file/],
  [['haproxy.cfg', '--file', '/etc/certs=./certs'], /a file or folder/],
  [['haproxy.cfg', '--only', 'loadbalancing/stiky'], /loadbalancing\/sticky/],
  [['empty-haproxy.cfg'], /without a server/],
])('%j is a wrong command line, and it is said why', slow, async (args, told) => {
  await using scratch = await folder()
  const { exitCode, stderr } = await seatrial(['balancer', ...args], { cwd: scratch.path })
  expect(stderr).toMatch(told)
  expect(exitCode).toBe(3)
})
