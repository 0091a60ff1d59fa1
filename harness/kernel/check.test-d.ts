import { check, rfc, rule } from './index.ts'

/** What the compiler promises about checks: this file is type-checked, never run. */

const declared = rule({
  id: 'http/thing-wrong',
  level: 'error',
  reference: rfc(9110),
  says: (e: { value: string }) => e.value,
  wants: 'Right.',
  remedy: 'Mend it.',
})

const undeclared = rule({
  id: 'http/thing-other',
  level: 'error',
  reference: rfc(9110),
  says: () => 'Other.',
  wants: 'Right.',
  remedy: 'Mend it.',
})

check({
  id: 'http/thing',
  rules: [declared],
  // @ts-expect-error a check may yield only the rules that it declares
  *run(given: { value: string }) {
    yield declared.at('value', given)
    yield undeclared.at('value')
  },
  examples: [],
})

check({
  id: 'http/thing',
  rules: [declared],
  *run(given: { value: string }) {
    yield declared.at('value', given)
  },
  // @ts-expect-error an example may expect only the rules that the check declares
  examples: [{ title: 'other', given: { value: '' }, yields: [undeclared] }],
})

// @ts-expect-error the evidence has the shape that the sentence needs
declared.at('value', { valu: 'typo' })

// @ts-expect-error a rule whose sentence needs evidence cannot be seen without it
declared.at('value')
