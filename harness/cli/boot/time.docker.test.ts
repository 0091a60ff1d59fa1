import { expect, test } from 'vitest'
import { seatrial } from '../../../fixtures/seatrial.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'

const patient = { timeout: 240_000 }

test('boot dates names the day on which a job fails, and leaves nothing running', patient, async () => {
  const image = await fixtureImage('dated-jobs')
  const line = ['boot', 'dates', '--image', image, '--years', '2024', '--classes', 'leap-day']
  const { exitCode, stdout } = await seatrial([...line, '--', '/srv/jobs/renew-next-year'], patient)
  expect(stdout).toContain('On 2024-02-29 at 00:00:05, 12:00:00, 23:59:50 (leap day) it fails')
  expect(stdout).toContain(`replay: seatrial ${line.join(' ')} -- /srv/jobs/renew-next-year`)
  expect(exitCode).toBe(1)
})

test('boot dates of an image that nobody has is unsettled', patient, async () => {
  const line = ['boot', 'dates', '--image', 'seatrial/none-such:0', '--', 'true']
  const { exitCode, stdout } = await seatrial(line, patient)
  expect(stdout).toContain('seatrial/none-such:0')
  expect(exitCode).toBe(2)
})
