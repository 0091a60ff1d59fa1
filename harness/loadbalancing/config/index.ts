/** Configuration files of balancers, read so that every word keeps its place: what is changed is a word, and nothing else. */
export * from './apache/index.ts'
export * from './bind/index.ts'
export * from './haproxy/index.ts'
export type { IncludedFile, Reader } from './include.ts'
export * from './nginx/index.ts'
export { parseConfig, type ConfigInput, type ConfigKind } from './parse-config.ts'
export type { Problem } from './problem.ts'
export { applyEdits, replaceWord, type Directive, type Edit, type Word } from './source.ts'
