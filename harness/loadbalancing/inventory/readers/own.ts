import { z } from 'zod'
import { inputProblems } from '../../../input/index.ts'
import { ipOf } from '../addresses.ts'
import { dnsName, type Host, type InventoryProblem, type InventoryRead, type Told } from '../inventory.ts'
import type { YamlLines } from '../yaml-lines.ts'

const address = (family: string, sign: string) =>
  z.string({ error: family }).refine((text) => ipOf(text)?.includes(sign) === true, { error: family })
const name = z
  .string()
  .regex(/^(?:\*\.)?(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?$/, { error: 'a name such as www.example.org' })

const shape = z.strictObject({
  hosts: z.record(
    z.string().min(1),
    z.strictObject({
      address: z.string({ error: 'an IP address' }).refine((text) => ipOf(text) !== undefined, {
        error: 'an IP address',
      }),
      address6: address('an IPv6 address', ':').optional(),
      port: z.int().min(1).max(65_535).optional(),
      pools: z.array(z.string().min(1)).default([]),
      weight: z.int().min(0).max(65_535).optional(),
      backup: z.boolean().default(false),
      names: z.array(name).default([]),
    }),
  ),
})

/** Our own shape: `hosts: { app-1: { address, port, pools, weight, backup, names } }`. */
export function readOwn({ value, lineAt }: YamlLines): InventoryRead {
  const parsed = shape.safeParse(value)
  if (!parsed.success) {
    return { hosts: [], open: [], problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, value, lineAt)) }
  }
  const hosts = Object.entries(parsed.data.hosts).map(([key, said]): Host => {
    const at = <T>(what: string, told: T): Told<T> => ({ value: told, line: lineAt(['hosts', key, what]) })
    const maybe = <T>(what: string, told: T | undefined): Told<T> | undefined =>
      told === undefined ? undefined : at(what, told)
    return {
      name: key,
      line: lineAt(['hosts', key]),
      addresses: [at('address', said.address), ...(said.address6 === undefined ? [] : [at('address6', said.address6)])],
      port: maybe('port', said.port),
      pools: said.pools,
      weight: maybe('weight', said.weight),
      backup: at('backup', said.backup),
      names: said.names.map((each, index) => ({ value: dnsName(each), line: lineAt(['hosts', key, 'names', index]) })),
    }
  })
  return { hosts, open: [], problems: [] }
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown, lineAt: YamlLines['lineAt']): InventoryProblem[] {
  const source = { name: '', schema: shape, input }
  return inputProblems(new z.ZodError([issue]), source).map(({ path, given, wanted }, index) => {
    const place = path.replace(/^: /, '')
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(index, index + 1) : []
    return { line: lineAt([...issue.path, ...unknown]), ...(place !== '' && { path: place }), given, wanted }
  })
}
