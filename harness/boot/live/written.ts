/** What an application had acknowledged before the power was cut, and what its disk holds afterwards. */
export interface Written {
  /** Records that it acknowledged, in their order, as they came in; a record is `NUMBER TOKEN`, and no two are the same. */
  readonly acknowledged: readonly string[]
  /** Lines of its file after the last boot, in their order; undefined when nobody could look. */
  readonly found: readonly string[] | undefined
  /** What a look at the whole file system said, once it was unmounted; undefined when nobody could look. */
  readonly fileSystem: { readonly exitCode: number; readonly said: string } | undefined
}

/** A record: a number, and a token that was drawn for it, so that one which is written anew is another one. */
const record = /^\d+ [0-9a-f]{16}$/

export function isRecord(line: string): boolean {
  return record.test(line)
}

/** What an application told of its work on a console. */
export interface Told {
  readonly acknowledged: readonly string[]
  /** It began a record after the last that it acknowledged. */
  readonly open: boolean
}

/**
 * Reads lines `begins NUMBER` and `acknowledges NUMBER TOKEN`. One that the kernel wrote into, or that did not get out
 * whole before the power went, was not told.
 */
export function toldOn(console: string): Told {
  const acknowledged: string[] = []
  let open = false
  for (const line of console.split(/\r*\n/)) {
    const [, told] = /^acknowledges (.*)$/.exec(line) ?? []
    if (told !== undefined && isRecord(told)) {
      acknowledged.push(told)
      open = false
    } else if (/^begins \d+$/.test(line)) open = true
  }
  return { acknowledged, open }
}
