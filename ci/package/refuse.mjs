import process from 'node:process'
import { say } from '../bootstrap/say.mjs'

/** `npm publish` in the checkout would publish the pinned Node along. */
say('publish the tarball instead: npm publish "$(npm run --silent package)"')
process.exitCode = 1
