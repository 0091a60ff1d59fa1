import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath as executablePath } from '../../../fixtures/chromium.ts'
import type { RunRecord } from '../../record/schema.ts'
import { sampleRecord } from '../sample-everything.ts'
import { largeRecord, recordOf, sampleStep } from '../sample-record.ts'
import { html } from './html.ts'

/** Runs in the page: the least contrast of any text with the ground that it stands on. */
const leastContrast = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number)
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const part = value / 255
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (channels(colour)[3] !== 0) return colour
    }
    return 'rgb(255, 255, 255)'
  }
  let worst = { ratio: Infinity, of: '', seen: 0 }
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')
    if (!own || element.getClientRects().length === 0) continue
    const colours = [luminance(getComputedStyle(element).color), luminance(groundOf(element))]
    const ratio = (Math.max(...colours) + 0.05) / (Math.min(...colours) + 0.05)
    const seen = worst.seen + 1
    worst = ratio < worst.ratio ? { ratio, of: element.className + ' ' + element.textContent, seen } : { ...worst, seen }
  }
  return worst
})()`

/** Runs in the page: labels of the first drawing, as far as the boxes that hold them let them be seen. */
const overlappingLabels = `(() => {
  const drawing = document.querySelector('svg.drawn')
  const boxes = [...drawing.querySelectorAll('text')].map((label) => {
    const own = label.getBoundingClientRect()
    const holder = label.closest('svg').getBoundingClientRect()
    return { text: label.textContent, left: Math.max(own.left, holder.left), right: Math.min(own.right, holder.right),
      top: Math.max(own.top, holder.top), bottom: Math.min(own.bottom, holder.bottom) }
  })
  const overlaps = boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1).map((b) => a.text + ' / ' + b.text))
  return { labels: boxes.length, overlaps }
})()`

/** Runs in the page: where its links lead. */
const hrefs = (links: string): string =>
  `[...document.querySelectorAll('${links}')].map((link) => link.getAttribute('href'))`

/** An open page, with all that it asked for and complained of. */
interface Opened extends AsyncDisposable {
  readonly page: Page
  readonly requests: readonly string[]
  readonly complaints: readonly string[]
}

const quiet = ['--disable-background-networking', '--disable-component-update', '--no-first-run']

let folder = ''
let browser: Browser

beforeAll(async () => {
  if (executablePath === undefined) return
  folder = await mkdtemp(join(tmpdir(), 'seatrial-page-'))
  browser = await chromium.launch({
    executablePath,
    // Chromium refuses its sandbox to root only.
    args: [...quiet, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
})

afterAll(async () => {
  if (executablePath === undefined) return
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(record: RunRecord, context: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
  const file = join(folder, `${crypto.randomUUID()}.html`)
  await writeFile(file, html.render(record, { colour: false, columns: 100 }))
  const own = await browser.newContext(context)
  const page = await own.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('pageerror', (error) => complaints.push(error.message))
  // Violations of the page's policy are told on the console too.
  page.on('console', (message) => complaints.push(message.text()))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(pathToFileURL(file).href)
  return { page, requests, complaints, [Symbol.asyncDispose]: () => own.close() }
}

const without = executablePath === undefined ? ' (skipped: no Chromium; apt-get install chromium, or set CHROMIUM)' : ''

describe.skipIf(executablePath === undefined)(`the page in a browser${without}`, () => {
  test('it opens from a disk, asks for nothing else, and breaks no policy', async () => {
    await using opened = await open(sampleRecord())
    expect(opened.requests).toHaveLength(1)
    expect(opened.requests[0]).toMatch(/^file:/)
    expect(opened.complaints).toEqual([])
  })

  test('the policy would stop what it forbids, a request and a foreign script alike', async () => {
    let asked = 0
    await using server = createServer((_request, response) => {
      asked += 1
      response.end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await using opened = await open(sampleRecord())
    await opened.page.evaluate(`
        const image = document.createElement('img')
        image.src = 'http://127.0.0.1:${port}/x.png'
        const script = document.createElement('script')
        script.textContent = 'globalThis.owned = 1'
        document.body.append(image, script)`)
    const stopped = (): number => opened.complaints.filter((text) => text.includes('Content Security Policy')).length
    await expect.poll(stopped).toBeGreaterThanOrEqual(2)
    expect(asked).toBe(0)
    expect(await opened.page.evaluate(`'owned' in globalThis`)).toBe(false)
  })

  test('the verdict is the one first heading, and every section is a landmark with a heading', async () => {
    await using opened = await open(sampleRecord())
    const { page } = opened
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual(['Failed'])
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Most likely causes of 2 things that are down',
      'Findings',
      'Places',
      'What could not be looked at',
      'The gate',
      'Steps in time',
      'Timelines',
      'Evidence',
      'The run',
    ])
    for (const role of ['banner', 'navigation', 'main', 'contentinfo', 'search'] as const) {
      expect(await page.getByRole(role).count(), role).toBe(1)
    }
    const targets = await page.evaluate<string[]>(hrefs('nav a'))
    expect(targets).toHaveLength(9)
    for (const target of targets) expect(await page.locator(target).count(), target).toBe(1)
  })

  test('hostile text is shown as text and does nothing', async () => {
    await using opened = await open(sampleRecord())
    const { page } = opened
    expect(await page.evaluate(`'owned' in globalThis`)).toBe(false)
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('main').innerText()).toContain('</script><script>globalThis.owned=1</script>')
    const links = await page.evaluate<string[]>(hrefs('a'))
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((href) => !/^(#|https:)/.test(href))).toEqual([])
  })

  test('what blocks is open, the rest is closed', async () => {
    await using opened = await open(sampleRecord())
    const states = await opened.page.evaluate(`[...document.querySelectorAll('details.group')].map(
      (group) => [group.querySelector('code').textContent, group.open])`)
    expect(states).toEqual([
      ['http/age-not-integer', true],
      ['http/range-ignored', true],
      ['http/date-absent', false],
      ['http/server-versioned', false],
      ['http/hsts-absent', false],
      ['http/via-present', false],
      ['http/etag-strong', false],
    ])
  })

  test('a timeline is an image with a name and its moments in words, and no label lies on another', async () => {
    await using opened = await open(sampleRecord())
    const { page } = opened
    const image = page.getByRole('img', { name: /^Timeline of promotion/ })
    const told = await page.evaluate<string>(
      `document.getElementById(document.querySelector('svg.drawn').getAttribute('aria-describedby')).textContent`,
    )
    expect(await image.count()).toBe(1)
    expect(told).toContain('write outage for 383 ms')
    expect(told).toContain('+0 ms fault: node-1 is killed')
    const seen = await page.evaluate<{ labels: number; overlaps: string[] }>(overlappingLabels)
    expect(seen.labels).toBeGreaterThan(20)
    expect(seen.overlaps).toEqual([])
  })

  test('the timeline of a step that passed is a line, and is drawn when somebody opens it', async () => {
    await using opened = await open(sampleRecord(), { javaScriptEnabled: false })
    const closed = opened.page.locator('details.timeline:not([open])')
    expect(await closed.locator('summary').first().innerText()).toContain('RTO 383 ms')
    expect(await closed.locator('svg.drawn').isVisible()).toBe(false)
    await closed.locator('summary').first().click()
    expect(await opened.page.locator('svg.drawn').last().isVisible()).toBe(true)
  })

  test('the filter finds by words and by level, and gives everything back', async () => {
    await using opened = await open(sampleRecord())
    const { page } = opened
    const shown = (): Promise<string[]> => page.locator('details.group:visible > summary > code').allTextContents()
    const told = page.locator('form.filter output')
    expect(await told.textContent()).toBe('11 shown')
    await page.getByLabel('Filter').fill('hsts apache')
    expect(await shown()).toEqual(['http/hsts-absent'])
    expect(await page.locator('[data-sighting]:visible').count()).toBe(1)
    expect(await told.textContent()).toBe('1 of 11 shown')
    await page.getByRole('button', { name: 'clear' }).click()
    await expect.poll(() => told.textContent()).toBe('11 shown')
    await page.getByLabel('error', { exact: true }).uncheck()
    expect(await shown()).toEqual(['http/hsts-absent', 'http/via-present', 'http/etag-strong'])
  })

  test('choosing a place shows only its findings', async () => {
    await using opened = await open(sampleRecord())
    await opened.page.getByRole('button', { name: 'balancer /login' }).click()
    expect(await opened.page.locator('form.filter output').textContent()).toBe('1 of 11 shown')
  })

  test('the keyboard reaches the skip link first and opens a finding', async () => {
    await using opened = await open(sampleRecord())
    const { page } = opened
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the findings')
    const closed = page.locator('details.group:not([open])').first()
    const name = await closed.locator('summary code').textContent()
    await closed.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('details.group[open] summary code').allTextContents()).toContain(name)
  })

  test('without scripts everything is still there, and the filter is not', async () => {
    await using opened = await open(sampleRecord(), { javaScriptEnabled: false })
    const { page } = opened
    expect(await page.locator('details.group').count()).toBe(7)
    expect(await page.locator('form.filter').isVisible()).toBe(false)
    const closed = page.locator('details.group:not([open])').first()
    await closed.locator('summary').click()
    expect(await page.locator('details.group[open]').count()).toBe(3)
  })

  test.for([390, 1280])('nothing sticks out of a window of %i pixels', async (width) => {
    await using opened = await open(sampleRecord(), { viewport: { width, height: 800 } })
    expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  test.for(['light', 'dark'] as const)(
    'text stands out from its ground in the %s scheme (WCAG 1.4.3: at least 4.5)',
    async (colorScheme) => {
      await using opened = await open(sampleRecord(), { colorScheme })
      const worst = await opened.page.evaluate<{ ratio: number; of: string; seen: number }>(leastContrast)
      expect(worst.seen).toBeGreaterThan(50)
      expect(worst.ratio, worst.of).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('ten thousand findings open within five seconds, are cut off with a count, and can still be filtered', async () => {
    const start = performance.now()
    await using opened = await open(largeRecord(2000, 5))
    const { page } = opened
    await page.getByLabel('Filter').fill('http/rule-7')
    await expect.poll(() => page.locator('form.filter output').textContent()).toMatch(/^\d+ of \d+ shown$/)
    expect(performance.now() - start).toBeLessThan(5000)
    expect(await page.locator('#cut').textContent()).toMatch(/^[\d,]+ of 10,000 findings are listed here/)
  })

  test('a clean run and a run of nothing are pages too', async () => {
    await using clean = await open(recordOf([sampleStep()]))
    expect(await clean.page.getByRole('heading', { level: 1 }).textContent()).toBe('Passed')
    await using empty = await open(recordOf([]))
    expect(await empty.page.getByRole('heading', { level: 1 }).textContent()).toBe('Unsettled')
    expect([...clean.complaints, ...empty.complaints]).toEqual([])
  })
})
