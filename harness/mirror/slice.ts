import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { discover } from '../discover.ts'
import { isCheck } from '../kernel/index.ts'
import { slice } from '../slice.ts'
import { isMutant } from '../stack/index.ts'
import type { MirrorSection } from './section.ts'
import { mirrorSection } from './section.ts'

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))

/** Dark launch: a new version gets a copy of the traffic, and must answer as the old one does. */
export const mirror = slice<MirrorSection>({
  id: 'mirror',
  key: 'darkLaunch',
  title: 'Dark launch',
  section: mirrorSection,
  checks: () => discover(new URL('./checks/', import.meta.url), isCheck),
  mutants: () => discover(new URL('./mutants/', import.meta.url), isMutant),
  proving: { config: fileURLToPath(new URL(`../../fixtures/dark-launch/seatrial.config${ending}`, import.meta.url)) },
  // Few requests: a change in the configuration is in each answer of its page.
  sectionFor: ({ path }) =>
    mirrorSection.parse({
      primary: { in: 'web' },
      secondary: { in: 'web' },
      candidate: { in: 'next' },
      traffic: [{ path, fields: { 'accept-encoding': 'gzip' } }],
      requests: 200,
      sees: '10%',
    }),
  async *trial(context) {
    // Loaded late: a list of checks has no use for what carries traffic.
    const { trial } = await import('./trial.ts')
    yield* trial(context)
  },
})
