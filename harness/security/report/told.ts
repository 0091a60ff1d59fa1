/** How grave a scanner calls something, the gravest first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const

export type Severity = (typeof severities)[number]

/** What a scanner says, as it says it. */
export interface ScannerFinding {
  readonly is: 'finding'
  /** Of the plugin, template or rule. */
  readonly id: string
  readonly title: string
  /** Undefined where the report does not say it, or with a word that its format does not have. */
  readonly severity: Severity | undefined
  /** The word or number that stands in the report. */
  readonly said: string
  readonly cvss?: number
  readonly cves: readonly string[]
  /** Name or address, as written. */
  readonly host?: string
  /** Other names of the same host. */
  readonly aliases?: readonly string[]
  readonly port?: number
  readonly protocol?: string
  /** What was scanned where it is no host: an image, a folder. */
  readonly target?: string
  /** Where in it, by what stays when lines and addresses move: a path, a package, a parameter. */
  readonly spot?: string
  /** Line of the file that `spot` names. */
  readonly line?: number
  readonly excerpt: string
  /** Place in the report: `line 17`. */
  readonly at: string
}

/** What a report says of itself. A reader tells it once, after everything else. */
export interface ReportHead {
  readonly is: 'head'
  readonly tool: string
  readonly version?: string
  /** Milliseconds since the epoch at which it looked. */
  readonly lookedAt?: number
  /** Milliseconds since the epoch of what it knows of vulnerabilities. */
  readonly feedAt?: number
  /** Hosts, images, files: what it looked at. 0 means that it looked at nothing. */
  readonly targets: number
}

/** Why a report cannot be relied upon, or a part of it. */
export interface Trouble {
  readonly is: 'trouble'
  readonly kind:
    | 'broken'
    | 'contradiction'
    | 'encoding'
    | 'incomplete'
    | 'nothing-scanned'
    | 'severity'
    | 'stale'
    | 'unknown-format'
  /** Place in the report: `line 17`. */
  readonly at?: string
  readonly why: string
}

/** A finding that the report itself declares to be of no account, and why. */
export interface Suppressed {
  readonly is: 'suppressed'
  readonly id: string
  readonly why: string
  readonly at: string
}

export type Told = ScannerFinding | ReportHead | Trouble | Suppressed
