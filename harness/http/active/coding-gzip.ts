import { codingProbe } from './support/coding-probe.ts'

/** Accept-Encoding: gzip against the uncoded page. */
export const codingGzip = codingProbe('coding-gzip', 'gzip')
