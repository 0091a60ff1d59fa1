import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cycleIn, inOrderOfNeeds } from './order.ts'

const diamond = { top: { needs: ['left', 'right'] }, left: { needs: ['base'] }, right: { needs: ['base'] }, base: {} }

test('a part begins after all that it needs have ended, and independent parts go side by side', async () => {
  const events: string[] = []
  const failures = await inOrderOfNeeds(diamond, async (name) => {
    events.push(`+${name}`)
    await new Promise((resolve) => setImmediate(resolve))
    events.push(`-${name}`)
  })
  expect(failures).toEqual([])
  expect(events).toEqual(['+base', '-base', '+left', '+right', '-left', '-right', '+top', '-top'])
})

test('what needs a failed part is not begun, and what does not goes on to its end', async () => {
  const begun: string[] = []
  const failures = await inOrderOfNeeds(diamond, async (name) => {
    begun.push(name)
    if (name === 'left') throw new Error('left is broken')
  })
  expect(failures).toEqual([{ name: 'left', error: new Error('left is broken') }])
  expect(begun).toEqual(['base', 'left', 'right'])
})

const names = ['a', 'b', 'c', 'd', 'e']
const graphs = fc.record(Object.fromEntries(names.map((name) => [name, fc.record({ needs: fc.subarray(names) })])))

test('the way that is told as a cycle leads through needs back to where it began', () => {
  fc.assert(
    fc.property(graphs, (parts) => {
      const cycle = cycleIn(parts)
      fc.pre(cycle !== undefined)
      expect(cycle.length).toBeGreaterThan(1)
      expect(cycle.at(-1)).toBe(cycle[0])
      for (const [index, name] of cycle.slice(0, -1).entries()) expect(parts[name]?.needs).toContain(cycle[index + 1])
    }),
  )
})

test('a cycle is told exactly when taking away what needs nothing does not take away everything', () => {
  fc.assert(
    fc.property(graphs, (parts) => {
      const left = new Set(names)
      for (let before = -1; before !== left.size;) {
        before = left.size
        for (const name of left) if (!parts[name]?.needs.some((needed) => left.has(needed))) left.delete(name)
      }
      expect(cycleIn(parts) === undefined).toBe(left.size === 0)
    }),
  )
})
