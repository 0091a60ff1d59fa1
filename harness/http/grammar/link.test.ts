import { expect, test } from 'vitest'
import { parseLinks } from './link.ts'

test('targets stand in angle brackets, parameters after semicolons', () => {
  const { links, malformed } = parseLinks('</a>; rel=next, <https://b.test/?c=d,e;f>;rel="preload x"; title = "g, h"')
  expect(malformed).toEqual([])
  expect(links.map(({ target }) => target)).toEqual(['/a', 'https://b.test/?c=d,e;f'])
  expect(links[1]?.parameters.all).toEqual([
    { name: 'rel', value: 'preload x', quoted: true },
    { name: 'title', value: 'g, h', quoted: true },
  ])
})

test.each(['/a; rel=next', '</a; rel=next', '</a> rel=next', '<>x'])('%j is malformed', (value) => {
  expect(parseLinks(value)).toMatchObject({ links: [], malformed: [value] })
})

test('a malformed parameter leaves the others as they are', () => {
  const { links, malformed } = parseLinks('</a>; rel=next; a b')
  expect(malformed).toEqual(['</a>; rel=next; a b'])
  expect(links).toMatchObject([{ target: '/a', whole: false, parameters: { all: [{ name: 'rel', value: 'next' }] } }])
})
