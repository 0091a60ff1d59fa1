import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EndpointClock } from '../../core/index.ts'

/** Seconds: six hours. */
export const longestSession = 21_600

/**
 * Tokens of IMDSv2. They carry their own end under a keyed hash, so that nothing has to be kept however long a run
 * is, and a reset makes all of them unknown.
 *
 *     01 00 04 00 | end, ms since the epoch: 6 bytes | count: 4 bytes | HMAC-SHA-256: 26 bytes
 */
export class Sessions {
  readonly #clock: EndpointClock
  readonly #seed: number
  #epoch = 0
  #count = 0

  constructor(clock: EndpointClock, seed: number) {
    this.#clock = clock
    this.#seed = seed
  }

  /** 56 characters of base64, as the real ones. */
  open(seconds: number): string {
    const head = Buffer.alloc(14)
    head.writeUInt32BE(0x01_00_04_00)
    head.writeUIntBE(this.#clock.now() + seconds * 1000, 4, 6)
    head.writeUInt32BE(++this.#count, 10)
    return Buffer.concat([head, this.#seal(head)])
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_')
  }

  /** Whole seconds that are left; undefined for a token that is over or was never given. */
  secondsLeft(token: string): number | undefined {
    if (!/^[\w-]{54}==$/.test(token)) return undefined
    const bytes = Buffer.from(token, 'base64url')
    const head = bytes.subarray(0, 14)
    if (!timingSafeEqual(bytes.subarray(14), this.#seal(head))) return undefined
    const left = head.readUIntBE(4, 6) - this.#clock.now()
    return left > 0 ? Math.ceil(left / 1000) : undefined
  }

  reset(): void {
    this.#epoch++
    this.#count = 0
  }

  #seal(head: Uint8Array): Uint8Array {
    return createHmac('sha256', `${this.#seed}/${this.#epoch}`).update(head).digest().subarray(0, 26)
  }
}
