import { nearest, UsageError } from '../../kernel/index.ts'

/** Which nodes a statement is for: the first survivor, the other survivors, all of them, the old primary, or one by name. */
export type Target = 'candidate' | 'others' | 'survivors' | 'primary' | `node-${number}`

export type SqlStep =
  | { readonly kind: 'statements'; readonly target: Target; readonly statements: readonly Statement[] }
  /** Clients are led to it; it is the new primary. */
  | { readonly kind: 'clients'; readonly target: Target }

export interface Statement {
  readonly line: number
  readonly text: string
}

/** Names that a statement may have in double braces. */
const placeholders = ['candidate', 'primary', 'port', 'replication_user', 'replication_password'] as const
const targets = ['candidate', 'others', 'survivors', 'primary'] as const

/**
 * A runbook of SQL: statements that end with `;`, below lines that say where they are carried out.
 *
 *     -- @on candidate
 *     STOP SLAVE; RESET SLAVE ALL;
 *     -- @clients candidate
 *     -- @on others
 *     CHANGE MASTER TO MASTER_HOST = '{{candidate}}', MASTER_USE_GTID = slave_pos;
 *
 * @throws UsageError with the line
 */
export function parseSqlFile(text: string, file: string): readonly SqlStep[] {
  const steps: SqlStep[] = []
  let [target, statements]: [Target | undefined, Statement[]] = [undefined, []]
  const wrong = (line: number, given: string, wanted: string, mend?: string): UsageError =>
    new UsageError({ path: `${file}:${line}`, given, wanted, ...(mend !== undefined && { mend }) })
  for (const piece of piecesOf(text, wrong)) {
    const { line } = piece
    if (piece.kind === 'statement') {
      if (target === undefined) throw wrong(line, piece.text, 'a line `-- @on candidate` before the first statement')
      const strange = [...piece.text.matchAll(/\{\{([^}]*)\}\}/g)].find(([, name = '']) => !isPlaceholder(name))
      if (strange !== undefined) {
        throw wrong(line, strange[0], `one of ${placeholders.map((name) => `{{${name}}}`).join(', ')}`)
      }
      statements.push({ line, text: piece.text })
      continue
    }
    const [, verb, name = ''] = /^@(\S+)\s*(.*?)$/.exec(piece.text) ?? []
    if (verb !== 'on' && verb !== 'clients')
      throw wrong(line, `-- ${piece.text}`, '`-- @on NODES` or `-- @clients NODE`')
    const [named, isOne] = [targetOf(name), /^(candidate|node-\d+)$/.test(name)]
    if (named === undefined || (verb === 'clients' && !isOne)) {
      const near = nearest(name, targets)
      throw wrong(
        line,
        JSON.stringify(name),
        verb === 'on' ? `one of ${targets.join(', ')}, or node-2` : 'candidate, or node-2',
        near === undefined || verb === 'clients' ? undefined : `Did you mean ${near}?`,
      )
    }
    if (verb === 'clients') {
      steps.push({ kind: 'clients', target: named })
      // What follows is on the nodes of the last section still, after the clients were led.
      if (target !== undefined) steps.push({ kind: 'statements', target, statements: (statements = []) })
    } else steps.push({ kind: 'statements', target: (target = named), statements: (statements = []) })
  }
  const some = steps.filter((step) => step.kind === 'clients' || step.statements.length > 0)
  if (!some.some(({ kind }) => kind === 'statements')) throw wrong(1, 'no statement', 'at least one')
  return some
}

function isPlaceholder(name: string): boolean {
  return placeholders.some((one) => one === name)
}

function targetOf(name: string): Target | undefined {
  const number = /^node-([1-9]\d*)$/.exec(name)?.[1]
  return number === undefined ? targets.find((one) => one === name) : `node-${Number(number)}`
}

interface Piece {
  readonly kind: 'statement' | 'directive'
  readonly line: number
  readonly text: string
}

/** A text in quotes, a comment, the end of a statement, or anything else. */
const tokens =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`[^`]*`|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|;|[\s\S]/g

function* piecesOf(text: string, wrong: (line: number, given: string, wanted: string) => UsageError): Generator<Piece> {
  let [line, begun, statement] = [1, 1, '']
  for (const [token] of text.replaceAll('\r\n', '\n').matchAll(tokens)) {
    const comment = /^(--|#|\/\*(?![!M]))/.test(token) && token.length > 1
    if (statement === '') begun = line
    if (token === ';') {
      if (statement.trim() !== '') yield { kind: 'statement', line: begun, text: statement.trim() }
      statement = ''
    } else if (comment) {
      const said = token.replace(/^--\s*/, '').trim()
      if (token.startsWith('--') && said.startsWith('@')) {
        if (statement.trim() !== '') throw wrong(begun, statement.trim(), 'a statement that ends with ";"')
        yield { kind: 'directive', line, text: said }
      }
    } else if (['"', "'", '`'].includes(token)) throw wrong(line, token, 'a text that ends with the same quote')
    else if (statement !== '' || token.trim() !== '') statement += token
    line += token.split('\n').length - 1
    if (/^delimiter\s/i.test(statement)) throw wrong(begun, 'DELIMITER', 'single statements')
  }
  if (statement.trim() !== '') throw wrong(begun, statement.trim(), 'a statement that ends with ";"')
}
