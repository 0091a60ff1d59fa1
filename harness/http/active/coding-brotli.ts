import { codingProbe } from './support/coding-probe.ts'

/** Accept-Encoding: br against the uncoded page. */
export const codingBrotli = codingProbe('coding-brotli', 'br')
