/** What stands in the first field. */
export interface Source {
  /** `tag`: UUID=, LABEL=, PARTUUID=, PARTLABEL=, ID=. `network`: HOST:PATH or //HOST/SHARE. `path`: a file or folder. */
  readonly kind: 'tag' | 'device' | 'network' | 'path' | 'none'
  /** Of a tag: its name, in capitals. */
  readonly tag?: 'UUID' | 'LABEL' | 'PARTUUID' | 'PARTLABEL' | 'ID'
  readonly value: string
}

export interface Option {
  readonly name: string
  readonly value?: string
}

/** A line of fstab that names something to mount. */
export interface FstabLine {
  /** Counted from 1. */
  readonly line: number
  /** As it stands there. */
  readonly text: string
  /** The first field as it is written, escapes resolved. */
  readonly spec: string
  readonly source: Source
  /** Absolute, without a slash at its end; `none` for swap. */
  readonly target: string
  readonly type: string
  readonly options: readonly Option[]
  /** Fifth field; 0 when left out. */
  readonly dump: number
  /** Sixth field: the order of fsck; 0 when left out. */
  readonly pass: number
}

/** A line that cannot be used as it stands. */
export interface FstabProblem {
  readonly line: number
  readonly text: string
  readonly what: string
}

export interface Fstab {
  readonly lines: readonly FstabLine[]
  readonly problems: readonly FstabProblem[]
  /** Lines that end with a carriage return. */
  readonly returns: readonly number[]
  /** The last line, when no line feed ends it. */
  readonly unended?: number
  /** Its length in bytes, when only the beginning was read. */
  readonly longer?: number
}

/** Lines that are longer are no lines of an fstab, whatever they are. */
const longest = 16_384
/** An fstab has some dozen lines; of a longer one only the beginning is read. */
const [mostBytes, mostLines] = [2 ** 20, 1_000]
/** So many problems are told; what has more is another kind of file. */
const mostProblems = 100

/**
 * Reads an fstab as fstab(5) has it, and keeps where everything stands. A line that is wrong is a problem, and the
 * others are read all the same: bytes of any kind give lines and problems, never an exception.
 *
 * @param bytes the file; names are bytes, so that invalid UTF-8 is kept as one character a byte
 */
export function parseFstab(bytes: Uint8Array): Fstab {
  const text = decoded(bytes.subarray(0, mostBytes))
  const lines: FstabLine[] = []
  const problems: FstabProblem[] = []
  const returns: number[] = []
  const rows = text.split('\n', mostLines + 1)
  const short = bytes.length <= mostBytes && rows.length <= mostLines
  const last = rows.at(-1)?.trim() ?? ''
  for (const [index, raw] of rows.entries()) {
    if (raw.endsWith('\r') && returns.length < mostProblems) returns.push(index + 1)
    const one = parseLine(raw.replace(/\r$/, ''), index + 1)
    if (one.entry !== undefined) lines.push(one.entry)
    for (const what of one.problems) {
      if (problems.length < mostProblems) problems.push({ line: index + 1, text: raw.slice(0, 200), what })
    }
  }
  const longer = short ? {} : { longer: bytes.length }
  const unended = last !== '' && short ? { unended: rows.length } : {}
  return { lines, problems, returns, ...unended, ...longer }
}

function parseLine(raw: string, line: number): { entry?: FstabLine; problems: readonly string[] } {
  const text = raw.replaceAll(/^[ \t]+|[ \t]+$/g, '')
  if (text === '' || text.startsWith('#')) return { problems: [] }
  if (raw.length > longest) return { problems: [`has ${raw.length} characters`] }
  const problems: string[] = []
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(raw)) problems.push('holds control characters')
  if (/[\u0085\u00a0\u1680\u2000-\u200d\u2028-\u202f\u205f\u3000\ufeff]/.test(raw)) {
    problems.push('holds a space that is none: a no-break space or the like, which belongs to the name beside it')
  }
  const [spec = '', target, type, options, dump, pass, ...more] = text.split(/[ \t]+/).map(unescaped)
  if (target === undefined) return { problems: [...problems, 'has one field; a mount point and a type are missing'] }
  if (type === undefined) problems.push('has two fields; the type is missing')
  if (more.length > 0) problems.push(`has ${6 + more.length} fields; fstab has six (a space in a name is \\040)`)
  for (const [name, value] of [
    ['fifth', dump],
    ['sixth', pass],
  ] as const) {
    if (value !== undefined && !/^\d{1,9}$/.test(value)) problems.push(`has "${value}" as its ${name} field, no number`)
  }
  if (!target.startsWith('/') && !['none', 'swap'].includes(target)) {
    problems.push(`has the mount point "${target}", no absolute path`)
  }
  const entry: FstabLine = {
    line,
    text: raw,
    spec,
    source: sourceOf(spec),
    target: target.length > 1 ? target.replace(/\/+$/, '') || '/' : target,
    type: type ?? 'auto',
    options: optionsOf(options ?? 'defaults'),
    dump: numberOf(dump),
    pass: numberOf(pass),
  }
  return { entry, problems }
}

function sourceOf(spec: string): Source {
  const [, tag, quoted, bare] = /^(UUID|LABEL|PARTUUID|PARTLABEL|ID)=(?:"([^"]*)"|(.*))$/i.exec(spec) ?? []
  // The names are those of the expression above.
  if (tag !== undefined)
    return { kind: 'tag', tag: tag.toUpperCase() as NonNullable<Source['tag']>, value: quoted ?? bare ?? '' }
  if (spec.startsWith('/dev/')) return { kind: 'device', value: spec }
  if (spec.startsWith('//') || /^(?:[^/:]+|\[[0-9a-f:]+\]):/i.test(spec)) return { kind: 'network', value: spec }
  if (spec.startsWith('/')) return { kind: 'path', value: spec }
  return { kind: 'none', value: spec }
}

/** Options apart by commas; a comma inside quotes is part of a value. */
function optionsOf(text: string): Option[] {
  const parts = text.match(/(?:[^,"]|"[^"]*"?)+/g) ?? []
  return parts.map((part) => {
    const at = part.indexOf('=')
    return at < 0 ? { name: part } : { name: part.slice(0, at), value: part.slice(at + 1).replaceAll('"', '') }
  })
}

/** \040 and the like: three octal digits of a byte. */
function unescaped(field: string): string {
  return field.replaceAll(/\\([0-3][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

function numberOf(field: string | undefined): number {
  return field !== undefined && /^\d{1,9}$/.test(field) ? Number(field) : 0
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

/** Whether a line has an option; `nofail` and `x-systemd.device-timeout` alike. */
export function hasOption({ options }: FstabLine, name: string): boolean {
  return options.some((each) => each.name === name)
}
