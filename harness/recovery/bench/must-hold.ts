import { SeatrialError } from '../../kernel/index.ts'

/**
 * A drill goes on only when its circumstance has taken hold.
 *
 * @throws SeatrialError `SEATRIAL_NO_CIRCUMSTANCE` (unsettled: setup) with what is so instead
 */
export function mustHold(holds: boolean, instead: string, mend: string): void {
  if (!holds) throw new SeatrialError('SEATRIAL_NO_CIRCUMSTANCE', instead, { mend, because: 'setup' })
}
