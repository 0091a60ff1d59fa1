import { atLeast } from '../kernel/index.ts'
import type { GateNote, GatePolicy } from '../record/index.ts'
import { count } from './accepted.ts'
import type { Weighed } from './excuse.ts'

const blockable = ['error', 'warning', 'info'] as const

/**
 * Says which findings block. A level with a budget blocks when more of it are unexcused than
 * the budget allows, and then all of them do, because nobody can say which one is too many. A
 * level without a budget blocks when it is at least as grave as the policy's. Good news never does.
 */
export function weighBudgets(
  findings: readonly Weighed[],
  policy: GatePolicy,
): { readonly blocks: (weighed: Weighed) => boolean; readonly notes: readonly GateNote[] } {
  const closed = new Set<string>()
  const notes: GateNote[] = []
  for (const level of blockable) {
    const budget = policy.budgets[level]
    const many = findings.filter(({ finding, excuse }) => finding.level === level && excuse === undefined).length
    if (budget === undefined ? atLeast(level, policy.block) : many > budget) closed.add(level)
    if (budget !== undefined && many > budget) {
      const text = `${count(many, 'finding')} of level ${level}, and the budget allows ${budget}.`
      notes.push({ kind: 'over-budget', blocks: true, text })
    }
  }
  return { blocks: ({ finding, excuse }) => excuse === undefined && closed.has(finding.level), notes }
}
