import { codingProbe } from './support/coding-probe.ts'

/** Accept-Encoding: zstd against the uncoded page. */
export const codingZstd = codingProbe('coding-zstd', 'zstd')
