/** Configuration files of balancers, read so that every word keeps its place: what is changed is a word, and nothing else. */
export * from './haproxy/index.ts'
export { usageErrors, type Problem } from './problem.ts'
export { applyEdits, replaceWord, type Directive, type Edit, type Word } from './source.ts'
