import { ec2 } from './ec2.ts'
import { imds } from './imds.ts'
import type { JobKind } from './kind.ts'
import { tplink } from './tplink.ts'

/** Endpoints that jobs are tried against, by the names of their folders. */
export const kinds = { ec2, imds, tplink } as const satisfies Readonly<Record<string, JobKind>>

export type KindName = keyof typeof kinds

// The keys of a constant are its names, in the order of the constant.
export const kindNames = Object.keys(kinds) as [KindName, ...KindName[]]

export type { Inventory, JobKind, StandardFault, Strike } from './kind.ts'
