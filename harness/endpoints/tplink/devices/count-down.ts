/** The one timer of an outlet. */
export interface CountDown {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly delaySeconds: number
  readonly turnsOn: boolean
  readonly dueMs: number
}
