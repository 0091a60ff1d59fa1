import { check, document } from '../../kernel/index.ts'
import type { CheckFault } from '../grammar/cache-control.ts'
import { cacheControlOf, checkPair } from '../grammar/cache-control.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const internetExplorer = document(
  "Internet Explorer's Cache-Control Extensions",
  'https://learn.microsoft.com/en-us/archive/blogs/ieinternals/internet-explorers-cache-control-extensions',
)
const told = <const State extends CheckFault>(state: State, redbot: string, what: string) =>
  note(
    `http/request-cache-control-check-${state}`,
    redbot,
    internetExplorer,
    () => `Cache-Control of the request: of pre-check and post-check, which nobody reads there, ${what}.`,
  )
const single = told('single', 'CHECK_SINGLE', 'one is there alone')
const allZero = told('all-zero', 'CHECK_ALL_ZERO', 'both are 0')
const postBigger = told('post-bigger', 'CHECK_POST_BIGGER', 'post-check is the larger')
const postZero = told('post-zero', 'CHECK_POST_ZERO', 'post-check is 0')
const both = told('both', 'CHECK_POST_PRE', 'both are there')
const rules = { single, 'all-zero': allZero, 'post-bigger': postBigger, 'post-zero': postZero, both }

/** pre-check and post-check in a request: they were for responses, and for one browser. */
export const requestCacheControlCheck = check({
  id: 'http/request-cache-control-check',
  rules: [single, allZero, postBigger, postZero, both],
  applies: ({ request: { fields } }) => fields.has('cache-control'),
  *run({ request }: Message) {
    const fault = checkPair(cacheControlOf(request.fields))
    if (fault !== undefined) yield rules[fault].at('request.fields.cache-control')
  },
  examples: [
    { title: 'neither', given: sent('max-age=0'), yields: [] },
    { title: 'one alone', given: sent('pre-check=1'), yields: [single] },
    { title: 'both 0', given: sent('post-check=0, pre-check=0'), yields: [allZero] },
    { title: 'post-check larger', given: sent('post-check=9, pre-check=1'), yields: [postBigger] },
    { title: 'post-check 0', given: sent('post-check=0, pre-check=1'), yields: [postZero] },
    { title: 'both in use', given: sent('post-check=1, pre-check=9'), yields: [both] },
  ],
})

function sent(value: string): Message {
  return given({ requestFields: [['Cache-Control', value]] })
}
