import type { Transition } from '../../core/index.ts'
import type { Region } from '../store.ts'

/** A state that may be under way to another: `pending`, then `running`. */
export interface Lifecycle<State extends string> {
  readonly from: State
  readonly to: State
  /** Absent when nothing is under way. */
  readonly transition?: Transition
}

/** A state that stays. */
export function settled<State extends string>(state: State): Lifecycle<State> {
  return { from: state, to: state }
}

/**
 * Begins to go from one state to another.
 *
 * @param name of the duration in the seed's `durations`
 * @param durationMs of real or manual time, where the seed says nothing
 */
export function going<State extends string>(
  region: Region,
  from: State,
  to: State,
  name: string,
  durationMs: number,
): Lifecycle<State> {
  return { from, to, transition: region.clock.begin(region.world.seed.durations[name] ?? durationMs) }
}

/** The state as it is now. */
export function stateOf<State extends string>(region: Region, { from, to, transition }: Lifecycle<State>): State {
  return transition === undefined || region.clock.isOver(transition) ? to : from
}

/** How far it has come, from 0 to 1. */
export function progressOf(region: Region, { transition }: Lifecycle<string>): number {
  return transition === undefined ? 1 : region.clock.progress(transition)
}

/** When something was over that takes so long; under a clock that hurries, earlier than that. */
export function endedAt(now: Date, startTime: Date, durationMs: number): Date {
  return new Date(Math.min(now.getTime(), startTime.getTime() + durationMs))
}
