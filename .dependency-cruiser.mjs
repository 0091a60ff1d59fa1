/**
 * Who may import whom, each rule with its reason. `npm run check:direction` applies it.
 *
 *     kernel <- substrate, wire <- stack <- slices      slice.ts, discover.ts: what a slice is
 *     kernel <- record <- judge, report                 config: the question, before anything runs
 *     ... <- trial <- cli, vitest, index.ts             the faces; registry.ts lists the slices
 */
const tests = '\\.(docker\\.|browser\\.)?test\\.ts$|\\.test-d\\.ts$|\\.bench\\.ts$'
/** What tests share: it may stand on a face, as they do. */
const testing = '^harness/.*/testing/'
const faces = '^harness/(cli|vitest)/|^harness/index\\.ts$'
const notSlices = 'kernel|input|config|substrate|wire|stack|record|judge|report|trial|vitest|cli|endpoints'
const slices = `^harness/(?!(?:${notSlices})/)[^/]+/`
/** Users bring their own: the face of one needs nothing of the other. */
const interceptors = ['node_modules/(msw|nock)/']
const discovered =
  '^harness/report/formats/|^harness/cli/commands/|^harness/substrate/doctor/questions/|' +
  '^harness/[^/]+/(fields|semantics|exchange|active|cases|mutants|caching|drills)/[^/]+\\.ts$'

/** What a layer may import inside harness/, besides itself. */
const mayImport = {
  input: ['kernel'],
  substrate: ['kernel', 'discover\\.ts'],
  wire: ['kernel'],
  stack: ['kernel', 'input', 'substrate', 'wire', 'endpoints'],
  endpoints: ['kernel', 'input', 'substrate', 'discover\\.ts', 'version\\.ts'],
  record: ['kernel', 'input'],
  judge: ['kernel', 'input', 'record'],
  report: ['kernel', 'record', 'judge', 'discover\\.ts'],
  config: ['kernel', 'input', 'record', 'judge', 'stack', 'slice\\.ts'],
  trial: ['kernel', 'record', 'judge', 'report', 'config', 'stack', 'substrate', 'slice\\.ts', 'version\\.ts'],
}

const reasons = {
  input: 'How wrong input is told is the same for all of it.',
  endpoints:
    'A mocked endpoint is a thing to talk to: it is started, not judged, and no practice is needed to run one.',
  substrate: 'A machine is the same whatever is tried on it: it knows the kernel only.',
  wire: 'The exchange client is a tool of its own (`seatrial http`): it needs neither machines nor verdicts.',
  stack: 'A stack is started, not judged.',
  record: 'The record is what all judging and reporting is made from: it knows neither.',
  judge: 'The judge sees plain data of any practice; it must never ask which one.',
  report: 'A report is made from a record alone, so that a stored run can be told again.',
  config: 'The question is read before anything is started, and a slice brings its own section.',
  trial: 'The trial drives slices through their shape; which ones there are, a face tells it.',
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layers = Object.entries(mayImport).map(([layer, allowed]) => ({
  name: `${layer}-knows-only-what-is-below`,
  comment: reasons[/** @type {keyof typeof reasons} */ (layer)],
  severity: 'error',
  from: { path: `^harness/${layer}/`, pathNot: tests },
  to: {
    path: '^harness/',
    pathNot: [layer, ...allowed].map((each) => `^harness/${each}${each.endsWith('.ts') ? '$' : '/'}`),
  },
}))

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const forbidden = [
  {
    name: 'kernel-is-pure',
    comment:
      'The kernel is data and functions: no domain, no I/O, no test runner. Timers are the one exception: they are its clock.',
    severity: 'error',
    from: { path: '^harness/kernel/', pathNot: tests },
    to: { pathNot: ['^harness/kernel/', '^(node:)?timers/promises$'] },
  },
  ...layers,
  {
    name: 'slices-do-not-know-each-other',
    comment: 'A practice can be added, dropped and understood alone. What two of them share moves down.',
    severity: 'error',
    from: { path: slices.replace('[^/]+/', '([^/]+)/') },
    to: { path: slices, pathNot: '^harness/$1/' },
  },
  {
    name: 'slices-do-not-know-what-is-above',
    comment:
      'A slice looks and says what it saw. Weighing, telling and asking are done above it, for all slices alike.',
    severity: 'error',
    from: { path: slices, pathNot: [tests, testing] },
    to: { path: ['^harness/(judge|report|trial|config|record)/', faces, '^harness/registry\\.ts$'] },
  },
  {
    name: 'shared-code-does-not-know-slices',
    comment: 'Only the registry names slices; faces may open the door of one (its index.ts) for a command of its own.',
    severity: 'error',
    from: { path: `^harness/(${notSlices})/`, pathNot: [tests, faces] },
    to: { path: slices },
  },
  {
    name: 'faces-are-leaves',
    comment:
      'The command line, the test runner and the library stand on the same core, and the core does not see them.',
    severity: 'error',
    from: { path: '^harness/', pathNot: [faces, tests, testing] },
    to: { path: faces },
  },
  {
    name: 'registry-is-for-faces',
    comment: 'Code that sees the list of slices is tempted to ask which one it serves.',
    severity: 'error',
    from: { path: '^harness/', pathNot: [faces, tests, '^harness/registry\\.ts$'] },
    to: { path: '^harness/registry\\.ts$' },
  },
  {
    name: 'discovered-files-are-not-named',
    comment:
      'The folder is the list. An import by name is a second list, and the file cannot be moved or dropped alone.',
    severity: 'error',
    from: { path: '^harness/', pathNot: [tests, discovered] },
    // answer.ts judges what never became an answer: it is asked where that happens.
    to: { path: discovered, pathNot: '^harness/http/exchange/answer\\.ts$' },
  },
  {
    name: 'no-value-cycles',
    comment: 'Modules in a circle cannot be understood, tested or loaded one at a time. Types may point both ways.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'Importing a test runs it.',
    severity: 'error',
    from: {},
    to: { path: tests },
  },
  {
    name: 'published-code-brings-its-dependencies',
    comment:
      'What a user installs has no development dependencies. The test runner is theirs; readers.ts is for tests and not published.',
    severity: 'error',
    from: { path: '^harness/', pathNot: [tests, testing, '^harness/report/readers\\.ts$'] },
    to: { dependencyTypes: ['npm-dev'], pathNot: ['node_modules/(vitest|@vitest|@types)/', ...interceptors] },
  },
  {
    name: 'test-runner-is-for-its-face',
    comment: 'A check never imports a test runner, so that it runs anywhere.',
    severity: 'error',
    from: { path: '^harness/', pathNot: [tests, '^harness/vitest/'] },
    to: { path: 'node_modules/(vitest|@vitest)/' },
  },
  {
    name: 'fixtures-do-not-import-faces',
    comment:
      'Fixtures are what is tried. One that stands on the face which tries it proves nothing. ' +
      'The suites of fixtures/suites are what the Vitest face itself is tried with.',
    severity: 'error',
    from: { path: '^fixtures/', pathNot: [tests, '\\.config\\.ts$', '^fixtures/suites/'] },
    to: { path: faces },
  },
  {
    name: 'fixtures-are-not-code',
    comment: 'The harness reads fixtures as files; the published package has them, but not their types.',
    severity: 'error',
    from: { path: '^harness/', pathNot: tests },
    to: { path: '^(fixtures|suites|ci)/' },
  },
  {
    name: 'bootstrap-needs-nothing',
    comment:
      'The first step runs on a bare clone with an old Node: no packages, no TypeScript, nothing but its own folder.',
    severity: 'error',
    from: { path: '^ci/bootstrap/[^/]+\\.mjs$' },
    to: { pathNot: '^ci/bootstrap/[^/]+\\.mjs$', dependencyTypesNot: ['core'] },
  },
  {
    name: 'imports-resolve',
    comment: 'A file or a package that is not there.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
]

/** @type {import('dependency-cruiser').ICruiseOptions} */
export const options = {
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: ['^dist/', '^reports/'] },
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
}

export default { forbidden, options }
