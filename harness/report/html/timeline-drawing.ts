import { cut } from '../columns.ts'
import { clip, visible } from '../escape.ts'
import { markText } from '../timeline.ts'
import type { Drawing } from '../timeline.ts'
import { milliseconds } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

// Units of the drawing: as many as the page has pixels at its widest, so that text keeps its size there.
const whole = 1080
const plotLeft = 118
const plotRight = 1056
const rowHeight = 26
const labelGap = 12
/** The widest that a usual character gets at the size of the labels; what is wider still is cut off by its own box. */
const columnWidth = 9.6

/** Every moment and phase has a row to itself, so that no label ever lies on another. */
export function drawn(title: string, drawing: Drawing, index: number): Html {
  const { marks, spans, share } = drawing
  const x = (at: number): number => round(plotLeft + share(at) * (plotRight - plotLeft))
  const rows = spans.length + marks.length
  const height = rows * rowHeight + 34
  const fault = marks.find(({ kind }) => kind === 'fault')
  const spanRows = spans.map(({ from, to, what }, row) => {
    const [start, end] = [x(from), Math.max(x(to), x(from) + 3)]
    return html`<g>
      <rect
        class="span"
        x="${start}"
        y="${row * rowHeight + 4}"
        width="${round(end - start)}"
        height="${rowHeight - 8}"
        rx="3"
      />
      ${time(row, milliseconds(to - from))}${label(row, [start, end], what, `${what}, ${milliseconds(to - from)}`)}
    </g>`
  })
  const markRows = marks.map((mark, nth) => {
    const { at, kind = 'none' } = mark
    const row = spans.length + nth
    const told = markText(mark)
    const signed = milliseconds(at, { signed: true })
    return html`<g class="mark ${kind}">
      <circle cx="${x(at)}" cy="${row * rowHeight + rowHeight / 2}" r="${kind === 'none' ? 4 : 6}" />
      ${time(row, signed)}${label(row, [x(at) - 4, x(at) + 4], told, `${signed} ${told}`)}
    </g>`
  })
  const line =
    fault === undefined
      ? nothing
      : html`<line class="fault" x1="${x(fault.at)}" y1="0" x2="${x(fault.at)}" y2="${rows * rowHeight}" />`
  return html`<svg
    class="drawn"
    viewBox="0 0 ${whole} ${height}"
    role="img"
    aria-labelledby="timeline-${index}-title"
    aria-describedby="timeline-${index}-desc"
  >
    <title id="timeline-${index}-title">Timeline of ${clip(title, 200)}</title>
    <desc id="timeline-${index}-desc">${describe(drawing)}</desc>
    ${ticks(drawing, x, rows * rowHeight)}${line}${spanRows}${markRows}
  </svg>`
}

const round = (value: number): number => Math.round(value * 100) / 100

const baseline = (row: number): number => row * rowHeight + 18

function time(row: number, text: string): Html {
  return html`<text class="when" x="${plotLeft - 22}" y="${baseline(row)}" text-anchor="end">${cut(text, 13)}</text>`
}

/** Beside what it names, on the side where there is more room, in a box that hides what does not fit. */
function label(row: number, [start, end]: readonly [number, number], text: string, full: string): Html {
  const onTheRight = plotRight - end >= start - plotLeft
  const [from, to] = onTheRight ? [end + labelGap, whole] : [plotLeft, start - labelGap]
  const width = Math.max(round(to - from), 0)
  // A phase that fills the drawing has its name in itself.
  if (width < 200) {
    const inside = cut(visible(text), Math.floor((end - start - 16) / columnWidth))
    return html`<svg x="${start}" y="${row * rowHeight}" width="${round(end - start)}" height="${rowHeight}">
      <text class="inside" x="8" y="18">${inside}<title>${clip(full, 600)}</title></text>
    </svg>`
  }
  const shown = cut(visible(text), Math.floor(width / columnWidth))
  // What is cut begins where its box begins: a font wider than that hides the end of it, and never the beginning.
  const isWhole = shown === visible(text)
  const place = onTheRight || !isWhole ? html`x="0"` : html`x="${width}" text-anchor="end"`
  return html`<svg x="${round(from)}" y="${row * rowHeight}" width="${width}" height="${rowHeight}">
    <text ${place} y="18">${shown}<title>${clip(full, 600)}</title></text>
  </svg>`
}

/** Grey lines at round moments, four to nine of them. */
function ticks({ from, to }: Drawing, x: (at: number) => number, bottom: number): Html {
  const step = roundStep((to - from) / 5)
  if (step === undefined) return nothing
  const first = Math.ceil(from / step)
  const number = Math.min(Math.floor(to / step) - first + 1, 12)
  const lines = Array.from({ length: Math.max(number, 0) }, (_, index) => {
    const at = (first + index) * step
    return html`<line class="tick" x1="${x(at)}" y1="0" x2="${x(at)}" y2="${bottom + 6}" /><text
        class="when"
        x="${Math.min(Math.max(x(at), plotLeft), plotRight - 10)}"
        y="${bottom + 24}"
        text-anchor="middle"
        >${milliseconds(at)}</text
      >`
  })
  return html`<g aria-hidden="true">${lines}</g>`
}

/** 1, 2 or 5 times a power of ten, at least as much as is given; undefined where no number is. */
function roundStep(least: number): number | undefined {
  if (!(least > 0) || !Number.isFinite(least)) return undefined
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= least)
  return step === undefined || power === 0 ? undefined : step * power
}

function describe({ marks, spans }: Drawing): string {
  const told = [
    ...spans.map(({ from, to, what }) => `${what} for ${milliseconds(to - from)}`),
    ...marks.map((mark) => `${milliseconds(mark.at, { signed: true })} ${markText(mark)}`),
  ]
  return clip(`${told.join('; ')}.`, 4000)
}
