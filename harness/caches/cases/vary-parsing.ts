import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const stars: readonly (readonly [name: string, lines: readonly string[], aka: string])[] = [
  ['star', ['*'], 'vary-syntax-star'],
  ['star-star', ['*, *'], 'vary-syntax-star-star'],
  ['star-star-lines', ['*', '*'], 'vary-syntax-star-star-lines'],
  ['empty-star', [', *'], 'vary-syntax-empty-star'],
  ['empty-star-lines', ['', '*'], 'vary-syntax-empty-star-lines'],
  ['star-foo', ['*, Foo'], 'vary-syntax-star-foo'],
  ['foo-star', ['Foo, *'], 'vary-syntax-foo-star'],
]

const lists: readonly (readonly [name: string, title: string, lines: readonly string[]])[] = [
  ['two-lines', 'Fields that Vary names on its second line count.', ['Bar', 'Foo']],
  ['no-space', 'Vary needs no space behind its commas.', ['Bar,Foo']],
  ['empty-members', 'Empty members of Vary change nothing.', [', ,Foo,']],
  ['tab', 'A tab in Vary is space like any other.', ['Bar,\tFoo']],
  ['twice', 'A field that Vary names twice counts once.', ['Foo, Foo']],
]

/** How Vary is read. */
export const varyParsingCases = topic({
  id: 'caches/vary-parsing',
  remedy: 'Let the cache read Vary as a list on any number of lines, and use nothing again that varies by *.',
  cases: [
    ...stars.map(([name, lines, aka]) => ({
      name,
      title: `Vary: ${lines.map((line) => line || '(empty)').join(' and ')} suits no later request.`,
      level: 'required' as const,
      reference: rfc(9111, '4.1'),
      aka,
      needs: ['caches/freshness-max-age'] as const,
      requests: [
        {
          fields: [
            ['Foo', '1'],
            ['Baz', '789'],
          ] as const,
          answer: {
            fields: [['Cache-Control', 'max-age=5000'] as const, ...lines.map((line) => ['Vary', line] as const)],
          },
        },
        {
          fields: [
            ['Foo', '1'],
            ['Baz', '789'],
          ] as const,
          expect: { from: 'origin' as const },
        },
      ],
    })),
    ...lists.map(([name, title, lines]) => ({
      name,
      title,
      level: 'required' as const,
      reference: rfc(9110, '5.6.1'),
      needs: ['caches/vary-match'] as const,
      requests: [
        {
          fields: [['Foo', '1']] as const,
          answer: {
            fields: [['Cache-Control', 'max-age=5000'] as const, ...lines.map((line) => ['Vary', line] as const)],
          },
        },
        { fields: [['Foo', '2']] as const, expect: { from: 'origin' as const } },
      ],
    })),
    {
      name: 'empty',
      title: 'An empty Vary is none.',
      level: 'optional',
      reference: rfc(9110, '12.5.5'),
      needs: ['caches/freshness-max-age'],
      requests: [
        {
          fields: [['Foo', '1']],
          answer: {
            fields: [
              ['Cache-Control', 'max-age=5000'],
              ['Vary', ''],
            ],
          },
        },
        { fields: [['Foo', '2']], expect: { from: 'cache' } },
      ],
    },
  ],
})
