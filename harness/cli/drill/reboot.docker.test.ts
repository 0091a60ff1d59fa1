import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { scratchFolder } from '../../../fixtures/seatrial.ts'
import { heard } from '../heard.ts'

const harbour = fileURLToPath(new URL('../../../fixtures/boot/harbour', import.meta.url))
const declared = 'services: [{ unit: harbour.service, needs: [/var/www] }]\nports: [8080]\n'

test('a host of your own is rebooted by its folder, its script and what it declares: a unit that nobody enabled is red', async () => {
  await using folder = await scratchFolder()
  const script = await readFile(join(harbour, 'provision.sh'), 'utf8')
  await writeFile(join(folder.path, 'declared.yaml'), declared)
  await writeFile(join(folder.path, 'whole.sh'), script)
  await writeFile(join(folder.path, 'started.sh'), script.replace('enable --now harbour', 'start harbour'))
  const reboot = (provision: string) =>
    heard(
      [
        'drill',
        'reboot',
        join(harbour, 'host'),
        '--in',
        'container',
        '--declared',
        'declared.yaml',
        '--provision',
        provision,
        '--json',
      ],
      folder.path,
    )

  expect((await reboot('whole.sh')).code).toBe(0)
  const { code, out } = await reboot('started.sh')
  expect(code).toBe(1)
  const { steps } = JSON.parse(out) as { steps: { findings: { rule: string; replay: string }[] }[] }
  const found = steps.flatMap(({ findings }) => findings)
  expect(found[0]?.replay).toMatch(
    /^seatrial drill reboot \S+ --declared declared.yaml --provision started.sh --in container$/,
  )
  expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['boot/port-live-silent']))
})
