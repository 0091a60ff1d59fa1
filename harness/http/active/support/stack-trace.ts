/** What an uncaught exception looks like, by the language that wrote it. */
const shapes: readonly (readonly [language: string, shape: RegExp])[] = [
  ['JavaScript', /^\s*at (?:.+ \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\n)]*:\d+:\d+\)?/m],
  ['Python', /Traceback \(most recent call last\):/],
  ['Java', /^\s*at [\w$.]+\.[\w$<>]+\([\w$]+\.(?:java|kt|scala):\d+\)/m],
  ['.NET', /^\s*at [\w.<>`]+\([^)\n]*\) in [^\n]+:line \d+/m],
  [
    'PHP',
    /(?:Fatal error|Uncaught \w+|Warning|Notice)\b[^\n]* in (?:<b>)?\/[^\n]+\.php(?:<\/b>)? ?(?:on line|:)\s?(?:<b>)?\d+/,
  ],
  ['Ruby', /\.rb:\d+:in [`'][^'\n]+'/],
  ['Go', /^goroutine \d+ \[running\]:/m],
]

/** The language whose stack trace stands in a text; undefined when there is none. */
export function stackTraceIn(text: string): string | undefined {
  // Error pages are HTML, where line ends and quotes are often written otherwise.
  const plain = text
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/&#(?:39|x27);/g, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  return shapes.find(([, shape]) => shape.test(plain))?.[0]
}
