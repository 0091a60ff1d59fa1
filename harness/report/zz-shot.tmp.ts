import { chromium } from '@playwright/test'
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
})
for (const [name, scheme, width] of [
  ['light-desktop', 'light', 1280],
  ['dark-desktop', 'dark', 1280],
  ['light-narrow', 'light', 390],
  ['dark-narrow', 'dark', 390],
] as const) {
  const p = await b.newPage({ colorScheme: scheme, viewport: { width, height: 900 } })
  p.on('console', (m) => console.log(name, m.text()))
  p.on('pageerror', (e) => console.log('ERR', e.message))
  await p.goto('file://' + (process.argv[2] ?? '/tmp/report-sample.html'))
  await p.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: process.argv[3] !== 'fold' })
  for (const [i, y] of [0, 1300, 2600, 3900].entries())
    await p
      .screenshot({ path: `/tmp/shots/${name}-${i}.png`, fullPage: true, clip: { x: 0, y, width, height: 1300 } })
      .catch(() => {})
  console.log(name, await p.evaluate('document.documentElement.scrollWidth'))
  await p.close()
}
await b.close()
