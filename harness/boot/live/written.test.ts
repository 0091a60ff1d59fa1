import { expect, test } from 'vitest'
import { toldOn } from './written.ts'

test('what was acknowledged is told in its order, and whether a record was begun after it', () => {
  const lines = ['begins 1', 'acknowledges 1 00000000000000aa', 'begins 2', 'acknowledges 2 00000000000000bb']
  const acknowledged = ['1 00000000000000aa', '2 00000000000000bb']
  expect(toldOn(lines.join('\r\n') + '\r\n')).toEqual({ acknowledged, open: false })
  expect(toldOn([...lines, 'begins 3', ''].join('\r\r\n'))).toEqual({ acknowledged, open: true })
})

test('a line that the kernel wrote into, or that is cut off, acknowledges nothing', () => {
  const console =
    'begins 1\nacknowledges 1 0000[   12.1] EXT4-fs\n00000000aa\nbegins 2\nacknowledges 2 000000000000\nacknow'
  expect(toldOn(console)).toEqual({ acknowledged: [], open: true })
})
