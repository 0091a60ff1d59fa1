import { check, rule } from '../../kernel/index.ts'
import { curlLine } from '../curl.ts'
import type { Suspect } from '../noise/weigh.ts'
import type { Facet } from '../noise/tally.ts'
import { darkLaunching, signTestPage } from '../references.ts'
import type { MirrorSeen } from '../seen.ts'
import { seeing } from '../testing/seeing.ts'

type Evidence = {
  readonly place: string
  readonly facet: Facet
  readonly candidateOnly: number
  readonly secondaryOnly: number
  readonly both: number
  readonly pairs: number
  readonly chance: number
  readonly against?: NonNullable<Suspect['against']>
  readonly kinds: Readonly<Record<string, number>>
  readonly examples: readonly { readonly primary: string; readonly candidate: string; readonly curl: string }[]
}

const how: Readonly<Record<Facet, string>> = {
  value: 'is another one',
  shape: 'is made otherwise',
  repeated: 'comes again, though it is a new one each time',
  far: 'is far off',
}

export const answersDiffer = rule({
  id: 'mirror/answers-differ',
  level: 'error',
  reference: darkLaunching,
  says: ({ place, candidateOnly, pairs, examples: [first] }: Evidence) =>
    `${place} is another one in ${candidateOnly} of ${pairs} answers of the candidate${first === undefined ? '' : `: ${told(first)}`}.`,
  wants: 'The candidate answers as the primary does.',
  remedy: 'Ask both the same with the curl line; if the difference is meant, ignore the place.',
})

export const answersBeyondNoise = rule({
  id: 'mirror/answers-beyond-noise',
  level: 'error',
  reference: signTestPage,
  says: ({ place, facet, candidateOnly, secondaryOnly, pairs, chance, against, examples: [first] }: Evidence) =>
    `${place} ${how[facet]} in ${candidateOnly} of ${pairs} answers of the candidate and in ${secondaryOnly} of ${against ?? 'another'} (chance alone: ${chance.toExponential(0)})${first === undefined ? '' : `: ${told(first)}`}.`,
  wants: 'The candidate differs from the primary no more than a second primary does.',
  remedy: 'Ask both the same with the curl line; if the difference is meant, ignore the place.',
})

const quiet = { suspects: [], noise: 0, sees: 0.003, undecided: [] }

/** Whether the candidate answers what the primary answers, beyond what two primaries differ by. */
export const answers = check({
  id: 'mirror/answers',
  rules: [answersDiffer, answersBeyondNoise],
  *run({ weighed, pairs, askedAgain, candidate }: MirrorSeen) {
    for (const suspect of weighed.suspects) {
      const [found, of] =
        suspect.against === undefined
          ? [answersDiffer, pairs]
          : [answersBeyondNoise, suspect.against === 'the primary itself' ? askedAgain : pairs]
      yield found.at(suspect.place, evidenceOf(suspect, of, candidate))
    }
  },
  examples: [
    { title: 'the same, always', given: seeing(), yields: [] },
    {
      title: 'one place beyond what chance does',
      given: seeing({
        weighed: {
          ...quiet,
          suspects: [suspected({ secondaryOnly: 1, against: 'the second primary' })],
          noise: 3,
        },
      }),
      yields: [answersBeyondNoise],
    },
    {
      title: 'one place beyond what the primary does when it is asked again',
      given: seeing({
        askedAgain: 60,
        weighed: { ...quiet, suspects: [suspected({ secondaryOnly: 1, against: 'the primary itself' })] },
      }),
      yields: [answersBeyondNoise],
    },
    {
      title: 'what did not come again, and nobody can tell yet',
      given: seeing({ askedAgain: 2, weighed: { ...quiet, undecided: ['status'] } }),
      yields: [],
    },
    {
      title: 'one place, and no second primary to tell what chance does',
      given: seeing({ weighed: { ...quiet, suspects: [suspected({})] } }),
      yields: [answersDiffer],
    },
  ],
})

function evidenceOf({ examples, ...suspect }: Suspect, pairs: number, candidate: string): Evidence {
  return {
    ...suspect,
    pairs,
    examples: examples.map(({ request, primary, candidate: its }) => ({
      primary,
      candidate: its,
      curl: curlLine(candidate, request),
    })),
  }
}

function told({ primary, candidate }: { readonly primary: string; readonly candidate: string }): string {
  return `${primary === '' ? 'nothing' : primary} became ${candidate === '' ? 'nothing' : candidate}`
}

function suspected(given: Partial<Suspect>): Suspect {
  const request = { method: 'GET', target: '/item', fields: [], bytes: 0 }
  return {
    place: 'json $.price',
    facet: 'value',
    candidateOnly: 40,
    secondaryOnly: 0,
    both: 0,
    kinds: { changed: 40 },
    examples: [{ request, primary: '10', candidate: '11' }],
    chance: 1e-9,
    ...given,
  }
}
